"""Workbooks: every sheet is a table, cells as Excel shows them; hidden sheets are excluded.

openpyxl reads xlsx and xlrd xls, because both know number formats (0.85 shown as 85%) and merged cells;
python-calamine reads the binary and OpenDocument kinds, and what the other two refuse.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from zongji.corpus.alignment import Aligned
from zongji.corpus.labels import FailureCode, NoticeCode
from zongji.corpus.records import Location, Notice, Span
from zongji.corpus.wording import counted
from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.grid import Cell, grid_of, on_one_line, write_table
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.locations import Composer, cell_name
from zongji.pipeline.sources.packages import check_package, package
from zongji.pipeline.sources.panics import PanicError, panics_as_exceptions
from zongji.pipeline.sources.reading import Part, Reading, SourceError
from zongji.pipeline.sources.sheet_values import shown

_DEFAULT_NAME = re.compile(r"(?:Sheet|工作表|Feuil|表)\s?\d*", re.IGNORECASE)
_SHORTEST_TITLE, _LONGEST_TITLE = 4, 50  # characters; set by hand
_NO_TITLE = tuple("。；;：:，,")  # how a cell ends that is a sentence or a label
_MOST_CELLS = 2_000_000  # per workbook; more is data, not a plan


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its name, its cells by row and column (from 0), and the areas that are merged."""

    name: str
    cells: dict[tuple[int, int], str]
    merged: tuple[tuple[int, int, int, int], ...] = ()
    """First row, last row, first column, last column of each."""
    hidden: bool = False
    valueless: int = 0
    """Formulas without a stored value."""


def read_sheets(data: bytes, task: Task, *, kind: str) -> Reading:
    """The text of a workbook of this kind (`xlsx`, `xls`, `xlsb`, `ods`).

    Raises:
        SourceError: if it is encrypted or broken, a library is missing, or it goes beyond a limit.
    """
    if kind != "xls":
        check_package(package(data), task)
    sheets, by = _sheets(data, kind)
    composer = Composer()
    notices: list[Notice] = []
    parts: list[Part] = []
    tables = 0
    for sheet in sheets:
        start = composer.length
        tables += _write(composer, sheet)
        if sheet.cells and not sheet.hidden:
            parts.append(Part(Span(start, composer.length), tuple(_title(sheet, start))))
        notices += _notices(sheet, start, composer.length)
    return Reading(
        Aligned.of(composer.text),
        kind,
        by,
        composer.boilerplate,
        tuple(notices),
        composer.locations,
        len(sheets),
        tables,
        parts=tuple(parts),
    )


def _sheets(data: bytes, kind: str) -> tuple[list[Sheet], str]:
    """The sheets and the library that read them; calamine is the fallback."""
    problem: Exception | None = None
    reader = _READERS.get(kind)
    if reader is not None:
        try:
            return _counted(reader[1](data)), reader[0]
        except SourceError:
            raise
        except Exception as error:  # these libraries raise anything on a broken file
            problem = error
    try:
        with panics_as_exceptions():
            return _counted(_by_calamine(data)), "python-calamine"
    except SourceError:
        raise
    except Exception as error:
        why = error if isinstance(error, PanicError) else problem or error
        said = " ".join(f"{type(why).__name__}: {why}".split())
        message = f"it is a workbook that cannot be read ({said}). It may be damaged or encrypted"
        raise SourceError(FailureCode.DAMAGED, message) from error


def _counted(sheets: Iterator[Sheet]) -> list[Sheet]:
    kept, cells = [], 0
    for sheet in sheets:
        cells += len(sheet.cells)
        if cells > _MOST_CELLS:
            message = f"it has more than {_MOST_CELLS:,} cells: data, not a plan or summary"
            raise SourceError(FailureCode.TOO_LARGE, message)
        kept.append(sheet)
    return kept


def _write(composer: Composer, sheet: Sheet) -> int:
    """Write a sheet, under its name if it was given one; returns the number of tables (0 or 1)."""
    if not sheet.cells:
        return 0
    if sheet.hidden:
        _write_apart(composer, sheet)
        return 0
    if not _DEFAULT_NAME.fullmatch(sheet.name):
        composer.add(sheet.name, Location(sheet=sheet.name))
        composer.part("\n")
    spans = {(top, left): (bottom - top + 1, right - left + 1) for top, bottom, left, right in sheet.merged}
    cells = []
    for (row, column), text in sorted(sheet.cells.items()):
        rows, columns = spans.get((row, column), (1, 1))
        location = Location(sheet=sheet.name, cell=cell_name(row + 1, column + 1))
        cells.append((row, column, Cell((text,), location, rows, columns)))
    top, left = min(row for row, _ in sheet.cells), min(column for _, column in sheet.cells)
    return write_table(composer, grid_of([(row - top, column - left, cell) for row, column, cell in cells]))


def _title(sheet: Sheet, start: int) -> Iterator[Span]:
    """Where the title of a sheet that begins at `start` stands: its first row if that is one cell, else its name."""
    named = not _DEFAULT_NAME.fullmatch(sheet.name)
    top = min(row for row, _ in sheet.cells)
    first = {text for (row, _), text in sheet.cells.items() if row == top}
    title = on_one_line(first.pop()) if len(first) == 1 else ""
    if _SHORTEST_TITLE <= len(title) <= _LONGEST_TITLE and not title.endswith(_NO_TITLE):
        begin = start + (len(sheet.name) + 1) * named
        yield Span(begin, begin + len(title))
    elif named:
        yield Span(start, start + len(sheet.name))


