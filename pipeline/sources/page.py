"""The contents of a page, from PDF or OCR: runs of lines with their boxes, and tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from zongji.pipeline.sources.grid import Grid

Box = tuple[float, float, float, float]
"""Left, top, right, bottom from the page's top left corner."""


@dataclass(frozen=True, slots=True)
class TextRun:
    """A stretch of a line without wide gaps in it."""

    text: str
    page: int
    """From 1."""
    left: float
    top: float
    right: float
    bottom: float
    raw: str = ""
    """The stored text, which may have blanks that `text` lacks."""
    first: int = -1
    """The index of its first character among those of the page; -1 where it has none."""
    indexes: tuple[int, ...] = ()
    """The index of each character of `text`, where they are stored in another order than they stand in."""
    slanted: bool = False
    """Written aslant over the page, as watermarks are."""

    @property
    def box(self) -> Box:
        """Its box on the page."""
        return self.left, self.top, self.right, self.bottom

    @property
    def size(self) -> float:
        """The height of its characters."""
        return self.bottom - self.top

    def overlaps(self, other: TextRun) -> bool:
        """True where the middle of this run lies in another one."""
        return other.left <= (self.left + self.right) / 2 <= other.right and other.top <= self.middle <= other.bottom

    @property
    def middle(self) -> float:
        """The height at which its characters stand."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table on a page: its box, its cells, and the left edges of its columns."""

    box: Box
    grid: Grid = field(repr=False)
    edges: tuple[float, ...] = ()

    def covers(self, run: TextRun) -> bool:
        """True where the middle of a run lies in the table."""
        left, top, right, bottom = self.box
        return left <= (run.left + run.right) / 2 <= right and top <= run.middle <= bottom


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its size, its runs in the order they are stored in, and its tables."""

    number: int
    width: float
    height: float
    runs: tuple[TextRun, ...] = ()
    tables: tuple[PageTable, ...] = ()
