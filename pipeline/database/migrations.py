"""The changes of the tables, recorded in the database. An older database is upgraded, a newer one refused.

A new database gets all tables as they are now and every change recorded. A change is a function here and a line at the
end of `CHANGES`; it must also work where it was done halfway, for MySQL commits each statement that changes a table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, insert, inspect, select
from zongji.corpus.clock import now_to_the_second
from zongji.pipeline.database.errors import DatabaseError
from zongji.pipeline.database.search import make_index
from zongji.pipeline.database.tables import METADATA, MIGRATIONS
from zongji.pipeline.database.transactions import writing_alone
from zongji.pipeline.database.views import make_views
from zongji.pipeline.schema.version import version


class Change(NamedTuple):
    """One change: its name, and what makes it in a database that has all changes before it."""

    name: str
    make: Callable[[Connection], None]


def _missing_tables(connection: Connection) -> None:
    """Make the tables that came with this change."""
    METADATA.create_all(connection)


def _corrections(connection: Connection) -> None:
    """Make the table of corrections, and the index by which the warnings of a document are found."""
    METADATA.create_all(connection)
    for index in METADATA.tables["warnings"].indexes:
        index.create(connection, checkfirst=True)


CHANGES: tuple[Change, ...] = (
    Change("documents, records, ledger and runs", _missing_tables),
    Change("copies and versions", _missing_tables),
    Change("full text", make_index),
    Change("corrections", _corrections),
)


def upgrade(engine: Engine, *, create: bool) -> None:
    """Bring the tables of a database up to this version.

    Raises:
        DatabaseError: if a newer program made them or, without `create`, if there are none.
    """
    with engine.connect() as connection:
        current = _version_of(connection)
    if current == len(CHANGES):
        return
    if current == 0:
        _check_new(engine, create=create)
    if current > len(CHANGES):
        message = (
            f"this database was made by a newer zongji (its tables are version {current}, this program knows "
            f"{len(CHANGES)}): use that one"
        )
        raise DatabaseError(message)
    with writing_alone(engine) as connection:
        _apply(connection, _version_of(connection))


def _check_new(engine: Engine, *, create: bool) -> None:
    """Refuse a database that we may not or cannot make our tables in."""
    present = set(inspect(engine).get_table_names())
    others = present & METADATA.tables.keys()
    if others and MIGRATIONS.name not in present:
        message = f"this database has other tables called {', '.join(sorted(others))}: give zongji one of its own"
        raise DatabaseError(message)
    if not create:
        message = "this database holds nothing of ours; zongji import makes the tables"
        raise DatabaseError(message)


def _version_of(connection: Connection) -> int:
    """The number of changes that a database has, 0 for one without our tables."""
    if not inspect(connection).has_table(MIGRATIONS.name):
        return 0
    return connection.scalar(select(func.max(MIGRATIONS.c.version))) or 0


def _apply(connection: Connection, current: int) -> None:
    """The changes behind `current`; the views, which hold nothing, are made anew."""
    MIGRATIONS.create(connection, checkfirst=True)
    for number, change in enumerate(CHANGES[current:], current + 1):
        change.make(connection)
        now = now_to_the_second()
        row = {"version": number, "name": change.name, "program": version(), "applied": now}
        connection.execute(insert(MIGRATIONS), row)
    make_views(connection)
