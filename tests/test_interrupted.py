"""Imports that are told to stop while they wait, lose their terminal, cross each other, or run out of disk."""

from __future__ import annotations

import os
import pty
import re
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest
from conftest import SERVERS, database_of
from imports import OTHER, TEXT, bring_in, records, rows, states, write
from killing import command, environment
from relay import relayed
from sqlalchemy import Connection, Engine, event, text
from typer.testing import CliRunner
from zongji.cli import app
from zongji.pipeline.bulk import gone
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.transactions import transact, writing, writing_alone

SECONDS = 120
FILE = '"event": "file"'


@pytest.fixture(params=SERVERS)
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with many writers."""
    for address in database_of(request.param, tmp_path):
        connect(address, create=True).dispose()
        yield address


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


class Import:
    """An import in a process of its own, with its standard error in a file."""

    def __init__(self, folder: Path, database: str, *options: str, trap: str = "") -> None:
        self.log = folder.parent / "log"
        words = command(folder, database, "--workers", "0", "--log-json", *options)
        script = f"{trap} exec {shlex.join(words)}"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                ["/bin/sh", "-c", script], stderr=log, env=environment(), start_new_session=True
            )

    def said(self) -> str:
        """What it wrote on standard error."""
        return self.log.read_text(encoding="utf-8")

    def until(self, word: str) -> None:
        """Wait until it has said a word."""
        end = time.monotonic() + SECONDS
        while word not in self.said():
            assert self.process.poll() is None, self.said()[-1000:]
            assert time.monotonic() < end, self.said()[-1000:]
            time.sleep(0.02)

    def code(self) -> int:
        """Its exit code, once it has ended."""
        code = self.process.wait(timeout=SECONDS)
        assert "Traceback" not in self.said(), self.said()[-2000:]
        return code


def many(folder: Path, number: int = 200) -> None:
    write(folder, **{f"a{index:04}": TEXT.replace("6期", f"{index}期") for index in range(number)})


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_wait_for_a_lost_server_with_its_code(
    server: str, folder: Path, number: signal.Signals
) -> None:
    many(folder)
    with relayed(server) as relay:
        importing = Import(folder, relay.address, "--batch", "10")
        importing.until(FILE)
        relay.refuse()
        importing.until("database-lost")
        importing.process.send_signal(number)
        begun = time.monotonic()
        assert importing.code() == 128 + number
    assert time.monotonic() - begun < 20
    assert "zongji: stopped: the database is away" in importing.said()


def test_a_server_that_is_back_after_the_signal_gets_the_end_of_the_run(server: str, folder: Path) -> None:
    many(folder)
    with relayed(server) as relay:
        importing = Import(folder, relay.address, "--batch", "10")
        importing.until(FILE)
        relay.refuse()
        importing.until("database-lost")
        importing.process.send_signal(signal.SIGTERM)
        relay.accept()
        assert importing.code() == 128 + signal.SIGTERM
    assert rows(server, "runs", "state") == [("stopped",)]


def test_a_signal_ends_the_wait_for_another_import_that_marks(server: str, folder: Path) -> None:
    first, _ = write(folder, a=TEXT, b=OTHER)
    bring_in(server, folder)
    first.unlink()
    engine = connect(server)
    with writing_alone(engine):
        importing = Import(folder, server)
        while len(rows(server, "runs", "id")) < 2:
            time.sleep(0.05)
        time.sleep(1)
        importing.process.send_signal(signal.SIGTERM)
        assert importing.code() == 128 + signal.SIGTERM
    engine.dispose()
    assert [state for _, state in rows(server, "runs", "id", "state")] == ["done", "stopped"]


def test_a_server_that_is_lost_while_gone_files_are_looked_for_is_waited_for(
    server: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = write(folder, a=TEXT, b=OTHER)
    bring_in(server, folder)
    first.unlink()
    read, lost = gone._sources, []

    def cut_once(connection: Connection, **asked: Any) -> Any:  # noqa: ANN401
        if not lost:
            relay.refuse()
            relay.accept()
            lost.append(True)
        return read(connection, **asked)

    monkeypatch.setattr(gone, "_sources", cut_once)
    with relayed(server) as relay:
        assert bring_in(relay.address, folder).gone == 1
    assert lost == [True]


def test_two_transactions_that_cross_are_both_done(server: str) -> None:
    engine = connect(server)
    with writing(engine) as connection:
        connection.execute(text("create table crossing (id integer primary key, number integer)"))
        connection.execute(text("insert into crossing values (1, 0), (2, 0)"))
    both, tries = Barrier(2), []

    def add(order: tuple[int, int]) -> None:
        first = True

        def write_both(connection: Connection) -> None:
            nonlocal first
            tries.append(order)
            for key in order:
                connection.execute(text("update crossing set number = number + 1 where id = :key"), {"key": key})
                if first:
                    first = False
                    both.wait(10)

        transact(engine, write_both)

    threads = [Thread(target=add, args=(order,)) for order in ((1, 2), (2, 1))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with engine.connect() as connection:
        assert connection.execute(text("select number from crossing")).scalars().all() == [2, 2]
    engine.dispose()
    assert len(tries) == 3


def test_two_imports_of_the_same_files_in_crossing_orders_lose_and_double_nothing(
    database: str, sqlite: str, folder: Path
) -> None:
    many(folder, 16)
    paths = sorted(map(str, folder.iterdir()))
    lists = [folder.parent / "up", folder.parent / "down"]
    for name, some in zip(lists, (paths, paths[::-1]), strict=True):
        name.write_text("\n".join(some), encoding="utf-8")
    words = [command(folder, database, "--workers", "0", "--batch", "5") for _ in lists]
    words = [[*line[:4], "--file-list", str(name), *line[5:]] for line, name in zip(words, lists, strict=True)]
    running = [subprocess.Popen(line, stderr=subprocess.PIPE, env=environment()) for line in words]
    said = [process.communicate(timeout=SECONDS)[1].decode() for process in running]
    assert [process.returncode for process in running] == [0, 0], said
    bring_in(sqlite.replace("test.db", "other.db"), folder)
    assert records(database) == records(sqlite.replace("test.db", "other.db"))


FULL = {
    "sqlite": [],
    "postgresql": [
        "create function is_full() returns trigger language plpgsql as $$ begin "
        "raise exception 'could not extend file' using errcode = '53100'; end $$",
        "create trigger is_full before insert on figures for each row execute function is_full()",
    ],
    "mysql": [
        "create trigger is_full before insert on figures for each row "
        "signal sqlstate 'HY000' set mysql_errno = 1114, message_text = 'The table is full'"
    ],
}
ROOM = {
    "sqlite": [],
    "postgresql": ["drop trigger is_full on figures", "drop function is_full"],
    "mysql": ["drop trigger is_full"],
}


@pytest.mark.parametrize("kind", FULL)
def test_a_full_disk_ends_an_import_in_a_sentence_and_the_same_command_does_the_rest(
    kind: str, folder: Path, tmp_path: Path
) -> None:
    write(folder, a=OTHER)
    for address in database_of(kind, tmp_path):
        bring_in(address, folder)
        many(folder, 20)
        words = ["import", str(folder), "--db", address, "--workers", "0"]

        def limit(connection: Any, _: object) -> None:  # noqa: ANN401
            if kind == "sqlite":
                (pages,) = connection.execute("pragma page_count").fetchone()
                connection.execute(f"pragma max_page_count = {pages + 1}")

        _say(address, FULL[kind])
        event.listen(Engine, "connect", limit)
        try:
            full = CliRunner().invoke(app, words)
        finally:
            event.remove(Engine, "connect", limit)
        assert full.exit_code == 1
        assert re.search(r"zongji: error: the disk of the database is full: .*; .*the same command", full.output)
        assert states(address) == {"a.txt": "success"}
        _say(address, ROOM[kind])
        assert CliRunner().invoke(app, words).exit_code == 0
        assert len(rows(address, "documents")) == 21


def _say(address: str, statements: list[str]) -> None:
    engine = connect(address)
    with writing(engine) as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


def test_a_hangup_that_is_ignored_stays_ignored(sqlite: str, folder: Path) -> None:
    many(folder, 100)
    importing = Import(folder, sqlite, "--batch", "10", trap="trap '' HUP;")
    importing.until(FILE)
    importing.process.send_signal(signal.SIGHUP)
    assert importing.code() == 0
    assert rows(sqlite, "runs", "state") == [("done",)]


@pytest.mark.parametrize("nohup", [True, False], ids=["nohup", "without nohup"])
def test_a_terminal_that_goes_away_leaves_an_import_in_good_order(sqlite: str, folder: Path, *, nohup: bool) -> None:
    many(folder, 100)
    master, slave = pty.openpty()

    def attach() -> None:
        if nohup:
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
        os.close(os.open(os.ttyname(slave), os.O_RDWR))  # it becomes the terminal of the session

    words = command(folder, sqlite, "--workers", "0", "--batch", "10", "--log-json")
    process = subprocess.Popen(
        words,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env=environment(),
        start_new_session=True,
        preexec_fn=attach,  # noqa: PLW1509  # this test has no other threads
    )
    os.close(slave)
    said = ""
    while FILE not in said:
        said += os.read(master, 4096).decode()
    os.close(master)
    assert process.wait(timeout=SECONDS) == (0 if nohup else 128 + signal.SIGHUP)
    assert rows(sqlite, "runs", "state") == [("done" if nohup else "stopped",)]
