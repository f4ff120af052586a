"""An import outlives its database server: stopped, killed and started again, nothing is lost and nothing doubled."""

from __future__ import annotations

import os
import random
import shlex
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from threading import Timer
from uuid import uuid4

import pytest
from conftest import DRIVERS, SERVERS, database_of, unreachable
from conftest import run as execute
from imports import INLINE, TEXT, bring_in, records, rows, write
from killing import ROOT, command, environment
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError
from zongji.pipeline.bulk.counts import Tally
from zongji.pipeline.bulk.discovery import Selection
from zongji.pipeline.bulk.gone import mark_gone, prune, unseen_folders
from zongji.pipeline.bulk.importer import Watcher
from zongji.pipeline.bulk.job import Job, run
from zongji.pipeline.bulk.looking import Search
from zongji.pipeline.bulk.worker import Outcome
from zongji.pipeline.database import connection, hanging
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.errors import DatabaseError

FILES = 400
STARTS = {"postgresql": ("start_postgresql", "ZONGJI_TEST_POSTGRESQL"), "mysql": ("start_mariadb", "ZONGJI_TEST_MYSQL")}


class Server:
    """A server of the test's own, which can be stopped and started again."""

    def __init__(self, kind: str, folder: Path) -> None:
        self.kind = kind
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

    def database(self) -> str:
        """The address of a new database, once the server has started."""
        name, end = f"test_{uuid4().hex[:12]}", time.monotonic() + 60
        while True:
            try:
                execute(self.kind, f"create database {name}", self.address)
                break
            except DBAPIError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.1)
        return make_url(self.address).set(database=name).render_as_string()

    def freeze(self) -> None:
        """Let it hang: its machine confirms what it is sent, and nothing answers."""
        for process in (self.pid, *_children(self.pid)):
            os.kill(process, signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        for process in (*_children(self.pid), self.pid):
            os.kill(process, signal.SIGCONT)


def _children(process: int) -> list[int]:
    return list(map(int, Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()))


@pytest.fixture(scope="module", params=STARTS)
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """Not in pytest's folder, which belongs to one user alone."""
    with TemporaryDirectory(prefix="zongji-server-", ignore_cleanup_errors=True) as folder:
        made = Server(request.param, Path(folder))
        made.stop(signal.SIGTERM)
        made.start()
        yield made
        with suppress(FileNotFoundError, ProcessLookupError):
            made.stop(signal.SIGKILL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files to import."""
    made = tmp_path_factory.mktemp("files")
    write(made, **{f"a{number:04}": TEXT.replace("6期", f"{number}期") for number in range(FILES)})
    return made


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """So many files that an import of them lasts."""
    made = tmp_path_factory.mktemp("large")
    write(made, **{f"b{number:04}": TEXT.replace("6期", f"{number}场") for number in range(3000)})
    return made


@pytest.fixture(scope="module")
def undisturbed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[object, ...]]]:
    """The records that an import makes with which nothing interferes."""
    database = f"sqlite:///{tmp_path_factory.mktemp('undisturbed') / 'test.db'}"
    bring_in(database, folder)
    return records(database)


class Importing:
    """An import under way, in a process group of its own."""

    def __init__(self, folder: Path, database: str, *options: str) -> None:
        self.log = Path(mkdtemp(dir=folder.parent)) / "log"
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

    def left(self) -> list[str]:
        """Those of its processes that outlive it by more than the moment in which they see that it has gone."""
        end = time.monotonic() + 10
        while (found := self._processes()) and time.monotonic() < end:
            time.sleep(0.05)
        return found

    def _processes(self) -> list[str]:
        words = ["ps", "-o", "args=", "-g", str(self.process.pid)]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        return [line for line in done.stdout.splitlines() if "defunct" not in line]


FILE = '"event": "file"'


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["killed", "stopped"])
def test_an_import_outlives_its_server(
    server: Server, folder: Path, undisturbed: dict[str, list[tuple[object, ...]]], how: signal.Signals
) -> None:
    if how == signal.SIGINT and server.kind == "mysql":
        how = signal.SIGTERM
    database = server.database()
    importing = Importing(folder, database, "--workers", "1", "--db-patience", "60")
    importing.until(FILE)
    server.stop(how)
    time.sleep(1)
    server.start()
    assert importing.code() == 0, importing.said()[-500:]
    assert importing.said().count('"database-lost"') == importing.said().count('"database-back"') >= 1
    assert records(database) == undisturbed
    assert rows(database, "runs", "state") == [("done",)]


class Watching(Watcher):
    """What a test does when an import has committed a batch."""

    def __init__(self, deed: Callable[[], object]) -> None:
        self.deed = deed

    def recorded(self, outcomes: Sequence[Outcome], tally: Tally) -> None:  # noqa: ARG002
        """Do it."""
        if outcomes:
            self.deed()


def test_a_server_that_hangs_is_lost_and_given_up(
    server: Server, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hanging, "_EVERY", 0.5)
    for module in (hanging, connection):
        monkeypatch.setattr(module, "CONNECTING", 2)
    job = Job(Selection(paths=(str(folder),)), server.database(), workers=INLINE, batch=10, patience=1)
    try:
        with pytest.raises(DatabaseError, match="did not come back"):
            run(job, watcher=Watching(server.freeze))
    finally:
        server.thaw()


CUTS = {
    "postgresql": "select pg_terminate_backend(pid) from pg_stat_activity where datname = '{}' and "
    "pid <> pg_backend_pid()",
    "mysql": "select id from information_schema.processlist where db = '{}'",
}


class Cutting:
    """Cuts the connections to a database, and counts them."""

    def __init__(self, kind: str, address: str) -> None:
        self.kind, self.address, self.name = kind, address, str(make_url(address).database)
        url = make_url(SERVERS[kind]).set(drivername=DRIVERS[kind])
        self.engine = create_engine(url, isolation_level="AUTOCOMMIT")
        self.chance = random.Random(3)  # noqa: S311
        self.cuts = 0

    def sometimes(self) -> None:
        """Cut at one batch in four, in the middle of whatever comes next."""
        if self.chance.random() < 1 / 4:
            Timer(self.chance.uniform(0, 0.05), self.now).start()

    def once(self) -> None:
        """Cut if none was cut before."""
        if not self.cuts:
            self.now()

    def now(self) -> None:
        """Cut all there are."""
        with self.engine.connect() as connection:
            for (process,) in connection.exec_driver_sql(CUTS[self.kind].format(self.name)).all():
                self.cuts += 1
                with suppress(DBAPIError):  # it has gone
                    if self.kind == "mysql":
                        connection.exec_driver_sql(f"kill connection {process}")


@pytest.fixture(params=CUTS)
def cutting(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Cutting]:
    """A database whose connections can be cut."""
    for address in database_of(request.param, tmp_path):
        made = Cutting(request.param, address)
        yield made
        made.engine.dispose()


def test_connections_that_are_cut_lose_and_double_nothing(
    cutting: Cutting, folder: Path, undisturbed: dict[str, list[tuple[object, ...]]]
) -> None:
    job = Job(Selection(paths=(str(folder),)), cutting.address, workers=INLINE, batch=4)
    run(job, watcher=Watching(cutting.sometimes))
    assert cutting.cuts >= 10
    assert records(cutting.address) == undisturbed


@pytest.mark.parametrize("look", [mark_gone, prune, unseen_folders])
def test_a_connection_that_is_cut_while_missing_files_are_looked_for_is_opened_again(
    cutting: Cutting, look: Callable[[Engine, Search], object], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    search = Search(Selection(paths=(str(tmp_path), str(tmp_path / "empty"))))
    engine = connect(cutting.address, create=True)
    event.listen(engine, "before_cursor_execute", lambda *_: cutting.once())
    assert not look(engine, search)
    assert cutting.cuts == 1
    engine.dispose()


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
    sqlite: str, large: Path, number: signal.Signals, workers: str
) -> None:
    importing = Importing(large, sqlite, "--workers", workers)
    importing.until(FILE)
    os.killpg(importing.process.pid, number)
    assert importing.code() == 128 + number
    blamed = {state for (state,) in rows(sqlite, "files", "state")} - {"success", "pending", "started"}
    assert blamed == set()  # started: handed over, then dropped
    assert rows(sqlite, "runs", "state") == [("stopped",)]
    assert importing.left() == []


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
