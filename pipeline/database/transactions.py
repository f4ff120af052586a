"""Writing transactions, some of them exclusive among all programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import sleep
from typing import TypeVar

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import OperationalError

Value = TypeVar("Value")
_ATTEMPTS = 6
_PAUSE = 0.1  # seconds after the first attempt, twice as long after each
_LOCK = 0x7A6F6E67  # "zong": the id of the lock shared by all programs
_LOCK_SECONDS = 3600  # marking copies or migrating a large database takes long


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A connection in a writing transaction."""
    with engine.connect().execution_options(writing=True) as connection, connection.begin():
        yield connection


@contextmanager
def writing_alone(engine: Engine) -> Iterator[Connection]:
    """The same, exclusively: other programs that ask for it wait. SQLite has one writer at a time anyway."""
    with engine.connect().execution_options(writing=True) as connection:
        if engine.dialect.name in {"mysql", "mariadb"}:  # their locks belong to the connection, not the transaction
            connection.execute(text("select get_lock(:name, :seconds)"), {"name": str(_LOCK), "seconds": _LOCK_SECONDS})
            connection.commit()
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text("select pg_advisory_xact_lock(:number)"), {"number": _LOCK})
            yield connection
        if engine.dialect.name in {"mysql", "mariadb"}:
            connection.execute(text("select release_lock(:name)"), {"name": str(_LOCK)})


def transact(engine: Engine, write: Callable[[Connection], Value], *, alone: bool = False) -> Value:
    """The value of `write`, run in a transaction; retried with growing pauses on conflicts.

    Raises:
        OperationalError: if all attempts failed.
    """
    for attempt in range(_ATTEMPTS - 1):
        try:
            return _once(engine, write, alone=alone)
        except OperationalError:
            sleep(_PAUSE * 2**attempt)
    return _once(engine, write, alone=alone)


def _once(engine: Engine, write: Callable[[Connection], Value], *, alone: bool) -> Value:
    with (writing_alone if alone else writing)(engine) as connection:
        return write(connection)
