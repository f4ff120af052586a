"""Corrections of section classes: relabel, undo, and replay after an import."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select, update
from zongji.corpus.labels import SectionLabel
from zongji.pipeline.corrections.journal import SURE, Action, UnknownRecordError, write_row
from zongji.pipeline.corrections.versions import lock
from zongji.pipeline.database.tables import CORRECTIONS, DOCUMENTS, SECTIONS


def relabel(connection: Connection, key: str, section: str, label: SectionLabel, *, author: str) -> None:
    """Give a section another class; its subsections stay as they are.

    Raises:
        UnknownRecordError: if there is no such section.
    """
    lock(connection, key)
    row = connection.execute(select(SECTIONS).where(SECTIONS.c.document_id == key, SECTIONS.c.id == section)).first()
    document = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == key)).first()
    if row is None or document is None:
        message = f"{key}/{section}: no such section"
        raise UnknownRecordError(message)
    after = _state(label.value, SURE)
    fields = {
        "section": section,
        "start": row.start,
        "end": row.end,
        "text": row.title or "",
        "quote": row.marker or "",
        "before": _state(row.label, row.confidence),
        "after": after,
    }
    write_row(connection, document, Action.RELABEL, author=author, **fields)
    _set(connection, key, section, after)


def restore_label(connection: Connection, taken: Row[Any]) -> None:
    """Restore the class before a correction, unless it was corrected since."""
    same = (CORRECTIONS.c.document_id == taken.document_id, CORRECTIONS.c.section == taken.section)
    later = select(CORRECTIONS.c.number).where(*same, CORRECTIONS.c.undone.is_(None))
    following = connection.scalar(later.where(CORRECTIONS.c.number > taken.number).order_by(CORRECTIONS.c.number))
    if following is None:
        _set(connection, taken.document_id, taken.section, taken.before)
    else:
        connection.execute(update(CORRECTIONS).where(CORRECTIONS.c.number == following).values(before=taken.before))


def replay_label(connection: Connection, correction: Row[Any], documents: list[Row[Any]]) -> None:
    """Apply a correction to the section at the same offset, else to the one with the same heading."""
    found = _find(connection, correction, [document.id for document in documents])
    values: dict[str, Any] = {"placed": found is not None}
    if found is not None:
        values |= {"document_id": found.document_id, "section": found.id}
        values["before"] = _state(found.label, found.confidence)
        _set(connection, found.document_id, found.id, correction.after)
    connection.execute(update(CORRECTIONS).where(CORRECTIONS.c.number == correction.number).values(values))


def _find(connection: Connection, correction: Row[Any], keys: list[str]) -> Row[Any] | None:
    heading = (SECTIONS.c.title == correction.text, SECTIONS.c.marker == (correction.quote or None))
    for meant in ((SECTIONS.c.start == correction.start,), heading if correction.text else ()):
        asked = select(SECTIONS).where(SECTIONS.c.document_id.in_(keys), *meant)
        found = connection.execute(asked.order_by(SECTIONS.c.level)).first() if meant else None
        if found is not None:
            return found
    return None


def _state(label: str, confidence: float) -> str:
    """A class as the journal keeps it."""
    return f"{label} {confidence}"


def _set(connection: Connection, key: str, section: str, state: str) -> None:
    label, confidence = state.split(" ")
    there = (SECTIONS.c.document_id == key, SECTIONS.c.id == section)
    connection.execute(update(SECTIONS).where(*there).values(label=label, confidence=float(confidence)))
