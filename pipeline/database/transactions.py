"""Transactions, repeated while the database is away; some of them exclusive among all programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError
from zongji.pipeline.database.errors import DatabaseError, StoppedError
from zongji.pipeline.database.failures import PASSING, Failure, failure_of
from zongji.pipeline.database.hanging import watched

Value = TypeVar("Value")
_ATTEMPTS = 6  # at a transaction that others are in the way of
_PAUSE = 0.1  # seconds after the first attempt, twice as long after each
_LONGEST_PAUSE = 5.0  # seconds
_STEP = 0.2  # seconds; how soon a wait sees that it is to stop
_LAST_SECONDS = 5.0  # for which a database is waited for that is away when the work is to stop
_LOCK = 0x7A6F6E67  # "zong": the id of the lock shared by all programs
_LOCK_SECONDS = 3600  # marking copies or migrating a large database takes long


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a database that is away is waited for, and who is told."""

    seconds: float = 5.0
    lost: Callable[[str], None] = lambda _: None
    """Told once why the database is away."""
    back: Callable[[float], None] = lambda _: None
    """Told once after how many seconds it is back."""
    stopping: Callable[[], bool] = lambda: False
    """True when the work is to stop: the wait is then short."""


def patient(engine: Engine, patience: Patience) -> Engine:
    """The engine, with that patience for each of its transactions."""
    return engine.execution_options(patience=patience)


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a writing transaction."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


@contextmanager
def writing_alone(engine: Engine) -> Iterator[Connection]:
    """The same, exclusively: other programs that ask for it wait. SQLite has one writer at a time anyway.

    Raises:
        DatabaseError: if others did not let it in for an hour.
        StoppedError: if the work is to stop while it waits.
    """
    patience = patience_of(engine)
    with engine.connect().execution_options(writing=True) as connection:
        if engine.dialect.name not in {"mysql", "mariadb"}:
            with connection.begin():
                if engine.dialect.name == "postgresql":
                    _await(connection, "select pg_try_advisory_xact_lock(:number)", {"number": _LOCK}, patience)
                yield connection
            return
        lock = {"name": str(_LOCK)}  # it belongs to the connection, not to the transaction
        _await(connection, "select get_lock(:name, 0)", lock, patience)
        connection.commit()
        try:
            with connection.begin():
                yield connection
        finally:
            if not connection.invalidated:
                with suppress(DBAPIError):  # the connection is gone, and its lock with it
                    connection.execute(text("select release_lock(:name)"), lock)


def _await(connection: Connection, ask: str, lock: dict[str, Any], patience: Patience) -> None:
    """Ask for a lock until it is given; a server that waited itself would hear of no signal."""
    end = monotonic() + _LOCK_SECONDS
    while not connection.scalar(text(ask), lock):
        if patience.stopping():
            raise StoppedError
        if monotonic() > end:
            message = "other programs have been upgrading it or marking copies in it for an hour; end them, try again"
            raise DatabaseError(message)
        sleep(_STEP)


def transact(engine: Engine, write: Callable[[Connection], Value], *, alone: bool = False) -> Value:
    """The value of `write`, run in a transaction.

    It is repeated after conflicts and, within the engine's patience, while the database is away. A connection that is
    lost in the middle of a commit leaves open whether it happened: a repetition of `write` must change nothing more.

    Raises:
        DatabaseError: if the database stayed away, or its disk is full.
        sqlalchemy.exc.DBAPIError: if it would fail again.
    """
    within = writing_alone if alone else writing

    def once() -> Value:
        with watched(engine), within(engine) as connection:
            return write(connection)

    return persist(once, patience_of(engine))


def consult(engine: Engine, read: Callable[[Connection], Value]) -> Value:
    """The value of `read`, with a connection; repeated like `transact`."""

    def once() -> Value:
        with watched(engine), engine.connect() as connection:
            return read(connection)

    return persist(once, patience_of(engine))


def patience_of(engine: Engine) -> Patience:
    """The patience that `patient` gave an engine, else none."""
    found = engine.get_execution_options().get("patience", Patience())
    return found if isinstance(found, Patience) else Patience()


def persist(action: Callable[[], Value], patience: Patience) -> Value:
    """The value of `action`, which is repeated after failures that pass by themselves.

    Raises:
        DatabaseError: if the database stayed away, or its disk is full.
        sqlalchemy.exc.DBAPIError: if it would fail again.
    """
    conflicts, attempt, since = 0, 0, None
    while True:
        try:
            value = action()
        except DBAPIError as error:
            kind = failure_of(error)
            conflicts += kind is Failure.CONFLICT
            if kind is Failure.FULL:
                message = f"the disk of the database is full: {_said(error)}{_KEPT}"
                raise DatabaseError(message) from error
            if kind in {Failure.LASTING, Failure.FORBIDDEN} or conflicts >= _ATTEMPTS:
                raise
            if kind in PASSING and since is None:
                since = monotonic()
                with suppress(OSError, ValueError):  # a terminal that is gone
                    patience.lost(_said(error))
            if since is not None and monotonic() - since >= _allowed(patience):
                happened = "is away and did not come back" if kind is Failure.LOST else "is busy and was not free"
                message = f"the database {happened} in {monotonic() - since:.0f} s: {_said(error)}"
                raise DatabaseError(message + _KEPT) from error
            _pause(min(_PAUSE * 2**attempt, _LONGEST_PAUSE), patience)
            attempt += 1
        else:
            if since is not None:
                with suppress(OSError, ValueError):
                    patience.back(monotonic() - since)
            return value


_KEPT = "; what was reported done is in it, and the same command does the rest"


def _allowed(patience: Patience) -> float:
    return min(patience.seconds, _LAST_SECONDS) if patience.stopping() else patience.seconds


def _pause(seconds: float, patience: Patience) -> None:
    """Wait, but not on when the work is to stop."""
    end = monotonic() + seconds
    while (left := end - monotonic()) > 0 and not (left < seconds - _STEP and patience.stopping()):
        sleep(min(left, _STEP))


def _said(error: DBAPIError) -> str:
    cause = error.orig
    said = cause.args[-1] if cause is not None and cause.args else error
    return (str(said).splitlines() or [type(cause).__name__])[0]
