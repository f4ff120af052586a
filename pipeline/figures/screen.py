"""Which numbers of a document are figures, and why the others are rejected."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from zongji.corpus.labels import Bound, Category, Reason
from zongji.corpus.records import Section, Span
from zongji.pipeline.figures import categories, exclusions
from zongji.pipeline.figures.candidates import Candidate
from zongji.pipeline.figures.items import item_of
from zongji.pipeline.figures.ruled import Ruled
from zongji.pipeline.figures.tables import TableNumber, table_numbers

_ENCLOSED = re.compile(r"《[^《》\n]{1,60}》|“[^“”\n]{1,40}”|\"[^\"\n]{1,40}\"|‘[^‘’\n]{1,24}’|「[^「」\n]{1,24}」")
_MINUS = frozenset("-−－")
_REMARKS = frozenset("/（(")  # after a number that fills its cell: 30元/人, 12（含2名教师）
_SHORT_QUOTATION = 22  # characters; a longer quotation is running text


class Screened(NamedTuple):
    """A scanned number, and why it is rejected, if it is."""

    candidate: Candidate
    """With the unit of its column, if it fills a table cell."""
    cell: TableNumber | None
    around: exclusions.Surroundings | None
    """The input of the rejection rules; None if they were skipped: in a cell or in boilerplate."""
    reason: Ruled[Reason] | None
    overruled: bool = False
    """True if the number is a figure despite the reason: it counts people."""


class Screen:
    """Separates the numbers of a document into figures and rejected ones."""

    def __init__(self, text: str, start: int, end: int, sections: Sequence[Section], apart: Sequence[Span]) -> None:
        self.text = text
        self.apart = apart
        self.enclosed = [match.span() for match in _ENCLOSED.finditer(text, start, end)]
        self.markers = {section.start for section in sections if section.marker}
        self.tables = table_numbers(text, start, end)

    def pieces(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """The spans to scan one by one: in `6,300` the comma may part two cells of a CSV."""
        cuts = [place for place in self.tables if self.text[place - 1 : place] == ","]
        return pairwise([start, *sorted(cuts), end])

    def _cell(self, found: Candidate) -> TableNumber | None:
        """What the table states about the number, if it fills a cell and has no other measure word of its own."""
        if not self.tables:
            return None
        text, start = self.text, found.start
        cell = self.tables.get(start - 1 if text[start - 1 : start] in _MINUS else start)
        if cell is None or (found.end < cell.end and text[found.end] not in _REMARKS):
            return None
        return None if cell.unit and found.unit and cell.unit.name != found.unit.name else cell

    def screened(self, found: Candidate) -> Screened:
        """The number in its cell, if it fills one, and why it is rejected, if it is."""
        cell = self._cell(found)
        candidate = _in_table(self.text, found, cell) if cell and found.unit is None else found
        if self.apart and cell is None and boilerplate(self.apart, candidate.start):
            return Screened(candidate, cell, None, (Reason.BOILERPLATE, boilerplate))
        if cell:
            return Screened(candidate, cell, None, None)
        around = _surroundings(self.text, candidate, self.enclosed, self.markers)
        reason = exclusions.rejection(around)
        return Screened(candidate, None, around, reason, reason is not None and counts_people(around, reason[0]))


def boilerplate(lines: Sequence[Span], offset: int) -> bool:
    """A boilerplate line in the middle of the document."""
    return any(span.start <= offset < span.end for span in lines)


def counts_people(around: exclusions.Surroundings, reason: Reason) -> bool:
    """`近8万市民`: a large or rounded number right before people needs no measure word."""
    candidate = around.candidate
    if reason is not Reason.NO_UNIT or candidate.value is None:
        return False
    if not (candidate.bound is not Bound.EXACT or candidate.numeral[-1] in "万亿"):
        return False
    item = item_of("", around.text[candidate.end : candidate.end + 12], "")
    category = categories.category_of(categories.bare_number("", item, ""))[0]
    return category in {Category.PARTICIPANTS, Category.ORGANIZATIONS}


def _in_table(text: str, candidate: Candidate, cell: TableNumber) -> Candidate:
    """A bare number with the unit of its column, and its sign."""
    negative = text[candidate.start - 1 : candidate.start] in _MINUS and candidate.value_max is None
    factor = -cell.magnitude if negative else cell.magnitude
    value, value_max = (_times(number, factor) for number in (candidate.value, candidate.value_max))
    start = candidate.start - negative
    return candidate._replace(start=start, unit=cell.unit, value=value, value_max=value_max)


def _times(number: float | None, magnitude: int) -> float | int | None:
    """A number below a header such as 万元; whole where it can be."""
    value = None if number is None else number * magnitude
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _surroundings(
    text: str, candidate: Candidate, enclosed: Sequence[tuple[int, int]], markers: set[int]
) -> exclusions.Surroundings:
    start = candidate.number_start
    place = bisect_right(enclosed, (start, len(text))) - 1
    inside = place >= 0 and enclosed[place][0] < start < enclosed[place][1]
    titled = inside and text[enclosed[place][0]] == "《"
    return exclusions.Surroundings(
        text=text,
        candidate=candidate,
        unit=candidate.unit.name if candidate.unit else "",
        is_han=candidate.numeral[0] in exclusions.HAN_NUMERALS,
        before=text[max(0, candidate.start - 16) : candidate.start],
        behind=text[candidate.end : candidate.end + 24],
        next=text[candidate.number_end : candidate.number_end + 24],
        quoted=inside and not titled and enclosed[place][1] - enclosed[place][0] <= _SHORT_QUOTATION,
        titled=titled,
        marker=start in markers or (start - 1 in markers and text[start - 1] in "（("),
    )
