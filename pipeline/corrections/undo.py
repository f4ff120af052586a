"""Undoing a person's last correction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, or_, select, update
from zongji.corpus.clock import now
from zongji.pipeline.corrections.journal import ORIGINAL, of_json, remove_figure, write_figure
from zongji.pipeline.corrections.sections import restore_label
from zongji.pipeline.corrections.versions import StaleError, lock
from zongji.pipeline.database.tables import CORRECTIONS, DOCUMENTS


def undo(connection: Connection, *, author: str, number: int | None = None) -> Row[Any] | None:
    """Undo a person's last active correction; returns its row, None if there is none.

    Raises:
        StaleError: if the last one is not the correction with this number.
    """
    last = last_of(connection, author)
    if last is not None:
        lock(connection, last.document_id)
        last = last_of(connection, author)
    if number is not None and number != (last.number if last else 0):
        raise StaleError(_since(connection, author, number), None, gone=last is None)
    if last is None:
        return None
    connection.execute(update(CORRECTIONS).where(CORRECTIONS.c.number == last.number).values(undone=now()))
    if last.section is not None and last.placed:
        restore_label(connection, last)
    if last.figure is not None and last.placed and _is_there(connection, last.document_id):
        _restore_figure(connection, last)
    return last


def last_of(connection: Connection, author: str) -> Row[Any] | None:
    """A person's last active correction, None if there is none."""
    asked = select(CORRECTIONS).where(CORRECTIONS.c.author == author, CORRECTIONS.c.undone.is_(None))
    return connection.execute(asked.order_by(CORRECTIONS.c.number.desc()).limit(1)).first()


def _since(connection: Connection, author: str, number: int) -> Sequence[Row[Any]]:
    """What a person did since a correction was the last one, newest first; the correction too if it was undone."""
    later = or_(CORRECTIONS.c.number > number, and_(CORRECTIONS.c.number == number, CORRECTIONS.c.undone.is_not(None)))
    asked = select(CORRECTIONS).where(CORRECTIONS.c.author == author, later)
    return connection.execute(asked.order_by(CORRECTIONS.c.number.desc())).all()


def _is_there(connection: Connection, key: str) -> bool:
    return connection.scalar(select(DOCUMENTS.c.id).where(DOCUMENTS.c.id == key)) is not None


def _restore_figure(connection: Connection, taken: Row[Any]) -> None:
    """Restore the record before a correction; a later correction of the figure stays and now builds on it."""
    same = (CORRECTIONS.c.document_id == taken.document_id, CORRECTIONS.c.figure == taken.figure)
    later = select(CORRECTIONS.c.number).where(*same, CORRECTIONS.c.undone.is_(None))
    following = connection.scalar(later.where(CORRECTIONS.c.number > taken.number).order_by(CORRECTIONS.c.number))
    if following is not None:
        of_it = CORRECTIONS.c.number == following
        connection.execute(update(CORRECTIONS).where(of_it).values(before=taken.before))
    elif taken.before is None:
        remove_figure(connection, taken.document_id, taken.figure)
    else:
        original = json.loads(taken.before).get(ORIGINAL)
        write_figure(connection, taken.document_id, of_json(taken.before), original)
