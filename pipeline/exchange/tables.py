"""Exporting tables as CSV, JSON Lines, Parquet or DuckDB, streamed in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, or_, select, table
from sqlalchemy import column as named_column
from zongji.pipeline.database.presence import PRESENT
from zongji.pipeline.database.tables import DOCUMENTS, METADATA, SIGNATURES
from zongji.pipeline.schema import columns
from zongji.pipeline.schema.columns import Column, Kind
from zongji.pipeline.schema.rows import FIGURE_COLUMNS
from zongji.pipeline.sinks.output import replacing, replacing_folder
from zongji.pipeline.sinks.tables import ONE_FILE, TABLE_WRITERS, TableWriter

_PORTION = 5000  # rows
_FLAT = "figure_rows"
_KINDS = {"year": Kind.INTEGER, "value": Kind.NUMBER, "value_max": Kind.NUMBER, "total": Kind.FLAG} | {
    "start": Kind.INTEGER,
    "end": Kind.INTEGER,
    "confidence": Kind.NUMBER,
}


@dataclass(frozen=True, slots=True)
class Filters:
    """Filters of records; an empty one matches everything."""

    years: tuple[int, ...] = ()
    organizations: tuple[str, ...] = ()
    """Substrings of names."""
    categories: tuple[str, ...] = ()
    copies: bool = True
    """Include copies."""


def export_tables(
    connection: Connection, target: Path, output_format: str, filters: Filters, *, flat: bool, bom: bool = False
) -> dict[str, int]:
    """Write to `target` (a folder, if the format has one file per table); returns rows by table.

    Raises:
        MissingExtraError: if the library for the format is not installed.
        OSError: if the target cannot be written.
    """
    chosen = {_FLAT: _flat(filters)} if flat else _relational(filters)
    draft_of = replacing if flat or output_format in ONE_FILE else replacing_folder
    with draft_of(target) as draft, TABLE_WRITERS[output_format](draft.path, single=flat, bom=bom) as writer:
        return {name: _write(connection, writer, name, *asked) for name, asked in chosen.items()}


def unmatched(connection: Connection, filters: Filters) -> Iterator[tuple[str, str]]:
    """What the filters ask for and the database does not have, in words, and the option that asks for it."""
    for year in filters.years:
        if not _has(connection, DOCUMENTS.c.year == year):
            yield f"no document of the year {year}", f"--year {year}"
    for name in filters.organizations:
        if not _has(connection, _named(name)):
            yield f"no organization with {name!r} in its name", f"--organization {name}"


def _has(connection: Connection, condition: ColumnElement[bool]) -> bool:
    return connection.execute(select(DOCUMENTS.c.id).where(condition, PRESENT).limit(1)).first() is not None


def _named(organization: str) -> ColumnElement[bool]:
    return DOCUMENTS.c.organization.contains(organization, autoescape=True)


def _write(
    connection: Connection, writer: TableWriter, name: str, asked: Select[Any], about: tuple[Column, ...]
) -> int:
    """Stream one table; returns the number of its rows."""
    writer.begin(name, about)
    number = 0
    result = connection.execution_options(stream_results=True, yield_per=_PORTION).execute(asked)
    for portion in result.partitions():
        writer.write([tuple(map(_plain, row, about)) for row in portion])
        number += len(portion)
    writer.end()
    return number


def _plain(value: object, about: Column) -> object:
    """A value as extracted: integers and booleans, which SQLite lacks."""
    if about.kind is Kind.NUMBER and isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return bool(value) if about.kind is Kind.FLAG else value


def _flat(filters: Filters) -> tuple[Select[Any], tuple[Column, ...]]:
    """The view of flat figures, with the columns of `zongji extract -f csv` and the year."""
    names = (*FIGURE_COLUMNS, "year")
    view = table(_FLAT, *(named_column(name) for name in (*names, "id")))
    about = tuple(Column(name, _KINDS.get(name, Kind.TEXT), "", empty=True) for name in names)
    conditions = _conditions(filters, view.c.document_id)
    if filters.categories:
        conditions.append(view.c.category.in_(filters.categories))
    asked = select(*(view.c[name] for name in names)).where(*conditions)
    return asked.order_by(view.c.path, view.c.document_id, view.c.start), about


def _relational(filters: Filters) -> dict[str, tuple[Select[Any], tuple[Column, ...]]]:
    """The tables of records, parents before children."""
    found = {}
    for relation in (*columns.RECORDS, columns.SOURCES):
        records = METADATA.tables[relation.name]
        if relation is columns.SOURCES:
            kept = select(DOCUMENTS.c.sha256).where(*_conditions(filters, DOCUMENTS.c.id))
            conditions: list[ColumnElement[bool]] = [records.c.sha256.in_(kept), records.c.gone.is_(None)]
        else:
            key = records.c.id if relation is columns.DOCUMENTS else records.c.document_id
            conditions = _conditions(filters, key)
        if relation is columns.FIGURES and filters.categories:
            conditions.append(records.c.category.in_(filters.categories))
        asked = select(*(records.c[name] for name in relation.names)).where(*conditions)
        found[relation.name] = (asked.order_by(*records.primary_key.columns), relation.columns)
    return found


def _conditions(filters: Filters, key: ColumnElement[Any]) -> list[ColumnElement[bool]]:
    """The conditions on a row whose document has this key. What is gone is left out."""
    wanted: list[ColumnElement[bool]] = [PRESENT]
    if filters.years:
        wanted.append(DOCUMENTS.c.year.in_(filters.years))
    if filters.organizations:
        wanted.append(or_(*map(_named, filters.organizations)))
    conditions: list[ColumnElement[bool]] = [key.in_(select(DOCUMENTS.c.id).where(*wanted))]
    if not filters.copies:
        conditions.append(key.not_in(select(SIGNATURES.c.document_id).where(SIGNATURES.c.relation == "copy")))
    return conditions
