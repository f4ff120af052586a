"""Tables of any number of cells as Word document, workbook and PDF: as small as the readers take them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator

import openpyxl

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
_WIDEST = 16_000  # columns that a workbook has
_COLUMNS = 20  # of a table that is neither a row nor a column
_ON_A_PAGE = 40  # rows


def _number(index: int) -> int:
    return index % 97


def docx(cells: int, columns: int) -> bytes:
    """One table of so many columns."""
    body = "".join(_row(range(first, min(first + columns, cells))) for first in range(0, cells, columns))
    document = f'<w:document xmlns:w="{_WORD}"><w:body><w:tbl>{body}</w:tbl></w:body></w:document>'
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("word/document.xml", document)
    return written.getvalue()


def _row(cells: range) -> str:
    inside = (f"<w:tc><w:p><w:r><w:t>讲座{_number(cell)}场</w:t></w:r></w:p></w:tc>" for cell in cells)
    return f"<w:tr>{''.join(inside)}</w:tr>"


def xlsx(cells: int, columns: int) -> bytes:
    """One sheet of so many columns, or of as many as there may be."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    width = min(columns, _WIDEST)
    for first in range(0, cells, width):
        sheet.append([f"讲座{_number(cell)}场" for cell in range(first, min(first + width, cells))])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def pdf(cells: int, columns: int = _COLUMNS) -> bytes:
    """Pages of numbers in boxes of ruled lines."""
    a_page = columns * _ON_A_PAGE
    pages = [_page(range(first, min(first + a_page, cells)), columns) for first in range(0, cells, a_page)]
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *(part for number, page in enumerate(pages) for part in _objects(number, page)),
    ]
    return "".join(_file(objects)).encode("ascii")


def _page(cells: range, columns: int) -> str:
    wide, high = 580 / columns, 19
    lines = []
    for cell in cells:
        row, column = divmod(cell - cells.start, columns)
        x, y = 10 + column * wide, 800 - row * high
        lines.append(f"BT /F1 4 Tf {x:.1f} {y} Td ({_number(cell)}) Tj ET {x - 1:.1f} {y - 4} {wide:.1f} {high} re S")
    return "\n".join(lines)


def _objects(number: int, page: str) -> tuple[str, str]:
    fonts = "/Resources<</Font<</F1 3 0 R>>>>"
    about = f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 840]{fonts}/Contents {5 + 2 * number} 0 R>>"
    return about, f"<</Length {len(page)}>>stream\n{page}\nendstream"


def _file(objects: list[str]) -> Iterator[str]:
    offset, offsets = 9, []
    yield "%PDF-1.4\n"
    for number, content in enumerate(objects, 1):
        written = f"{number} 0 obj\n{content}\nendobj\n"
        offsets.append(offset)
        offset += len(written)
        yield written
    table = "".join(f"{one:010} 00000 n \n" for one in offsets)
    yield f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    yield f"trailer<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{offset}\n%%EOF"


def a_row(make: Callable[[int, int], bytes]) -> Callable[[int], bytes]:
    """A table of one row, by its length in characters."""
    return lambda length: make(_cells(length), _cells(length))


def a_column(make: Callable[[int, int], bytes]) -> Callable[[int], bytes]:
    """A table of one column."""
    return lambda length: make(_cells(length), 1)


def a_grid(make: Callable[[int, int], bytes]) -> Callable[[int], bytes]:
    """A table of rows and columns."""
    return lambda length: make(_cells(length), _COLUMNS)


def _cells(length: int) -> int:
    return max(_COLUMNS, length // len("讲座36场"))
