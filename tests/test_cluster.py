"""A cluster whose files, workers and scheduler fail: real ones, with two threads for each worker."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from threading import Thread

import pytest
from dask import config
from distributed import LocalCluster
from imports import bring_in, rows, states, write
from making import pdf_of
from poison import quick, slow, work
from zongji.pipeline.bulk.discovery import Selection
from zongji.pipeline.bulk.executors import ClusterError, cluster
from zongji.pipeline.bulk.executors.choose import Workers
from zongji.pipeline.bulk.executors.cluster import DaskCluster
from zongji.pipeline.bulk.importer import Watcher
from zongji.pipeline.bulk.job import Job, run
from zongji.pipeline.bulk.worker import Task
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.sources import Limits

pytest_plugins = ("format_files",)

Start = Callable[..., subprocess.Popen[bytes]]
ENDS = {"hang": "timeout", "exit": "crashed", "segfault": "crashed", "memory": "crashed"}


@pytest.fixture(autouse=True)
def _impatient() -> Iterator[None]:
    """A client waits three seconds for a scheduler, not thirty."""
    with config.set({"distributed.comm.timeouts.connect": "3s"}):
        yield


@pytest.fixture(scope="module")
def two_threads() -> Iterator[LocalCluster]:
    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None, silence_logs=50) as made:
        yield made


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a scheduler or a worker in a process of its own."""
    begun: list[subprocess.Popen[bytes]] = []

    def begin(*arguments: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", "distributed.cli.dask_" + arguments[0], *arguments[1:]]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        begun.append(subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL))
        return begun[-1]

    yield begin
    for process in begun:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def begin_scheduler(start: Start) -> tuple[str, subprocess.Popen[bytes]]:
    port = str(free_port())
    process = start("scheduler", "--host", "127.0.0.1", "--port", port, "--no-dashboard", "--no-show")
    until_it_listens(int(port))
    return f"tcp://127.0.0.1:{port}", process


def until_it_listens(port: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)


def begin_worker(start: Start, address: str) -> subprocess.Popen[bytes]:
    return start("worker", address, "--nthreads", "2", "--no-nanny", "--no-dashboard")


def within(seconds: int) -> Settings:
    return Settings(limits=Limits(seconds=seconds, memory=1024))


@pytest.mark.alone
def test_poison_ends_itself_and_no_good_file(two_threads: LocalCluster, sqlite: str, tmp_path: Path) -> None:
    files = tmp_path / "files"
    files.mkdir()
    write(files, **{word: f"{word}\n" for word in ENDS})
    write(files, **{f"good{number}": f"quick\n{number}\n" for number in range(400)})
    before = two_threads.scheduler_info["workers"].keys()
    begun = time.monotonic()
    workers = Workers("dask", scheduler=two_threads.scheduler_address)
    run(Job(Selection(paths=(str(files),)), sqlite, workers=workers, settings=within(2)), function=work)
    taken = time.monotonic() - begun
    found = states(sqlite)
    assert {Path(name).stem: state for name, state in found.items() if state != "success"} == ENDS
    assert len(found) == 404
    assert taken < 25  # one timeout, of two seconds and five of grace, not one for each file of the batch
    assert two_threads.scheduler_info["workers"].keys() == before


def test_two_threads_read_pdfs_without_the_death_of_a_worker(
    two_threads: LocalCluster, sqlite: str, tmp_path: Path, font: Path
) -> None:
    before = two_threads.scheduler_info["workers"].keys()
    made = pdf_of([[(72, 700, "今年以来，举办培训班6期。")]], font)
    for number in range(40):
        (tmp_path / f"a{number}.pdf").write_bytes(made + b"%%%d\n" % number)  # a comment: files of their own
    bring_in(sqlite, tmp_path, workers=Workers("dask", scheduler=two_threads.scheduler_address))
    assert sorted(set(states(sqlite).values())) == ["success"]
    assert two_threads.scheduler_info["workers"].keys() == before


@pytest.mark.alone
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGSTOP])
def test_a_lost_scheduler_ends_the_import_in_order(
    start: Start, sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: signal.Signals
) -> None:
    monkeypatch.setattr(cluster, "_ANSWER", 3.0)
    monkeypatch.setattr(cluster, "_LOOK", 1.0)
    address, scheduler = begin_scheduler(start)
    begin_worker(start, address)
    write(tmp_path, **{f"a{number}": str(number) for number in range(400)})

    class Listening(Watcher):
        def recorded(self, outcomes: object, _: object) -> None:
            if outcomes:
                scheduler.send_signal(how)

    job = Job(Selection(paths=(str(tmp_path),), globs=("a*",)), sqlite, workers=Workers("dask", scheduler=address))
    begun = time.monotonic()
    with pytest.raises(ClusterError, match="does not answer any more; what was reported done is in the database"):
        run(job, function=slow, watcher=Listening())
    assert time.monotonic() - begun < 30
    committed = sum(state == "success" for (state,) in rows(sqlite, "files", "state"))
    assert 0 < committed < 400
    assert rows(sqlite, "runs", "state", "files", "read") == [("failed", 400, committed)]
    tally = run(Job(job.selection, sqlite, workers=Workers(number=0)), function=quick)
    assert (tally.read, tally.unchanged) == (400 - committed, committed)


def test_a_cluster_without_workers_is_waited_for_and_then_given_up(
    start: Start, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, seconds in {"_LOOK": 0.2, "_SAID": 0.5, "_WORKERLESS": 2.0}.items():
        monkeypatch.setattr(cluster, name, seconds)
    address, _ = begin_scheduler(start)
    with DaskCluster(slow, address) as executor:
        executor.submit(Task("a", "0", 1, "1"))
        with pytest.raises(ClusterError, match=r"has had no worker for \d+ s.*start workers and run"):
            finish(executor)
    assert "has no worker; waiting" in capsys.readouterr().err


def test_a_worker_that_joins_late_is_checked(start: Start) -> None:
    address, _ = begin_scheduler(start)
    with DaskCluster(slow, address) as executor:
        executor.submit(Task("a", "0", 1, "0.0.1"))
        Thread(target=begin_worker, args=(start, address)).start()
        with pytest.raises(ClusterError, match=r"worker tcp://.* has version .* of zongji, not 0\.0\.1: install"):
            finish(executor)


def test_a_scheduler_that_is_not_there_is_named() -> None:
    address = f"tcp://127.0.0.1:{free_port()}"
    with pytest.raises(ClusterError, match=rf"the Dask scheduler {address} cannot be reached"):
        DaskCluster(slow, address)


def finish(executor: DaskCluster) -> None:
    end = time.monotonic() + 60
    while executor.waiting() and time.monotonic() < end:
        executor.finished(0.2)
