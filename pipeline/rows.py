"""A document as plain data: the JSON line of `zongji extract`, and flat rows for tables. One schema for all sinks."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from zongji.corpus.records import Document, Place
from zongji.pipeline.sources.places import shown

SCHEMA = "zongji/2"
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


def document_line(document: Document, *, rejected: bool = False, text: bool = False) -> dict[str, Any]:
    """The document as the object of one JSON line; `rejected` adds refused numerals, `text` the restored text."""
    parts = _plain(document)
    notices, refusals, restored = parts.pop("notices"), parts.pop("refusals"), parts.pop("text")
    line = {"schema": SCHEMA, "kind": "document", **parts, "warnings": notices}
    if rejected:
        line["rejected"] = refusals
    if text:
        line["text"] = restored
    return line


def _plain(value: Any) -> Any:  # noqa: ANN401  # whatever a record may hold
    """A record as a dict, without the copies that `dataclasses.asdict` makes; a place without what it does not know."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    names = _names(type(value))  # type: ignore[arg-type]  # every type can be hashed
    if not names:
        return value
    found = {name: _plain(getattr(value, name)) for name in names}
    return {name: item for name, item in found.items() if item is not None} if type(value) is Place else found


@cache
def _names(record: Hashable) -> tuple[str, ...]:
    """The fields of a record; none for what is no record."""
    return tuple(field.name for field in fields(record)) if is_dataclass(record) else ()


def failure_line(path: str, reason: str) -> dict[str, Any]:
    """A file that gave no document, as the object of one JSON line."""
    return {"schema": SCHEMA, "kind": "failure", "path": path, "reason": reason}


def figure_rows(document: Document) -> Iterator[dict[str, Any]]:
    """One flat row a figure, with what its document, section and activity say; the keys are `FIGURE_COLUMNS`."""
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
        yield {column: row[column] if column in row else getattr(figure, column) for column in FIGURE_COLUMNS}
