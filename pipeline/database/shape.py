"""The shape of a database — tables, columns, references, indexes, comments, views — and how an older one gets it.

Nothing is dropped but views and references. Every step looks at what is there, so it can be repeated after a crash.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Dialect, ForeignKeyConstraint, Inspector, Table, inspect
from sqlalchemy.dialects import mysql, postgresql, sqlite
from sqlalchemy.schema import CreateIndex, CreateTable, SetColumnComment, SetTableComment
from zongji.pipeline.database.search import DEFINITIONS, make_index
from zongji.pipeline.database.tables import METADATA
from zongji.pipeline.database.views import VIEWS, drop_views, make_views, statement_of

_Reference = tuple[tuple[str, ...], str, tuple[str, ...], str]


def bring_into_shape(connection: Connection) -> None:
    """Give a database what it lacks. SQLite must not enforce references meanwhile: a table may be made anew."""
    drop_views(connection)
    METADATA.create_all(connection)
    found = inspect(connection)
    for table in METADATA.sorted_tables:
        _add_columns(connection, found, table)
    found = inspect(connection)
    for table in METADATA.sorted_tables:
        _correct_references(connection, found, table)
        for index in table.indexes:
            index.create(connection, checkfirst=True)
        if connection.dialect.supports_comments:
            _correct_comments(connection, found, table)
    make_index(connection)
    make_views(connection)


def digest_of_shape() -> str:
    """A digest of the shape on all kinds of database: it changes with every column, index, reference and view."""
    kinds: tuple[Any, ...] = (sqlite, postgresql, mysql)
    dialects: list[Dialect] = [kind.dialect() for kind in kinds]
    statements = "\n".join(statement for dialect in dialects for statement in _statements(dialect))
    return sha256(statements.encode()).hexdigest()[:20]


def _statements(dialect: Dialect) -> Iterator[str]:
    for table in METADATA.sorted_tables:
        yield str(CreateTable(table).compile(dialect=dialect))
        yield from sorted(str(CreateIndex(index).compile(dialect=dialect)) for index in table.indexes)
        yield from (f"{table.name}.{column.name}: {column.comment}" for column in table.columns)
    yield from DEFINITIONS.get(dialect.name, ())
    yield from (statement_of(query(), dialect) for query in VIEWS.values())


def _compiler(connection: Connection) -> Any:  # noqa: ANN401  # SQLAlchemy leaves its arguments untyped
    return connection.dialect.ddl_compiler(connection.dialect, None)  # type: ignore[arg-type]


def _add_columns(connection: Connection, found: Inspector, table: Table) -> None:
    present = {column["name"] for column in found.get_columns(table.name)}
    for column in table.columns:
        if column.name not in present:
            written = _compiler(connection).get_column_specification(column)
            if connection.dialect.name in {"mysql", "mariadb"} and column.comment:
                quoted = column.comment.replace("'", "''")
                written += f" comment '{quoted}'" * ("COMMENT" not in written)
            _execute(connection, f"alter table {_quoted(connection, table.name)} add column {written}")


def _correct_references(connection: Connection, found: Inspector, table: Table) -> None:
    """Replace references that differ, such as those without ON DELETE CASCADE, and add missing ones."""
    present = {_reference_found(key): key["name"] for key in found.get_foreign_keys(table.name)}
    wanted = {_reference_of(key): key for key in table.foreign_key_constraints}
    if present.keys() == wanted.keys():
        return
    if connection.dialect.name == "sqlite":
        _rebuild(connection, table)
        return
    kind = "foreign key" if connection.dialect.name in {"mysql", "mariadb"} else "constraint"
    steps = [f"drop {kind} {_quoted(connection, str(name))}" for key, name in present.items() if key not in wanted]
    steps += [f"add {_compiler(connection).process(key)}" for about, key in wanted.items() if about not in present]
    _execute(connection, f"alter table {_quoted(connection, table.name)} {', '.join(steps)}")


def _reference_found(key: Any) -> _Reference:  # noqa: ANN401  # a dictionary of SQLAlchemy's
    rule = (key.get("options") or {}).get("ondelete") or ""
    return tuple(key["constrained_columns"]), key["referred_table"], tuple(key["referred_columns"]), rule.upper()


def _reference_of(key: ForeignKeyConstraint) -> _Reference:
    there = tuple(element.column.name for element in key.elements)
    return tuple(key.column_keys), key.referred_table.name, there, (key.ondelete or "").upper()


def _rebuild(connection: Connection, table: Table) -> None:
    """Make a table of SQLite anew with its rows (https://www.sqlite.org/lang_altertable.html#otheralter)."""
    new = f"{table.name}_new"
    names = ", ".join(_quoted(connection, column.name) for column in table.columns)
    created = str(CreateTable(table).compile(connection)).replace(f"CREATE TABLE {table.name}", f"CREATE TABLE {new}")
    _execute(connection, created)
    _execute(connection, f"insert into {new} ({names}) select {names} from {table.name}")  # noqa: S608
    _execute(connection, f"drop table {table.name}")
    _execute(connection, f"alter table {new} rename to {table.name}")


def _correct_comments(connection: Connection, found: Inspector, table: Table) -> None:
    if found.get_table_comment(table.name)["text"] != table.comment:
        connection.execute(SetTableComment(table))
    said = {column["name"]: column.get("comment") for column in found.get_columns(table.name)}
    for column in table.columns:
        if said.get(column.name) != column.comment:
            connection.execute(SetColumnComment(column))


def _execute(connection: Connection, statement: str) -> None:
    connection.exec_driver_sql(statement)


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)
