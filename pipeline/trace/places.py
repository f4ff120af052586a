"""The requested position, and the numbers at it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from zongji.corpus.whole_numbers import whole_number
from zongji.pipeline.reading.inputs import STANDARD_INPUT
from zongji.pipeline.trace.records import FileTrace, Trace

# Only digits after the last colons are a position, so `C:\plan.txt` and `plan: draft.txt` are paths.
_PLACE = re.compile(r"(?P<path>.+?):(?:\+(?P<offset>\d{1,18})|(?P<line>\d{1,18})(?::(?P<column>\d{1,18}))?)", re.DOTALL)
_NEAR = 2  # numbers listed if there is none at the position


class PlaceError(Exception):
    """There is no number at the position; `outside` if it is beyond the end of the file."""

    def __init__(self, message: str, *, outside: bool = False) -> None:
        super().__init__(message)
        self.outside = outside


@dataclass(frozen=True, slots=True)
class Place:
    """A position in the decoded source: an offset from 0, or a line and column from 1."""

    offset: int | None = None
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        """`line 12, column 5`."""
        if self.line is None:
            return f"offset {self.offset}"
        return f"line {self.line}" + (f", column {self.column}" if self.column else "")


def parsed(argument: str) -> tuple[str, Place | None]:
    """The path and position of `FILE`, `FILE:LINE`, `FILE:LINE:COLUMN` or `FILE:+OFFSET`; existing files win."""
    match = _PLACE.fullmatch(argument)
    if match is None or argument == STANDARD_INPUT or os.path.exists(argument):
        return argument, None
    return match["path"], Place(**{name: whole_number(match[name]) for name in ("offset", "line", "column")})


def at_place(file: FileTrace, place: Place) -> FileTrace:
    """The file with only the numbers at a position.

    Raises:
        PlaceError: if there is none; the message names the nearest.
    """
    start, end = _span(file.source, place)
    kept = _kept(file, lambda number: number.start < end and number.end > start)
    if not kept.documents:
        inside = any(found.document.start <= start < found.document.end for found in file.documents)
        lies = "" if inside else ", which belongs to no document"
        message = f"there is no number at {place}{lies}{_nearest(file, start)}"
        raise PlaceError(message)
    return kept


def with_figure(file: FileTrace, figure: str) -> FileTrace:
    """The file with only the figure with this id, one in each document that has it.

    Raises:
        PlaceError: if no document has it.
    """
    kept = _kept(file, lambda number: number.figure is not None and number.figure.id == figure)
    if not kept.documents:
        count = max((len(document.document.figures) for document in file.documents), default=0)
        message = f"there is no figure {figure}; " + (f"the last is f{count}" if count else "the file has none")
        raise PlaceError(message)
    return kept


def _kept(file: FileTrace, wanted: Callable[[Trace], bool]) -> FileTrace:
    documents = (
        replace(document, numbers=tuple(number for number in document.numbers if wanted(number)))
        for document in file.documents
    )
    return replace(file, documents=tuple(document for document in documents if document.numbers))


def _span(source: str, place: Place) -> tuple[int, int]:
    """The characters of a position: one, or a whole line."""
    if place.offset is not None:
        if place.offset >= len(source):
            message = f"{place} is outside: the text has {len(source):,} characters"
            raise PlaceError(message, outside=True)
        return place.offset, place.offset + 1
    lines = source.split("\n")
    number = place.line or 0
    if not 1 <= number <= len(lines):
        message = f"{place} is outside: the text has {len(lines):,} {'line' if len(lines) == 1 else 'lines'}"
        raise PlaceError(message, outside=True)
    start = sum(len(line) + 1 for line in lines[: number - 1])
    width = len(lines[number - 1])
    if place.column is None:
        return start, start + width
    if not 1 <= place.column <= width:
        message = f"{place} is outside: the line has {width:,} characters"
        raise PlaceError(message, outside=True)
    return start + place.column - 1, start + place.column


def _nearest(file: FileTrace, start: int) -> str:
    """`; the nearest are 6期 (line 11) and 300余人 (line 13)`."""
    numbers = [number for document in file.documents for number in document.numbers]
    near = sorted(sorted(numbers, key=lambda number: abs(number.start - start))[:_NEAR], key=lambda one: one.start)
    named = [f"{number.text} (line {number.line}, offset {number.start})" for number in near]
    if not named:
        return ""
    return f"; the nearest {'is' if len(named) == 1 else 'are'} {' and '.join(named)}"
