"""Documents read back from the tables, with everything found in them except rejected numbers."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Table, select
from zongji.corpus.labels import (
    ActivityType,
    Bound,
    Category,
    CheckCode,
    DocumentField,
    DocumentType,
    Modality,
    NoticeCode,
    Script,
    SectionLabel,
)
from zongji.corpus.records import Activity, Check, Damage, Document, Evidence, Figure, Notice, Period, Section, Source
from zongji.pipeline.database.load import portions
from zongji.pipeline.database.presence import PRESENT, path_of_document, shown_path
from zongji.pipeline.database.tables import (
    ACTIVITIES,
    CHECKS,
    DOCUMENTS,
    EVIDENCE,
    FIGURES,
    SECTIONS,
    SIGNATURES,
    SOURCES,
    TEXTS,
    WARNINGS,
)


class Stored(NamedTuple):
    """A document and its key in the database."""

    key: str
    document: Document


_Rows = dict[str, list[Row[Any]]]


def document_keys(connection: Connection) -> list[str]:
    """The keys of all documents that are not gone, by path and offset."""
    order = (path_of_document(), DOCUMENTS.c.member, DOCUMENTS.c.part, DOCUMENTS.c.id)
    return list(connection.scalars(select(DOCUMENTS.c.id).where(PRESENT).order_by(*order)))


def copies(connection: Connection) -> set[str]:
    """The keys of the documents that are copies of others."""
    return set(connection.scalars(select(SIGNATURES.c.document_id).where(SIGNATURES.c.relation == "copy")))


def read_documents(connection: Connection, keys: Sequence[str]) -> Iterator[Stored]:
    """The documents with these keys, in this order; unknown keys are skipped."""
    for some in portions(keys):
        known = {row.id: row for row in connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id.in_(some)))}
        digests = sorted({row.sha256 for row in known.values()})
        paths: dict[str, str] = {}
        for few in portions(digests):
            asked = select(SOURCES.c.sha256, shown_path()).where(SOURCES.c.sha256.in_(few))
            paths.update(tuple(row) for row in connection.execute(asked.group_by(SOURCES.c.sha256)))
        texts = dict(
            tuple(row)
            for row in connection.execute(
                select(TEXTS.c.document_id, TEXTS.c.text).where(TEXTS.c.document_id.in_(some))
            )
        )
        records = {table.name: _by_document(connection, table, some) for table in _PARTS}
        for key in some:
            if key in known:
                yield Stored(key, _document(known[key], paths, texts.get(key, ""), records))


_PARTS = (EVIDENCE, SECTIONS, ACTIVITIES, FIGURES, CHECKS, WARNINGS)


def _by_document(connection: Connection, table: Table, keys: Sequence[str]) -> _Rows:
    """The rows of a table by document, in order."""
    found: _Rows = defaultdict(list)
    order = table.c.position if "position" in table.c else table.c.start if "start" in table.c else table.c.id
    for row in connection.execute(select(table).where(table.c.document_id.in_(keys)).order_by(order)):
        found[row.document_id].append(row)
    return found


def _document(row: Row[Any], paths: dict[str, str], text: str, records: dict[str, _Rows]) -> Document:
    path = paths.get(row.sha256, "")
    figures = tuple(map(figure_of, records[FIGURES.name].get(row.id, ())))
    owned: dict[str | None, list[str]] = defaultdict(list)
    for figure in figures:
        owned[figure.activity].append(figure.id)
    return Document(
        document_id=row.document_id,
        source=Source(f"{path}/{row.member}" if row.member else path, row.sha256, row.format, row.encoding, row.part),
        start=row.start,
        end=row.end,
        doc_type=DocumentType(row.doc_type),
        title=row.title,
        organization=row.organization,
        period=Period(row.period_start, row.period_end, row.period_text),
        date=row.date,
        script=Script(row.script),
        text=text,
        evidence=tuple(sorted(map(_evidence, records[EVIDENCE.name].get(row.id, ())), key=_place_of_field)),
        sections=tuple(map(_section, records[SECTIONS.name].get(row.id, ()))),
        activities=tuple(_activity(found, owned) for found in records[ACTIVITIES.name].get(row.id, ())),
        figures=figures,
        checks=tuple(
            Check(CheckCode(found.code), tuple(json.loads(found.figures)), found.message)
            for found in records[CHECKS.name].get(row.id, ())
        ),
        notices=tuple(
            Notice(NoticeCode(found.code), found.message, found.start, found.end)
            for found in records[WARNINGS.name].get(row.id, ())
        ),
        damage=Damage(row.damage_exact, row.damage_likely, row.damage_unrecovered),
    )


def _evidence(row: Row[Any]) -> Evidence:
    return Evidence(DocumentField(row.field), row.start, row.end, row.text, row.rule, row.confidence)


def _place_of_field(found: Evidence) -> int:
    return list(DocumentField).index(found.field)


def _section(row: Row[Any]) -> Section:
    return Section(
        row.id,
        row.parent,
        row.start,
        row.end,
        row.level,
        row.marker,
        row.title,
        SectionLabel(row.label),
        row.confidence,
    )


def figure_of(row: Row[Any]) -> Figure:
    """The figure in a row of the table of figures."""
    return Figure(
        id=row.id,
        category=Category(row.category),
        value=_number(row.value),
        value_max=_number(row.value_max),
        bound=Bound(row.bound),
        unit=row.unit,
        item=row.item,
        modality=Modality(row.modality),
        total=bool(row.total),
        per=row.per,
        text=row.text,
        start=row.start,
        end=row.end,
        section=row.section,
        activity=row.activity,
        confidence=row.confidence,
        quote=row.quote,
        page=row.page,
    )


def _activity(row: Row[Any], owned: dict[str | None, list[str]]) -> Activity:
    return Activity(
        row.id,
        row.name,
        ActivityType(row.type),
        row.start_date,
        row.end_date,
        row.date_text,
        row.place,
        row.organizer,
        row.section,
        tuple(owned[row.id]),
    )


def _number(value: float | None) -> float | int | None:
    """A number as extracted: databases hold floats only."""
    return int(value) if value is not None and float(value).is_integer() and abs(value) < 2**53 else value
