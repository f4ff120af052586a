"""Bulk loading of rows: PostgreSQL by COPY, the others by multi-row INSERT."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Table, TableClause, delete, insert
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from zongji.pipeline.schema.rows import Row

Key = TypeVar("Key")
MOST_KEYS = 500  # keys per statement; older SQLite allows 999 variables


def load(connection: Connection, table: TableClause, names: Sequence[str], rows: Sequence[Row]) -> None:
    """Write rows with values in the order of `names`, which is that of the table's columns."""
    if rows:
        _LOADERS.get(connection.dialect.name, _by_statement)(connection, table, names, rows)


def upsert(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Row]) -> None:
    """Write rows; existing ones with the same primary key are replaced."""
    if not rows:
        return
    statement = _UPSERTS[connection.dialect.name](table, [name for name in names if not table.c[name].primary_key])
    connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])


def remove(connection: Connection, column: ColumnElement[str], keys: Sequence[str]) -> None:
    """Delete the rows whose column is one of the keys."""
    for some in portions(keys):
        connection.execute(delete(_table_of(column)).where(column.in_(some)))


def portions(keys: Sequence[Key]) -> Iterator[Sequence[Key]]:
    """The keys in portions that fit one statement."""
    yield from (keys[start : start + MOST_KEYS] for start in range(0, len(keys), MOST_KEYS))


def _table_of(column: ColumnElement[str]) -> Table:
    table = getattr(column, "table", None)
    if not isinstance(table, Table):
        message = f"{column} is not a table column"
        raise TypeError(message)
    return table


def _by_statement(connection: Connection, table: TableClause, names: Sequence[str], rows: Sequence[Row]) -> None:
    """One INSERT with all rows, directly by the driver: half the time of dicts through SQLAlchemy."""
    statement = insert(table).compile(dialect=connection.dialect, column_keys=list(names))
    connection.exec_driver_sql(str(statement), list(rows))


def _by_copy(connection: Connection, table: TableClause, names: Sequence[str], rows: Sequence[Row]) -> None:
    """COPY, several times as fast as INSERT (https://www.psycopg.org/psycopg3/docs/basic/copy.html)."""
    quote = connection.dialect.identifier_preparer.quote
    columns = ", ".join(map(quote, names))
    statement = f"copy {quote(table.name)} ({columns}) from stdin"
    driver: Any = connection.connection.driver_connection
    with _failing_as_usual(connection, statement), driver.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


@contextmanager
def _failing_as_usual(connection: Connection, statement: str) -> Iterator[None]:
    """Turn what the driver raises behind SQLAlchemy's back into what SQLAlchemy makes of it."""
    driver: Any = connection.dialect.dbapi
    try:
        yield
    except driver.Error as error:
        lost = connection.dialect.is_disconnect(error, connection.connection.driver_connection, None)
        if lost:
            connection.invalidate(error)
        about = {"hide_parameters": True, "connection_invalidated": lost, "dialect": connection.dialect}
        raise DBAPIError.instance(statement, None, error, driver.Error, **about) from error  # type: ignore[call-overload]


_LOADERS: dict[str, Callable[[Connection, TableClause, Sequence[str], Sequence[Row]], None]] = {"postgresql": _by_copy}


def _replace_on_conflict(dialect: Any) -> Callable[[Table, Sequence[str]], Any]:  # noqa: ANN401  # two alike modules
    def statement(table: Table, changed: Sequence[str]) -> Any:  # noqa: ANN401
        new = dialect.insert(table)
        return new.on_conflict_do_update(
            index_elements=list(table.primary_key), set_={n: new.excluded[n] for n in changed}
        )

    return statement


def _replace_on_duplicate(table: Table, changed: Sequence[str]) -> mysql.Insert:
    new = mysql.insert(table)
    return new.on_duplicate_key_update({name: new.inserted[name] for name in changed})


_UPSERTS: dict[str, Callable[[Table, Sequence[str]], Any]] = {
    "sqlite": _replace_on_conflict(sqlite),
    "postgresql": _replace_on_conflict(postgresql),
    "mysql": _replace_on_duplicate,
    "mariadb": _replace_on_duplicate,
}
