"""What a file's format says of its lines: which are boilerplate, which are the title."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field

from zongji.corpus.alignment import Aligned
from zongji.corpus.records import Span
from zongji.pipeline.sources import Reading
from zongji.pipeline.structure.headings import Line


@dataclass(frozen=True, slots=True)
class KnownLines:
    """The indexes of lines that their format knows to be boilerplate, and of those that it knows to be a title."""

    excluded: Set[int] = frozenset()
    titles: Set[int] = frozenset()
    starts: Mapping[int, str | None] = field(default_factory=dict)
    """Where documents start and nowhere else, with the titles stated for them; empty where the format tells none."""
    is_complete: bool = False
    """Whether all boilerplate around the text is among them, so that no word has to betray it."""


NOTHING_KNOWN = KnownLines()


def known_lines(reading: Reading, aligned: Aligned, lines: Sequence[Line]) -> KnownLines:
    """What the format of a reading says of its lines, which are those of the restored text."""
    excluded = _within(reading.boilerplate, reading, aligned, lines)
    if reading.parts:
        titles = _within([span for part in reading.parts for span in part.title_lines], reading, aligned, lines)
        return KnownLines(excluded, titles, _starts(excluded, reading, aligned, lines))
    if reading.web_page is None:
        return KnownLines(excluded)
    return KnownLines(excluded, _within(reading.web_page.title_lines, reading, aligned, lines), is_complete=True)


def _starts(excluded: Set[int], reading: Reading, aligned: Aligned, lines: Sequence[Line]) -> dict[int, str | None]:
    """The first line of each part of a reading, with the title that its format states."""
    places = [reading.aligned.origin(part.span.start, part.span.end) for part in reading.parts]
    starts: dict[int, str | None] = {}
    part = 0
    for index, line in enumerate(lines):
        start = aligned.origin(line.start, line.end)[0]
        while part < len(places) and places[part][1] <= start:
            part += 1
        if part < len(places) and places[part][0] <= start and line.text and index not in excluded:
            starts[index] = reading.parts[part].title
            part += 1
    return starts


def _within(readable: Sequence[Span], reading: Reading, aligned: Aligned, lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of the lines that begin in these spans of the readable text; both are in order."""
    spans = [reading.aligned.origin(span.start, span.end) for span in readable]
    inside, span = set(), 0
    for index, line in enumerate(lines if spans else ()):
        start = aligned.origin(line.start, line.end)[0]
        while span < len(spans) and spans[span][1] <= start:
            span += 1
        if span < len(spans) and spans[span][0] <= start:
            inside.add(index)
    return frozenset(inside)
