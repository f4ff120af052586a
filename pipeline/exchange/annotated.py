"""Documents for exchange: restored text, with figures and sections in offsets of that text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from sqlalchemy import Connection, select
from zongji.corpus.records import Document, Figure, Section
from zongji.pipeline.database.load import portions
from zongji.pipeline.database.stored import document_keys, read_documents
from zongji.pipeline.database.tables import CORRECTIONS, FIGURES
from zongji.pipeline.pages.document_view import view
from zongji.pipeline.pages.positions import by_distance


class FigureSpan(NamedTuple):
    """A figure with its span: `text[start:end]` are its words."""

    start: int
    end: int
    figure: Figure


class SectionStart(NamedTuple):
    """A section with its start."""

    start: int
    section: Section


class Annotated(NamedTuple):
    """One document to exchange."""

    key: str
    """documents.id."""
    document: Document
    text: str
    figures: tuple[FigureSpan, ...]
    sections: tuple[SectionStart, ...]
    unplaced: int
    """Figures whose words are not in the text."""
    reviewed: bool
    """All of its figures were reviewed, or the document was marked as reviewed."""


class MisplacedError(ValueError):
    """An annotation whose offsets do not match its words."""


def annotated_documents(connection: Connection, *, reviewed_only: bool = False) -> Iterator[Annotated]:
    """The documents of a database, by path."""
    done = reviewed(connection)
    keys = [key for key in document_keys(connection) if not reviewed_only or key in done]
    for some in portions(keys):
        for key, document in read_documents(connection, some):
            yield _annotated(key, document, reviewed_already=key in done)


def _annotated(key: str, document: Document, *, reviewed_already: bool) -> Annotated:
    found = view(document, by_distance(document.start))
    figures = tuple(
        FigureSpan(offset, offset + len(figure.text), figure)
        for figure, offset in zip(document.figures, found.figures, strict=True)
        if offset is not None
    )
    sections = tuple(
        SectionStart(offset, section)
        for section, offset in zip(document.sections, found.sections, strict=True)
        if offset is not None
    )
    unplaced = len(document.figures) - len(figures)
    ordered = tuple(sorted(figures, key=lambda one: (one.start, one.end)))
    return Annotated(key, document, document.text, ordered, sections, unplaced, reviewed_already)


def reviewed(connection: Connection) -> set[str]:
    """The keys of documents that were marked as reviewed, or all of whose figures were."""
    holds = (CORRECTIONS.c.undone.is_(None), CORRECTIONS.c.placed)
    asked = select(CORRECTIONS.c.document_id, CORRECTIONS.c.figure, CORRECTIONS.c.action).where(*holds)
    through: set[str] = set()
    looked_at: dict[str, set[str]] = {}
    for key, figure, action in connection.execute(asked):
        looked_at.setdefault(key, set()).add(figure)
        if action == "complete":
            through.add(key)
    return through | {key for key, figures in looked_at.items() if _figures(connection, key) <= figures}


def _figures(connection: Connection, key: str) -> set[str]:
    return set(connection.scalars(select(FIGURES.c.id).where(FIGURES.c.document_id == key)))


def fields_of(figure: Figure) -> dict[str, Any]:
    """A figure's fields besides its words and category."""
    return {
        "value": figure.value,
        "value_max": figure.value_max,
        "bound": figure.bound.value,
        "unit": figure.unit,
        "item": figure.item,
        "modality": figure.modality.value,
        "total": figure.total,
        "per": figure.per,
    }


def checked_span(text: str, start: int, end: int, words: str | None) -> tuple[int, int]:
    """The span in code points, verified against the quoted words; offsets in UTF-16 units are converted.

    Raises:
        MisplacedError: if the words are there in neither unit.
    """
    if 0 <= start < end <= len(text) and (words is None or text[start:end] == words):
        return start, end
    units = text.encode("utf-16-le", "surrogatepass")
    first = len(units[: 2 * start].decode("utf-16-le", "ignore"))
    last = len(units[: 2 * end].decode("utf-16-le", "ignore"))
    if words is not None and 0 <= first < last and text[first:last] == words:
        return first, last
    message = f"the text at {start}–{end} is not {words!r} but {text[max(0, start) : max(0, end)][:40]!r}"
    raise MisplacedError(message)
