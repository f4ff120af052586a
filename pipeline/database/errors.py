"""Errors of databases."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError

_PLAINER = {
    "file is not a database": "it is not an SQLite database",
    "database is locked": "another program is writing it and did not end in time; try again later",
    "attempt to write a readonly database": "it can only be read: its file or folder cannot be written",
    "unable to open database file": "the file, or the -wal file beside it, cannot be opened",
}
"""What SQLite says in plain English."""


class DatabaseError(Exception):
    """A database that cannot be used; the message says why and what to do."""


class AddressError(DatabaseError):
    """An address that names no database of a supported kind."""


def reason_of(error: DBAPIError) -> str:
    """What a driver says, in one line."""
    said = (str(error.orig or error).splitlines() or [""])[0]
    return _PLAINER.get(said, said)


class StoppedError(Exception):
    """The work was to stop while it waited for others; nothing is written."""
