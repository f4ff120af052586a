"""Which failures of a database pass by themselves, and which do not."""

from __future__ import annotations

import re
import sqlite3
from enum import StrEnum
from socket import gaierror

from sqlalchemy.exc import DBAPIError


class Failure(StrEnum):
    """What a failure calls for."""

    LOST = "lost"  # the server is away: worth waiting for
    BUSY = "busy"  # another program holds what is needed: worth waiting for
    CONFLICT = "conflict"  # another transaction was in the way: worth another try at once
    FULL = "full"  # no room on the disk
    FORBIDDEN = "forbidden"  # it may only be read
    LASTING = "lasting"  # it would fail again


_POSTGRESQL = {
    "57P01": Failure.LOST,  # shut down by an administrator
    "57P02": Failure.LOST,  # crash of another backend
    "57P03": Failure.LOST,  # starting up or shutting down
    "57P05": Failure.LOST,  # idle for too long
    "53300": Failure.LOST,  # too many connections
    "40001": Failure.CONFLICT,  # serialization failure
    "40P01": Failure.CONFLICT,  # deadlock
    "55P03": Failure.BUSY,  # lock not available
    "23503": Failure.CONFLICT,  # what it refers to has been deleted meanwhile
    "23505": Failure.CONFLICT,  # another has written the same meanwhile
    "57014": Failure.CONFLICT,  # cancelled
    "53100": Failure.FULL,
    "42501": Failure.FORBIDDEN,  # insufficient privilege
    "25006": Failure.FORBIDDEN,  # read-only transaction
}
"""By SQLSTATE, https://www.postgresql.org/docs/current/errcodes-appendix.html; class 08 is LOST as a whole."""
_REFUSED = re.compile(
    r"authentication|pg_hba\.conf|password|does not exist|不存在|permission denied|not permitted|resolve host|"
    r"translate host name|certificate|\bSSL\b|invalid"
)
"""In a failure to connect to PostgreSQL, which has no code: what waiting does not mend."""
_MYSQL = (
    dict.fromkeys((1040, 1053, 1079, 1203, 1927, 2002, 2003, 2006, 2013, 2014, 2055, 4031, 0), Failure.LOST)
    | dict.fromkeys((1158, 1159, 1160, 1161), Failure.LOST)  # broken off in the middle of a packet
    | dict.fromkeys((1020, 1213, 1317, 1969), Failure.CONFLICT)
    | dict.fromkeys((1062, 1451, 1452), Failure.CONFLICT)  # the same as 23503 and 23505 of PostgreSQL
    | dict.fromkeys((1205,), Failure.BUSY)  # a lock was not given in time
    | dict.fromkeys((1021, 1114), Failure.FULL)
    | dict.fromkeys((1044, 1142, 1143, 1227, 1290, 1370, 1792, 1836), Failure.FORBIDDEN)
)
"""By error number, https://mariadb.com/kb/en/mariadb-error-codes/."""
_SQLITE = {
    sqlite3.SQLITE_BUSY: Failure.BUSY,
    sqlite3.SQLITE_LOCKED: Failure.BUSY,
    sqlite3.SQLITE_FULL: Failure.FULL,
    sqlite3.SQLITE_READONLY: Failure.FORBIDDEN,
}

PASSING = frozenset({Failure.LOST, Failure.BUSY})
"""What passes by waiting."""


def failure_of(error: DBAPIError) -> Failure:
    """What a driver's error calls for."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return _SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF, Failure.LASTING)
    if type(cause).__module__.partition(".")[0] == "psycopg":
        return _of_postgresql(error, getattr(cause, "sqlstate", None))
    if isinstance(getattr(cause, "original_exception", None), gaierror):
        return Failure.LASTING
    number = cause.args[0] if cause is not None and cause.args else None
    known = _MYSQL.get(number) if isinstance(number, int) else None
    return known or (Failure.LOST if error.connection_invalidated else Failure.LASTING)


def _of_postgresql(error: DBAPIError, state: str | None) -> Failure:
    if state is not None:
        return Failure.LOST if state.startswith("08") else _POSTGRESQL.get(state, Failure.LASTING)
    if error.connection_invalidated:
        return Failure.LOST
    connecting = "connection" in str(error.orig)
    return Failure.LOST if connecting and not _REFUSED.search(str(error.orig)) else Failure.LASTING
