"""The lines of a page that its markup makes headings: `h1` to `h6`, and lines that are bold from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zongji.corpus.records import Span
from zongji.pipeline.sources.html_tags import Tag
from zongji.pipeline.sources.reading import StatedHeading

_HEADING = re.compile("h([1-6])")
_BOLD = frozenset({"b", "strong"})
_LINE = re.compile(r"\S[^\n]*")
_SIGNS = re.compile(r"[\s：:。；;，,、　]+")


class Marks:
    """Collects what stands in elements of headings and in bold type while a page is written."""

    def __init__(self) -> None:
        self._spans: list[tuple[Span, int | None]] = []
        self._heading: int | None = None
        self._bold = 0

    def obey(self, tag: Tag) -> None:
        """An element begins or ends."""
        if tag.name in _BOLD:
            self._bold = max(0, self._bold + (-1 if tag.closing else 1))
        elif heading := _HEADING.fullmatch(tag.name):
            self._heading = None if tag.closing else int(heading[1])

    def note(self, span: Span) -> None:
        """A piece of text is written."""
        if span.start < span.end and (self._heading or self._bold):
            self._spans.append((span, self._heading))

    def headings(self, text: str) -> tuple[StatedHeading, ...]:
        """The lines of the text that are a heading or bold as a whole; no rows of tables."""
        return tuple(_headings(text, self._spans))


def _headings(text: str, spans: Sequence[tuple[Span, int | None]]) -> Iterator[StatedHeading]:
    place = 0
    for line in _LINE.finditer(text):
        begin, end = line.span()
        while place < len(spans) and spans[place][0].end <= begin:
            place += 1
        if place == len(spans):
            return
        inside = place
        outside = begin
        depths: set[int | None] = set()
        is_whole = "\t" not in line[0]
        while inside < len(spans) and spans[inside][0].start < end:
            span, depth = spans[inside]
            is_whole = is_whole and not _SIGNS.sub("", text[outside : max(outside, span.start)])
            outside = max(outside, span.end)
            depths.add(depth)
            inside += 1
        if depths and is_whole and not _SIGNS.sub("", text[outside:end]):
            yield StatedHeading(Span(begin, end), min((depth for depth in depths if depth), default=None))
