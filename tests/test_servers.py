"""An import outlives its database server: stopped, killed and started again, nothing is lost and nothing doubled."""

from __future__ import annotations

import os
import random
import shlex
import signal
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from conftest import DRIVERS, SERVERS, database_of, unreachable
from imports import TEXT, records, rows, write
from killing import ROOT, command, environment, finish
from sqlalchemy import create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError

FILES = 400
STARTS = {"postgresql": ("start_postgresql", "ZONGJI_TEST_POSTGRESQL"), "mysql": ("start_mariadb", "ZONGJI_TEST_MYSQL")}


class Server:
    """A server of the test's own, which can be stopped and started again."""

    def __init__(self, kind: str, folder: Path) -> None:
        start, name = STARTS[kind]
        folder.chmod(0o755)  # the server's user passes through it
        script = f'source .ci/servers; {start} {shlex.quote(str(folder / kind))} "$(free_port)"; echo "${name}"'
        try:
            done = subprocess.run(["/bin/bash", "-euc", script], cwd=ROOT, check=True, capture_output=True, text=True)
        except subprocess.CalledProcessError as error:
            reason = f"NOT TESTED: no {kind} can be started here: {error.stderr.strip()[-200:]}"
            if os.environ.get("ZONGJI_TEST_SERVERS") == "required":
                pytest.fail(reason)
            pytest.skip(reason)
        self.address = done.stdout.split()[-1]
        self.pid_file = folder / kind / "pid"
        process = Path(f"/proc/{self.pid}")
        self.command = process.joinpath("cmdline").read_bytes().rstrip(b"\0").split(b"\0")
        lossy = b"--innodb-flush-log-at-trx-commit=0"  # for speed, the other tests' server forgets commits when killed
        self.command = [word for word in self.command if word != lossy]
        self.user = process.stat().st_uid
        self.children: list[subprocess.Popen[bytes]] = []

    @property
    def pid(self) -> int:
        """The server's process."""
        return int(self.pid_file.read_text(encoding="utf-8").split()[0])

    def stop(self, number: signal.Signals) -> None:
        """End the server by a signal."""
        process = self.pid
        os.kill(process, number)
        for child in self.children:
            child.wait()
        end = time.monotonic() + 30
        while Path(f"/proc/{process}").exists() and time.monotonic() < end:
            time.sleep(0.05)

    def start(self) -> None:
        """Start it again, on the same port."""
        user = None if os.getuid() == self.user else self.user
        self.children = [subprocess.Popen(self.command, user=user, stdout=-3, stderr=-3, cwd="/")]


@pytest.fixture(params=STARTS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Not in pytest's folder, which belongs to one user alone."""
    with TemporaryDirectory(prefix="zongji-server-", ignore_cleanup_errors=True) as folder:
        made = Server(request.param, Path(folder))
        made.stop(signal.SIGTERM)
        made.start()
        yield made
        with suppress(FileNotFoundError, ProcessLookupError):
            made.stop(signal.SIGKILL)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Files to import."""
    made = tmp_path / "files"
    made.mkdir()
    write(made, **{f"a{number:04}": TEXT.replace("6期", f"{number}期") for number in range(FILES)})
    return made


@pytest.fixture
def undisturbed(folder: Path, tmp_path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The records that an import makes with which nothing interferes."""
    database = f"sqlite:///{tmp_path / 'undisturbed.db'}"
    finish(command(folder, database, "--workers", "1"))
    return records(database)


class Importing:
    """An import under way, in a process group of its own."""

    def __init__(self, folder: Path, database: str, *options: str) -> None:
        self.log = folder.parent / "log"
        words = command(folder, database, "--batch", "10", "--log-json", *options)
        with self.log.open("w") as log:
            self.process = subprocess.Popen(words, stderr=log, env=environment(), start_new_session=True)

    def said(self) -> str:
        """What it wrote on standard error."""
        return self.log.read_text(encoding="utf-8")

    def until(self, word: str) -> None:
        """Wait until it has said a word."""
        end = time.monotonic() + 60
        while word not in self.said() and self.process.poll() is None and time.monotonic() < end:
            time.sleep(0.02)
        assert word in self.said(), self.said()[-500:]

    def code(self) -> int:
        """Its exit code, once it has ended."""
        return self.process.wait(timeout=90)

    def processes(self) -> list[str]:
        """Those of its group that live."""
        words = ["ps", "-o", "args=", "-g", str(self.process.pid)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        return [line for line in done.stdout.splitlines() if "defunct" not in line]


FILE = '"event": "file"'


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "stopped"])
def test_an_import_outlives_its_server(
    server: Server, folder: Path, undisturbed: dict[str, list[tuple[object, ...]]], how: signal.Signals
) -> None:
    if how == signal.SIGINT and server.address.startswith("mysql"):
        how = signal.SIGTERM
    importing = Importing(folder, server.address, "--workers", "1", "--db-patience", "60")
    importing.until(FILE)
    server.stop(how)
    time.sleep(1)
    server.start()
    assert importing.code() == 0, importing.said()[-500:]
    assert importing.said().count('"database-lost"') == importing.said().count('"database-back"') >= 1
    assert records(server.address) == undisturbed
    assert rows(server.address, "runs", "state") == [("done",)]


