"""Writing the journal: accept, change, reject and add figures.

A correction is applied to the table of figures at once, so that views, exports and reports show it; the
journal keeps the record before and after. Nothing is ever deleted from it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from enum import StrEnum
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, insert, select
from zongji.corpus.clock import now
from zongji.corpus.labels import Bound, Category, Modality
from zongji.corpus.records import Figure
from zongji.corpus.whole_numbers import whole_number
from zongji.pipeline.corrections.versions import lock
from zongji.pipeline.database.stored import figure_of
from zongji.pipeline.database.tables import CORRECTIONS, DOCUMENTS, FIGURES

SURE = 1.0
"""The confidence of a reviewed figure."""

ORIGINAL = "original"


class Action(StrEnum):
    """Kinds of corrections."""

    ACCEPT = "accept"
    CHANGE = "change"
    REJECT = "reject"
    ADD = "add"
    RELABEL = "relabel"
    COMPLETE = "complete"


class _Entry(NamedTuple):
    """One correction: the figure before and after it, None where there is none."""

    action: Action
    author: str
    before: Figure | None = None
    after: Figure | None = None
    original: str | None = None
    """The location in the original of a figure whose row is gone."""


class UnknownRecordError(Exception):
    """A document or figure that is not, or no longer, in the database."""


def accept(connection: Connection, key: str, figure: str, *, author: str) -> None:
    """Accept a figure as it is.

    Raises:
        UnknownRecordError: if there is none.
    """
    change(connection, key, figure, {}, author=author)


def change(connection: Connection, key: str, figure: str, fields: Mapping[str, Any], *, author: str) -> None:
    """Change these fields of a figure; without any, it is accepted.

    Raises:
        UnknownRecordError: if there is no such figure.
    """
    lock(connection, key)
    before = read_figure(connection, key, figure)
    wanted = replace(before, **fields)
    action = Action.ACCEPT if wanted == before else Action.CHANGE
    after = replace(wanted, confidence=SURE)
    write_figure(connection, key, after)
    _note(connection, key, _Entry(action, author, before, after))


def reject(connection: Connection, key: str, figure: str, *, author: str) -> None:
    """Reject a figure: it is none.

    Raises:
        UnknownRecordError: if there is none.
    """
    lock(connection, key)
    before = read_figure(connection, key, figure)
    original = _original(connection, key, figure)
    remove_figure(connection, key, figure)
    _note(connection, key, _Entry(Action.REJECT, author, before, original=original))


def add(connection: Connection, key: str, figure: Figure, *, author: str) -> Figure:
    """Add a missed figure; returns it with its new id.

    Raises:
        UnknownRecordError: if there is no such document.
    """
    lock(connection, key)
    after = replace(figure, id=free_id(connection, key), confidence=SURE)
    _note(connection, key, _Entry(Action.ADD, author, after=after))
    write_figure(connection, key, after)
    return after


def complete(connection: Connection, key: str, *, author: str) -> None:
    """Mark a document as reviewed: what is not corrected is right, and nothing is missing.

    Raises:
        UnknownRecordError: if there is no such document.
    """
    _note(connection, key, _Entry(Action.COMPLETE, author))


def read_figure(connection: Connection, key: str, figure: str) -> Figure:
    """The figure of a document.

    Raises:
        UnknownRecordError: if there is none.
    """
    row = connection.execute(select(FIGURES).where(FIGURES.c.document_id == key, FIGURES.c.id == figure)).first()
    if row is None:
        message = f"{key}/{figure}: no such figure; it was rejected, or the file was imported again"
        raise UnknownRecordError(message)
    return figure_of(row)


def write_figure(connection: Connection, key: str, figure: Figure, original: str | None = None) -> None:
    """Write a figure to its table; it keeps the location of the one it replaces."""
    kept = _original(connection, key, figure.id) or original
    remove_figure(connection, key, figure.id)
    connection.execute(insert(FIGURES).values(document_id=key, original=kept, **plain(figure)))


def _original(connection: Connection, key: str, figure: str) -> str | None:
    """The stored location of a figure in the original."""
    there = FIGURES.c.document_id == key, FIGURES.c.id == figure
    return connection.scalar(select(FIGURES.c.original).where(*there))


def remove_figure(connection: Connection, key: str, figure: str) -> None:
    """Delete a figure from its table."""
    connection.execute(delete(FIGURES).where(FIGURES.c.document_id == key, FIGURES.c.id == figure))


def free_id(connection: Connection, key: str) -> str:
    """An id that no figure of the document has or had."""
    known = set(connection.scalars(select(FIGURES.c.id).where(FIGURES.c.document_id == key)))
    known |= set(connection.scalars(select(CORRECTIONS.c.figure).where(CORRECTIONS.c.document_id == key)))
    return f"f{max((whole_number(name[1:]) or 0 for name in known if name), default=0) + 1}"


def _note(connection: Connection, key: str, entry: _Entry) -> None:
    """Write a row of the journal."""
    document = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.id == key)).first()
    if document is None:
        message = f"{key}: no such document"
        raise UnknownRecordError(message)
    fields = _anchor(entry.before or entry.after, document)
    fields["before"] = entry.before and to_json(entry.before, entry.original)
    fields["after"] = entry.after and to_json(entry.after)
    write_row(connection, document, entry.action, author=entry.author, **fields)


def write_row(connection: Connection, document: Row[Any], action: Action, *, author: str, **fields: object) -> None:
    """Write a row of the journal about a document; `fields` are the columns that depend on the action."""
    row = {
        "sha256": document.sha256,
        "member": document.member,
        "document_id": document.id,
        "action": action.value,
        "author": author,
        "made": now(),
        "placed": True,
    }
    connection.execute(insert(CORRECTIONS), row | fields)


def _anchor(figure: Figure | None, document: Row[Any]) -> dict[str, Any]:
    """What a later import finds the figure by; without a figure, the document's span."""
    if figure is None:
        return {"start": document.start, "end": document.end, "text": "", "quote": ""}
    return {"figure": figure.id} | {name: getattr(figure, name) for name in ("start", "end", "text", "quote")}


def plain(figure: Figure) -> dict[str, Any]:
    """The figure's fields with vocabulary words as plain text, without its location, which has a column of its own."""
    fields = asdict(replace(figure, place=None))
    del fields["place"]
    return {name: getattr(value, "value", value) for name, value in fields.items()}


def to_json(figure: Figure, original: str | None = None) -> str:
    """A figure as the journal keeps it, with its location in the original if its row is gone."""
    place = {ORIGINAL: original} if original else {}
    return json.dumps(plain(figure) | place, ensure_ascii=False)


def of_json(written: str) -> Figure:
    """A figure from the journal."""
    fields = json.loads(written)
    fields.pop(ORIGINAL, None)
    words = {
        "category": Category(fields["category"]),
        "bound": Bound(fields["bound"]),
        "modality": Modality(fields["modality"]),
    }
    return Figure(**(fields | words))
