"""Cells that no spreadsheet runs (OWASP, CSV Injection): the one way into every table of text, and the way back."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import IO, Any

_RUN = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Spreadsheets run cells that begin with these, Excel in East Asian versions the full-width ones too."""
_PASSED_OVER = " \"'\u00a0\u3000\ufeff"
"""Signs in front of a formula that imports may drop."""


class Cells:
    """Writes the rows of a CSV to a stream, each cell defused."""

    def __init__(self, stream: IO[str], *, bom: bool = False) -> None:
        """Begin with a byte-order mark if `bom` says so."""
        stream.write("\ufeff" * bom)
        self._writer = csv.writer(stream, lineterminator="\r\n")

    def row(self, cells: Iterable[Any]) -> None:
        """Write a row."""
        self._writer.writerow([defused(cell) for cell in cells])


def defused(value: object) -> object:
    """A text that no spreadsheet runs: an apostrophe stands in front of what it would. Numbers stay numbers."""
    return f"'{value}" if isinstance(value, str) and _runs(value) else value


def as_it_was(text: str) -> str:
    """The text of a cell before it was defused."""
    return text[1:] if text.startswith("'") and _runs(text[1:]) else text


def _runs(text: str) -> bool:
    return text.lstrip(_PASSED_OVER).startswith(_RUN)
