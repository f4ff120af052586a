"""What is there and what is gone: a document stays, marked, when no file has its content any more."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, case, func, select, update
from zongji.corpus.clock import now
from zongji.pipeline.database.load import portions
from zongji.pipeline.database.tables import DOCUMENTS, SOURCES

PRESENT = DOCUMENTS.c.gone.is_(None)
"""The condition on documents that views, sums, exports and reports show."""
GONE_DOCUMENTS = select(DOCUMENTS.c.id).where(DOCUMENTS.c.gone.is_not(None))
"""The keys of the others."""


def shown_path() -> ColumnElement[str]:
    """The first path of a content, of those where it lies if it lies anywhere."""
    there = case((SOURCES.c.gone.is_(None), SOURCES.c.path))
    return func.coalesce(func.min(there), func.min(SOURCES.c.path))


def path_of_document() -> ColumnElement[str]:
    """The path of a document, as a subquery of a statement on documents."""
    return select(shown_path()).where(SOURCES.c.sha256 == DOCUMENTS.c.sha256).scalar_subquery()


def mark_documents(connection: Connection, digests: Sequence[str]) -> None:
    """Mark the documents of those contents that lie nowhere any more, and unmark the others."""
    for some in portions(sorted(digests)):
        lying = set(
            connection.scalars(select(SOURCES.c.sha256).where(SOURCES.c.sha256.in_(some), SOURCES.c.gone.is_(None)))
        )
        _mark(connection, [sha256 for sha256 in some if sha256 not in lying], gone=now())
        _mark(connection, sorted(lying), gone=None)


def _mark(connection: Connection, digests: Sequence[str], *, gone: str | None) -> None:
    if digests:
        otherwise = DOCUMENTS.c.gone.is_(None) if gone else DOCUMENTS.c.gone.is_not(None)
        connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.sha256.in_(digests), otherwise).values(gone=gone))
