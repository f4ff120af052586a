"""Schema migrations, recorded in the database. An older database is upgraded, a newer one refused.

A new database gets the current tables, with every migration recorded. A migration is a function here and a line at
the end of `CHANGES`; it must be repeatable after a crash, because MySQL commits each DDL statement.
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
    """One migration: its name, and the function that applies it after all earlier ones."""

    name: str
    make: Callable[[Connection], None]


def _missing_tables(connection: Connection) -> None:
    """Create the tables of this migration."""
    METADATA.create_all(connection)


def _corrections(connection: Connection) -> None:
    """Create the table of corrections, and the index of warnings by document."""
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
        DatabaseError: if a newer program created them or, without `create`, if there are none.
    """
    with engine.connect() as connection:
        current = _version_of(connection)
    if current == len(CHANGES):
        return
    if current == 0:
        _check_new(engine, create=create)
    if current > len(CHANGES):
        message = (
            f"this database was written by a newer zongji (schema version {current}; this program knows "
            f"{len(CHANGES)}): upgrade zongji"
        )
        raise DatabaseError(message)
    with writing_alone(engine) as connection:
        _apply(connection, _version_of(connection))


def _check_new(engine: Engine, *, create: bool) -> None:
    """Refuse a database in which we may not or cannot create our tables."""
    present = set(inspect(engine).get_table_names())
    others = present & METADATA.tables.keys()
    if others and MIGRATIONS.name not in present:
        message = f"this database has other tables named {', '.join(sorted(others))}: use a separate database"
        raise DatabaseError(message)
    if not create:
        message = "this database has no zongji tables; zongji import creates them"
        raise DatabaseError(message)


def _version_of(connection: Connection) -> int:
    """The schema version of a database, 0 for one without our tables."""
    if not inspect(connection).has_table(MIGRATIONS.name):
        return 0
    return connection.scalar(select(func.max(MIGRATIONS.c.version))) or 0


def _apply(connection: Connection, current: int) -> None:
    """Apply the migrations after `current` and re-create the views."""
    MIGRATIONS.create(connection, checkfirst=True)
    for number, change in enumerate(CHANGES[current:], current + 1):
        change.make(connection)
        now = now_to_the_second()
        row = {"version": number, "name": change.name, "program": version(), "applied": now}
        connection.execute(insert(MIGRATIONS), row)
    make_views(connection)
