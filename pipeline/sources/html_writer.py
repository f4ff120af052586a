"""Shown text written piece by piece, as edits to the source: what parts two pieces is decided when the second comes."""

from __future__ import annotations

from collections.abc import Sequence

from zongji.corpus.alignment import Edit


class Writer:
    """Collects the edits that turn a page into its readable text."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.length = 0  # of what is written
        self._edits: list[Edit] = []
        self._kept = 0  # up to here the source is dealt with
        self._rows = self._lines = self._tabs = 0  # what has to come before the next shown character
        self._blank = False
        self._cells = [0]  # cells of the current row, for each open table
        self._preformatted = 0

    @property
    def is_preformatted(self) -> bool:
        """Whether blanks and line ends are shown as they stand."""
        return self._preformatted > 0

    @property
    def end(self) -> str:
        """The last few characters of the source that are shown so far."""
        return self.source[max(0, self._kept - 4) : self._kept]

    def keep(self, start: int, end: int) -> None:
        """Shows `[start, end)` of the source as it stands."""
        if start < end:
            self._part(start)
            self.length += end - start
            self._kept = end

    def replace(self, start: int, end: int, text: str) -> None:
        """Shows the text in place of `[start, end)` of the source."""
        self._part(start)
        if text != self.source[start:end]:
            self._edits.append(Edit(start, end, text))
        self.length += len(text)
        self._kept = end

    def blank(self) -> None:
        """White space: one blank, unless a line begins here."""
        self._blank = True

    def end_line(self) -> None:
        """A block begins or ends."""
        self._lines = max(self._lines, 1)

    def break_line(self) -> None:
        """A `<br>`. Several make empty lines; one at the end of a block makes none."""
        self._lines += 1

    def begin_cell(self) -> None:
        """A cell: a tab parts it from the one in front, in place of the line end of a block in that one."""
        if self._cells[-1]:
            self._tabs += 1
            self._lines = 0
        self._cells[-1] += 1

    def end_row(self) -> None:
        """A row begins or ends."""
        self._rows, self._tabs = 1, 0
        self._cells[-1] = 0

    def table(self, *, closing: bool) -> None:
        """A table begins or ends; one inside a cell has its own rows."""
        self.end_line()
        if not closing:
            self._cells.append(0)
        elif len(self._cells) > 1:
            self._cells.pop()
            self._rows = 0  # its last row is a line of the cell around it

    def preformatted(self, *, closing: bool) -> None:
        """White space counts from here on, or no longer."""
        self._preformatted = max(self._preformatted + (-1 if closing else 1), 0)

    def finished(self) -> Sequence[Edit]:
        """All edits, those at the end of the page included."""
        if self._kept < len(self.source):
            self._edits.append(Edit(self._kept, len(self.source), ""))
        return self._edits

    def _part(self, start: int) -> None:
        """Replaces what lies between the last shown character and this one by what parts them."""
        parting = self._parting()
        if start - self._kept != len(parting) or self.source[self._kept : start] != parting:
            self._edits.append(Edit(self._kept, start, parting))
        self.length += len(parting)
        self._kept = start
        self._rows = self._lines = self._tabs = 0
        self._blank = False

    def _parting(self) -> str:
        if not self.length:
            return ""
        if self._tabs:  # blocks that begin in a new cell do not end the row
            return "\n" * self._rows + "\t" * self._tabs
        ends = max(self._rows, self._lines)
        return "\n" * ends if ends else " " * self._blank
