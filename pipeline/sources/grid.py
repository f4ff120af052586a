"""Tables of any format as text: one line per row, cells separated by tabs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.records import Location
from zongji.pipeline.sources.locations import Composer

_DIGITS = re.compile(rf"\d|[{UP_TO_TEN}百千万]{{2}}")
_LONGEST_REPEATED = 30  # characters; a merged cell's text is repeated in all it covers unless it is longer
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

    @property
    def text(self) -> str:
        """The cell on one line."""
        return on_one_line("\n".join(self.paragraphs))


Grid = list[list[Cell | None]]
"""Rows and columns; None where no cell is."""


def on_one_line(text: str) -> str:
    """A text without line ends and tabs: Chinese is joined, Latin words stay separated by a blank."""
    pieces = [piece.strip() for piece in _BREAK.split(text.replace("\t", " ")) if piece.strip()]
    joined = pieces[0] if pieces else ""
    for piece in pieces[1:]:
        joined += (" " if LATIN_END.search(joined) and _LATIN_START.match(piece) else "") + piece
    return joined


def grid_of(cells: Sequence[tuple[int, int, Cell]]) -> Grid:
    """The grid of cells with the rows and columns (from 0) they begin at. A merged cell's text is repeated."""
    height = max((row + cell.rows for row, _, cell in cells), default=0)
    width = max((column + cell.columns for _, column, cell in cells), default=0)
    grid: Grid = [[None] * width for _ in range(height)]
    for row, column, cell in cells:
        covering = cell if _is_repeated(cell) else Cell((), cell.location)
        for down in range(cell.rows):
            for right in range(cell.columns):
                grid[row + down][column + right] = covering if down or right else cell
    return grid


def _is_repeated(cell: Cell) -> bool:
    """A number in a merged cell is stated once; a title over the whole table too."""
    return len(cell.text) <= _LONGEST_REPEATED and not _DIGITS.search(cell.text)


def write_table(composer: Composer, grid: Grid) -> bool:
    """Write the rows; True if they are a table, False if running text in a frame."""
    if not any(cell and cell.text for row in grid for cell in row):
        return False
    rows = [_cells_of(row) for row in grid]
    used = max(len(row) for row in rows)
    is_table = used > 1 and sum(len(row) > 1 for row in rows) > 1
    last = max(index for index, row in enumerate(rows) if row)
    for index, row in enumerate(rows):
        if is_table and not _flows(grid[index]):
            _write_row(composer, row, inside=0 < index < last and any(len(above) > 1 for above in rows[:index]))
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
    return any(cell is not None and len(cell.paragraphs) > 1 and len(cell.text) > _FLOWING for cell in row)


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
    seen: list[Cell] = []
    for cell in row:
        if cell is None or cell in seen:
            continue
        seen.append(cell)
        for paragraph in cell.paragraphs:
            if paragraph.strip():
                composer.add(paragraph, cell.location)
                composer.part("\n")
