"""The queue of unreviewed figures, most doubtful first."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, case, exists, func, literal, or_, select
from zongji.corpus.labels import NoticeCode
from zongji.pipeline.database.presence import GONE_DOCUMENTS
from zongji.pipeline.database.tables import CHECKS, CORRECTIONS, DOCUMENTS, FIGURES, WARNINGS
from zongji.pipeline.report.overview import FAILING

FAILED_CHECK, WARNING = 1.0, 0.5
"""Added to 1 - confidence for a failed check or a warning; a failed check outweighs any confidence."""
_PORTION = 200  # figures fetched at once
_BROKEN = (NoticeCode.DAMAGED_TEXT, NoticeCode.UNDECODABLE_BYTES, NoticeCode.CONTROL_CHARACTERS)


class Doubt(NamedTuple):
    """A figure to review, and why."""

    document: str
    figure: str
    doubt: float


def _failed() -> ColumnElement[bool]:
    """True for a figure that a failed check names."""
    named = CHECKS.c.figures.like(literal('%"').concat(FIGURES.c.id).concat('"%'))
    return exists().where(CHECKS.c.document_id == FIGURES.c.document_id, CHECKS.c.code.in_(FAILING), named)


def _warned() -> ColumnElement[bool]:
    """True for a figure that stands on damaged text."""
    here = and_(WARNINGS.c.start < FIGURES.c.end, WARNINGS.c.end > FIGURES.c.start)
    return exists().where(WARNINGS.c.document_id == FIGURES.c.document_id, WARNINGS.c.code.in_(_BROKEN), here)


def _looked_at() -> ColumnElement[bool]:
    """True for a figure with a correction, or in a document marked as reviewed."""
    same = or_(CORRECTIONS.c.figure == FIGURES.c.id, CORRECTIONS.c.action == "complete")
    holds = (CORRECTIONS.c.undone.is_(None), CORRECTIONS.c.placed)
    return exists().where(CORRECTIONS.c.document_id == FIGURES.c.document_id, same, *holds)


def doubtful(limit: int) -> Select[Any]:
    """The query for the most doubtful figures."""
    doubt = (
        1 - FIGURES.c.confidence + case((_failed(), FAILED_CHECK), else_=0) + case((_warned(), WARNING), else_=0)
    ).label("doubt")
    present = FIGURES.c.document_id.not_in(GONE_DOCUMENTS)
    asked = select(FIGURES.c.document_id, FIGURES.c.id, doubt).where(present, ~_looked_at())
    return asked.order_by(doubt.desc(), FIGURES.c.document_id, FIGURES.c.start, FIGURES.c.id).limit(limit)


def read_doubts(connection: Connection, limit: int = _PORTION) -> Iterator[Doubt]:
    """The most doubtful figures."""
    yield from (Doubt(*row) for row in connection.execute(doubtful(limit)))


def progress(connection: Connection) -> tuple[int, int]:
    """The numbers of reviewed figures and of all figures, rejected ones included; what is gone does not count."""
    holds = (CORRECTIONS.c.undone.is_(None), CORRECTIONS.c.placed, CORRECTIONS.c.document_id.not_in(GONE_DOCUMENTS))
    named = select(CORRECTIONS.c.document_id, CORRECTIONS.c.figure).where(CORRECTIONS.c.figure.is_not(None), *holds)
    single = connection.scalar(select(func.count()).select_from(named.distinct().subquery())) or 0
    read = select(CORRECTIONS.c.document_id).where(CORRECTIONS.c.action == "complete", *holds)
    here = and_(CORRECTIONS.c.document_id == FIGURES.c.document_id, CORRECTIONS.c.figure == FIGURES.c.id, *holds)
    others = select(func.count()).select_from(FIGURES).where(FIGURES.c.document_id.in_(read), ~exists().where(here))
    rejected = select(func.count()).where(CORRECTIONS.c.action == "reject", *holds)
    present = FIGURES.c.document_id.not_in(GONE_DOCUMENTS)
    there = connection.scalar(select(func.count()).select_from(FIGURES).where(present)) or 0
    return single + (connection.scalar(others) or 0), there + (connection.scalar(rejected) or 0)


@dataclass(slots=True)
class Queue:
    """The queue of one session, fetched in portions because sorting a large database is slow."""

    skipped: set[tuple[str, str]] = field(default_factory=set)
    _ahead: list[Doubt] = field(default_factory=list)
    _lock: Lock = field(default_factory=Lock)

    def next(self, connection: Connection) -> Doubt | None:
        """The next figure neither reviewed nor skipped, None if there is none."""
        with self._lock:
            found = self._first(connection)
            if found is None:
                self._ahead = [
                    doubt
                    for doubt in read_doubts(connection, _PORTION + len(self.skipped))
                    if doubt[:2] not in self.skipped
                ]
                found = self._first(connection)
            return found

    def following(self, connection: Connection, document: str, figure: str) -> Doubt | None:
        """The open figure behind one that is on show, None if the portion at hand has none."""
        ahead = list(self._ahead)  # without the lock: sorting takes long
        behind = next((place for place, doubt in enumerate(ahead, 1) if doubt[:2] == (document, figure)), 0)
        there = (doubt for doubt in ahead[behind:] if doubt[:2] not in self.skipped)
        return next((doubt for doubt in there if _is_open(connection, doubt)), None)

    def skip(self, document: str, figure: str) -> None:
        """Skip a figure for this session."""
        self.skipped.add((document, figure))

    def forget(self) -> None:
        """Sort again, after an undo."""
        with self._lock:
            self._ahead = []

    def _first(self, connection: Connection) -> Doubt | None:
        while self._ahead:
            doubt = self._ahead[0]
            if doubt[:2] not in self.skipped and _is_open(connection, doubt):
                return doubt
            self._ahead.pop(0)
        return None


def _is_open(connection: Connection, doubt: Doubt) -> bool:
    there = select(FIGURES.c.id).where(FIGURES.c.document_id == doubt.document, FIGURES.c.id == doubt.figure)
    return connection.scalar(there.where(~_looked_at())) is not None


def reasons(connection: Connection, document: str, figure: str) -> Collection[str]:
    """Why a figure is doubtful: the messages of failed checks and of warnings on its span."""
    checks = select(CHECKS.c.message).where(
        CHECKS.c.document_id == document, CHECKS.c.code.in_(FAILING), CHECKS.c.figures.contains(f'"{figure}"')
    )
    warnings = (
        select(WARNINGS.c.message)
        .select_from(WARNINGS.join(FIGURES, FIGURES.c.document_id == WARNINGS.c.document_id))
        .where(FIGURES.c.document_id == document, FIGURES.c.id == figure)
        .where(WARNINGS.c.start < FIGURES.c.end, WARNINGS.c.end > FIGURES.c.start)
    )
    return [*connection.scalars(checks), *connection.scalars(warnings)]


def titles(connection: Connection, keys: Collection[str]) -> dict[str, str]:
    """The titles of documents by key."""
    asked = select(DOCUMENTS.c.id, DOCUMENTS.c.title).where(DOCUMENTS.c.id.in_(keys))
    return {key: title or key for key, title in connection.execute(asked)}
