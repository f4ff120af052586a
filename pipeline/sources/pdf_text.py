"""A PDF page's characters as pdfium stores them, with their boxes as displayed."""

from __future__ import annotations

from ctypes import byref, c_double
from dataclasses import dataclass, field
from functools import cache
from math import sin
from typing import Any

from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.page import Box

_UPRIGHT = 0.1  # sine of the angle of writing
_SLANTED = 0.35  # sine of twice the angle: ten degrees


@cache
def pdfium() -> Any:  # noqa: ANN401  # a module
    """Pdfium's own functions, looked up once: they are called for every line."""
    return library("pypdfium2.raw", what="PDF")


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page's text as pdfium holds it. Coordinates count from the top left corner of the visible page."""

    handle: Any = field(repr=False)
    frame: Box
    """Left, bottom, right, top of the visible page, in the page's own coordinates."""
    turned: int = 0
    """Degrees by which the page is turned clockwise before it is shown."""

    @classmethod
    def of(cls, page: Any) -> TextPage:  # noqa: ANN401  # a pypdfium2 page
        """The text of a page. Upright text on a page that is shown lying is read as it stands."""
        raw = pdfium()
        handle, turned = page.get_textpage(), page.get_rotation()
        upright = turned and abs(sin(raw.FPDFText_GetCharAngle(handle, 0))) < _UPRIGHT
        return cls(handle, page.get_cropbox(), 0 if upright else turned)

    def box(self, index: int) -> Box:
        """The box of a character, as wide as its cell, whichever the sign."""
        raw = pdfium()
        rectangle = raw.FS_RECTF()
        raw.FPDFText_GetLooseCharBox(self.handle, index, byref(rectangle))
        return self.shown(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)

    def pen(self, index: int) -> float:
        """How far to the right a character's origin is, which tells the order of writing; its ink may lie elsewhere."""
        raw = pdfium()
        x, y = c_double(), c_double()
        raw.FPDFText_GetCharOrigin(self.handle, index, byref(x), byref(y))
        return self.shown(x.value, y.value, x.value, y.value)[0]

    def tight_box(self, index: int) -> Box:
        """The box around a character's ink."""
        raw = pdfium()
        left, right, bottom, top = c_double(), c_double(), c_double(), c_double()
        raw.FPDFText_GetCharBox(self.handle, index, byref(left), byref(right), byref(bottom), byref(top))
        return self.shown(left.value, bottom.value, right.value, top.value)

    def is_generated(self, index: int) -> bool:
        """True for a blank that is not stored: pdfium writes one for every gap."""
        raw = pdfium()
        return bool(raw.FPDFText_IsGenerated(self.handle, index))

    def is_slanted(self, index: int) -> bool:
        """True for a character that is written neither along nor across the page."""
        return abs(sin(2 * pdfium().FPDFText_GetCharAngle(self.handle, index))) > _SLANTED

    def inside(self, box: Box) -> str:
        """The text whose characters lie in a box."""
        left, bottom, right, top = self._stored(*box)
        text = self.handle.get_text_bounded(left=left, bottom=bottom, right=right, top=top)
        return str(text)

    def shown(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A box in coordinates of the visible page: left, top, right, bottom."""
        first, low, last, high = self.frame
        match self.turned:
            case 90:
                return bottom - low, left - first, top - low, right - first
            case 180:
                return last - right, bottom - low, last - left, top - low
            case 270:
                return high - top, last - right, high - bottom, last - left
            case _:
                return left - first, high - top, right - first, high - bottom

    def _stored(self, left: float, top: float, right: float, bottom: float) -> Box:
        """The inverse: left, bottom, right, top."""
        first, low, last, high = self.frame
        match self.turned:
            case 90:
                return top + first, left + low, bottom + first, right + low
            case 180:
                return last - right, top + low, last - left, bottom + low
            case 270:
                return last - bottom, high - right, last - top, high - left
            case _:
                return left + first, high - bottom, right + first, high - top
