"""A PDF page's characters to pieces of lines, with pdfium: its text, and the boxes of what begins and ends a piece."""

from __future__ import annotations

import re
from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass, field
from typing import Any

from zongji.corpus.records import Place
from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.page import Box, Piece

_LINE = re.compile(r"[^\r\n]+")
_BLANKS = re.compile(r"[ \u3000\xa0]+")
_HAN = r"[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\u201c\u201d]"
# Blanks that setting adds around Chinese characters: 共 6 场.
_SET = re.compile(rf"(?<={_HAN}) | (?={_HAN})")
_WIDE_GAP = 1.6  # of the height of a character: wider than any justified blank, narrower than a column's gutter
_ODD = str.maketrans({"\ufffe": "", "\x02": "", "\xad": "", "\uffff": ""})  # pdfium's mark of a hyphen at a line's end
_SURROGATES = 0x10000


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page's text as pdfium holds it. Coordinates are turned to begin at the top left corner of what is shown."""

    handle: Any = field(repr=False)
    left: float
    top: float

    @classmethod
    def of(cls, page: Any) -> TextPage:  # noqa: ANN401  # a pypdfium2 page
        """The text of a page."""
        left, _, _, top = page.get_cropbox()
        return cls(page.get_textpage(), left, top)

    def box(self, index: int) -> Box:
        """The box of a character, as high as its font, whichever the sign."""
        raw = library("pypdfium2.raw", extra="pdf", what="PDF")
        rectangle = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self.handle, index, byref(rectangle))
        return (
            rectangle.left - self.left,
            self.top - rectangle.top,
            rectangle.right - self.left,
            self.top - rectangle.bottom,
        )

    def tight_box(self, index: int) -> Box:
        """The box around a character's ink."""
        raw = library("pypdfium2.raw", extra="pdf", what="PDF")
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        raw.FPDFText_GetCharBox(self.handle, index, byref(left), byref(right), byref(bottom), byref(top))
        return left.value - self.left, self.top - top.value, right.value - self.left, self.top - bottom.value

    def inside(self, box: Box) -> str:
        """The text whose characters lie in a box."""
        left, top, right, bottom = box
        text = self.handle.get_text_bounded(
            left=left + self.left, bottom=self.top - bottom, right=right + self.left, top=self.top - top
        )
        return _SET.sub("", str(text).translate(_ODD))


def pieces_of(text_page: TextPage, number: int) -> Iterator[Piece]:
    """The pieces of a page in the order they are stored in."""
    raw = library("pypdfium2.raw", extra="pdf", what="PDF")
    text = text_page.handle.get_text_range()
    shift = _shifts(text) if max(text, default="") >= "\U00010000" else None
    for line in _LINE.finditer(text):
        start = line.start() if shift is None else shift[line.start()]
        first = raw.FPDFText_GetCharIndexFromTextIndex(text_page.handle, start)
        if first >= 0:
            yield from _pieces(text_page, line[0], first, number)


def _shifts(text: str) -> list[int]:
    """For each character its offset in UTF-16, in which pdfium counts."""
    offsets, offset = [], 0
    for character in text:
        offsets.append(offset)
        offset += 1 + (ord(character) >= _SURROGATES)
    return offsets


def _pieces(text_page: TextPage, line: str, first: int, number: int) -> Iterator[Piece]:
    """A line cut at its wide gaps."""
    start = len(line) - len(line.lstrip())
    stop = len(line.rstrip())
    for gap in _BLANKS.finditer(line, start, stop):
        before, behind = text_page.box(first + gap.start() - 1), text_page.box(first + gap.end())
        if behind[0] - before[2] > _WIDE_GAP * (before[3] - before[1]):
            yield _piece(text_page, line[start : gap.start()], first + start, number)
            start = gap.end()
    if start < stop:
        yield _piece(text_page, line[start:stop], first + start, number)


def _piece(text_page: TextPage, raw: str, first: int, number: int) -> Piece:
    left, top, _, bottom = text_page.box(first)
    right = text_page.box(first + len(raw) - 1)[2]
    return Piece(_SET.sub("", raw.translate(_ODD)), number, left, top, right, bottom, raw, first)


@dataclass(frozen=True, slots=True)
class PieceOnPage:
    """The way back from a piece's characters to their box: the page is opened again only when a figure asks."""

    document: Any = field(repr=False)
    piece: Piece

    def within(self, start: int, end: int) -> Place:
        """The page, and the box around these characters of the piece."""
        piece = self.piece
        if piece.first < 0:
            return Place(page=piece.page, box=rounded(piece.box))
        offsets = _offsets(piece)
        stretch = offsets[start : max(end, start + 1)] or offsets[-1:]
        text_page = self.document.text_page(piece.page)
        boxes = [text_page.tight_box(piece.first + offset) for offset in stretch]
        return Place(page=piece.page, box=rounded(_around(boxes)))


def _offsets(piece: Piece) -> list[int]:
    """For each character of the piece's text its offset in the raw text, which has blanks that the text lacks."""
    offsets, place = [], 0
    for character in piece.text:
        place = max(piece.raw.find(character, place), place)
        offsets.append(place)
        place += 1
    return offsets


def _around(boxes: list[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def rounded(box: Box) -> Box:
    """A box in tenths."""
    left, top, right, bottom = (round(side, 1) for side in box)
    return left, top, right, bottom
