"""PDF: pdfium gives the text of every page, pdfplumber the cells of ruled tables, OCR the rest.

pdfium reads hundreds of pages a second, pdfplumber two dozen; so pdfplumber is only asked for pages with tables. A page
without a text layer, or with one that nobody can read, goes to OCR if that is installed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from zongji.corpus.alignment import Aligned
from zongji.corpus.labels import FailureCode, NoticeCode
from zongji.corpus.records import Notice
from zongji.pipeline.sources import ocr
from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.legible import illegible
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.locations import Composer
from zongji.pipeline.sources.page import Page
from zongji.pipeline.sources.page_text import write_pages
from zongji.pipeline.sources.pdf_runs import RunOnPage, runs_of
from zongji.pipeline.sources.pdf_tables import TableFinder, has_grid
from zongji.pipeline.sources.pdf_text import TextPage, pdfium
from zongji.pipeline.sources.reading import Reading, SourceError

_GIVEN_UP = 20  # pages that fail one after the other; a file that claims a million has no more
_FEW = 20  # characters; a page with fewer may be a scan with a stamp
_PICTURE = 0.4  # share of a page, from which a picture on it may be the scanned page


def read_pdf(data: bytes, task: Task) -> Reading:
    """The text of a PDF.

    Raises:
        SourceError: if it is encrypted or broken, no page can be read, or a library is missing.
    """
    document = _Document(_opened(data))
    reader = _Reader(document, TableFinder(data), task)
    pages = list(reader.pages())
    composer = Composer()
    tables = write_pages(composer, pages, lambda run: RunOnPage(document, run))
    if not composer.text.strip() and reader.reasons:
        message = f"no page of it can be read: {'; '.join(reader.reasons)}"
        raise SourceError(next(iter(reader.reasons.values())), message)
    by = "+".join(["pdfium", *(["pdfplumber"] if tables else []), *(["rapidocr"] if reader.recognized else [])])
    notices = tuple(reader.notices)
    count = len(document.handle)
    return Reading(
        Aligned.of(composer.text), "pdf", by, composer.boilerplate, notices, composer.locations, count, tables
    )


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
        if len(text.strip()) < _FEW and _is_picture(page, width * height):
            return self._scanned(page, number, NoticeCode.SCANNED_PAGE, "is an image without text")
        if illegible(text_page, text):
            what = "has text in a font without a character map"
            return self._scanned(page, number, NoticeCode.UNREADABLE_PAGE, what)
        tables = self._tables(page, number, text_page)
        return Page(number, width, height, tuple(runs_of(text_page, number)), tables)

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
        return Page(number, width, height, found.runs)

    def _lose(self, code: NoticeCode, why: FailureCode, message: str) -> None:
        self.reasons.setdefault(message, why)
        self._note(code, message)

    def _note(self, code: NoticeCode, message: str) -> None:
        self.notices.append(Notice(code, message, 0, 0))


def _is_picture(page: Any, area: float) -> bool:  # noqa: ANN401
    """True if an image covers much of the page."""
    raw = pdfium()
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        if (right - left) * (top - bottom) > _PICTURE * area:
            return True
    return False
