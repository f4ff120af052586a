"""Word 97 and WPS files: antiword, or LibreOffice for files of which antiword would lose something.

antiword takes five milliseconds and gives the paragraphs and tables; it knows neither automatic numbers nor, where a
cell has several lines, which lines make a row. LibreOffice has both, a tenth of a second each in batches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zongji.corpus.alignment import Aligned
from zongji.corpus.labels import FailureCode, NoticeCode
from zongji.corpus.records import Location, Notice
from zongji.pipeline.sources import libreoffice, programs, scratch
from zongji.pipeline.sources.docx import read_docx
from zongji.pipeline.sources.grid import Cell, write_table
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.locations import Composer, cell_name
from zongji.pipeline.sources.packages import check_package, package
from zongji.pipeline.sources.reading import Reading, SourceError

INSTALL = "Install antiword or LibreOffice (Debian: antiword, libreoffice-writer-nogui)"
_SECTOR = 512  # bytes; streams begin at multiples of it (MS-CFB 2.2)
_FIB = b"\xec\xa5"  # MS-DOC 2.5.2, wIdent
_IN_LIST = re.compile(rb"\x0b\x46(?!\x00\x00)..", re.DOTALL)  # MS-DOC 2.6.2, sprmPIlfo: the paragraph is in a list
_ROW = re.compile(r"\|.*\|\s*")
_PICTURE = "[pic]"  # what antiword writes for one
_GARBLED = re.compile("[\x00-\x08\x0e-\x1f\ufffd\ue000-\uf8ff]")
_MOST_GARBLED = 0.02  # share of a text's characters


def read_doc(data: bytes, task: Task) -> Reading:
    """The text of a Word 97 or WPS file.

    Raises:
        SourceError: if neither program is installed, none can read it, or there is no place for temporary files.
    """
    text, refused = _antiword(data, task)
    lost = _lost(data, text) if text is not None else None
    if text is not None and lost is None:
        return _reading(text, ())
    try:
        return _through_libreoffice(data, task)
    except SourceError as error:
        if text is None:
            message = f"{refused}; {error}" if refused else f"Word 97 files need an external program. {INSTALL}"
            raise SourceError(error.failure.code, message) from error
        notice = Notice(NoticeCode.BROKEN_PART, f"read by antiword, which loses {lost}; {error}", 0, 0)
        return _reading(text, (notice,))


def wants_libreoffice(data: bytes, task: Task) -> bool:
    """True if `read_doc` will need LibreOffice, so that such files can be converted in batches."""
    try:
        text, _ = _antiword(data, task)
    except SourceError:  # reading it reports this
        return False
    return text is None or _lost(data, text) is not None


def read_by_libreoffice(data: bytes, task: Task, *, kind: str) -> Reading:
    """The text of a file that LibreOffice turns into docx: RTF, OpenDocument, Word 2003 XML.

    Raises:
        SourceError: if LibreOffice is missing or cannot read it.
    """
    if kind == "odt":
        check_package(package(data), task)
    converted = libreoffice.converted(data, kind, seconds=task.seconds_left)
    reading = read_docx(converted, task, name=kind, by="libreoffice")
    _check_text(reading.aligned.source)
    return reading


def _through_libreoffice(data: bytes, task: Task) -> Reading:
    return read_by_libreoffice(data, task, kind="doc")


def _antiword(data: bytes, task: Task) -> tuple[str | None, str]:
    """The text that antiword gives, or None and why.

    Raises:
        SourceError: if there is no place for temporary files.
    """
    program = programs.found("antiword")
    if program is None:
        return None, ""
    with scratch.folder() as folder:
        path = folder / "file.doc"
        path.write_bytes(data)
        try:
            ran = programs.run((program, "-m", "UTF-8.txt", "-w", "0", str(path)), seconds=task.seconds_left)
            text = ran.output.decode(errors="replace").replace(_PICTURE, "")
            _check_text(text)
        except SourceError as error:
            return None, str(error)
    if not text.strip():  # antiword exits with 1 on some short documents that it reads
        return None, f"antiword cannot read it ({programs.said(ran.errors)[:120] or 'no text'})"
    return text, ""


def _check_text(text: str) -> None:
    """Raise SourceError for garbage."""
    if len(_GARBLED.findall(text)) > _MOST_GARBLED * len(text):
        message = "its content is not text: the file may be damaged or encrypted"
        raise SourceError(FailureCode.DAMAGED, message)


def _lost(data: bytes, text: str) -> str | None:
    """What antiword loses of a file; None if nothing."""
    if _has_lists(data):
        return "automatic numbers, if it has any"
    rows = [line for line in text.split("\n") if _ROW.fullmatch(line)]
    if any(sum(bool(cell) for cell in _cells(row)) < max(2, row.count("|") - 1) for row in rows):
        return "the rows of tables with merged cells or cells of several lines"
    return None


def _has_lists(data: bytes) -> bool:
    """True where paragraphs behind the file's header are numbered; a style that is not used may be taken for one."""
    start = next((offset for offset in range(_SECTOR, len(data), _SECTOR) if data.startswith(_FIB, offset)), len(data))
    return _IN_LIST.search(data, start) is not None


def _cells(row: str) -> list[str]:
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def _reading(text: str, notices: tuple[Notice, ...]) -> Reading:
    composer = Composer()
    tables = 0
    for number, block in enumerate(_blocks(text), start=1):
        if isinstance(block, str):
            composer.add(block, Location(paragraph=number - tables))
            composer.part("\n")
        else:
            tables += 1
            write_table(composer, _grid(block, tables))
    return Reading(Aligned.of(composer.text), "doc", "antiword", (), notices, composer.locations, tables=tables)


def _blocks(text: str) -> Iterator[str | list[list[str]]]:
    """The paragraphs, and the tables as their rows; antiword separates paragraphs by empty lines."""
    rows: list[list[str]] = []
    for line in text.split("\n"):
        if _ROW.fullmatch(line):
            rows.append(_cells(line))
            continue
        if rows:
            yield rows
            rows = []
        if line.strip():
            yield line.rstrip()
    if rows:
        yield rows


def _grid(rows: Sequence[Sequence[str]], table: int) -> list[list[Cell | None]]:
    return [
        [
            Cell((text,) if text else (), Location(table=table, cell=cell_name(row, column)))
            for column, text in enumerate(cells, start=1)
        ]
        for row, cells in enumerate(rows, start=1)
    ]
