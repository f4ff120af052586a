"""From a database URL to an engine whose database has this version's tables."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, OperationalError
from zongji.corpus.extras import MissingExtraError, required
from zongji.pipeline.database.errors import AddressError, DatabaseError
from zongji.pipeline.database.migrations import has_tables, upgrade
from zongji.pipeline.database.waiting import saying_if_waiting

_DRIVERS = {
    "sqlite": ("sqlite", "sqlite3", ""),
    "postgresql": ("postgresql+psycopg", "psycopg", "postgresql"),
    "postgres": ("postgresql+psycopg", "psycopg", "postgresql"),
    "mysql": ("mysql+pymysql", "pymysql", "mysql"),
    "mariadb": ("mariadb+pymysql", "pymysql", "mysql"),
}
"""By the first word of an address: SQLAlchemy's name with the driver, the driver's module, the extra that brings it."""
_PASSWORD = re.compile(r"(//[^:/@]*|^[^:/]*):(?!//).*@")
_PRAGMAS = (
    "journal_mode = wal",  # readers do not wait for the writer
    "synchronous = full",  # what is committed outlives a power cut
    "foreign_keys = on",
    "cache_size = -65536",  # KiB
    "wal_autocheckpoint = 16000",  # pages, 64 MiB: an index's pages change often and are written back seldom
)
_PATIENCE = 60  # seconds that a writer waits for another


def connect(address: str, *, create: bool = False, as_it_is: bool = False) -> Engine:
    """An engine for the database, brought up to this version's tables; `as_it_is` refuses an older one instead.

    Raises:
        AddressError: if the address is invalid.
        DatabaseError: if the database cannot be reached, is newer than this program or, without `create`, has no
            zongji tables.
        MissingExtraError: if the library for this kind of database is not installed.
    """
    url = _url(address)
    if url.get_backend_name() == "sqlite":
        _check_file(url, create)
    engine = create_engine(url, **_options(url))
    _LISTENERS.get(engine.dialect.name, lambda _: None)(engine)
    try:
        upgrade(engine, create=create, as_it_is=as_it_is)
    except (OperationalError, DBAPIError) as error:
        message = f"{shown(address)}: {_first_line(error)}"
        raise DatabaseError(message) from error
    return engine


def shown(address: str) -> str:
    """The address without its password."""
    try:
        return make_url(address).render_as_string(hide_password=True)
    except (ArgumentError, ValueError):  # a port that is no number
        return _PASSWORD.sub(r"\1:***@", address)


def files_of(address: str) -> tuple[str, ...]:
    """The file of an SQLite database and those that SQLite keeps next to it; none for a server."""
    try:
        url = make_url(address)
    except ArgumentError:
        return ()
    if url.get_backend_name() != "sqlite" or not url.database:
        return ()
    path = url.database.removeprefix("file:").partition("?")[0]
    return tuple(path + suffix for suffix in ("", "-wal", "-shm", "-journal"))


def missing(address: str) -> bool:
    """True for a database that an import would have to make the tables of, or the file.

    Raises:
        DatabaseError: if the database cannot be reached.
    """
    files = files_of(address)
    if files:
        from pathlib import Path  # noqa: PLC0415

        return not Path(files[0]).exists()
    url = _url(address)
    engine = create_engine(url, **_options(url))
    try:
        return not has_tables(engine)
    except DBAPIError as error:
        message = f"{shown(address)}: {_first_line(error)}"
        raise DatabaseError(message) from error
    finally:
        engine.dispose()


def _url(address: str) -> URL:
    """The address with our driver for this kind of database."""
    try:
        url = make_url(address)
    except (ArgumentError, ValueError):
        message = f"{shown(address)}: not a database address; use one such as sqlite:///zongji.db"
        raise AddressError(message) from None
    kind, _, driver = url.drivername.partition("+")
    if kind not in _DRIVERS:
        message = f"{shown(address)}: unknown kind of database; supported are {', '.join(_DRIVERS)}"
        raise AddressError(message)
    if not driver:
        name, module, extra = _DRIVERS[kind]
        required(module, extra)
        return url.set(drivername=name)
    try:
        url.get_dialect().import_dbapi()
    except (NoSuchModuleError, ImportError) as error:
        message = f"{shown(address)}: the driver {driver} is not installed or unknown; leave it out: {kind}://…"
        raise AddressError(message) from error
    return url


def _check_file(url: URL, create: bool) -> None:  # noqa: FBT001  # handed through
    """Reject a missing file, so that a typo does not create an empty database."""
    from pathlib import Path  # noqa: PLC0415

    if url.database in {None, "", ":memory:"}:
        message = "a database in memory is lost when the program ends; name a file: sqlite:///zongji.db"
        raise DatabaseError(message)
    if not create and not Path(str(url.database)).exists():
        message = f"{url.database}: no such database; zongji import creates one"
        raise DatabaseError(message)


def _options(url: URL) -> dict[str, Any]:
    """Engine options. Parameters are hidden, because error messages would quote documents."""
    common: dict[str, Any] = {"hide_parameters": True}
    if url.get_backend_name() == "sqlite":
        return common | {"connect_args": {"timeout": _PATIENCE}}
    common |= {"pool_pre_ping": True, "isolation_level": "READ COMMITTED"}
    if url.get_backend_name() in {"mysql", "mariadb"}:
        common |= {"connect_args": {"charset": "utf8mb4"}, "paramstyle": "format"}  # rows are tuples
    return common


def _listen_to_sqlite(engine: Engine) -> None:
    """WAL, foreign keys, and explicit transactions.

    A writer takes the lock at once (BEGIN IMMEDIATE): two that read first and write later could only give up.
    https://docs.sqlalchemy.org/en/20/dialects/sqlite.html, https://www.sqlite.org/wal.html
    """

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:  # noqa: ANN401  # the driver's own type
        connection.isolation_level = None
        for pragma in _PRAGMAS:
            connection.execute(f"pragma {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        connection.exec_driver_sql(f"pragma foreign_keys = {'on' if options.get('references', True) else 'off'}")
        with saying_if_waiting("the database"):
            connection.exec_driver_sql("begin immediate" if options.get("writing", False) else "begin")


_LISTENERS = {"sqlite": _listen_to_sqlite}


def _first_line(error: DBAPIError) -> str:
    said = str(error.orig or error).splitlines()[0]
    return "it is not an SQLite database" if said == "file is not a database" else said


__all__ = ["DatabaseError", "MissingExtraError", "connect", "files_of", "shown"]
