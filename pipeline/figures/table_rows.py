"""Tables in a text, typed or extracted: runs of rows, their cells, and the header above them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

from zongji.corpus.patterns import WordPattern
from zongji.pipeline.figures import numerals
from zongji.pipeline.figures.numerals import is_year


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text and where it starts."""

    start: int
    text: str


Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: the header of each column, the rows below it, and the lines above.

    Without a header (`heads` is empty) the first cell of each row names what follows it: `参加人数 | 120`.
    """

    heads: tuple[str, ...]
    body: tuple[Row, ...]
    before: str


NUMBER = WordPattern(
    "number_words",
    rf"(?:(?:约|近|不少于|不超过|[≥≤<>~～]) ?|[-−－])?(?:{numerals.NUMERAL}|{numerals.BLANK})"
    rf"(?:余|多|以上|左右|[-—–~～至] ?(?:{numerals.NUMERAL})|\+)?",
)
_LINE = re.compile(r"[^\n]+")
_LONGEST_ROW = 400  # chosen: characters; a longer line is running text
_GAP = re.compile(r"\S {2,}(?=\S)")
_SEPARATORS = {"\t": re.compile(r"\t"), "|": re.compile(r"\|"), "  ": re.compile(r" {2,}")}
_COMMA = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')
_RUNNING_TEXT = re.compile(r"[。；，]|, ")
_DASHES = re.compile(r"[-—–/|:\s]*")
_CAPTION = re.compile(r"单位[:：]")
_HEADER_ROWS = 3  # chosen: at most; a header above sub-headers
_CAPTION_ROWS = 3  # chosen: at most; titles and captions that a format gives as rows of the table
_BEFORE = 60  # chosen: characters above a table that may state its unit


def tables(text: str, start: int, end: int) -> Iterator[Rows]:
    """The tables between two offsets: adjacent rows below a header without numbers, or rows that name their numbers."""
    for run in _runs(text, start, end):
        first = run[0].cells[0].start
        before = text[max(start, first - _BEFORE) : first]
        captions = _captions(run)
        before += " ".join(cell.text for row in run[:captions] for cell in row.cells)
        rows = [row.cells for row in run[captions:]]
        height = _header_height(rows)
        if height and len(rows) > height:
            heads = _heads(rows[:height])
            body = _aligned(run[captions + height - 1], run[captions + height :], len(heads))
            yield Rows(heads, body, before)
        elif not height and _is_labelled(rows):
            yield Rows((), tuple(rows), before)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row of a run with its separator; `columns` are the display columns of cells that blanks part."""

    separator: str
    cells: list[Cell]
    columns: tuple[int, ...]


def _runs(text: str, start: int, end: int) -> Iterator[list[_Line]]:
    """Runs of adjacent rows with the same separator."""
    run: list[_Line] = []
    last_end = -2
    for line in _LINE.finditer(text, start, end):
        adjacent = bool(run) and line.start() <= last_end + 1
        separator = _separator(line[0], run[-1] if adjacent else None)
        if not separator:
            continue
        if run and (not adjacent or separator != run[-1].separator):
            yield run
            run = []
        row = _row(line, separator)
        if not all(_DASHES.fullmatch(cell.text) for cell in row.cells):
            run.append(row)
        last_end = line.end()
    if run:
        yield run


def _separator(line: str, above: _Line | None) -> str:
    """What separates the cells of a line: tabs, bars, at least two gaps of blanks, commas; empty for running text."""
    if len(line) > _LONGEST_ROW:
        return ""
    if "\t" in line:
        return "\t"
    if line.count("|") >= 2:
        return "|"
    if "  " in line and (gaps := len(_GAP.findall(line))) and (gaps >= 2 or (above and above.separator == "  ")):
        return "  "
    if line.count(",") < 2 or _RUNNING_TEXT.search(line):
        return ""
    if above and above.separator == "," and len(above.cells) != len(_COMMA.findall(line)) + 1:
        return ""
    return ","


def _row(line: re.Match[str], separator: str) -> _Line:
    content = line[0]
    marks = _COMMA if separator == "," else _SEPARATORS[separator]
    cells, position = [], 0
    for gap in [*marks.finditer(content), None]:
        stop = gap.start() if gap else len(content)
        cells.append(_cell(content[position:stop], line.start() + position))
        position = gap.end() if gap else stop
    if separator in "|  " and not cells[0].text:
        cells = cells[1:]
    columns = tuple(_width(content[: cell.start - line.start()]) for cell in cells) if separator == "  " else ()
    return _Line(separator, cells, columns)


def _cell(content: str, start: int) -> Cell:
    stripped = content.lstrip(' "')
    return Cell(start + len(content) - len(stripped), stripped.rstrip(' "\r\u3000'))


def _width(text: str) -> int:
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def _captions(run: Sequence[_Line]) -> int:
    """The number of rows above the header that hold a title or the caption, as formats give merged cells."""
    count = 0
    while count < min(_CAPTION_ROWS, len(run) - 2) and _is_caption(run[count].cells, run[count + 1].cells):
        count += 1
    return count


def _is_caption(row: Row, below: Row) -> bool:
    texts = {cell.text for cell in row if cell.text}
    if _has_number(row) or _has_number(below):
        return False
    return len(texts) < len({cell.text for cell in below if cell.text}) and (
        len(texts) == 1 or any(_CAPTION.search(text) for text in texts)
    )


def _header_height(run: Sequence[Row]) -> int:
    """The number of header rows: more than one if a cell of the first continues in the next. 0 without a header."""
    if not run or _has_number(run[0]):
        return 0
    height = 1
    while (
        height < min(_HEADER_ROWS, len(run) - 1)
        and not _has_number(run[height])
        and _goes_on(*run[height - 1 : height + 1])
    ):
        height += 1
    return height


def _has_number(row: Row) -> bool:
    """True for a row of data; the years in a header (`2021 | 2022`) are names."""
    return any(NUMBER.fullmatch(cell.text) and not is_year(cell.text) for cell in row if cell.text)


def _goes_on(above: Row, row: Row) -> bool:
    """True if a cell spans both rows: formats repeat its text."""
    return any(upper.text and upper.text == lower.text for upper, lower in zip(above, row, strict=False))


def _is_labelled(rows: Sequence[Row]) -> bool:
    """True for rows of a name and what it has."""
    return bool(rows) and all(len(row) == 2 and row[0].text and not NUMBER.match(row[0].text) for row in rows)


def _heads(rows: Sequence[Row]) -> tuple[str, ...]:
    """The header of each column, joined from top to bottom: 计划 over 场次 is 计划场次."""
    width = max(map(len, rows))
    columns = ([row[column].text for row in rows if column < len(row)] for column in range(width))
    return tuple("".join(dict.fromkeys(column)).replace(" ", "") for column in columns)


def _aligned(header: _Line, rows: Sequence[_Line], width: int) -> tuple[Row, ...]:
    """The rows with each cell in its column: a row typed with blanks may leave cells out."""
    return tuple(row.cells if len(row.cells) == width else _by_column(header, row, width) for row in rows)


def _by_column(header: _Line, row: _Line, width: int) -> Row:
    if row.separator != "  " or len(header.columns) != width:
        return row.cells
    empty = Cell(row.cells[-1].start, "")
    placed = [empty] * width
    for cell, column in zip(row.cells, row.columns, strict=True):
        place = bisect_right(header.columns, column) - 1
        if place + 1 < width and header.columns[place + 1] - column < column - header.columns[max(place, 0)]:
            place += 1
        placed[max(place, 0)] = cell
    return placed
