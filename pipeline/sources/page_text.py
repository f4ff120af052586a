"""Pages to running text: what stands on every page set apart, lines joined to paragraphs across columns and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from zongji.corpus.records import Place
from zongji.pipeline.sources.grid import write_table
from zongji.pipeline.sources.page import Page, PageTable, Piece
from zongji.pipeline.sources.page_order import Line, in_order
from zongji.pipeline.sources.places import Composer, Stretch

_MARGIN = 0.12  # of the page's height, in which headers, footers and page numbers stand
_OUTERMOST = 3  # lines at the top and at the bottom of a page that may be headers or footers
_SAME_HEIGHT = 6.0  # points by which a header's height differs from page to page
_PAGE_NUMBER = re.compile(
    r"[-—–－·~ ]{0,3}\d{1,4}[-—–－·~ ]{0,3}|第 ?\d{1,4} ?页(?:[ ,，/]*共 ?\d{1,4} ?页)?|\d{1,4} ?/ ?\d{1,4}|[ivxIVX]{1,5}"
)
_DIGITS = re.compile(r"\d+")
_CONTENTS = re.compile(r".{2,60}?[.…·。]{4,}\s*\d{1,4}")  # a line of a table of contents
_OPENING = re.compile(
    r"[（(]?[一二三四五六七八九十]{1,3}[）)、.．]|[（(]\d{1,2}[）)]|\d{1,2}(?:、|[.．](?!\d))|[①-⑳]|第[一二三四五六七八九十]+[章节条部]|"
    r"[•●■◆★·▪]|附件?[:：\d]"
)
_LATIN = re.compile(r"[0-9A-Za-z,.;:]\Z")
_SPARE = 1.7  # characters that a full line may lack at its end: two that are not parted from the next
_INDENT = 0.8  # characters by which a paragraph's first line is set in, at least
_SAME_SIZE = 0.18  # share by which the heights of the characters of one paragraph differ
_LOOSE = 1.35  # times the usual distance of lines, between two paragraphs


@dataclass(frozen=True, slots=True)
class _Margins:
    """Where the lines of a column begin and end, and how far they stand apart."""

    left: float
    right: float
    pitch: float


Stretches = Callable[[Piece], Place | Stretch]


def write_pages(composer: Composer, pages: Sequence[Page], stretch_of: Stretches) -> int:
    """Writes the pages' text; what stands on every page comes last, set apart. Returns the number of tables."""
    orders = [in_order(page) for page in pages]
    running = _running(pages, orders)
    margins = _margins([item for order in orders for item in order if isinstance(item, Line) and id(item) not in running])
    writer = _Writer(composer, stretch_of, margins)
    for order in orders:
        for item in order:
            if isinstance(item, PageTable):
                writer.table(item)
            elif id(item) not in running:
                writer.line(item)
    writer.end()
    for line in (item for order in orders for item in order if isinstance(item, Line) and id(item) in running):
        writer.apart(line)
    return writer.tables


class _Writer:
    """Writes lines and tables one after the other, deciding at each line whether it goes on with the last."""

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
            if _LATIN.search(self._last.text) and re.match(r"[0-9A-Za-z]", line.text) and not self._last.text[-1].isdigit():
                self.composer.part(" ")
        else:
            self.end()
        self._write(line, apart=_CONTENTS.fullmatch(line.text) is not None)
        self._last, self._open, self._edges = line, True, ()

    def table(self, table: PageTable) -> None:
        """A table; one with the same columns right behind another goes on with it over the page."""
        self.end()
        if self._edges and not _is_same(self._edges, table.edges):
            self.composer.part("\n")
        self.tables += write_table(self.composer, table.grid)
        self._last, self._edges = None, table.edges

    def apart(self, line: Line) -> None:
        self._write(line, apart=True)
        self.composer.part("\n")

    def end(self) -> None:
        """Ends the paragraph that is being written."""
        if self._open:
            self.composer.part("\n")
        self._open, self._last = False, None

    def _write(self, line: Line, *, apart: bool) -> None:
        for index, piece in enumerate(line.pieces):
            if index:
                self.composer.part("\t")
            self.composer.add(piece.text, self._stretch_of(piece), apart=apart)

    def _goes_on(self, before: Line, line: Line) -> bool:
        """True where `line` goes on with the paragraph of the line before it."""
        if len(before.pieces) > 1 or len(line.pieces) > 1:
            return False
        size = before.size
        if abs(line.size - size) > _SAME_SIZE * size or before.right < self._of(before).right - _SPARE * size:
            return False
        if line.left > self._of(line).left + _INDENT * size or _OPENING.match(line.text):
            return False
        same_column = before.page == line.page and before.column == line.column
        return not same_column or 0 < line.top - before.top < _LOOSE * self._of(line).pitch

    def _of(self, line: Line) -> _Margins:
        return self._margins[_side(line)]


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
    steps = [b.top - a.top for a, b in zip(lines, lines[1:], strict=False) if a.page == b.page and b.top > a.top]
    return _Margins(lefts[len(lefts) // 20], rights[-1 - len(rights) // 20], median(steps) if steps else 1e9)


def _running(pages: Sequence[Page], orders: Sequence[Sequence[Line | PageTable]]) -> set[int]:
    """The ids of page numbers, and of lines that stand at the same height of most pages and differ only in numbers."""
    heights = {page.number: page.height for page in pages}
    outer = [line for order in orders for line in _outermost(order)]
    marginal = [line for line in outer if _is_marginal(line, heights[line.page])]
    alike = Counter(key for line in marginal for key in _keys(line))
    fewest = max(2, round(0.4 * len(pages)))
    return {
        id(line)
        for line in marginal
        if _PAGE_NUMBER.fullmatch(line.text.strip()) or max(alike[key] for key in _keys(line)) >= fewest
    }


def _outermost(order: Sequence[Line | PageTable]) -> Iterator[Line]:
    lines = sorted((item for item in order if isinstance(item, Line)), key=lambda line: line.top)
    yield from lines[:_OUTERMOST]
    yield from lines[_OUTERMOST:][-_OUTERMOST:]


def _is_marginal(line: Line, height: float) -> bool:
    return line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height


def _keys(line: Line) -> Iterator[tuple[str, int]]:
    """Two, so that heights on both sides of a rounding meet. Left and right pages may have numbers on other sides."""
    text = _DIGITS.sub("#", line.text.replace("\t", "").replace(" ", ""))
    step = int(line.top // _SAME_HEIGHT)
    yield from ((text, step), (text, step + 1))
