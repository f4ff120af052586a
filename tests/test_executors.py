"""A document may hang, eat memory or kill its worker: it is named, and the rest is read."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from dask import config
from distributed import LocalCluster
from imports import OTHER, TEXT, bring_in, records, states, write
from poison import quick, slow, work
from zongji.pipeline.bulk.discovery import Selection
from zongji.pipeline.bulk.executors import Executor
from zongji.pipeline.bulk.executors.batches import MOST_BYTES, Batches
from zongji.pipeline.bulk.executors.choose import Workers
from zongji.pipeline.bulk.executors.cluster import DaskCluster
from zongji.pipeline.bulk.executors.inline import Inline
from zongji.pipeline.bulk.executors.local import LocalProcesses
from zongji.pipeline.bulk.importer import Import, Watcher
from zongji.pipeline.bulk.job import Job, run
from zongji.pipeline.bulk.worker import Outcome, State, Task, Work
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.schema.version import version
from zongji.pipeline.sources import Limits

POISON = ("exit", "segfault", "killed", "hang", "memory", "raise")
TWO = Workers(number=2)


def within(seconds: int, memory: int = 1024) -> Settings:
    return Settings(limits=Limits(seconds=seconds, memory=memory))


def task(path: Path | str, size: int = 1) -> Task:
    data = Path(path).read_bytes() if Path(path).exists() else b""
    return Task(str(path), hashlib.sha256(data).hexdigest(), size, version())


def read(executor: Executor, tasks: Sequence[Task]) -> list[Outcome]:
    """All outcomes of tasks that are submitted as there is room."""
    outcomes: list[Outcome] = []
    for item in tasks:
        while not executor.has_room(item.bytes):
            outcomes += executor.finished(0.2)
        executor.submit(item)
    while executor.waiting():
        outcomes += executor.finished(0.2)
    return outcomes


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str]]:
    """An import of poison among good files: states and reasons by name."""
    folder = tmp_path_factory.mktemp("poison")
    write(folder, **{word: f"{word}\n" for word in POISON})
    write(folder, **{f"good{number}": TEXT.replace("6期", f"{number}期") for number in range(30)})
    outcomes = []

    class Listening(Watcher):
        def recorded(self, found: Sequence[Outcome], _: object) -> None:
            outcomes.extend(found)

    database = f"sqlite:///{folder / 'test.db'}"
    run(
        Job(Selection(paths=(str(folder),)), database, workers=TWO, settings=within(3)),
        function=work,
        watcher=Listening(),
    )
    by_path = {Path(outcome.task.path).stem: outcome for outcome in outcomes}
    known = {Path(name).stem: state for name, state in states(database).items()}
    return {name: (known[name], outcome.reason or "") for name, outcome in by_path.items()}


@pytest.mark.parametrize(
    ("word", "state", "reason"),
    [
        ("exit", State.CRASHED, "crashed on this file (exit code 7)"),
        ("segfault", State.CRASHED, "killed by SIGSEGV"),
        ("killed", State.CRASHED, "killed by SIGKILL"),
        ("hang", State.TIMEOUT, "longer than 3 s"),
        ("memory", State.CRASHED, "MemoryError"),
        ("raise", State.CRASHED, "RuntimeError"),
    ],
)
def test_a_poison_file_is_named_with_what_it_did(
    poisoned: dict[str, tuple[str, str]], word: str, state: State, reason: str
) -> None:
    assert poisoned[word][0] == state
    assert reason in poisoned[word][1]


def test_the_rest_is_read_whatever_poison_stands_among_it(poisoned: dict[str, tuple[str, str]]) -> None:
    good = {name: state for name, (state, _) in poisoned.items() if name.startswith("good")}
    assert good == {f"good{number}": "success" for number in range(30)}


def test_processes_come_to_what_one_process_comes_to(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=OTHER)
    other = sqlite.replace("test.db", "other.db")
    bring_in(sqlite, tmp_path)
    bring_in(other, tmp_path, workers=TWO)
    assert records(sqlite) == records(other)


def test_a_stopped_import_writes_what_workers_have_and_leaves_the_rest(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, **{f"a{number}": str(number) for number in range(400)})
    begun: list[Import] = []

    class Listening(Watcher):
        def recorded(self, outcomes: Sequence[Outcome], _: object) -> None:
            begun[0].stop = begun[0].stop or bool(outcomes)

    job = Job(Selection(paths=(str(tmp_path),)), sqlite, workers=TWO, settings=within(3))
    tally = run(job, function=slow, watcher=Listening(), begun=begun.append)
    assert tally.stopped
    assert 0 < tally.read < 400
    assert run(job, function=quick).read == 400 - tally.read


def test_what_is_under_way_is_bounded_by_number_and_by_bytes() -> None:
    batches = Batches(8, 16, lambda _: _Future(), lambda *_: [])
    assert batches.has_room(10 * MOST_BYTES)
    batches.submit(task("a", MOST_BYTES))
    assert not batches.has_room(1)
    small = Batches(8, 16, lambda _: _Future(), lambda *_: [])
    for number in range(16):
        assert small.has_room(1)
        small.submit(task(str(number)))
    assert not small.has_room(1)


class _Future:
    def add_done_callback(self, _: object) -> None:
        """It is never done."""


@pytest.mark.parametrize("work", [quick])
def test_every_task_comes_back_once(work: Work) -> None:
    tasks = [task(str(number)) for number in range(1000)]
    for executor in (Inline(work), LocalProcesses(work, 2, within(5))):
        with executor:
            assert sorted(outcome.task.path for outcome in read(executor, tasks)) == sorted(item.path for item in tasks)


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A scheduler and two workers in processes of their own, each with a nanny that starts it anew."""
    config.set({"distributed.scheduler.allowed-failures": 1})  # of a task, each of which takes a worker's start
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None, silence_logs=50) as made:
        yield made.scheduler_address


