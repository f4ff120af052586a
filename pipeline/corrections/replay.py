"""Replaying corrections on new records after an import of the same contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select, update
from zongji.corpus.records import Figure
from zongji.pipeline.corrections.anchors import Anchor, find
from zongji.pipeline.corrections.journal import Action, free_id, of_json, remove_figure, to_json, write_figure
from zongji.pipeline.corrections.sections import replay_label
from zongji.pipeline.database.load import portions
from zongji.pipeline.database.stored import figure_of
from zongji.pipeline.database.tables import CORRECTIONS, DOCUMENTS, FIGURES, SECTIONS, TEXTS


def replay(connection: Connection, digests: Sequence[str]) -> None:
    """Apply the corrections of contents to their new records, oldest first."""
    for some in portions(digests):
        asked = select(CORRECTIONS).where(CORRECTIONS.c.sha256.in_(some), CORRECTIONS.c.undone.is_(None))
        for correction in connection.execute(asked.order_by(CORRECTIONS.c.number)).all():
            _apply(connection, correction)


def _apply(connection: Connection, correction: Row[Any]) -> None:
    """Apply one correction to its figure, to a new one, or record that it no longer applies."""
    anchor = Anchor(correction.start, correction.end, correction.text, correction.quote)
    documents = _documents(connection, correction)
    if correction.action == Action.RELABEL:
        replay_label(connection, correction, documents)
        return
    if correction.action == Action.COMPLETE:
        same = [document for document in documents if (document.start, document.end) == (anchor.start, anchor.end)]
        _placed(connection, correction, same[0].id if same else None, None, None)
        return
    for document in documents:
        found = find(anchor, _figures(connection, document.id))
        if found is not None:
            _correct(connection, correction, document.id, found)
            return
    holding = [document for document in documents if _holds(connection, document, anchor)]
    if correction.after is None or not holding:
        _placed(connection, correction, holding[0].id if holding else None, None, None)
    else:
        _insert(connection, correction, holding[0].id)


def _documents(connection: Connection, correction: Row[Any]) -> list[Row[Any]]:
    """The documents of the content, the one around the correction first."""
    member = DOCUMENTS.c.member
    same = member.is_(None) if correction.member is None else member == correction.member
    rows = connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.sha256 == correction.sha256, same)).all()
    return sorted(rows, key=lambda row: (not row.start <= correction.start < row.end, row.start))


def _figures(connection: Connection, key: str) -> list[Figure]:
    return [figure_of(row) for row in connection.execute(select(FIGURES).where(FIGURES.c.document_id == key))]


def _holds(connection: Connection, document: Row[Any], anchor: Anchor) -> bool:
    """True for a document that still has the sentence."""
    text = connection.scalar(select(TEXTS.c.text).where(TEXTS.c.document_id == document.id)) or ""
    return bool(anchor.quote) and anchor.quote in text


def _correct(connection: Connection, correction: Row[Any], key: str, found: Figure) -> None:
    """Apply a correction to the figure found; its offsets are the new ones."""
    if correction.after is None:
        remove_figure(connection, key, found.id)
        _placed(connection, correction, key, found.id, found)
        return
    wanted = replace(of_json(correction.after), id=found.id, section=found.section, activity=found.activity)
    if found.text == wanted.text:
        wanted = replace(wanted, start=found.start, end=found.end, quote=found.quote, page=found.page)
    write_figure(connection, key, wanted)
    _placed(connection, correction, key, found.id, found, wanted)


def _insert(connection: Connection, correction: Row[Any], key: str) -> None:
    """A figure that extraction does not find: added by hand, or accepted when an older version found it."""
    started = select(SECTIONS.c.id).where(SECTIONS.c.document_id == key, SECTIONS.c.start <= correction.start)
    section = connection.scalar(started.order_by(SECTIONS.c.start.desc(), SECTIONS.c.level.desc()).limit(1))
    known = {figure.id for figure in _figures(connection, key)}
    own = correction.figure if correction.figure and correction.figure not in known else free_id(connection, key)
    figure = replace(of_json(correction.after), id=own, section=section, activity=None)
    write_figure(connection, key, figure)
    _placed(connection, correction, key, figure.id, None, figure)


def _placed(
    connection: Connection,
    correction: Row[Any],
    key: str | None,
    figure: str | None,
    before: Figure | None,
    after: Figure | None = None,
) -> None:
    """Record what the correction applies to now, and the record before it, for undo."""
    values: dict[str, Any] = {"placed": key is not None, "figure": figure, "before": before and to_json(before)}
    if key is not None:
        values["document_id"] = key
    if after is not None:
        values["after"] = to_json(after)
    connection.execute(update(CORRECTIONS).where(CORRECTIONS.c.number == correction.number).values(values))
