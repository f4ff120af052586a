"""A document as rows: flat ones for tables, and those of a database. As a JSON line: `Document.to_dict`.

One schema for all sinks; the columns of the database's rows are those of `zongji.pipeline.schema.columns`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import Any

from zongji.corpus.plain import plain
from zongji.corpus.records import Document, Notice
from zongji.corpus.whole_numbers import whole_number
from zongji.pipeline.schema.columns import (
    ACTIVITIES,
    CHECKS,
    DOCUMENTS,
    EVIDENCE,
    FIGURES,
    SECTIONS,
    TEXTS,
    WARNINGS,
    Kind,
    Relation,
)
from zongji.pipeline.sources.locations import shown

Row = tuple[Any, ...]
Rows = dict[str, list[Row]]
"""Rows by table name, with values in the order of the table's columns."""

FIGURE_COLUMNS = (
    "path",
    "document_id",
    "title",
    "organization",
    "doc_type",
    "period",
    "section",
    "section_label",
    "category",
    "text",
    "value",
    "value_max",
    "bound",
    "unit",
    "item",
    "modality",
    "total",
    "per",
    "activity",
    "activity_type",
    "date",
    "place",
    "organizer",
    "quote",
    "start",
    "end",
    "page",
    "original",
    "confidence",
)
"""The columns of `-f csv`, in order."""


def figure_rows(document: Document) -> Iterator[dict[str, Any]]:
    """The rows of `-f csv`: one per figure, with what its document, section and activity say.

    The keys are `FIGURE_COLUMNS`, in order. `start` and `end` are offsets in the decoded source, in code points; `page`
    and `original` say where the figure stands in the original file. What is not known is None.
    """
    sections = {section.id: section for section in document.sections}
    activities = {activity.id: activity for activity in document.activities}
    for figure in document.figures:
        section = sections.get(figure.section or "")
        activity = activities.get(figure.activity or "")
        row = {
            "path": document.source.path,
            "document_id": document.document_id,
            "title": document.title,
            "organization": document.organization,
            "doc_type": document.doc_type,
            "period": document.period.text,
            "section": section and section.title,
            "section_label": section and section.label,
            "activity": activity and activity.name,
            "activity_type": activity and activity.type,
            "date": activity and activity.date_text,
            "place": activity and activity.place,
            "organizer": activity and activity.organizer,
            "original": shown(figure.place),
        }
        yield {column: plain(row[column] if column in row else getattr(figure, column)) for column in FIGURE_COLUMNS}


def relational_rows(
    document: Document, key: str, sha256: str, program: str, member: str | None
) -> Iterator[tuple[str, Row]]:
    """The rows of a document, each with its table name, in an order that can be written.

    `key` is `documents.id`, `sha256` and `program` name the file's row in the ledger.
    """
    about = {"id": key, "sha256": sha256, "program": program, "member": member, "gone": None} | _facts(document)
    yield DOCUMENTS.name, tuple(about[name] if name in about else getattr(document, name) for name in DOCUMENTS.names)
    yield TEXTS.name, (key, document.text)
    yield from ((EVIDENCE.name, (key, *_take_evidence(found))) for found in document.evidence)
    yield from ((SECTIONS.name, (key, *_take_section(section))) for section in document.sections)
    yield from ((ACTIVITIES.name, (key, *_take_activity(activity))) for activity in document.activities)
    for figure in document.figures:
        yield FIGURES.name, (key, *_take_figure(figure), shown(figure.place))
    for position, check in enumerate(document.checks):
        yield CHECKS.name, (key, position, check.code.value, json.dumps(check.figures), check.message)


def warning_rows(sha256: str, notices: Iterable[tuple[str | None, Notice]]) -> list[tuple[str, Row]]:
    """The rows of a file's notices, each given with the key of its document."""
    return [
        (WARNINGS.name, (sha256, position, key, notice.code.value, notice.message, notice.start, notice.end))
        for position, (key, notice) in enumerate(notices)
    ]


def _facts(document: Document) -> dict[str, Any]:
    """The columns of a document that are not its own fields."""
    period = document.period
    year, year_from = year_of(document)
    return {
        "part": document.source.part,
        "format": document.source.format,
        "encoding": document.source.encoding,
        "doc_type": document.doc_type.value,
        "period_start": period.start,
        "period_end": period.end,
        "period_text": period.text,
        "year": year,
        "year_from": year_from,
        "script": document.script.value,
        "characters": len(document.text),
        "damage_exact": document.damage.exact,
        "damage_likely": document.damage.likely,
        "damage_unrecovered": document.damage.unrecovered,
    }


def year_of(document: Document) -> tuple[int | None, str | None]:
    """The year of a document, and the field that states it: its period, else its date."""
    period = document.period
    for name, stated in (("period", period.start or period.end), ("date", document.date)):
        if (year := whole_number((stated or "")[:4])) is not None:
            return year, name
    return None, None


def _taker(relation: Relation) -> Callable[[Any], Row]:
    """A function from a record to its columns behind the document's id; vocabulary words as plain text.

    The location of a figure in the original is formatted separately, as the last column.
    """
    columns = [column for column in relation.columns[1:] if column.name != "original"]
    return attrgetter(*(f"{column.name}.value" if column.kind is Kind.WORD else column.name for column in columns))


_take_evidence, _take_section, _take_activity, _take_figure = map(_taker, (EVIDENCE, SECTIONS, ACTIVITIES, FIGURES))