def test_a_server_that_hangs_is_lost_and_given_up(server: Server, folder: Path) -> None:
    importing = Importing(folder, server.address, "--workers", "1", "--db-patience", "2")
    importing.until(FILE)
    os.kill(server.pid, signal.SIGSTOP)
    for child in _children(server.pid):
        os.kill(child, signal.SIGSTOP)
    try:
        assert importing.code() == 1
    finally:
        for process in (*_children(server.pid), server.pid):
            os.kill(process, signal.SIGCONT)
    assert "did not come back" in importing.said()


def _children(process: int) -> list[int]:
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()))


CUTS = {
    "postgresql": "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{}' and "
    "pid <> pg_backend_pid()",
    "mysql": "select id from information_schema.processlist where db = '{}'",
}


@pytest.mark.parametrize("kind", CUTS)
def test_connections_that_are_cut_lose_and_double_nothing(
    kind: str, folder: Path, tmp_path: Path, undisturbed: dict[str, list[tuple[object, ...]]]
) -> None:
    for database in database_of(kind, tmp_path):
        name, cuts, chance = str(make_url(database).database), 0, random.Random(3)  # noqa: S311
        importing = Importing(folder, database, "--workers", "1", "--batch", "4")
        importing.until(FILE)
        engine = create_engine(make_url(SERVERS[kind]).set(drivername=DRIVERS[kind]), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            while importing.process.poll() is None:
                found = connection.exec_driver_sql(CUTS[kind].format(name)).all()
                for (process,) in found:
                    cuts += 1
                    with suppress(DBAPIError):  # it has gone
                        if kind == "mysql":
                            connection.exec_driver_sql(f"kill connection {process}")
                time.sleep(chance.uniform(0.1, 0.6) if cuts < 20 else 1)
        engine.dispose()
        assert importing.code() == 0, importing.said()[-500:]
        assert cuts >= 10
        assert records(database) == undisturbed


@pytest.mark.parametrize("address", ["postgresql://nobody_here@{}/postgres", "mysql://nobody_here:wrong@{}/mysql"])
def test_who_is_refused_is_told_at_once(folder: Path, address: str) -> None:
    kind = address.partition(":")[0]
    if unreachable(kind) is not None:
        pytest.skip(str(unreachable(kind)))
    url = make_url(SERVERS[kind])
    importing = Importing(folder, address.format(f"{url.host}:{url.port or {'postgresql': 5432}.get(kind, 3306)}"))
    assert importing.process.wait(timeout=10) == 1
    assert "database-lost" not in importing.said()
    assert "Traceback" not in importing.said()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("workers", ["0", "2"])
def test_a_signal_to_all_of_its_processes_stops_an_import_in_good_order(
    sqlite: str, folder: Path, number: signal.Signals, workers: str
) -> None:
    write(folder, **{f"b{index:04}": TEXT.replace("6期", f"{index}场") for index in range(3000)})
    importing = Importing(folder, sqlite, "--workers", workers)
    importing.until(FILE)
    os.killpg(importing.process.pid, number)
    assert importing.code() == 128 + number
    blamed = {state for (state,) in rows(sqlite, "files", "state")} - {"success", "pending", "started"}
    assert blamed == set()  # started: handed over, then dropped
    assert rows(sqlite, "runs", "state") == [("stopped",)]
    assert importing.processes() == []


@pytest.mark.parametrize("happened", ["deleted", "replaced"])
def test_a_database_file_that_goes_away_is_told(sqlite: str, folder: Path, happened: str) -> None:
    importing = Importing(folder, sqlite, "--workers", "1")
    importing.until(FILE)
    path = Path(sqlite.removeprefix("sqlite:///"))
    path.unlink()
    if happened == "replaced":
        path.write_bytes(b"")
    assert importing.code() == 1
    assert f"the file was {happened}" in importing.said()


def test_a_locked_database_delays_no_signal(sqlite: str, folder: Path) -> None:
    importing = Importing(folder, sqlite, "--workers", "1")
    importing.until(FILE)
    with closing(sqlite3.connect(sqlite.removeprefix("sqlite:///"), isolation_level=None, timeout=10)) as other:
        other.execute("begin immediate")
        time.sleep(0.5)
        importing.process.send_signal(signal.SIGTERM)
        time.sleep(1)
        other.execute("rollback")
    assert importing.process.wait(timeout=10) == 128 + signal.SIGTERM
    assert rows(sqlite, "runs", "state") == [("stopped",)]


def test_a_file_that_may_not_grow_ends_an_import_with_a_sentence(sqlite: str, folder: Path) -> None:
    words = shlex.join(command(folder, sqlite, "--workers", "0"))
    done = subprocess.run(
        ["/bin/bash", "-c", f"ulimit -f 700; exec {words}"],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "zongji: the database failed: disk I/O error"
