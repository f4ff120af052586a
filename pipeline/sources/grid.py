"""Tables of any format as text: one line per row, cells separated by tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise
from operator import itemgetter

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.records import Location
from zongji.pipeline.sources.locations import Composer

_NUMBER = re.compile(rf"\d|[{UP_TO_TEN}百千万]{{2}}|[{UP_TO_TEN}两]\w")
_STATED = re.compile(rf"\d|[{UP_TO_TEN}百千万]{{2}}|(?<!第)[{UP_TO_TEN}两][个名位人场次期户份台辆项件套座处家所支队元]")
_LONGEST_REPEATED = 30  # characters; a merged cell's text is repeated in all it covers unless it is longer
_LARGEST = 10_000_000  # cells, empty ones included; a stray cell in the last row of a sheet makes it larger
_FLOWING = 200  # characters; a longer cell of several paragraphs is running text in a frame, not a table cell
_BREAK = re.compile(r"[ \t\u3000]*[\r\n\v\f]+[ \t\u3000]*")
LATIN_END = re.compile(r"[0-9A-Za-z,.;:]\Z")
_LATIN_START = re.compile(r"[0-9A-Za-z]")


@dataclass(frozen=True, slots=True)
class Cell:
    """The paragraphs of a cell, its location, and how many rows and columns it spans."""

    paragraphs: tuple[str, ...]
    location: Location
    rows: int = 1
    columns: int = 1
    holds_table: bool = False
    """Its paragraphs are the rows of a table inside it, cells parted by tabs."""

    @property
    def text(self) -> str:
        """The cell on one line."""
        return on_one_line("\n".join(self.paragraphs))


Row = Sequence[Cell | None]
Grid = list[list[Cell | None]]
"""Rows and columns; None where no cell is."""


def on_one_line(text: str) -> str:
    """A text without line ends and tabs: Chinese is joined, Latin words stay separated by a blank."""
    pieces = [piece.strip() for piece in _BREAK.split(text.replace("\t", " ")) if piece.strip()]
    latin = (LATIN_END.match(first[-1]) and _LATIN_START.match(second) for first, second in pairwise(pieces))
    blanks = (" " if blank else "" for blank in latin)
    return "".join(chain(pieces[:1], *zip(blanks, pieces[1:], strict=True)))


def grid_of(cells: Sequence[tuple[int, int, Cell]]) -> Grid:
    """The grid of cells with the rows and columns (from 0) they begin at, without empty rows.

    A merged cell's text is repeated.
    """
    width = max((column + cell.columns for _, column, cell in cells), default=0)
    rows = min(sum(cell.rows for _, _, cell in cells), max((row + cell.rows for row, _, cell in cells), default=0))
    if max(rows * width, sum(cell.rows * cell.columns for _, _, cell in cells)) > _LARGEST:
        return _packed(cells)
    grid: dict[int, list[Cell | None]] = {}
    for row, column, cell in cells:
        covering = cell if _is_repeated(cell) else Cell((), cell.location)
        for down in range(cell.rows):
            if (line := grid.get(row + down)) is None:
                line = grid[row + down] = [None] * width
            for right in range(cell.columns):
                line[column + right] = covering if down or right else cell
    return [grid[row] for row in sorted(grid)]


def _packed(cells: Sequence[tuple[int, int, Cell]]) -> Grid:
    """The rows of a table that is too large to be laid out, without its empty cells and repeated texts."""
    grid: dict[int, list[Cell | None]] = {}
    for row, _, cell in sorted(cells, key=itemgetter(0, 1)):
        grid.setdefault(row, []).append(cell)
    return list(grid.values())


def _is_repeated(cell: Cell) -> bool:
    """A number in a merged cell is stated once; a title over the whole table too."""
    return len(cell.text) <= _LONGEST_REPEATED and not _STATED.search(cell.text)


def write_table(composer: Composer, grid: Grid) -> bool:
    """Write the rows; True if they are a table, False if running text in a frame."""
    if not any(cell and cell.text for row in grid for cell in row):
        return False
    rows = [_cells_of(row) for row in grid]
    used = max(len(row) for row in rows)
    is_table = used > 1 and sum(len(row) > 1 for row in rows) > 1
    last = max(index for index, row in enumerate(rows) if row)
    first_wide = next((index for index, row in enumerate(rows) if len(row) > 1), last)
    for index, row in enumerate(rows):
        if is_table and not _flows(grid[index]):
            for line in _in_step(row) or [row]:
                _write_row(composer, line, inside=first_wide < index < last)
        else:
            _write_paragraphs(composer, grid[index])
    return is_table


def _cells_of(row: Sequence[Cell | None]) -> list[Cell | None]:
    """The cells up to the last non-empty one; only one where a single cell covers the row."""
    cells = list(row)
    while cells and (cells[-1] is None or not cells[-1].text):
        cells.pop()
    shown = {cell for cell in cells if cell is not None and cell.text}
    return [shown.pop()] if len(shown) == 1 and len(cells) > 1 and cells[0] is not None and cells[0].text else cells


def _flows(row: Sequence[Cell | None]) -> bool:
    return any(
        cell is not None and (cell.holds_table or (len(cell.paragraphs) > 1 and len(cell.text) > _FLOWING))
        for cell in row
    )


def _in_step(row: Sequence[Cell | None]) -> list[Row] | None:
    """The lines of a row two cells of which hold as many paragraphs, one beside the other; None if it is one line.

    Every paragraph of one of them is a number, or has one: a name broken into lines has none.
    """
    several = [cell for cell in row if cell is not None and len(cell.paragraphs) > 1]
    count = len(several[0].paragraphs) if len(several) > 1 else 0
    if not count or any(len(cell.paragraphs) != count for cell in several):
        return None
    if not any(all(_NUMBER.search(paragraph) for paragraph in cell.paragraphs) for cell in several):
        return None
    return [[_paragraph_of(cell, line) for cell in row] for line in range(count)]


def _paragraph_of(cell: Cell | None, line: int) -> Cell | None:
    """A cell on one of the lines of its row; one of a single paragraph stands on the first, a name on all."""
    if cell is None:
        return None
    if len(cell.paragraphs) > 1:
        return replace(cell, paragraphs=(cell.paragraphs[line],))
    return cell if line == 0 or _is_repeated(cell) else replace(cell, paragraphs=())


def _write_row(composer: Composer, row: Sequence[Cell | None], *, inside: bool) -> None:
    """One line; a row of one cell inside a table keeps a tab, so that the rows around it stay together."""
    if not row:
        return
    for index, cell in enumerate(row):
        if index:
            composer.part("\t")
        if cell is not None:
            composer.add(cell.text, cell.location)
    composer.part("\t\n" if inside and len(row) == 1 else "\n")


def _write_paragraphs(composer: Composer, row: Sequence[Cell | None]) -> None:
    for cell in dict.fromkeys(filter(None, row)):
        for paragraph in cell.paragraphs:
            if paragraph.strip():
                composer.add(paragraph, cell.location)
                composer.part("\n")
