"""Pages to running text: headers and footers excluded, lines joined to paragraphs across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.records import Location
from zongji.pipeline.sources.grid import LATIN_END, write_table
from zongji.pipeline.sources.locations import Composer, Stretch
from zongji.pipeline.sources.page import Page, PageTable, TextRun
from zongji.pipeline.sources.page_order import Line, in_order

_MARGIN = 0.12  # of the page's height, in which headers, footers and page numbers stand
_OUTERMOST = 3  # lines at the top and at the bottom of a page that may be headers or footers
_SAME_HEIGHT = 6.0  # points by which a header's height differs from page to page
_PAGE_NUMBER = re.compile(
    r"[-—–－·~ ]{0,3}\d{1,4}[-—–－·~ ]{0,3}|第 ?\d{1,4} ?页(?:[ ,，/]*共 ?\d{1,4} ?页)?|"
    r"\d{1,4} ?/ ?\d{1,4}|[ivxIVX]{1,5}"
)
_DIGITS = re.compile(r"\d+")
_CONTENTS = re.compile(r".{2,60}?[.…·。]{4,}\s*\d{1,4}")  # a line of a table of contents
_OPENING = re.compile(
    rf"[（(]?[{UP_TO_TEN}]{{1,3}}[）)、.．]|[（(]\d{{1,2}}[）)]|\d{{1,2}}(?:、|[.．](?!\d))|[①-⑳]|第[{UP_TO_TEN}]+[章节条部]|"
    r"[•●■◆★·▪]|附件?[:：\d]"
)
_TOKEN = re.compile(  # what no line break splits: a number, a Latin word or a character, with its punctuation
    r"[“‘（《〈【「『(\[]*(?:(?:[0-9A-Za-z０-９.,%．，％—–~－:/-]+[”’）》〉】」』、。，；：？！…)\],.;:?!％%]*)+|"
    r".[”’）》〉】」』、。，；：？！…)\],.;:?!％%]*)"
)
# Characters of free space a full line may have: justification squeezes or spreads punctuation.
# More if paragraphs are indented.
_SPARE, _SPARE_INDENTED = 0.7, 2.5
_NARROW = 0.55  # of a character's height, the width of a digit or Latin letter
_HEADER_ZONE, _FOOTER_ZONE = 0.065, 0.94  # of the page's height; text that begins so high or so low is no body text …
_APART_FROM_BODY = 1.6  # … if it stands at least as many lines apart from it
_INDENTED_SHARE = 0.1  # share of indented lines from which indentation marks paragraphs
_INDENT = 0.8  # characters; the least indentation of a paragraph's first line
_SAME_SIZE = (
    0.4  # share by which the heights of the characters of one paragraph differ, which pdfium takes from their ink
)
_LOOSE = 1.35  # times the usual distance of lines, between two paragraphs


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the lines of a column begin and end, and how far they stand apart."""

    left: float
    right: float
    pitch: float
    size: float
    """The usual height of a character."""
    indented: bool
    """True if paragraphs begin with an indented line."""


Stretches = Callable[[TextRun], Location | Stretch]


def write_pages(composer: Composer, pages: Sequence[Page], stretch_of: Stretches) -> int:
    """Write the pages' text; headers, footers and watermarks last and excluded. Returns the number of tables."""
    orders = [in_order(page) for page in pages]
    running = _running(pages, orders)
    margins = _margins(
        [item for order in orders for item in order if isinstance(item, Line) and id(item) not in running]
    )
    writer = _Writer(composer, stretch_of, margins)
    for order in orders:
        for item in order:
            if isinstance(item, PageTable):
                writer.table(item)
            elif id(item) not in running:
                writer.line(item)
    writer.end()
    for line in (item for order in orders for item in order if isinstance(item, Line) and id(item) in running):
        writer.exclude(line)
    for run in (run for page in pages for run in page.runs if run.slanted):
        writer.exclude(Line((run,)))
    return writer.tables


