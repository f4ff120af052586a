"""Errors of databases."""

from __future__ import annotations

import sqlite3

from sqlalchemy.exc import DBAPIError

_PLAINER = {
    "file is not a database": "it is not an SQLite database",
    "database is locked": "another program is writing it and did not end in time; try again later",
    "attempt to write a readonly database": "it can only be read: its file or folder cannot be written",
    "unable to open database file": "the file, or the -wal file beside it, cannot be opened",
}
"""What SQLite says in plain English."""
_FORBIDDEN_STATES = {"42501", "25006"}  # PostgreSQL: insufficient privilege, read-only transaction
_FORBIDDEN_NUMBERS = {1044, 1142, 1143, 1227, 1290, 1370, 1792, 1836}  # MySQL: denied, --read-only


class DatabaseError(Exception):
    """A database that cannot be used; the message says why and what to do."""


class AddressError(DatabaseError):
    """An address that names no database of a supported kind."""


def reason_of(error: DBAPIError) -> str:
    """What a driver says, in one line."""
    said = (str(error.orig or error).splitlines() or [""])[0]
    return _PLAINER.get(said, said)


def is_forbidden(error: DBAPIError) -> bool:
    """True if a statement failed because we may only read."""
    cause = error.orig
    if isinstance(cause, sqlite3.Error):
        return getattr(cause, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_READONLY
    said = cause.args[0] if cause is not None and cause.args else None
    return getattr(cause, "sqlstate", None) in _FORBIDDEN_STATES or said in _FORBIDDEN_NUMBERS


class StoppedError(Exception):
    """The work was to stop while it waited for others; nothing is written."""