def test_a_cluster_comes_to_what_one_process_comes_to(cluster: str, sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, **{f"a{number}": TEXT.replace("6期", f"{number}期") for number in range(40)})
    other = sqlite.replace("test.db", "other.db")
    bring_in(other, tmp_path)
    bring_in(sqlite, tmp_path, workers=Workers("dask", scheduler=cluster))
    assert records(sqlite) == records(other)


def test_a_lost_worker_costs_a_retry(cluster: str) -> None:
    with DaskCluster(slow, cluster, within(30)) as executor:
        tasks = [task(str(number)) for number in range(120)]
        for item in tasks:
            executor.submit(item)
        time.sleep(0.3)
        os.kill(next(iter(executor.client.run(os.getpid).values())), signal.SIGKILL)
        assert {outcome.state for outcome in read(executor, [])} == {State.SUCCESS}


def test_a_poison_file_costs_a_cluster_only_itself(cluster: str, tmp_path: Path) -> None:
    paths = write(tmp_path, bad="exit\n", **{f"a{number}": "quick\n" for number in range(30)})
    with DaskCluster(work, cluster, within(30)) as executor:
        outcomes = read(executor, [task(path) for path in paths])
    assert {Path(outcome.task.path).stem for outcome in outcomes if outcome.state is not State.SUCCESS} == {"bad"}
    assert len(outcomes) == 31


def test_workers_end_with_a_main_process_that_is_killed(tmp_path: Path) -> None:
    code = (
        "from zongji.pipeline.bulk.executors.local import LocalProcesses\n"
        "from zongji.pipeline.bulk.worker import Task\n"
        "import poison, sys, time\n"
        "if __name__ == '__main__':\n"
        "    executor = LocalProcesses(poison.slow, 2)\n"
        "    [executor.submit(Task(str(n), '0', 1, '1')) for n in range(64)]\n"
        "    executor.finished(5)\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(60)\n"
    )
    script = tmp_path / "script.py"
    script.write_text(code, encoding="utf-8")
    marker = str(tmp_path)
    process = subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, env=_environment(marker))
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    process.kill()
    process.wait()
    process.stdout.close()
    end = time.monotonic() + 20
    while _living(marker) and time.monotonic() < end:
        time.sleep(0.2)
    assert _living(marker) == []


def _environment(marker: str) -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "ZONGJI_TEST_MARKER": marker}


def _living(marker: str) -> list[str]:
    """The processes that have our mark in their environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if marker.encode() in path.read_bytes():
                found.append(path.parent.name)
        except OSError:
            continue
    return found