class _Writer:
    """Writes lines and tables in order, deciding at each line whether it continues the last one."""

    def __init__(self, composer: Composer, stretch_of: Stretches, margins: dict[tuple[int, int], _Margins]) -> None:
        self.composer = composer
        self.tables = 0
        self._stretch_of = stretch_of
        self._margins = margins
        self._last: Line | None = None
        self._open = False
        self._edges: tuple[float, ...] = ()

    def line(self, line: Line) -> None:
        if self._last is not None and self._goes_on(self._last, line):
            if (
                LATIN_END.search(self._last.text)
                and re.match(r"[0-9A-Za-z]", line.text)
                and not self._last.text[-1].isdigit()
            ):
                self.composer.part(" ")
        else:
            self.end()
        self._write(line, excluded=_CONTENTS.fullmatch(line.text) is not None)
        self._last, self._open, self._edges = line, True, ()

    def table(self, table: PageTable) -> None:
        """Write a table; one with the same columns right behind another continues it on the next page."""
        self.end()
        if self._edges and not _is_same(self._edges, table.edges):
            self.composer.part("\n")
        self.tables += write_table(self.composer, table.grid)
        self._last, self._edges = None, table.edges

    def exclude(self, line: Line) -> None:
        self._write(line, excluded=True)
        self.composer.part("\n")

    def end(self) -> None:
        """End the current paragraph."""
        if self._open:
            self.composer.part("\n")
        self._open, self._last = False, None

    def _write(self, line: Line, *, excluded: bool) -> None:
        for gap, run in zip(("", *line.gaps), line.runs, strict=True):
            self.composer.part(gap)
            self.composer.add(run.text, self._stretch_of(run), excluded=excluded)

    def _goes_on(self, before: Line, line: Line) -> bool:
        """True if `line` continues the paragraph of the line before it."""
        if any(before.gaps) or any(line.gaps):
            return False
        margins = self._of(line)
        size, spare = margins.size, _SPARE_INDENTED if margins.indented else _SPARE
        if abs(line.size - before.size) > _SAME_SIZE * size:
            return False
        if before.right + size * _first_width(line.text) < self._of(before).right - spare * size:
            return False
        if line.left > margins.left + _INDENT * size or (not margins.indented and _OPENING.match(line.text)):
            return False
        same_column = before.page == line.page and before.column == line.column
        return not same_column or 0 < line.top - before.top < _LOOSE * self._of(line).pitch

    def _of(self, line: Line) -> _Margins:
        return self._margins[_side(line)]


def _first_width(text: str) -> float:
    """How many characters wide the first thing in a line is that could have stood at the end of the one before."""
    token = _TOKEN.match(text)
    return sum(_NARROW if character.isascii() else 1 for character in (token[0] if token else ""))


def _side(line: Line) -> tuple[int, int]:
    return line.page, line.column


def _is_same(edges: Sequence[float], others: Sequence[float]) -> bool:
    return len(edges) == len(others) and all(abs(a - b) < _SAME_HEIGHT for a, b in zip(edges, others, strict=True))


def _margins(lines: Sequence[Line]) -> dict[tuple[int, int], _Margins]:
    """For each column of each page where its lines begin and end; a page of few lines has those of the others."""
    columns: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        columns.setdefault(_side(line), []).append(line)
    of_kind: dict[int, list[Line]] = {}
    for (_, column), found in columns.items():
        of_kind.setdefault(column, []).extend(found)
    common = {column: _margin(found) for column, found in of_kind.items()}
    return {side: _margin(found) if len(found) > 5 else common[side[1]] for side, found in columns.items()}


def _margin(lines: Sequence[Line]) -> _Margins:
    lefts, rights = sorted(line.left for line in lines), sorted(line.right for line in lines)
    steps = [b.top - a.top for a, b in pairwise(lines) if a.page == b.page and b.top > a.top]
    left, size = lefts[len(lefts) // 20], median(line.size for line in lines)
    set_in = sum(1.5 * size < line.left - left < 2.6 * size for line in lines)
    pitch = median(steps) if steps else 1e9
    return _Margins(left, rights[-1 - len(rights) // 20], pitch, size, set_in > _INDENTED_SHARE * len(lines))


def _running(pages: Sequence[Page], orders: Sequence[Sequence[Line | PageTable]]) -> set[int]:
    """The ids of page numbers, and of lines that stand at the same height of most pages and differ only in numbers."""
    marginal: list[Line] = []
    running: set[int] = set()
    for page, order in zip(pages, orders, strict=True):
        lines = sorted((item for item in order if isinstance(item, Line)), key=lambda line: line.top)
        marginal += (line for line in _outermost(lines) if _is_marginal(line, page.height))
        running.update(map(id, _far_out(lines, page.height)))
    alike = Counter(key for line in marginal for key in _keys(line))
    fewest = max(2, round(0.4 * len(pages)))
    for line in marginal:
        if _PAGE_NUMBER.fullmatch(line.text.strip()) or max(alike[key] for key in _keys(line)) >= fewest:
            running.add(id(line))
    return running


def _outermost(lines: Sequence[Line]) -> Iterator[Line]:
    yield from lines[:_OUTERMOST]
    yield from lines[_OUTERMOST:][-_OUTERMOST:]


def _far_out(lines: Sequence[Line], height: float) -> Iterator[Line]:
    """The first line and the last, where they stand outside every usual margin and apart from the rest."""
    if len(lines) < 3:
        return
    first, second, last, before = lines[0], lines[1], lines[-1], lines[-2]
    if first.bottom < _HEADER_ZONE * height and second.top - first.top > _APART_FROM_BODY * first.size:
        yield first
    if last.top > _FOOTER_ZONE * height and last.top - before.top > _APART_FROM_BODY * last.size:
        yield last


def _is_marginal(line: Line, height: float) -> bool:
    return line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height


def _keys(line: Line) -> Iterator[tuple[str, int]]:
    """Two, so that heights on both sides of a rounding meet. Left and right pages may have numbers on other sides."""
    text = _DIGITS.sub("#", line.text.replace("\t", "").replace(" ", ""))
    step = int(line.top // _SAME_HEIGHT)
    yield from ((text, step), (text, step + 1))
