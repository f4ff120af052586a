"""Reading and writing for somebody who waits: seconds instead of minutes, and why it did not work in a sentence."""

from __future__ import annotations

from collections.abc import Callable
from time import sleep
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from zongji.pipeline.database.failures import Failure, failure_of
from zongji.pipeline.database.transactions import writing

Value = TypeVar("Value")
SECONDS = 3
"""How long a correction waits for another program that writes."""
_ATTEMPTS = 3  # of two that write crosswise, a server ends one
_PAUSE = 0.1  # seconds
_PATIENCE = {
    "sqlite": f"pragma busy_timeout = {SECONDS * 1000}",
    "postgresql": f"set lock_timeout = '{SECONDS}s'",
    "mysql": f"set innodb_lock_wait_timeout = {SECONDS}",
    "mariadb": f"set innodb_lock_wait_timeout = {SECONDS}",
}
_BUSY = "数据库正忙，请稍后再试。 The database is busy with another program; try again in a moment."
_REASONS = {
    Failure.BUSY: _BUSY,
    Failure.CONFLICT: _BUSY,
    Failure.FORBIDDEN: "这个数据库只能读，不能保存。 This database can be read but not written.",
    Failure.FULL: "磁盘已满，不能保存。 The disk is full; make room and try again.",
}
_UNANSWERED = "数据库没有回答，请检查后再试。 The database does not answer; see that it runs, then try again."


def impatient(engine: Engine) -> Engine:
    """The engine; its connections wait for locks for seconds only."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: object) -> None:  # noqa: ANN401  # the driver's own type
        cursor = connection.cursor()
        cursor.execute(_PATIENCE[engine.dialect.name])
        cursor.close()
        connection.commit()  # PostgreSQL takes a setting back with its transaction

    engine.dispose()
    return engine


def write(engine: Engine, said: Callable[[Connection], Value]) -> Value:
    """The value of `said`, run in a transaction, again if another one crossed it.

    Raises:
        SQLAlchemyError: if the database does not take it; `reason` says why.
    """
    for _ in range(_ATTEMPTS - 1):
        try:
            return _once(engine, said)
        except DBAPIError as error:
            if not _crossed(error):
                raise
            sleep(_PAUSE)
    return _once(engine, said)


def _once(engine: Engine, said: Callable[[Connection], Value]) -> Value:
    with writing(engine) as connection:
        return said(connection)


def _crossed(error: DBAPIError) -> bool:
    """True if trying again at once may help: a deadlock, or a connection that had died while nobody used it."""
    return error.connection_invalidated or failure_of(error) is Failure.CONFLICT


def reason(error: SQLAlchemyError) -> str:
    """Why a database does not do what was asked, and what to do."""
    orig = getattr(error, "orig", None) or error
    said = str((orig.args or (orig,))[-1])  # PyMySQL puts a number in front
    first = (said.splitlines() or [""])[0]
    if isinstance(error, NoConnectionError):
        return f"{_BUSY} ({first})"
    known = _REASONS.get(failure_of(error), _UNANSWERED) if isinstance(error, DBAPIError) else _UNANSWERED
    return f"{known} ({first})"
