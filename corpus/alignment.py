"""A text that remembers where each of its characters came from.

A pass never hands back a changed string: it hands back edits, and `Aligned.apply` rewrites the text and composes the
way back to the source. However many passes there are, one lookup leads home.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace `[start, end)` of a pass's input text by `text`."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Aligned:
    """A text with the way back to its source.

    The text is cut into blocks; block *i* starts at `starts[i]` in the text and at `origins[i]` in the source. In a
    block as long as its origin, character answers to character; in any other, all characters answer to the whole
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
            ValueError: if an edit lies outside the text, or before the end of the one in front of it.
        """
        if not edits:
            return self
        _check_order(edits, len(self.text))
        return Aligned(self.source, _rewritten(self.text, edits), *_composed(self.starts, self.origins, edits))

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of `[start, end)` of the text. An empty span gives an empty place."""
        if start >= end:
            place = self._at(start)
            return place, place
        return self._at(start), self._behind(end)

    def _at(self, offset: int) -> int:
        """Where the character at `offset` begins in the source (the source's length behind the last one)."""
        block = bisect_right(self.starts, offset) - 1
        if block >= len(self.starts) - 1:
            return self.origins[-1]
        inside = offset - self.starts[block] if _is_verbatim(self.starts, self.origins, block) else 0
        return self.origins[block] + inside

    def _behind(self, offset: int) -> int:
        """Where the character in front of `offset` ends in the source."""
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
    """The blocks behind the edits, in one walk over both.

    An edit that keeps its length moves nothing and so makes no block. An edit that cuts into a block that is not
    verbatim takes the whole block, because no character in it has a place of its own.
    """
    new_starts: list[int] = []
    new_origins: list[int] = []
    sentinel = len(starts) - 1
    block, shift = 0, 0
    at, origin = starts[0], origins[0]  # from here on, blocks are still to be copied
    for edit in edits:
        growth = len(edit.text) - (edit.end - edit.start)
        if not growth:
            continue
        while block < sentinel and starts[block + 1] <= edit.start:
            new_starts.append(at + shift)
            new_origins.append(origin)
            block += 1
            at, origin = starts[block], origins[block]
        if edit.start >= at:
            if at < edit.start and _is_verbatim(starts, origins, block):
                new_starts.append(at + shift)
                new_origins.append(origin)
                origin += edit.start - at
                at = edit.start
            new_starts.append(at + shift)
            new_origins.append(origin)
        while block < sentinel and starts[block + 1] <= edit.end:
            block += 1
            at, origin = starts[block], origins[block]
        if at < edit.end:
            if _is_verbatim(starts, origins, block):
                origin += edit.end - at
                at = edit.end
            else:
                block += 1
                at, origin = starts[block], origins[block]
        shift += growth
    new_starts.append(at + shift)
    new_origins.append(origin)
    new_starts += [start + shift for start in starts[block + 1 :]]
    new_origins += origins[block + 1 :]
    return tuple(new_starts), tuple(new_origins)


def _is_verbatim(starts: Sequence[int], origins: Sequence[int], block: int) -> bool:
    return starts[block + 1] - starts[block] == origins[block + 1] - origins[block]
