"""Schema migrations, recorded in the database. An older database is upgraded, a newer one refused.

`bring_into_shape` adds what a database lacks; a change only says what becomes of its data afterwards, `_nothing` where
they stay. A change must be repeatable after a crash, because MySQL commits each DDL statement.

After a change of columns, tables, indexes or views, `DIGEST` is that of `digest_of_shape`, and every database whose
recorded digest differs is brought into shape when it is next opened. New columns and tables also get a line at the end
of `CHANGES`, so that older programs refuse the database.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import NamedTuple

from sqlalchemy import Connection, Engine, delete, func, insert, inspect, select, update
from sqlalchemy.exc import DBAPIError
from zongji.corpus.clock import now_to_the_second
from zongji.pipeline.database.address import shown
from zongji.pipeline.database.errors import DatabaseError
from zongji.pipeline.database.failures import Failure, failure_of
from zongji.pipeline.database.shape import bring_into_shape
from zongji.pipeline.database.tables import BANDS, METADATA, MIGRATIONS, SIGNATURES
from zongji.pipeline.database.transactions import writing_alone
from zongji.pipeline.database.waiting import saying_if_waiting
from zongji.pipeline.schema.version import version

DIGEST = "f8df2d372eed3ff5dd4f"
_BANDS_END = 512 << 32  # a band's number is its offset in the signature and a checksum of 32 bits


class Change(NamedTuple):
    """One migration: its name, and the function that applies it after all earlier ones."""

    name: str
    make: Callable[[Connection], None]


def _nothing(_: Connection) -> None:
    """Keep the data as they are."""


def _compare_again(connection: Connection) -> None:
    """Forget bands that were numbered otherwise: the next import compares their documents again."""
    foreign = select(BANDS.c.band).where((BANDS.c.band < 0) | (BANDS.c.band >= _BANDS_END)).limit(1)
    if connection.scalar(foreign) is not None:
        connection.execute(update(SIGNATURES).values(relation=None, original=None, similarity=None))
        connection.execute(delete(BANDS))


def _mark_in_order_of_ids(connection: Connection) -> None:
    """Let the next import compare all documents: earlier marks followed their order of coming, or other originals.

    Copies stay out of sums until then: one without an original is compared again.
    """
    connection.execute(update(SIGNATURES).where(SIGNATURES.c.relation != "copy").values(relation=None))
    connection.execute(update(SIGNATURES).values(original=None, similarity=None))


CHANGES: tuple[Change, ...] = (
    Change("documents, records, ledger and runs", _nothing),
    Change("copies and versions", _nothing),
    Change("full text", _nothing),
    Change("corrections", _nothing),
    Change("places in originals, corrected sections, bands by checksum", _compare_again),
    Change("what is gone", _nothing),
    Change("marks of copies by the set of documents", _mark_in_order_of_ids),
    Change("the first originals of a band", _mark_in_order_of_ids),
    Change("dates of documents, and where their facts were found", _nothing),
)


class _State(NamedTuple):
    """What a database says of its shape; version 0 if it has no tables of ours."""

    version: int
    digest: str | None


def upgrade(engine: Engine, *, create: bool, as_it_is: bool = False) -> None:
    """Bring the tables and views of a database up to this version.

    Raises:
        DatabaseError: if a newer program created them, if they are older and may not be changed or, without `create`,
            if there are none.
    """
    where = shown(engine.url.render_as_string(hide_password=False))
    with engine.connect() as connection, saying_if_waiting(where):
        current = _state_of(connection)
    if current == (len(CHANGES), DIGEST):
        return
    if current.version == 0:
        _check_new(engine, create=create)
    if current.version > len(CHANGES):
        message = (
            f"this database was written by a newer zongji (schema version {current.version}; this program knows "
            f"{len(CHANGES)}): upgrade zongji"
        )
        raise DatabaseError(message)
    if as_it_is:
        message = "an older zongji wrote this database; zongji status upgrades it"
        raise DatabaseError(message)
    try:
        _upgrade(engine, where)
    except DBAPIError as error:
        if failure_of(error) is not Failure.FORBIDDEN or create:
            raise
        if current.version < len(CHANGES):
            message = "an older zongji wrote this database, and you may only read it: upgrade it as one who may write"
            raise DatabaseError(message) from error  # where only views or indexes differ, it can be read


def _upgrade(engine: Engine, where: str) -> None:
    with ExitStack() as stack:
        with saying_if_waiting(where):
            connection = stack.enter_context(writing_alone(engine.execution_options(references=False)))
        _apply(connection, _state_of(connection))


def has_tables(engine: Engine) -> bool:
    """True for a database with our tables."""
    with engine.connect() as connection:
        return _state_of(connection).version > 0


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


def _state_of(connection: Connection) -> _State:
    found = inspect(connection)
    if not found.has_table(MIGRATIONS.name):
        return _State(0, None)
    number = connection.scalar(select(func.max(MIGRATIONS.c.version))) or 0
    if MIGRATIONS.c.digest.name not in {column["name"] for column in found.get_columns(MIGRATIONS.name)}:
        return _State(number, None)
    return _State(number, connection.scalar(select(MIGRATIONS.c.digest).where(MIGRATIONS.c.version == number)))


def _apply(connection: Connection, current: _State) -> None:
    """Bring a database into shape, then apply the changes that it has not seen. The digest comes last."""
    if current == (len(CHANGES), DIGEST):
        return  # another program did it meanwhile
    MIGRATIONS.create(connection, checkfirst=True)
    bring_into_shape(connection)
    for number, change in enumerate(CHANGES[current.version :], current.version + 1):
        change.make(connection)
        row = {"version": number, "name": change.name, "program": version(), "applied": now_to_the_second()}
        connection.execute(insert(MIGRATIONS), row)
    connection.execute(update(MIGRATIONS).where(MIGRATIONS.c.version == len(CHANGES)).values(digest=DIGEST))
