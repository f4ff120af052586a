"""The text around a figure for display: lines of fragments, each figure linked to its own page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from zongji.corpus.records import Document, Figure
from zongji.pipeline.pages.document_view import DocumentView, view_of
from zongji.pipeline.pages.positions import restored_offset
from zongji.pipeline.reading.reader import Restored
from zongji.pipeline.report.gathering import looked_up
from zongji.pipeline.sources import LIMITS, Limits

AROUND = 1200
"""Characters shown on each side of a figure; more would only hide it."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text, with its figure if it is one."""

    text: str
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """The shown part of a document's text: its lines and its offsets."""

    start: int
    end: int
    length: int
    """Of the whole text."""
    lines: tuple[tuple[Fragment, ...], ...]


def passage(view: DocumentView, middle: int, around: int = AROUND) -> Passage:
    """The text around an offset, extended to whole lines where these are short."""
    text = view.document.text
    start = text.rfind("\n", max(0, middle - 2 * around), max(0, middle - around)) + 1 if middle > around else 0
    end = text.find("\n", middle + around, middle + 2 * around)
    end = min(len(text), middle + 2 * around) if end < 0 else end
    start = max(start, middle - 2 * around, 0)
    return Passage(start, end, len(text), tuple(_lines(view, start, end)))


def _lines(view: DocumentView, start: int, end: int) -> Iterator[tuple[Fragment, ...]]:
    line: list[Fragment] = []
    for fragment in _fragments(view, start, end):
        first, *rest = fragment.text.split("\n")
        line += [Fragment(first, fragment.figure)] * bool(first)
        for part in rest:
            yield tuple(line)
            line = [Fragment(part, fragment.figure)] * bool(part)
    yield tuple(line)


def _fragments(view: DocumentView, start: int, end: int) -> Iterator[Fragment]:
    """The text between two offsets, split at figures."""
    text, behind = view.document.text, start
    placed = [
        (offset, figure)
        for offset, figure in zip(view.figures, view.document.figures, strict=True)
        if offset is not None and start <= offset < end
    ]
    for offset, figure in sorted(placed, key=lambda pair: pair[0]):
        if offset < behind:
            continue
        yield Fragment(text[behind:offset])
        behind = offset + len(figure.text)
        yield Fragment(text[offset:behind], figure)
    yield Fragment(text[behind:end])


@lru_cache(maxsize=4)
def restored_source(path: str, sha256: str, encoding: str, limits: Limits) -> Restored | None:
    """The text of a file that still is where it was imported from, with its repairs."""
    return looked_up(path, sha256, encoding, limits)


def _source_of(document: Document, limits: Limits) -> Restored | None:
    source = document.source
    return restored_source(source.path, source.sha256, source.encoding, limits)


def opened(document: Document, limits: Limits = LIMITS) -> DocumentView:
    """The document with the places of its records."""
    return view_of(document, _source_of(document, limits))


def source_words(document: Document, figure: Figure, limits: Limits = LIMITS) -> str | None:
    """The line of the source that a figure stands on, before any repair; None if the file is not at hand."""
    found = _source_of(document, limits)
    if found is None:
        return None
    source = found.aligned.source
    start = max(source.rfind("\n", 0, figure.start) + 1, figure.start - AROUND // 4)
    end = source.find("\n", figure.end)
    return source[start : min(end if end >= 0 else len(source), figure.end + AROUND // 4)]


def source_span(view: DocumentView, start: int, end: int, limits: Limits = LIMITS) -> tuple[int, int]:
    """The place in the source of a stretch of the document's restored text.

    Without the file it is estimated from the nearest figure in front; exact if nothing between was repaired.
    """
    document = view.document
    found = _source_of(document, limits)
    if found is not None:
        first = restored_offset(found.aligned, document.start)
        first = found.aligned.text.find(document.text, max(0, first - 40))
        if first >= 0:
            return found.aligned.origin(first + start, first + end)
    moved = _distance(view.figures, document, start)
    return start + moved, end + moved


def _distance(offsets: Sequence[int | None], document: Document, start: int) -> int:
    known = [
        (offset, figure.start - offset)
        for offset, figure in zip(offsets, document.figures, strict=True)
        if offset is not None and offset <= start
    ]
    return max(known)[1] if known else document.start
