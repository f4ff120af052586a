"""The order in which a page is read: its lines from top to bottom, column by column where it has two."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise

from zongji.pipeline.sources.page import Page, PageTable, Piece

_SAME_LINE = 0.5  # of the lower of two pieces, by which they overlap in height if they stand on one line
_WIDE_GAP = 1.6  # of the height of a character, as in `pdf_pieces`
_GUTTER = (0.35, 0.65)  # of the page's width, where the gap between two columns lies
_NARROWEST_GUTTER = 6.0  # points
_FEWEST = 4  # lines in each of two columns
_WIDEST_COLUMN = 0.55  # of the page's width


@dataclass(frozen=True, slots=True)
class Line:
    """The pieces that stand at one height in one column, from left to right."""

    pieces: tuple[Piece, ...]
    column: int = 0

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.pieces[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.pieces[-1].right

    @property
    def top(self) -> float:
        """Its upper edge."""
        return min(piece.top for piece in self.pieces)

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(piece.bottom for piece in self.pieces)

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.pieces[0].size

    @property
    def page(self) -> int:
        """The page it stands on."""
        return self.pieces[0].page

    @property
    def gaps(self) -> tuple[str, ...]:
        """What stands between its pieces: a tab for a wide gap, nothing for a narrow one."""
        return tuple("\t" if b.left - a.right > _WIDE_GAP * self.size else "" for a, b in pairwise(self.pieces))

    @property
    def text(self) -> str:
        """Its text, a tab for each wide gap."""
        return "".join(chain(*zip((piece.text for piece in self.pieces), (*self.gaps, ""), strict=True)))


def in_order(page: Page) -> list[Line | PageTable]:
    """The lines and tables of a page as they are read; the pieces inside tables are left to these."""
    outside = [piece for piece in page.pieces if not any(table.covers(piece) for table in page.tables)]
    gutter = _gutter(outside, page)
    lines = _lines(outside) if gutter is None else list(_columns(outside, gutter))
    return _with_tables(lines, page.tables)


def _lines(pieces: Sequence[Piece], column: int = 0) -> list[Line]:
    """Pieces that overlap in height are a line."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.middle, piece.left)):
        if rows and _is_level(rows[-1][-1], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [Line(tuple(sorted(row, key=lambda piece: piece.left)), column) for row in rows]


def _is_level(above: Piece, piece: Piece) -> bool:
    overlap = min(above.bottom, piece.bottom) - max(above.top, piece.top)
    return overlap > _SAME_LINE * min(above.size, piece.size)


def _gutter(pieces: Sequence[Piece], page: Page) -> float | None:
    """The middle of the gap between two columns; None on a page of one.

    It is the widest stretch that fewest lines cross: titles over both columns may, the others end before it.
    """
    low, high = (share * page.width for share in _GUTTER)
    narrow = [piece for piece in pieces if piece.right - piece.left < _WIDEST_COLUMN * page.width]
    left = [piece for piece in narrow if piece.right < high and piece.left < low]
    right = [piece for piece in narrow if piece.left > low and piece.right > high]
    if min(len(left), len(right)) < _FEWEST:
        return None
    begin = max(piece.right for piece in left)
    end = min((piece.left for piece in right), default=begin)
    if end - begin < _NARROWEST_GUTTER or len(left) + len(right) < 0.7 * len(pieces):
        return None
    middle = (begin + end) / 2
    return middle if _fill(left) and _fill(right) and _side_by_side(left, right) else None


def _fill(side: Sequence[Piece]) -> bool:
    """True where most pieces of a column reach its edge: running text does, the cells of a table do not."""
    width = max(piece.right for piece in side) - min(piece.left for piece in side)
    return 2 * sum(piece.right - piece.left > 0.8 * width for piece in side) > len(side)


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    top, bottom = (
        max(min(p.top for p in left), min(p.top for p in right)),
        min(max(p.bottom for p in left), max(p.bottom for p in right)),
    )
    return bottom > top


def _columns(pieces: Sequence[Piece], gutter: float) -> Iterator[Line]:
    """Between two lines that cross the gutter, the left column, then the right one."""
    crossing = [piece for piece in pieces if piece.left < gutter < piece.right]
    rest = [piece for piece in pieces if not piece.left < gutter < piece.right]
    position = float("-inf")
    for line in (*_lines(crossing), None):
        end = line.top if line else float("inf")
        band = [piece for piece in rest if position <= piece.middle < end]
        yield from _lines([piece for piece in band if piece.right <= gutter], 1)
        yield from _lines([piece for piece in band if piece.left >= gutter], 2)
        if line:
            yield line
            position = end


def _with_tables(lines: Sequence[Line], tables: Sequence[PageTable]) -> list[Line | PageTable]:
    """Each table in front of the first line below it in its column."""
    ordered: list[Line | PageTable] = list(lines)
    for table in sorted(tables, key=lambda table: table.box[1]):
        below = (
            index
            for index, item in enumerate(ordered)
            if isinstance(item, Line)
            and item.top >= table.box[1]
            and item.right > table.box[0]
            and item.left < table.box[2]
        )
        ordered.insert(next(below, len(ordered)), table)
    return ordered
