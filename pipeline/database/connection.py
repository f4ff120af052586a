"""From a database URL to an engine whose database has this version's tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from warnings import catch_warnings, simplefilter

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, SAWarning
from zongji.corpus.extras import MissingExtraError
from zongji.pipeline.database import sqlite
from zongji.pipeline.database.address import files_of, scrubbed, shown, url_of
from zongji.pipeline.database.errors import AddressError, DatabaseError, reason_of
from zongji.pipeline.database.failures import PASSING, failure_of
from zongji.pipeline.database.hanging import CONNECTING, Watchdog, watched
from zongji.pipeline.database.migrations import has_tables, upgrade

_UNANSWERED = 60  # seconds after which a server whose machine does not confirm what was sent is lost
_PATIENCE = 60  # seconds that a writer waits for another


def connect(address: str, *, create: bool = False, as_it_is: bool = False, waited_for: bool = False) -> Engine:
    """An engine for the database, brought up to this version's tables; `as_it_is` refuses an older one instead.

    A database that we may only read is opened for reading.

    Raises:
        AddressError: if the address is invalid.
        DatabaseError: if the database cannot be reached, is newer than this program or, without `create`, has no
            zongji tables.
        MissingExtraError: if the library for this kind of database is not installed.
        sqlalchemy.exc.DBAPIError: if the database is away and `waited_for`.
    """
    url = url_of(address)
    if url.get_backend_name() == "sqlite":
        url = sqlite.prepared(url, create=create)
    with _explaining(address, waited_for=waited_for):
        engine = _engine(url)
        with watched(engine):
            upgrade(engine, create=create, as_it_is=as_it_is)
    return engine


def missing(address: str) -> bool:
    """True for a database that an import would have to make the tables of, or the file.

    Raises:
        DatabaseError: if the database cannot be reached.
    """
    files = files_of(address)
    if files:
        from pathlib import Path  # noqa: PLC0415

        return not Path(files[0]).exists()
    with _explaining(address):
        engine = _engine(url_of(address))
        try:
            return not has_tables(engine)
        finally:
            engine.dispose()


@contextmanager
def _explaining(address: str, *, waited_for: bool = False) -> Iterator[None]:
    """Turn what SQLAlchemy and drivers say of a database into an error with its name."""
    try:
        yield
    except DBAPIError as error:
        if waited_for and failure_of(error) in PASSING:
            raise
        message = f"{shown(address)}: {reason_of(error)}"
        raise DatabaseError(message) from error


def _engine(url: URL) -> Engine:
    """An engine that has connected once, because drivers refuse parameters in many ways.

    Raises:
        AddressError: if the driver does not know a parameter of the address, or its value.
    """
    try:
        with catch_warnings():
            simplefilter("error", SAWarning)  # a parameter that would be ignored
            engine = create_engine(url, **_options(url))
        event.listen(engine, "handle_error", _scrub)
        if engine.dialect.name == "sqlite":
            sqlite.listen(engine)
        else:
            _watch(engine)
        engine.connect().close()
    except (ArgumentError, SAWarning, AttributeError, LookupError, OSError, TypeError, ValueError) as error:
        said = scrubbed(str(error), url).partition("\n")[0]
        message = f"{shown(url.render_as_string(hide_password=False))}: the driver refuses a parameter: {said}"
        raise AddressError(message) from None
    return engine


def _scrub(context: ExceptionContext) -> None:
    """Take the secrets of the address out of a driver's error."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and context.engine is not None:
            url = context.engine.url
            error.args = tuple(scrubbed(part, url) if isinstance(part, str) else part for part in error.args)


def _options(url: URL) -> dict[str, Any]:
    """Engine options. Parameters are hidden, because error messages would quote documents."""
    common: dict[str, Any] = {"hide_parameters": True, "connect_args": _arguments(url)}
    if url.get_backend_name() == "sqlite":
        return common
    common |= {"pool_pre_ping": True, "isolation_level": "READ COMMITTED"}
    if url.get_backend_name() in {"mysql", "mariadb"}:
        common |= {"paramstyle": "format"}  # rows are tuples
    return common


def _arguments(url: URL) -> dict[str, Any]:
    """What the driver is given beside the address."""
    if url.get_backend_name() == "sqlite":
        return {"timeout": _PATIENCE}
    if url.get_backend_name() == "postgresql":
        return {"connect_timeout": CONNECTING, "tcp_user_timeout": _UNANSWERED * 1000}
    return {"charset": "utf8mb4", "connect_timeout": CONNECTING, "read_timeout": CONNECTING}


def _watch(engine: Engine) -> None:
    """Let a second connection find out whether a server that does not answer hangs."""
    arguments, options = engine.dialect.create_connect_args(engine.url)
    known = dict(options) | _arguments(engine.url)
    engine.update_execution_options(watchdog=Watchdog(engine, lambda: engine.dialect.connect(*arguments, **known)))


__all__ = ["DatabaseError", "MissingExtraError", "connect", "files_of", "missing", "shown"]
