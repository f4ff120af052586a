"""PDF: pdfium gives the text of every page, pdfplumber the cells of ruled tables, OCR the rest.

pdfium reads hundreds of pages a second, pdfplumber two dozen; so pdfplumber is only asked for pages with tables. A page
without a text layer, or with one that nobody can read, goes to OCR if that is installed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from zongji.corpus.alignment import Aligned
from zongji.corpus.labels import FailureCode, NoticeCode
from zongji.corpus.records import Notice
from zongji.corpus.wording import counted
from zongji.pipeline.sources import ocr
from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.legible import illegible
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.locations import Composer
from zongji.pipeline.sources.page import Page, TextRun
from zongji.pipeline.sources.page_text import write_pages
from zongji.pipeline.sources.pdf_annotations import annotations_of
from zongji.pipeline.sources.pdf_runs import RunOnPage, columns_of, is_vertical, runs_of
from zongji.pipeline.sources.pdf_tables import TableFinder, has_grid
from zongji.pipeline.sources.pdf_text import TextPage, pdfium
from zongji.pipeline.sources.reading import Reading, SourceError

_GIVEN_UP = 20  # pages that fail one after the other; a file that claims a million has no more
_FEW = 20  # characters; a page with fewer may be a scan with a stamp …
_STAMPED = 200  # … and one with fewer a scan under a printed line, or with text laid over it
_MOST_IMAGES = 1000  # of a page that are measured
_HOLDS_TEXT = 0.15  # share of a page; a smaller picture is a photograph or an ornament
_LISTED = 10  # pages in a message
_SHOWN = 40  # characters of a note in a message
_PICTURE = 0.4  # share of a page, from which a picture on it may be the scanned page


def read_pdf(data: bytes, task: Task) -> Reading:
    """The text of a PDF.

    Raises:
        SourceError: if it is encrypted or broken, no page can be read, or a library is missing.
    """
    document = _Document(handle := _opened(data))
    handle.init_forms()
    reader = _Reader(document, TableFinder(data), task)
    pages = list(reader.pages())
    composer = Composer()
    tables = write_pages(composer, pages, lambda run: RunOnPage(document, run))
    if not composer.text.strip() and reader.reasons:
        message = f"no page of it can be read: {'; '.join(reader.reasons)}"
        raise SourceError(next(iter(reader.reasons.values())), message)
    by = "+".join(["pdfium", *(["pdfplumber"] if tables else []), *(["rapidocr"] if reader.recognized else [])])
    notices = (*reader.notices, *_unsearched(reader.unsearched))
    count = len(document.handle)
    return Reading(
        Aligned.of(composer.text), "pdf", by, composer.boilerplate, notices, composer.locations, count, tables
    )


def _unsearched(pages: Sequence[int]) -> Iterator[Notice]:
    if pages:
        listed = ", ".join(map(str, pages[:_LISTED])) + ", …" * (len(pages) > _LISTED)
        message = f"{counted(len(pages), 'page')} with pictures that are not searched for text: {listed}"
        yield Notice(NoticeCode.UNSEARCHED_PICTURE, message, 0, 0)


def _opened(data: bytes) -> Any:  # noqa: ANN401
    binding = library("pypdfium2", what="PDF")
    try:
        return binding.PdfDocument(data)
    except binding.PdfiumError as error:
        if "password" in str(error).lower():
            code = FailureCode.ENCRYPTED
            message = "it is password-protected. Open it and save it without the password"
        else:
            code = FailureCode.DAMAGED
            message = f"it is a PDF that cannot be opened ({str(error).rstrip('.')}). It may be incomplete"
        raise SourceError(code, message) from error


@dataclass
class _Document:
    """An open PDF that caches the last text page."""

    handle: Any = field(repr=False)
    _number: int = 0
    _text_page: TextPage | None = None

    def text_page(self, number: int) -> TextPage:
        """The text of a page, from 1."""
        if self._text_page is None or self._number != number:
            self._number, self._text_page = number, TextPage.of(self.handle[number - 1])
        return self._text_page


class _Reader:
    """Reads page by page; one that fails is skipped with a notice."""

    def __init__(self, document: _Document, finder: TableFinder, task: Task) -> None:
        self.notices: list[Notice] = []
        self.reasons: dict[str, FailureCode] = {}
        """Why pages could not be read; the code of the first stands for a file without any page that can."""
        self.recognized = 0
        self.unsearched: list[int] = []
        """Pages with pictures that may hold text."""
        self._document, self._finder, self._task = document, finder, task

    def pages(self) -> Iterator[Page]:
        count, failed = len(self._document.handle), 0
        for number in range(1, count + 1):
            limit = self._limit(number)
            if limit is not None:
                self._note(NoticeCode.LIMIT_REACHED, f"read up to page {number - 1} of {count}: {limit}")
                return
            try:
                yield self._page(number)
                failed = 0
            except SourceError:
                raise
            except Exception as error:  # these libraries raise anything on a broken page
                failed += 1
                self._lose(NoticeCode.UNREADABLE_PAGE, FailureCode.DAMAGED, f"page {number} is broken ({error})")
            if failed >= _GIVEN_UP:
                self._note(NoticeCode.LIMIT_REACHED, f"given up at page {number} of the {count} it claims to have")
                return

    def _limit(self, number: int) -> str | None:
        if number > self._task.limits.pages:
            return "--limit pages=… raises this"
        return None if self._task.seconds_left else "its time was over; --limit seconds=… raises this"

    def _page(self, number: int) -> Page:
        page = self._document.handle[number - 1]
        width, height = page.get_size()
        text_page = TextPage.of(page)
        text = text_page.handle.get_text_range()
        pictured = _pictured(page, width * height)
        if len(text.strip()) < _FEW and pictured > _PICTURE:
            return self._scanned(page, number, NoticeCode.SCANNED_PAGE, "is an image without text")
        if illegible(text_page, text):
            what = "has text in a font without a character map"
            return self._scanned(page, number, NoticeCode.UNREADABLE_PAGE, what)
        if is_vertical(text_page, text):
            return Page(number, height, width, tuple(columns_of(text_page, text, number, width)))
        tables = self._tables(page, number, text_page)
        runs = (*runs_of(text_page, number), *self._laid_over(page, number, text_page))
        if len(text.strip()) < _STAMPED and pictured > _PICTURE:
            seen = self._scanned(page, number, NoticeCode.SCANNED_PAGE, "is an image with little text on it")
            runs = (*runs, *(run for run in seen.runs if not any(map(run.overlaps, runs))))
        elif pictured > _HOLDS_TEXT:
            self.unsearched.append(number)
        return Page(number, width, height, runs, tables)

    def _laid_over(self, page: Any, number: int, text_page: TextPage) -> Iterator[TextRun]:  # noqa: ANN401
        """The values of a form and text typed onto a page, as lines of it; notes are only told of."""
        form = self._document.handle.formenv
        for annotation in annotations_of(page, text_page, form and form.raw):
            if annotation.is_note:
                message = f"page {number} has a note that is not read: {annotation.text[:_SHOWN]}"
                self._note(NoticeCode.HIDDEN_CONTENT, message)
                continue
            left, top, right, bottom = annotation.box
            lines = annotation.text.splitlines()
            height = (bottom - top) / len(lines)
            for index, line in enumerate(lines):
                above = top + index * height
                yield TextRun(line, number, left, above, right, above + height)

    def _tables(self, page: Any, number: int, text_page: TextPage) -> Any:  # noqa: ANN401
        """The tables of a page; where pdfplumber fails, its lines remain."""
        if not has_grid(page):
            return ()
        try:
            return self._finder.tables(number, text_page)
        except SourceError:
            raise
        except Exception as error:  # pdfplumber raises what it likes on a broken page
            self._note(NoticeCode.BROKEN_PART, f"the tables of page {number} are read as lines ({error})")
            return ()

    def _scanned(self, page: Any, number: int, code: NoticeCode, what: str) -> Page:  # noqa: ANN401
        """A page by OCR; an empty one with a notice if OCR is not available."""
        width, height = page.get_size()
        why, missing = FailureCode.MISSING_EXTRA, ocr.missing()
        if missing is None and self.recognized >= self._task.limits.ocr_pages:
            why, missing = FailureCode.TOO_LARGE, "--limit ocr_pages=… raises the number of pages for OCR"
        if missing is not None:
            self._lose(code, why, f"page {number} {what}; {missing}")
            return Page(number, width, height)
        self.recognized += 1
        found = ocr.recognize(page.render(scale=ocr.DOTS / 72).to_numpy(), number, scale=72 / ocr.DOTS)
        self.notices += found.notices
        if found.is_turned:
            width, height = height, width
        return Page(number, width, height, found.runs)

    def _lose(self, code: NoticeCode, why: FailureCode, message: str) -> None:
        self.reasons.setdefault(message, why)
        self._note(code, message)

    def _note(self, code: NoticeCode, message: str) -> None:
        self.notices.append(Notice(code, message, 0, 0))


def _pictured(page: Any, area: float) -> float:  # noqa: ANN401
    """The share of a page that its images cover, which scanners may store in strips."""
    raw = pdfium()
    images = page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)
    boxes = {tuple(round(side) for side in image.get_bounds()) for image in islice(images, _MOST_IMAGES)}
    covered: float = sum((right - left) * (top - bottom) for left, bottom, right, top in boxes)
    return covered / max(area, 1.0)
