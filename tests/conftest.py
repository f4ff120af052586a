"""Databases to test against, and `--room`, which takes the tests of one room of the pipeline.

SQLite is always tested, PostgreSQL and MariaDB over a real connection where they run. ZONGJI_TEST_POSTGRESQL and
ZONGJI_TEST_MYSQL say where; the defaults are the standard local ones. With ZONGJI_TEST_SERVERS=required a server that
does not answer fails the tests instead of skipping them. Every process of a parallel run has databases of its own.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import hypothesis
import pytest
from sqlalchemy import create_engine, delete
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.tables import CORRECTIONS, DOCUMENTS, FILES, RUNS, SOURCES, WARNINGS
from zongji.pipeline.database.transactions import writing

SERVERS = {
    "postgresql": os.environ.get("ZONGJI_TEST_POSTGRESQL", "postgresql://postgres@127.0.0.1/postgres"),
    "mysql": os.environ.get("ZONGJI_TEST_MYSQL", "mysql://root@127.0.0.1/mysql"),
}
DRIVERS = {"postgresql": "postgresql+psycopg", "mysql": "mysql+pymysql"}
KINDS = ("sqlite", *SERVERS)
PIPELINE = Path(__file__).parent.parent / "pipeline"
DEEP = "/".join(["d"] * 1500)
"""More folders than Python recurses."""
ROOMS = sorted(path.parent.name for path in PIPELINE.glob("*/__init__.py"))

hypothesis.settings.register_profile("tests", deadline=None)  # how long an example takes, a busy machine decides
hypothesis.settings.load_profile("tests")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--room",
        action="append",
        choices=ROOMS,
        default=[],
        help="only test files that are named for this room of pipeline/ or import from it; may be repeated",
    )


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Skip test files of rooms that were not requested, and those without what `-m alone` takes: importing takes time.

    None leaves the decision to pytest.
    """
    if not collection_path.match("test_*.py"):
        return None
    rooms = config.getoption("room")
    if rooms and not any(_tests(collection_path, room) for room in rooms):
        return True
    if config.getoption("markexpr") == "alone" and "mark.alone" not in collection_path.read_text(encoding="utf-8"):
        return True
    return None


def _tests(file: Path, room: str) -> bool:
    return room in file.stem.split("_") or f"zongji.pipeline.{room}" in file.read_text(encoding="utf-8")


@cache
def unreachable(kind: str) -> str | None:
    """Why a server cannot be used, None if it can."""
    try:
        run(kind, "select 1")
    except SQLAlchemyError as error:
        return f"NOT TESTED: no {kind} at {SERVERS[kind]}: {str(error).splitlines()[0]}"
    return None


def run(kind: str, statement: str, address: str | None = None) -> None:
    """Run a statement on a server, by default the one of all tests, outside of transactions."""
    engine = create_engine(
        make_url(address or SERVERS[kind]).set(drivername=DRIVERS[kind]), isolation_level="AUTOCOMMIT"
    )
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)
    engine.dispose()


def database_of(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database that is dropped afterwards."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'test.db'}"
        return
    if (reason := unreachable(kind)) is not None:
        if os.environ.get("ZONGJI_TEST_SERVERS") == "required":
            pytest.fail(reason)
        pytest.skip(reason)
    name = f"zongji_test_{uuid4().hex[:12]}"
    run(kind, f"create database {name}")
    try:
        yield make_url(SERVERS[kind]).set(database=name).render_as_string(hide_password=False)
    finally:
        run(kind, f"drop database {name}" + " with (force)" * (kind == "postgresql"))


@pytest.fixture(params=KINDS)
def fresh(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database of each kind without any table."""
    yield from database_of(request.param, tmp_path)


@pytest.fixture(scope="session", params=KINDS)
def prepared(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database of each kind, for all tests: MariaDB takes more than a second to make our tables."""
    for address in database_of(request.param, tmp_path_factory.mktemp("database")):
        connect(address, create=True)
        yield address


@pytest.fixture
def database(prepared: str) -> str:
    """The address of a database of each kind with our tables, empty."""
    engine = connect(prepared)
    with writing(engine) as connection:
        for table in (CORRECTIONS, DOCUMENTS, WARNINGS, SOURCES, FILES, RUNS):  # the rest goes with the documents
            connection.execute(delete(table))
    engine.dispose()
    return prepared


@pytest.fixture
def sqlite(tmp_path: Path) -> str:
    """The address of an SQLite database that is not there yet."""
    return f"sqlite:///{tmp_path / 'test.db'}"


@pytest.fixture
def deep() -> Iterator[Path]:
    """A folder with `DEEP` in it; not among pytest's, which could not remove what a killed run leaves."""
    made = Path(mkdtemp(prefix="zongji-deep-"))
    try:
        subprocess.run(["/bin/mkdir", "-p", made / DEEP], check=True)
        yield made
    finally:
        subprocess.run(["/bin/rm", "-rf", made], check=True)
