"""A document for display: its records and repairs with their offsets in the restored text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zongji.corpus.alignment import Aligned
from zongji.corpus.records import Document
from zongji.pipeline.pages.positions import Guess, by_alignment, by_distance, figure_offsets, near, restored_offset
from zongji.pipeline.reading.reader import Restored
from zongji.pipeline.restore.explain import Explanation


@dataclass(frozen=True, slots=True)
class PlacedRepair:
    """A repair with its span in the restored text of a document."""

    start: int
    length: int
    repair: Explanation


@dataclass(frozen=True, slots=True)
class DocumentView:
    """One document of a report. Offsets are in its restored text, None for what is not found there."""

    document: Document
    figures: tuple[int | None, ...]
    """Of each figure of the document, in order."""
    sections: tuple[int | None, ...]
    repairs: tuple[PlacedRepair, ...] | None = None
    """None if the source is not available."""
    copy: bool = False
    """It is a copy of another document: shown, but excluded from sums."""


@dataclass(frozen=True, slots=True)
class Failure:
    """An input without documents, and the reason."""

    path: str
    reason: str


Item = DocumentView | Failure


def views_of(documents: Iterable[Document], restored: Restored | None) -> Iterator[DocumentView]:
    """The documents of one file as views; `restored` is the file's text with its repairs, if available."""
    yield from (view_of(document, restored) for document in documents)


def view_of(document: Document, restored: Restored | None) -> DocumentView:
    """One document of a file as a view."""
    first = None if restored is None else _first(document, restored.aligned)
    if restored is None or first is None:
        return view(document, by_distance(document.start))
    return view(document, by_alignment(restored.aligned, first), tuple(_placed_repairs(document, restored, first)))


def view(document: Document, guess: Guess, repairs: tuple[PlacedRepair, ...] | None = None) -> DocumentView:
    """The document with the offsets of its records."""
    figures = figure_offsets(document.text, document.figures, guess)
    return DocumentView(document, tuple(figures), tuple(_section_offsets(document, guess)), repairs)


def _first(document: Document, aligned: Aligned) -> int | None:
    """Where the document's text begins in the restored text of its file."""
    guess = restored_offset(aligned, document.start)
    found = near(aligned.text, document.text[:200], guess)
    return found if found is not None and aligned.text.startswith(document.text, found) else None


def _section_offsets(document: Document, guess: Guess) -> Iterator[int | None]:
    """Where the sections begin; sections are in order."""
    behind = 0
    for section in document.sections:
        offset = guess(section.start)
        heading = section.marker or section.title or ""
        found = near(document.text, heading, offset) if heading else offset
        if found is None:
            found = document.text.find(heading, behind)
        behind = max(behind, found)
        yield found if 0 <= found <= len(document.text) else None


def _placed_repairs(document: Document, restored: Restored, first: int) -> Iterator[PlacedRepair]:
    for repair in _within(document, restored.repairs):
        start = restored_offset(restored.aligned, repair.start) - first
        end = restored_offset(restored.aligned, repair.end) - first
        if 0 <= start <= len(document.text):
            yield PlacedRepair(start, max(0, min(end, len(document.text)) - start), repair)


def _within(document: Document, repairs: Sequence[Explanation]) -> Iterator[Explanation]:
    return (repair for repair in repairs if document.start <= repair.start < document.end)
