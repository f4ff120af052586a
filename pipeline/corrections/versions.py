"""Versions of records: a correction is made of the record that its author saw, or of none.

A version names the newest correction of a record, how many were taken back, and a digest of what the record is now. It
changes with every correction, every undo, and every import that makes another record.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, func, select
from zongji.pipeline.database.tables import CORRECTIONS, DOCUMENTS, FIGURES, FILES, SECTIONS


@dataclass(frozen=True, slots=True)
class Subject:
    """What a correction is about: a figure, a section, else the document as a whole."""

    key: str
    """Of the document."""
    figure: str | None = None
    section: str | None = None
    author: str | None = None
    """Whose corrections do not count: one's own change nothing about a document that one has read through."""


class StaleError(Exception):
    """A correction of what is not there any more, or not as its author saw it."""

    def __init__(self, changes: Sequence[Row[Any]], reading: Row[Any] | None, *, gone: bool) -> None:
        """`changes` are the corrections made or taken back since, `reading` is the file's entry in the ledger."""
        super().__init__("the record has changed since it was shown")
        self.changes, self.reading, self.gone = changes, reading, gone


def version_of(connection: Connection, subject: Subject) -> str:
    """The version of a record, also of one that is gone."""
    counted = select(func.max(CORRECTIONS.c.number), func.count(CORRECTIONS.c.undone)).where(_about(subject))
    newest, undone = connection.execute(counted).one()
    row = connection.execute(_record(subject)).first()
    digest = hashlib.sha256(repr(row and tuple(row)).encode("utf-8", "backslashreplace")).hexdigest()
    return f"{newest or 0}-{undone}-{digest[:16]}"


def expect(connection: Connection, subject: Subject, version: str) -> None:
    """Lock the document of a record for this transaction and make sure that the record has this version.

    Raises:
        StaleError: if it has another one, or is gone.
    """
    lock(connection, subject.key)
    there = connection.execute(_record(subject)).first() is not None
    if not there or version_of(connection, subject) != version:
        raise StaleError(_changes(connection, subject, version), _reading(connection, subject.key), gone=not there)


def lock(connection: Connection, key: str) -> None:
    """Let no other transaction correct or replace a document; SQLite has one writer at a time anyway."""
    asked = select(DOCUMENTS.c.id).where(DOCUMENTS.c.id == key).with_for_update()
    if connection.scalar(asked) is None:  # the row that we waited for was replaced by an import
        connection.scalar(asked)


def _about(subject: Subject) -> ColumnElement[bool]:
    """True for the corrections of a record."""
    about = CORRECTIONS.c.document_id == subject.key
    if subject.figure is not None:
        about &= CORRECTIONS.c.figure == subject.figure
    elif subject.section is not None:
        about &= CORRECTIONS.c.section == subject.section
    if subject.author is not None:
        about &= CORRECTIONS.c.author != subject.author
    return about


def _record(subject: Subject) -> Select[Any]:
    """What the record is now: its row; of a document, the reading that made it."""
    if subject.figure is not None:
        return select(FIGURES).where(FIGURES.c.document_id == subject.key, FIGURES.c.id == subject.figure)
    if subject.section is not None:
        return select(SECTIONS).where(SECTIONS.c.document_id == subject.key, SECTIONS.c.id == subject.section)
    read = select(DOCUMENTS.c.program, FILES.c.run).where(DOCUMENTS.c.id == subject.key)
    return read.join_from(DOCUMENTS, FILES, _read_from())


def _read_from() -> ColumnElement[bool]:
    return (FILES.c.sha256 == DOCUMENTS.c.sha256) & (FILES.c.program == DOCUMENTS.c.program)


def _changes(connection: Connection, subject: Subject, version: str) -> Sequence[Row[Any]]:
    """The corrections that were made or taken back since a version, newest first."""
    newest, undone = _counts(version)
    asked = select(CORRECTIONS).where(_about(subject)).order_by(CORRECTIONS.c.number.desc())
    made = connection.execute(asked.where(CORRECTIONS.c.number > newest)).all()
    before = asked.where(CORRECTIONS.c.number <= newest, CORRECTIONS.c.undone.is_not(None))
    taken = connection.execute(before.order_by(None).order_by(CORRECTIONS.c.undone.desc())).all()
    return [*made, *taken[: max(0, len(taken) - undone)]]


def _counts(version: str) -> tuple[int, int]:
    """The numbers in a version; zeros in what is none."""
    found = re.fullmatch(r"(\d{1,18})-(\d{1,18})-\w*", version, re.ASCII)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def _reading(connection: Connection, key: str) -> Row[Any] | None:
    asked = select(FILES).join_from(FILES, DOCUMENTS, _read_from()).where(DOCUMENTS.c.id == key)
    return connection.execute(asked).first()
