"""From offsets in a decoded text back to locations in the original file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol

from zongji.corpus.records import Location, Span


class Locations(Protocol):
    """Maps spans of a decoded text to locations in its file."""

    def at(self, start: int, end: int) -> Location:
        """The location of `[start, end)` of the decoded text; that of its start if it covers several."""


class Lines:
    """The locations in a text file: its lines."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def at(self, start: int, end: int) -> Location:  # noqa: ARG002  # a line is named by its beginning
        """The line in which the span begins; lines end with a line feed."""
        return Location(line=bisect_right(self._starts, start))


class Stretch(Protocol):
    """Maps parts of one block to their locations, on demand."""

    def within(self, start: int, end: int) -> Location:
        """The location of `[start, end)` of the block's text; `end` may lie behind it."""


class Blocks:
    """The locations in a text made of blocks that have one each."""

    def __init__(self, starts: Sequence[int], locations: Sequence[Location | Stretch]) -> None:
        self._starts, self._locations = starts, locations

    def at(self, start: int, end: int) -> Location:
        """The location of the block in which the span begins."""
        if not self._locations:
            return Location()
        block = max(0, bisect_right(self._starts, start) - 1)
        location, begin = self._locations[block], self._starts[block]
        return (
            location if isinstance(location, Location) else location.within(max(0, start - begin), max(0, end - begin))
        )


@dataclass(frozen=True, slots=True)
class Within:
    """The locations in a member of an archive."""

    locations: Locations
    member: str

    def at(self, start: int, end: int) -> Location:
        """The location in the member, with the member's path."""
        return replace(self.locations.at(start, end), member=self.member)


class Composer:
    """Builds a text block by block, and remembers their locations and which of them are excluded."""

    def __init__(self) -> None:
        self.length = 0
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._locations: list[Location | Stretch] = []
        self._excluded: list[Span] = []

    def add(self, text: str, location: Location | Stretch, *, excluded: bool = False) -> None:
        """Append a block that stands at `location`; `excluded` marks it as boilerplate."""
        if not text:
            return
        self._starts.append(self.length)
        self._locations.append(location)
        if excluded:
            self._excluded.append(Span(self.length, self.length + len(text)))
        self._write(text)

    def part(self, text: str) -> None:
        """Append what stands between two blocks: a line end or a tab."""
        self._write(text)

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)

    @property
    def text(self) -> str:
        """The text so far."""
        return "".join(self._parts)

    @property
    def locations(self) -> Blocks:
        """The location of every block."""
        return Blocks(self._starts, self._locations)

    @property
    def boilerplate(self) -> tuple[Span, ...]:
        """The excluded blocks, in order."""
        return tuple(self._excluded)


def shown(location: Location | None) -> str:
    """A location for readers: `a.doc, page 3, table 1, B4`; empty where none is known."""
    if location is None:
        return ""
    counted = [
        f"{name} {getattr(location, name)}"
        for name in ("line", "page", "paragraph", "table")
        if getattr(location, name)
    ]
    box = [f"box {' '.join(f'{side:g}' for side in location.box)}"] if location.box else []
    return ", ".join(filter(None, [location.member, location.sheet, *counted, location.cell, *box]))


_COLUMN_LETTERS = 26


def cell_name(row: int, column: int) -> str:
    """The name of a cell by row and column, both from 1: row 4, column 2 is `B4`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, _COLUMN_LETTERS)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"
