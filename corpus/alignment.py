"""A text aligned to its source, character by character.

A pass returns edits, never a changed string; `Aligned.apply` rewrites the text and composes the alignment. However
many passes there are, a single lookup leads back to the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `[start, end)` of a pass's input by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """A text aligned to its source.

    The text is cut into blocks; block *i* starts at `starts[i]` in the text and at `origins[i]` in the source. In a
    block as long as its origin, characters correspond one to one; in any other, all characters correspond to the whole
    origin. The last entry of both lists is a sentinel: the length of the text and of the source.
    """

    source: str
    text: str
    starts: tuple[int, ...] = field(repr=False)
    origins: tuple[int, ...] = field(repr=False)

    @classmethod
    def of(cls, source: str) -> Aligned:
        """The source itself, unchanged."""
        return cls(source, source, (0, len(source)), (0, len(source)))

    def apply(self, edits: Sequence[Edit]) -> Aligned:
        """This text after the edits, which must be sorted and must not overlap.

        Raises:
            ValueError: if an edit is outside the text, or starts before the end of the previous one.
        """
        if not edits:
            return self
        _check_order(edits, len(self.text))
        return Aligned(self.source, _rewritten(self.text, edits), *_composed(self.starts, self.origins, edits))

    def edits(self) -> Iterator[Edit]:
        """The edits that make this text of its source, in order."""
        for block in range(len(self.starts) - 1):
            start, end = self.origins[block : block + 2]
            text = self.text[self.starts[block] : self.starts[block + 1]]
            if text != self.source[start:end]:
                yield Edit(start, end, text)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The span in the source of `[start, end)` of the text; empty for an empty span."""
        if start >= end:
            offset = self._at(start)
            return offset, offset
        return self._at(start), self._behind(end)

    def _at(self, offset: int) -> int:
        """The start of the character at `offset` in the source (the source's length after the last one)."""
        block = bisect_right(self.starts, offset) - 1
        if block >= len(self.starts) - 1:
            return self.origins[-1]
        inside = offset - self.starts[block] if _is_verbatim(self.starts, self.origins, block) else 0
        return self.origins[block] + inside

    def _behind(self, offset: int) -> int:
        """The end in the source of the character before `offset`."""
        block = bisect_right(self.starts, offset - 1) - 1
        if _is_verbatim(self.starts, self.origins, block):
            return self.origins[block] + offset - self.starts[block]
        return self.origins[block + 1]


def _check_order(edits: Sequence[Edit], length: int) -> None:
    position = 0
    for edit in edits:
        if not position <= edit.start <= edit.end <= length:
            message = f"edit {edit.start}..{edit.end} is out of order or outside 0..{length}"
            raise ValueError(message)
        position = edit.end


def _rewritten(text: str, edits: Iterable[Edit]) -> str:
    parts: list[str] = []
    position = 0
    for edit in edits:
        parts += (text[position : edit.start], edit.text)
        position = edit.end
    parts.append(text[position:])
    return "".join(parts)


def _composed(
    starts: Sequence[int], origins: Sequence[int], edits: Iterable[Edit]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The blocks after the edits. An edit of equal length moves nothing and so makes no block."""
    walk = _Walk(starts, origins)
    for edit in edits:
        if len(edit.text) != edit.end - edit.start:
            walk.pass_edit(edit)
    return walk.finished()


class _Walk:
    """One pass over the blocks of an alignment and the edits of its text, copying what stays."""

    def __init__(self, starts: Sequence[int], origins: Sequence[int]) -> None:
        self.starts, self.origins = starts, origins
        self.sentinel = len(starts) - 1
        self.block, self.shift = 0, 0
        self.start, self.origin = starts[0], origins[0]
        """The first block not yet copied."""
        self.new_starts: list[int] = []
        self.new_origins: list[int] = []

    def pass_edit(self, edit: Edit) -> None:
        """Copy the blocks before an edit, begin one for its text, and move past it."""
        while self.block < self.sentinel and self.starts[self.block + 1] <= edit.start:
            self._copy()
            self._next()
        if self.start <= edit.start:
            self._begin(edit.start)
        self._skip(edit.end)
        self.shift += len(edit.text) - (edit.end - edit.start)

    def finished(self) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Starts and origins, including the blocks after the last edit."""
        self._copy()
        self.new_starts += [start + self.shift for start in self.starts[self.block + 1 :]]
        self.new_origins += self.origins[self.block + 1 :]
        return tuple(self.new_starts), tuple(self.new_origins)

    def _begin(self, offset: int) -> None:
        """Begin the block of an edit that begins inside the present block, whose head stays if it is verbatim."""
        if self.start < offset and self._verbatim():
            self._copy()
            self._advance(offset)
        self._copy()

    def _skip(self, offset: int) -> None:
        """Move to the end of an edit.

        An edit that ends inside a non-verbatim block takes the whole block: no character in it has an origin of
        its own.
        """
        while self.block < self.sentinel and self.starts[self.block + 1] <= offset:
            self._next()
        if self.start >= offset:
            return
        if self._verbatim():
            self._advance(offset)
        else:
            self._next()

    def _copy(self) -> None:
        self.new_starts.append(self.start + self.shift)
        self.new_origins.append(self.origin)

    def _next(self) -> None:
        self.block += 1
        self.start, self.origin = self.starts[self.block], self.origins[self.block]

    def _advance(self, offset: int) -> None:
        """Continue inside a verbatim block."""
        self.origin += offset - self.start
        self.start = offset

    def _verbatim(self) -> bool:
        return _is_verbatim(self.starts, self.origins, self.block)


def _is_verbatim(starts: Sequence[int], origins: Sequence[int], block: int) -> bool:
    return starts[block + 1] - starts[block] == origins[block + 1] - origins[block]
