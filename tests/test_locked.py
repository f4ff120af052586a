"""Who reads does not wait for a writer, and says so where it must wait; a review of what may only be read shows it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import KINDS, database_of
from imports import TEXT, bring_in, rows, write
from killing import environment
from reviewing import FORM, Site
from sqlalchemy import update
from test_read_only import COMMANDS, mounted, selecting
from typer.testing import CliRunner
from zongji.cli import app
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.tables import FIGURES, METADATA
from zongji.pipeline.database.transactions import writing

__all__ = ["mounted", "selecting"]  # fixtures


@pytest.fixture(params=KINDS)
def stored(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with a document."""
    for address in database_of(request.param, tmp_path):
        bring_in(address, *write(tmp_path, a=TEXT))
        yield address


def words(command: str, address: str, folder: Path) -> list[str]:
    return [word.replace("ADDRESS", address).replace("OUT", str(folder)) for word in COMMANDS[command]]


def test_who_reads_does_not_wait_for_who_writes(stored: str, tmp_path: Path) -> None:
    engine = connect(stored)
    with writing(engine) as connection:
        connection.execute(update(FIGURES).values(unit="场"))
        said = [CliRunner().invoke(app, words(command, stored, tmp_path)) for command in COMMANDS]
    engine.dispose()
    assert [(done.exit_code, "waiting" in done.output) for done in said] == [(0, False)] * len(COMMANDS)


@contextmanager
def locked(address: str) -> Iterator[None]:
    """Nobody else can even read."""
    engine = connect(address)
    kind = engine.dialect.name
    with engine.connect() as connection:
        if kind == "sqlite":
            connection.exec_driver_sql("pragma locking_mode = exclusive")
            connection.execute(update(FIGURES).values(unit="场"))
        elif kind == "postgresql":
            connection.exec_driver_sql(f"lock table {', '.join(METADATA.tables)} in access exclusive mode")
        else:
            connection.exec_driver_sql(f"lock tables {', '.join(f'{name} write' for name in METADATA.tables)}")
        yield
        connection.rollback()
        connection.invalidate()
    engine.dispose()


@pytest.mark.parametrize("command", COMMANDS)
def test_a_locked_database_is_waited_for_and_that_is_said(stored: str, tmp_path: Path, command: str) -> None:
    with locked(stored):
        process = subprocess.Popen(
            [sys.executable, "-m", "zongji.cli", *words(command, stored, tmp_path)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=environment(),
        )
        assert process.stderr is not None
        assert process.stderr.readline().startswith("zongji: waiting for ")
    _, rest = process.communicate(timeout=60)
    assert (process.returncode, "Traceback" in rest) == (0, False), rest


@pytest.fixture(params=["with", "without"])
def wal(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, bool]]:
    """A database on a mount for reading only, whose document is in the -wal file yet; with or without the -shm file."""
    made, folder = tmp_path / "made", tmp_path / "kept"
    for path in (made, folder):
        path.mkdir()
    engine = connect(f"sqlite:///{made / 'test.db'}", create=True)
    with engine.connect():
        bring_in(f"sqlite:///{made / 'test.db'}", *write(tmp_path, a=TEXT))
        for name in ("test.db", "test.db-wal", "test.db-shm")[: 3 if request.param == "with" else 2]:
            shutil.copy(made / name, folder)
    engine.dispose()
    mount = ["mount", "--bind", str(folder), str(folder)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,ro,bind", str(folder)], check=True)  # noqa: S607
        yield f"sqlite:///{folder / 'test.db'}", request.param == "with"
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)  # noqa: S607


@pytest.mark.parametrize("command", COMMANDS)
def test_what_waits_in_a_wal_file_is_read_or_the_reason_is_told(
    wal: tuple[str, bool], tmp_path: Path, command: str
) -> None:
    address, readable = wal
    done = CliRunner().invoke(app, words(command, address, tmp_path))
    assert (done.exit_code, done.exception is None or isinstance(done.exception, SystemExit)) == (1 - readable, True)
    assert readable or "-wal file beside it" in done.output


def review_of(address: str) -> tuple[int, int, bool]:
    """The answers to a page and to a form, and whether it says that the database can only be read."""
    site = Site(address).enter()
    path = f"/figure/{site.key}/f1"
    refused = site.client.post(path, data=site.form(path) | FORM | {"action": "change"})
    shown = site.client.get(path)
    site.desk.engine.dispose()
    return shown.status_code, refused.status_code, "read but not written" in refused.text


def test_a_review_of_a_file_that_cannot_be_written_shows_it_and_says_so(mounted: str) -> None:
    assert review_of(mounted) == (200, 503, True)


def test_a_review_by_who_may_only_select_shows_it_and_says_so(selecting: tuple[str, str]) -> None:
    assert review_of(selecting[1]) == (200, 503, True)
    assert rows(selecting[0], "corrections") == []
