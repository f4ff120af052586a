"""Pictures in a Word document: read where the document has little other text, else told of if they may hold text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from zongji.corpus.labels import NoticeCode
from zongji.corpus.records import Notice
from zongji.corpus.wording import counted
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.reading import SourceError

_LITTLE = 200  # characters; a document with fewer and a picture is a picture sent as a document
_EMU = 914_400  # English Metric Units per inch (ECMA-376, 20.1.10.16)
_PAGE = (8.27 - 2.5) * (11.69 - 2.0) * _EMU**2  # the area inside the usual margins of A4
_HOLDS_TEXT = 0.15  # share of a page; a smaller picture is a photograph or an ornament
_BLIP, _EXTENT = "{*}blip", "{*}extent"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


class _Package(Protocol):
    @property
    def around_body(self) -> dict[str, tuple[str, str]]: ...

    def bytes_of(self, name: str) -> bytes: ...


class Pictures:
    """The pictures of a document, asked for paragraph by paragraph."""

    def __init__(self, package: _Package, task: Task, body: Any) -> None:  # noqa: ANN401  # an lxml element
        self._package, self._task = package, task
        self._are_read = _is_short(body)
        self._left = task.limits.ocr_pages
        self._unsearched = 0
        self._notices: list[Notice] = []

    def lines_in(self, paragraph: Any) -> Iterator[str]:  # noqa: ANN401
        """The lines that are read on the pictures in a paragraph."""
        for drawing in paragraph.iter("{*}inline", "{*}anchor"):
            blip = next(drawing.iter(_BLIP), None)
            if blip is None or not _may_hold_text(drawing):
                continue
            if self._are_read and self._left > 0:
                self._left -= 1
                yield from self._lines(blip.get(_EMBED) or "")
            else:
                self._unsearched += 1

    def _lines(self, reference: str) -> Iterator[str]:
        from zongji.pipeline.sources.image import read_image  # noqa: PLC0415  # few documents need it

        name = self._package.around_body.get(reference, ("", ""))[1]
        try:
            reading = read_image(self._package.bytes_of(name), self._task)
        except SourceError as error:
            message = f"a picture in it ({name or reference}) is not read: {error}"
            self._notices.append(Notice(NoticeCode.UNSEARCHED_PICTURE, message, 0, 0))
            return
        self._notices += reading.notices
        yield from filter(None, map(str.strip, reading.aligned.text.split("\n")))

    def notices(self) -> Iterator[Notice]:
        """What was not read, and what is doubtful in what was."""
        yield from self._notices
        if self._unsearched:
            message = f"{counted(self._unsearched, 'picture')} not searched for text"
            yield Notice(NoticeCode.UNSEARCHED_PICTURE, message, 0, 0)


def _is_short(body: Any) -> bool:  # noqa: ANN401
    length = 0
    for text in body.itertext():
        length += len(text.strip())
        if length >= _LITTLE:
            return False
    return True


def _may_hold_text(drawing: Any) -> bool:  # noqa: ANN401
    extent = drawing.find(_EXTENT)
    try:
        area = int(extent.get("cx")) * int(extent.get("cy"))
    except (AttributeError, TypeError, ValueError):
        return True  # of unknown size
    return area > _HOLDS_TEXT * _PAGE
