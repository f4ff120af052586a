"""What a file's format says of its lines: which are boilerplate, which are the title."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace

from zongji.corpus.alignment import Aligned
from zongji.corpus.records import Span
from zongji.pipeline.sources import Reading
from zongji.pipeline.structure.headings import Line

_LONGEST_HEADING = 200  # characters; a longer line is a paragraph, whatever its markup


@dataclass(frozen=True, slots=True)
class KnownLines:
    """The indexes of lines that their format knows to be boilerplate, and of those that it knows to be a title."""

    excluded: Set[int] = frozenset()
    titles: Set[int] = frozenset()
    starts: Mapping[int, str | None] = field(default_factory=dict)
    """Where documents start and nowhere else, with the titles stated for them; empty where the format tells none."""
    depths: Mapping[int, int] = field(default_factory=dict)
    """The lines that the format marks as headings, and how deep they are in its own count."""
    bold: Set[int] = frozenset()
    """The lines that are in bold from end to end."""
    is_complete: bool = False
    """Whether all boilerplate around the text is among them, so that no word has to betray it."""


NOTHING_KNOWN = KnownLines()


def known_lines(reading: Reading, aligned: Aligned, lines: Sequence[Line]) -> KnownLines:
    """What the format of a reading says of its lines, which are those of the restored text."""
    excluded = _within(reading.boilerplate, reading, aligned, lines)
    stated = _headings(excluded, reading, aligned, lines)
    known = KnownLines(
        excluded,
        depths={index: depth for index, depth in stated.items() if depth is not None},
        bold=frozenset(index for index, depth in stated.items() if depth is None),
    )
    if reading.parts:
        titles = _within([span for part in reading.parts for span in part.title_lines], reading, aligned, lines)
        return replace(known, titles=titles, starts=_starts(excluded, reading, aligned, lines))
    if reading.web_page is None:
        return known
    titles = _within(reading.web_page.title_lines, reading, aligned, lines)
    return replace(known, titles=titles, is_complete=True)


def _headings(excluded: Set[int], reading: Reading, aligned: Aligned, lines: Sequence[Line]) -> dict[int, int | None]:
    """The lines that begin a heading of the format, with its depth; a paragraph in the style of one is none."""
    stated = reading.headings
    spans = [reading.aligned.origin(heading.span.start, heading.span.end) for heading in stated]
    found: dict[int, int | None] = {}
    for index, place in _places(spans, aligned, lines):
        if index not in excluded and len(lines[index].text) <= _LONGEST_HEADING:
            found[index] = stated[place].depth
    return found


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
    return frozenset(index for index, _ in _places(spans, aligned, lines))


def _places(spans: Sequence[tuple[int, int]], aligned: Aligned, lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The indexes of the lines that begin in a span of the source, with the index of the span; both are in order."""
    place = 0
    for index, line in enumerate(lines if spans else ()):
        start = aligned.origin(line.start, line.end)[0]
        while place < len(spans) and spans[place][1] <= start:
            place += 1
        if place < len(spans) and spans[place][0] <= start:
            yield index, place
