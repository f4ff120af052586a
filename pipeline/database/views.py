"""SQL views that answer the usual questions, portable through SQLAlchemy."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Dialect,
    Select,
    Table,
    and_,
    case,
    column,
    func,
    literal_column,
    null,
    or_,
    select,
    table,
)
from zongji.corpus.labels import Category, Modality
from zongji.pipeline.database.presence import PRESENT, path_of_document
from zongji.pipeline.database.tables import ACTIVITIES, DOCUMENTS, FIGURES, SECTIONS, SIGNATURES
from zongji.pipeline.schema.rows import FIGURE_COLUMNS


def figure_rows() -> Select[tuple[object, ...]]:
    """One flat row per figure, with the columns of `zongji extract -f csv`."""
    named: dict[str, ColumnElement[Any]] = {
        "path": path_of_document(),
        "title": DOCUMENTS.c.title,
        "organization": DOCUMENTS.c.organization,
        "doc_type": DOCUMENTS.c.doc_type,
        "period": DOCUMENTS.c.period_text,
        "section": SECTIONS.c.title,
        "section_label": SECTIONS.c.label,
        "activity": ACTIVITIES.c.name,
        "activity_type": ACTIVITIES.c.type,
        "date": ACTIVITIES.c.date_text,
        "place": ACTIVITIES.c.place,
        "organizer": ACTIVITIES.c.organizer,
    }
    columns = [named[name].label(name) if name in named else FIGURES.c[name] for name in FIGURE_COLUMNS]
    joined = (
        FIGURES.join(DOCUMENTS, FIGURES.c.document_id == DOCUMENTS.c.id)
        .outerjoin(SECTIONS, _of_figure(SECTIONS, "section"))
        .outerjoin(ACTIVITIES, _of_figure(ACTIVITIES, "activity"))
    )
    return select(*columns, DOCUMENTS.c.year).select_from(joined).where(PRESENT)


def _of_figure(other: Table, column: str) -> ColumnElement[bool]:
    """The record of the same document that the figure refers to."""
    return and_(other.c.document_id == FIGURES.c.document_id, other.c.id == FIGURES.c[column])


def originals() -> Select[tuple[object, ...]]:
    """The documents without copies and without those whose files are gone."""
    compared = DOCUMENTS.outerjoin(SIGNATURES, SIGNATURES.c.document_id == DOCUMENTS.c.id)
    kept = or_(SIGNATURES.c.relation.is_(None), SIGNATURES.c.relation != literal_column("'copy'"))
    return select(DOCUMENTS).select_from(compared).where(kept, PRESENT)


_ORIGINALS = table("originals", *(column(known.name, known.type) for known in DOCUMENTS.columns))


def figures_by_year() -> Select[tuple[object, ...]]:
    """By year, organization, category, unit and modality: how many figures, and the sums of parts and of totals."""
    groups = (_ORIGINALS.c.year, _ORIGINALS.c.organization, FIGURES.c.category, FIGURES.c.unit, FIGURES.c.modality)
    return (
        select(
            *groups,
            func.count().label("figures"),
            _sum(~FIGURES.c.total).label("parts"),
            _sum(FIGURES.c.total).label("totals"),
        )
        .select_from(FIGURES.join(_ORIGINALS, FIGURES.c.document_id == _ORIGINALS.c.id))
        .group_by(*groups)
    )


def planned_and_achieved() -> Select[tuple[object, ...]]:
    """By year, organization, category and unit: what was planned beside what was achieved, totals left out."""
    groups = (_ORIGINALS.c.year, _ORIGINALS.c.organization, FIGURES.c.category, FIGURES.c.unit)
    sums = [
        _sum(and_(~FIGURES.c.total, FIGURES.c.modality == literal_column(f"'{modality}'"))).label(modality.value)
        for modality in (Modality.PLANNED, Modality.ACHIEVED)
    ]
    joined = FIGURES.join(_ORIGINALS, FIGURES.c.document_id == _ORIGINALS.c.id)
    return select(*groups, *sums).select_from(joined).group_by(*groups)


def activity_rows() -> Select[tuple[object, ...]]:
    """One row per activity: when, where, by whom, participants, sessions, materials."""
    own = and_(FIGURES.c.document_id == ACTIVITIES.c.document_id, FIGURES.c.activity == ACTIVITIES.c.id)
    counts = [
        func.coalesce(_sum(FIGURES.c.total, category, largest=True), _sum(~FIGURES.c.total, category)).label(category)
        for category in (Category.PARTICIPANTS, Category.SESSIONS, Category.MATERIALS)
    ]
    about = (DOCUMENTS.c.year, DOCUMENTS.c.organization)
    joined = ACTIVITIES.join(DOCUMENTS, ACTIVITIES.c.document_id == DOCUMENTS.c.id).outerjoin(FIGURES, own)
    return select(*ACTIVITIES.c, *about, *counts).select_from(joined).where(PRESENT).group_by(*ACTIVITIES.c, *about)


def _sum(
    where: ColumnElement[bool], category: Category | None = None, *, largest: bool = False
) -> ColumnElement[float]:
    """The sum (or maximum) of the values of the figures that meet the condition."""
    condition = where if category is None else and_(where, FIGURES.c.category == literal_column(f"'{category}'"))
    value = case((condition, FIGURES.c.value), else_=null())
    return func.max(value) if largest else func.sum(value)


VIEWS: dict[str, Callable[[], Select[tuple[object, ...]]]] = {
    "originals": originals,
    "figure_rows": figure_rows,
    "figures_by_year": figures_by_year,
    "planned_and_achieved": planned_and_achieved,
    "activity_rows": activity_rows,
}
"""The views by name, each after those it reads."""


def make_views(connection: Connection) -> None:
    """Re-create all views."""
    drop_views(connection)
    quoted = connection.dialect.identifier_preparer.quote
    for name, query in VIEWS.items():
        connection.exec_driver_sql(f"create view {quoted(name)} as {statement_of(query(), connection.dialect)}")


def drop_views(connection: Connection) -> None:
    """Drop all views, so that the tables below them can be changed."""
    quoted = connection.dialect.identifier_preparer.quote
    for name in reversed(VIEWS):
        connection.exec_driver_sql(f"drop view if exists {quoted(name)}")


def statement_of(query: Select[tuple[object, ...]], dialect: Dialect) -> str:
    """The query of a view in the SQL of a kind of database."""
    return str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
