"""Tables in a text, typed or extracted: runs of rows, their cells, and the header above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zongji.corpus.patterns import WordPattern
from zongji.pipeline.figures import numerals


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and where it starts."""

    start: int
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: the header of each column, the rows below it, and the lines above."""

    heads: tuple[str, ...]
    body: tuple[tuple[Cell, ...], ...]
    before: str


NUMBER = WordPattern("number_words", rf"(?:约|近)?(?:{numerals.NUMERAL}|{numerals.BLANK})(?:余|多)?")
_LINE = re.compile(r"[^\n]+")
_LONGEST_ROW = 400  # chosen: characters; a longer line is running text
_GAP = re.compile(r"\S {2,}(?=\S)")
_SEPARATORS = {"\t": re.compile(r"\t"), "|": re.compile(r"\|"), "  ": re.compile(r" {2,}")}
_DASHES = re.compile(r"[-—–/|:\s]*")
_HEADER_ROWS = 3  # chosen: at most; a header above sub-headers
_BEFORE = 60  # chosen: characters above a table that may state its unit


def tables(text: str, start: int, end: int) -> Iterator[Rows]:
    """The tables between two offsets: adjacent rows below a header without numbers."""
    for run in _runs(text, start, end):
        height = _header_height(run)
        if height and len(run) > height:
            first = run[0][0].start
            yield Rows(_heads(run[:height]), tuple(map(tuple, run[height:])), text[max(start, first - _BEFORE) : first])


def _runs(text: str, start: int, end: int) -> Iterator[list[list[Cell]]]:
    """Runs of adjacent rows, each a list of cells."""
    run: list[list[Cell]] = []
    last_end = -2
    for row in _LINE.finditer(text, start, end):
        if row.end() - row.start() > _LONGEST_ROW or not _is_row(row[0]):
            continue
        if row.start() > last_end + 1 and run:
            yield run
            run = []
        cells = _cells(row)
        if not all(_DASHES.fullmatch(cell.text) for cell in cells):
            run.append(cells)
        last_end = row.end()
    if run:
        yield run


def _is_row(line: str) -> bool:
    """True for a line of cells separated by tabs, by bars, or by at least two gaps of blanks."""
    return "\t" in line or line.count("|") >= 2 or ("  " in line and len(_GAP.findall(line)) >= 2)


def _cells(row: re.Match[str]) -> list[Cell]:
    cells, position, line = [], 0, row[0]
    separator = next(mark for mark in _SEPARATORS if mark in line)
    for gap in [*_SEPARATORS[separator].finditer(line), None]:
        stop = gap.start() if gap else len(line)
        content = line[position:stop]
        cells.append(Cell(row.start() + position + len(content) - len(content.lstrip()), content.strip()))
        position = gap.end() if gap else stop
    return cells[1:] if separator == "|" and not cells[0].text else cells


def _header_height(run: Sequence[Sequence[Cell]]) -> int:
    """The number of header rows: more than one if a cell of the first continues in the next. 0 without a header."""
    if _has_number(run[0]):
        return 0
    height = 1
    while (
        height < min(_HEADER_ROWS, len(run) - 1)
        and not _has_number(run[height])
        and _goes_on(*run[height - 1 : height + 1])
    ):
        height += 1
    return height


def _has_number(row: Sequence[Cell]) -> bool:
    return any(NUMBER.fullmatch(cell.text) for cell in row if cell.text)


def _goes_on(above: Sequence[Cell], row: Sequence[Cell]) -> bool:
    """True if a cell spans both rows: formats repeat its text."""
    return any(upper.text and upper.text == lower.text for upper, lower in zip(above, row, strict=False))


def _heads(rows: Sequence[Sequence[Cell]]) -> tuple[str, ...]:
    """The header of each column, joined from top to bottom: 计划 over 场次 is 计划场次."""
    width = max(map(len, rows))
    columns = ([row[column].text for row in rows if column < len(row)] for column in range(width))
    return tuple("".join(dict.fromkeys(column)) for column in columns)
