"""Word documents (ECMA-376): numbered paragraphs, tables, text boxes; headers, footers and notes as boilerplate.

The parts are read one by one with lxml rather than with python-docx, which opens no document one of whose parts (a
picture, a header) is missing or broken, and knows neither numbers nor text boxes.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from zongji.corpus.alignment import Aligned
from zongji.corpus.labels import FailureCode, NoticeCode
from zongji.corpus.records import Location, Notice, Span
from zongji.corpus.whole_numbers import whole_number
from zongji.corpus.wording import counted
from zongji.pipeline.sources.docx_headings import heading_depth
from zongji.pipeline.sources.docx_pictures import Pictures
from zongji.pipeline.sources.docx_text import boxes_of, is_contents, text_of
from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.grid import Cell, grid_of, on_one_line, write_table
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.locations import Composer, cell_name
from zongji.pipeline.sources.numbering import Numbering, W
from zongji.pipeline.sources.packages import check_package, member, package, xml
from zongji.pipeline.sources.reading import Reading, SourceError, StatedHeading

_APART = re.compile(r"[^/]+/(?:header|footer|footnotes|endnotes)\d*\.xml")
_CONTAINERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body"})
_WIDEST = 200  # columns; a cell spanning more is broken


def read_docx(data: bytes, task: Task, *, name: str = "docx", by: str = "ooxml") -> Reading:
    """The text of a Word document.

    Raises:
        SourceError: if lxml is missing, it is no package that can be opened, has no body, or goes beyond a limit.
    """
    library("lxml.etree", what="Word documents")  # missing, it would look like broken parts
    archive = package(data)
    check_package(archive, task)
    parts = _Parts(archive, task)
    body = parts.element(parts.body)
    body = None if body is None else next(body.iter(f"{W}body"), None)
    if body is None:
        message = (
            "it is a Word document whose body is missing or broken. Open it in Word or LibreOffice and save it again"
        )
        raise SourceError(FailureCode.DAMAGED, message)
    numbering, styles = (parts.element(parts.beside_body(kind)) for kind in ("numbering", "styles"))
    writer = _Writer(Numbering(numbering, styles), Pictures(parts, task, body))
    writer.write(body)
    for part in filter(_APART.fullmatch, parts.names):
        writer.write_apart(parts.element(part))
    text = writer.composer.text
    notices = (*parts.notices, *writer.notices())
    return Reading(
        Aligned.of(text),
        name,
        by,
        writer.composer.boilerplate,
        notices,
        writer.composer.locations,
        tables=writer.tables,
        headings=tuple(writer.headings),
    )


class _Parts:
    """The parts of a document, read independently: a broken one is skipped with a notice."""

    def __init__(self, archive: zipfile.ZipFile, task: Task) -> None:
        self.names = sorted(archive.namelist())
        self.notices: list[Notice] = []
        self._archive, self._task = archive, task

    @cached_property
    def body(self) -> str:
        """The name of the main part: what the package says it is, else the usual one."""
        named = (name for kind, name in self._relations("_rels/.rels").values() if kind == "officeDocument")
        return next((name for name in named if name in self.names), "word/document.xml")

    def beside_body(self, kind: str) -> str:
        """The name of a part that the main part refers to, such as `styles`; by default `word/styles.xml`."""
        named = (name for found, name in self.around_body.values() if found == kind)
        return next((name for name in named if name in self.names), f"word/{kind}.xml")

    def bytes_of(self, name: str) -> bytes:
        """A part's bytes.

        Raises:
            SourceError: if there is none of this name, or it cannot be unpacked.
        """
        if name not in self.names:
            message = "it is missing"
            raise SourceError(FailureCode.DAMAGED, message)
        return member(self._archive, self._archive.getinfo(name), self._task)

    @cached_property
    def around_body(self) -> dict[str, tuple[str, str]]:
        """What the main part refers to: kind and name of each part, by the reference."""
        folder, _, name = self.body.rpartition("/")
        return self._relations(f"{folder}/_rels/{name}.rels", folder)

    def _relations(self, part: str, folder: str = "") -> dict[str, tuple[str, str]]:
        """The parts that a part of relations names (OPC 9.3), none outside of the package."""
        root = self.element(part)
        return {
            relation.get("Id") or "": ((relation.get("Type") or "").rpartition("/")[2], _inside_package(target, folder))
            for relation in (root.iterchildren("{*}Relationship") if root is not None else ())
            if relation.get("TargetMode") != "External" and (target := relation.get("Target"))
        }

    def element(self, name: str) -> Any:  # noqa: ANN401  # an lxml element, or None
        if name not in self.names:
            return None
        try:
            root, problem = xml(member(self._archive, self._archive.getinfo(name), self._task))
        except SourceError as error:
            root, problem = None, str(error)
        if problem is not None:
            lost = "the rest of it is lost" if root is not None else "it is left out"
            self.notices.append(Notice(NoticeCode.BROKEN_PART, f"its part {name} is broken ({problem}); {lost}", 0, 0))
        return root


def _inside_package(target: str, folder: str) -> str:
    return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))


class _Writer:
    """Walks the body and writes its text."""

    def __init__(self, numbering: Numbering, pictures: Pictures) -> None:
        self.composer = Composer()
        self.tables = 0
        self.hidden = 0
        self.headings: list[StatedHeading] = []
        self._numbering = numbering
        self._pictures = pictures
        self._paragraphs = 0

    def write(self, container: Any) -> None:  # noqa: ANN401
        for element in _blocks(container):
            if element.tag == f"{W}tbl":
                self._table(element)
            else:
                self._paragraphs += 1
                self._paragraph(element, Location(paragraph=self._paragraphs))

    def write_apart(self, part: Any) -> None:  # noqa: ANN401
        """Headers, footers and notes: at the end of the text, excluded."""
        for paragraph in part.iter(f"{W}p") if part is not None else ():
            text = text_of(paragraph).strip()
            if text:
                self.composer.add(text, Location(), excluded=True)
                self.composer.part("\n")

    def notices(self) -> Iterator[Notice]:
        if self.hidden:
            message = f"{counted(self.hidden, 'character')} of hidden or struck text ignored"
            yield Notice(NoticeCode.HIDDEN_CONTENT, message, 0, 0)
        yield from self._pictures.notices()

    def _paragraph(self, element: Any, location: Location) -> None:  # noqa: ANN401
        text = self._text(element)
        if text:
            begin, is_excluded = self.composer.length, is_contents(element, self._numbering.styles)
            self.composer.add(text, location, excluded=is_excluded)
            is_heading, depth = heading_depth(element, text, self._numbering.styles)
            if is_heading and not is_excluded:
                self.headings.append(StatedHeading(Span(begin, begin + len(text.partition("\n")[0])), depth))
        self.composer.part("\n")
        for box in boxes_of(element):
            self._box(box, location)
        for line in self._pictures.lines_in(element):
            self.composer.add(line, location)
            self.composer.part("\n")

    def _box(self, box: Any, location: Location) -> None:  # noqa: ANN401
        """A text box follows the paragraph it is anchored in."""
        for element in _blocks(box):
            if element.tag == f"{W}tbl":
                self._table(element)
            elif text := self._text(element):
                self.composer.add(text, location)
                self.composer.part("\n")

    def _text(self, element: Any) -> str:  # noqa: ANN401
        text = text_of(element, hidden=self._hide)
        marker = self._numbering.marker(element.find(f"{W}pPr"))
        return (marker + text.lstrip() if text.strip() else "") if marker else text

    def _hide(self, text: str) -> None:
        self.hidden += len(text)

    def _table(self, element: Any) -> None:  # noqa: ANN401
        self.tables += 1
        write_table(self.composer, grid_of(list(self._cells(element, self.tables))))

    def _cells(self, table: Any, number: int) -> Iterator[tuple[int, int, Cell]]:  # noqa: ANN401
        """The cells with their rows and columns; a vertically merged one belongs to the cell above."""
        rows = [list(_row_cells(row)) for row in _inside(table, "tr")]
        below = [{column for column, _, element in cells if _goes_on(element)} for cells in rows]
        for row, cells in enumerate(rows):
            for column, width, element in cells:
                if _goes_on(element):
                    continue
                height = 1
                while row + height < len(rows) and column in below[row + height]:
                    height += 1
                location = Location(table=number, cell=cell_name(row + 1, column + 1))
                paragraphs = tuple(self._cell_paragraphs(element))
                holds_table = any("\t" in paragraph for paragraph in paragraphs)
                yield row, column, Cell(paragraphs, location, height, width, holds_table=holds_table)

    def _cell_paragraphs(self, cell: Any) -> Iterator[str]:  # noqa: ANN401
        for element in _blocks(cell):
            if element.tag == f"{W}tbl":
                for row in _inside(element, "tr"):
                    texts = (on_one_line("\n".join(self._cell_paragraphs(inner))) for _, _, inner in _row_cells(row))
                    yield "\t".join(texts)
            else:
                yield from filter(None, [self._text(element).strip()])
                yield from self._pictures.lines_in(element)
                for box in boxes_of(element):
                    yield from self._cell_paragraphs(box)


def _blocks(container: Any) -> Iterator[Any]:  # noqa: ANN401
    """The paragraphs and tables in it, including those in content controls and insertions."""
    for element in container.iterchildren("{*}*"):
        name = element.tag.rpartition("}")[2]
        if name in {"p", "tbl"} and element.tag.startswith(W):
            yield element
        elif name in _CONTAINERS:
            yield from _blocks(element)


def _inside(container: Any, name: str) -> Iterator[Any]:  # noqa: ANN401
    """The rows of a table or the cells of a row, without those whose deletion was tracked (17.13.5.12, 17.13.5.1)."""
    for element in container.iterchildren("{*}*"):
        if element.tag == W + name:
            if element.find(f"{W}trPr/{W}del") is None and element.find(f"{W}tcPr/{W}cellDel") is None:
                yield element
        elif element.tag.rpartition("}")[2] in _CONTAINERS:
            yield from _inside(element, name)


def _row_cells(row: Any) -> Iterator[tuple[int, int, Any]]:  # noqa: ANN401
    """The cells of a row with their first column (from 0) and their width in columns."""
    before = row.find(f"{W}trPr/{W}gridBefore")
    column = _width(before) if before is not None else 0
    for cell in _inside(row, "tc"):
        width = _width(cell.find(f"{W}tcPr/{W}gridSpan"))
        yield column, width, cell
        column += width


def _width(element: Any) -> int:  # noqa: ANN401
    value = "" if element is None else element.get(f"{W}val") or ""
    return min(max(whole_number(value) or 1, 1), _WIDEST)


def _goes_on(cell: Any) -> bool:  # noqa: ANN401
    """True for a cell that is merged with the one above it (17.4.84: `continue`, or no value)."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    return merge is not None and merge.get(f"{W}val", "continue") == "continue"
