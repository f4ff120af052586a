"""A web page's readable text as lines, each with what the markup says of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zongji.corpus.records import Span
from zongji.pipeline.sources.html import Shown

_SIGNS = re.compile(r"[\W_]+")
_LINE = re.compile(r"[^\n]+")
_STOPS = re.compile("[。！？；]")

PROSE = 30  # letters of a line that is prose; links and labels are shorter
LINKED = 0.6  # share of its letters from which a line is one of links


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line `[start, end)` of the readable text; `letters` are its characters without blanks and signs."""

    start: int
    end: int
    text: str
    letters: str
    linked: float
    """The share of its characters that stand in links."""
    is_navigation: bool
    is_heading: bool

    @property
    def is_link(self) -> bool:
        """Whether it is little more than links."""
        return self.linked >= LINKED

    @property
    def is_sentence(self) -> bool:
        """Whether it has a stop and is no link."""
        return not self.is_link and bool(_STOPS.search(self.text))

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph that somebody wrote, by its length and its stops."""
        return len(self.letters) >= PROSE and self.is_sentence


def letters_of(text: str) -> str:
    """A text without blanks and signs, by which two extractions of it can be compared."""
    return _SIGNS.sub("", text)


def lines_of_page(shown: Shown) -> list[PageLine]:
    """The lines that are not blank, in order."""
    navigation, links, headings = (_Cover(spans) for spans in (shown.navigation, shown.links, shown.headings))
    return list(_lines(shown.aligned.text, navigation, links, headings))


def _lines(text: str, navigation: _Cover, links: _Cover, headings: _Cover) -> Iterator[PageLine]:
    for match in _LINE.finditer(text):
        start, end = match.span()
        shares = [cover.within(start, end) / (end - start) for cover in (navigation, links, headings)]
        if text := match[0].strip():
            yield PageLine(start, end, text, letters_of(text), shares[1], shares[0] >= LINKED, shares[2] >= LINKED)


class _Cover:
    """Sorted, disjoint spans, asked line by line from the front how much of each they cover."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._next = 0

    def within(self, start: int, end: int) -> int:
        """The characters of `[start, end)` that are covered."""
        while self._next < len(self._spans) and self._spans[self._next].end <= start:
            self._next += 1
        covered, place = 0, self._next
        while place < len(self._spans) and self._spans[place].start < end:
            covered += min(self._spans[place].end, end) - max(self._spans[place].start, start)
            place += 1
        return covered
