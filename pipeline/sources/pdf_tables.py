"""Tables on a PDF page: pdfium tells in half a millisecond whether lines cross on it; pdfplumber finds the cells."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from ctypes import byref, c_float
from typing import Any

from zongji.corpus.records import Location
from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.grid import Cell, grid_of
from zongji.pipeline.sources.locations import cell_name
from zongji.pipeline.sources.page import Box, PageTable
from zongji.pipeline.sources.pdf_runs import rounded, text_inside
from zongji.pipeline.sources.pdf_text import TextPage, pdfium

_THIN = 3.0  # points; a line, drawn as such or as a narrow rectangle
_SHORTEST = 8.0  # points; a line between two cells is longer
_MOST_PATHS = 4000  # a page with more has a drawing, which takes pdfplumber minutes
_SAME_EDGE = 3.0  # points; edges nearer to one another are one


def has_grid(page: Any) -> bool:  # noqa: ANN401  # a pypdfium2 page
    """True if the page has two horizontal and two vertical lines, or four cell-sized rectangles."""
    lying = standing = boxes = 0
    for paths, (width, height) in enumerate(_paths(page)):
        if paths > _MOST_PATHS:
            return False
        lying += height < _THIN and width > _SHORTEST
        standing += width < _THIN and height > _SHORTEST
        boxes += width > _SHORTEST and height > _SHORTEST
    return (lying >= 2 and standing >= 2) or boxes >= 4


def _paths(page: Any) -> Iterator[tuple[float, float]]:  # noqa: ANN401
    """Width and height of everything drawn on the page, not looking into forms."""
    raw = pdfium()
    left, bottom, right, top = c_float(), c_float(), c_float(), c_float()
    for index in range(raw.FPDFPage_CountObjects(page)):
        thing = raw.FPDFPage_GetObject(page, index)
        if raw.FPDFPageObj_GetType(thing) == raw.FPDF_PAGEOBJ_PATH:
            raw.FPDFPageObj_GetBounds(thing, byref(left), byref(bottom), byref(right), byref(top))
            yield right.value - left.value, top.value - bottom.value


class TableFinder:
    """pdfplumber on a file, opened when the first page with a table comes."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._opened: Any = None
        self._found = 0

    def tables(self, number: int, text_page: TextPage) -> tuple[PageTable, ...]:
        """The tables of a page (from 1) with the text that pdfium gives for their cells."""
        if self._opened is None:
            plumber = library("pdfplumber", what="tables in PDF")
            self._opened = plumber.open(io.BytesIO(self._data))
        page = self._opened.pages[number - 1]
        found = tuple(self._table(table.cells, number, text_page) for table in page.find_tables())
        page.close()
        return tuple(table for table in found if len(table.edges) > 1 and len(table.grid) > 1 and _has_text(table))

    def _table(self, boxes: Sequence[Box], page: int, text_page: TextPage) -> PageTable:
        self._found += 1
        lefts, tops = _edges(box[0] for box in boxes), _edges(box[1] for box in boxes)
        cells = []
        for box in boxes:
            (row, column), spans = _spans(box, lefts, tops)
            location = Location(page=page, box=rounded(box), table=self._found, cell=cell_name(row + 1, column + 1))
            cells.append((row, column, Cell(_paragraphs(text_inside(text_page, box)), location, *spans)))
        around = (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )
        return PageTable(around, grid_of(sorted(cells, key=lambda cell: cell[:2])), tuple(lefts))


def _has_text(table: PageTable) -> bool:
    return any(cell is not None and cell.text for row in table.grid for cell in row)


def _edges(values: Iterator[float]) -> list[float]:
    """Sorted and deduplicated."""
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SAME_EDGE:
            edges.append(value)
    return edges


def _spans(box: Box, lefts: Sequence[float], tops: Sequence[float]) -> tuple[tuple[int, int], tuple[int, int]]:
    """The row and column of a cell, and how many of each it covers."""
    row = sum(top <= box[1] + _SAME_EDGE for top in tops) - 1
    column = sum(left <= box[0] + _SAME_EDGE for left in lefts) - 1
    rows = sum(box[1] + _SAME_EDGE < top < box[3] - _SAME_EDGE for top in tops) + 1
    columns = sum(box[0] + _SAME_EDGE < left < box[2] - _SAME_EDGE for left in lefts) + 1
    return (max(row, 0), max(column, 0)), (rows, columns)


def _paragraphs(text: str) -> tuple[str, ...]:
    return (text.strip(),) if text.strip() else ()