def _write_apart(composer: Composer, sheet: Sheet) -> None:
    for (row, column), text in sorted(sheet.cells.items()):
        location = Location(sheet=sheet.name, cell=cell_name(row + 1, column + 1))
        composer.add(text.replace("\n", " "), location, excluded=True)
        composer.part("\n")


def _notices(sheet: Sheet, start: int, end: int) -> Iterator[Notice]:
    if sheet.hidden and sheet.cells:
        yield Notice(NoticeCode.HIDDEN_CONTENT, f"the sheet {sheet.name} is hidden and not searched", start, end)
    if sheet.valueless:
        formulas = counted(sheet.valueless, "formula")
        message = f"{formulas} without a stored value in the sheet {sheet.name}; save it in Excel once"
        yield Notice(NoticeCode.MISSING_VALUES, message, start, end)


def _by_openpyxl(data: bytes) -> Iterator[Sheet]:
    openpyxl = library("openpyxl", what="xlsx workbooks")
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    formulas = _formulas(data)
    for sheet in values.worksheets:
        cells = {
            (cell.row - 1, cell.column - 1): text
            for cell in sheet._cells.values()  # noqa: SLF001  # iter_rows makes every empty cell of the area
            if cell.value is not None and (text := shown(cell.value, cell.number_format))
        }
        merged = (
            (area.min_row - 1, area.max_row - 1, area.min_col - 1, area.max_col - 1) for area in sheet.merged_cells
        )
        known = cells.keys()
        lacking = sum(cell not in known for cell in formulas.get(sheet.title, ()))
        yield Sheet(sheet.title, cells, tuple(_within(merged, cells)), sheet.sheet_state != "visible", lacking)


def _formulas(data: bytes) -> dict[str, list[tuple[int, int]]]:
    """The cells with formulas, by sheet; only looked for where the file holds any."""
    if not any(b"<f" in part for part in _sheet_parts(data)):
        return {}
    openpyxl = library("openpyxl", what="xlsx workbooks")
    book = openpyxl.load_workbook(io.BytesIO(data), keep_links=False)
    return {
        sheet.title: [(row - 1, column - 1) for (row, column), cell in sheet._cells.items() if cell.data_type == "f"]  # noqa: SLF001
        for sheet in book.worksheets
    }


def _sheet_parts(data: bytes) -> Iterator[bytes]:
    archive = package(data)
    for name in archive.namelist():
        if name.startswith("xl/worksheets/sheet"):
            yield archive.read(name)


def _by_xlrd(data: bytes) -> Iterator[Sheet]:
    xlrd = library("xlrd", what="xls workbooks")
    warnings = io.StringIO()  # xlrd prints warnings
    book = xlrd.open_workbook(file_contents=data, formatting_info=True, ragged_rows=True, logfile=warnings)
    for sheet in book.sheets():
        cells = {}
        for row in range(sheet.nrows):
            for column in range(sheet.row_len(row)):
                text = _xls_text(xlrd, book, sheet.cell(row, column))
                if text:
                    cells[row, column] = text
        merged = ((top, bottom - 1, left, right - 1) for top, bottom, left, right in sheet.merged_cells)
        yield Sheet(sheet.name, cells, tuple(_within(merged, cells)), bool(sheet.visibility))


def _xls_text(xlrd: Any, book: Any, cell: Any) -> str:  # noqa: ANN401
    number_format = book.format_map[book.xf_list[cell.xf_index].format_key].format_str if cell.xf_index else ""
    if cell.ctype == xlrd.XL_CELL_DATE:
        try:
            return shown(xlrd.xldate_as_datetime(cell.value, book.datemode), number_format)
        except (ValueError, xlrd.XLDateError, OverflowError):
            return shown(cell.value, "")
    if cell.ctype in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR}:
        return ""
    return shown(bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value, number_format)


def _by_calamine(data: bytes) -> Iterator[Sheet]:
    calamine = library("python_calamine", what="workbooks of this kind")
    book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    visible = calamine.SheetVisibleEnum.Visible
    for about in book.sheets_metadata:
        sheet = book.get_sheet_by_name(about.name)
        cells = {
            (row, column): text
            for row, values in enumerate(sheet.to_python(skip_empty_area=False))
            for column, value in enumerate(values)
            if value not in {"", None} and (text := shown(value, ""))
        }
        areas = ((*first, *last) for first, last in sheet.merged_cell_ranges or ())
        merged = ((top, bottom, left, right) for top, left, bottom, right in areas)
        yield Sheet(about.name, cells, tuple(_within(merged, cells)), about.visible != visible)


_READERS: dict[str, tuple[str, Callable[[bytes], Iterator[Sheet]]]] = {
    "xlsx": ("openpyxl", _by_openpyxl),
    "xls": ("xlrd", _by_xlrd),
}


def _within(
    areas: Iterator[tuple[int, int, int, int]], cells: dict[tuple[int, int], str]
) -> Iterator[tuple[int, int, int, int]]:
    """Merged areas, none wider or higher than what is filled: some cover whole columns."""
    last_row = max((row for row, _ in cells), default=0)
    last_column = max((column for _, column in cells), default=0)
    for top, bottom, left, right in areas:
        yield top, min(bottom, last_row), left, min(right, last_column)
