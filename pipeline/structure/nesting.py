"""The levels of a document's headings: what the format states, then the order in which the document uses its markers.

A recurring kind of marker closes what was opened since. What has no marker is placed by what stands around it: a
numbering that goes on below it is outside of it, one that starts again below it belongs to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from zongji.models.rules import evidence_of
from zongji.pipeline.structure.headings import Heading
from zongji.pipeline.structure.markers import MarkerKind

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_FEWEST_HEADS = 3  # headings of a numbering that a heading without a marker may follow
_SURE = 7  # weight of the words of a top-level heading without a marker
_COUNTING = {MarkerKind.NTH: MarkerKind.ORDER, MarkerKind.ORDER: MarkerKind.NTH}  # `第四，` after 首先, 其次, 再次
_ADJACENT = 6  # characters between a heading and the next line: a colon, a line end, blanks


class Place(NamedTuple):
    """Where a heading stands: how many headings are above it, and the index of the nearest."""

    depth: int
    parent: int | None


class _Open(NamedTuple):
    """An open section: its heading, the index of that, its kind, and whether its numbering goes on later."""

    head: Heading
    place: int
    kind: MarkerKind
    goes_on: bool


def places_of(heads: Sequence[Heading]) -> Iterator[Place]:
    """The place of each heading in the tree, in order."""
    stack: list[_Open] = []
    goes_on = _go_on(heads)
    top = _behind_numbering(heads)
    for index, head in enumerate(heads):
        following = heads[index + 1] if index + 1 < len(heads) else None
        if head.depth is not None:
            depth = _stated_depth(stack, head)
        elif index and _is_keyed_below(heads[index - 1], head):
            depth = len(stack)
        elif index == top:
            depth = 0
        else:
            depth = _depth(stack, head, following)
        del stack[depth:]
        yield Place(depth, stack[-1].place if stack else None)
        stack.append(_Open(head, index, _kind_of(head), goes_on[index]))


def _go_on(heads: Sequence[Heading]) -> list[bool]:
    """For each heading whether the next of its kind has the next number."""
    found = [False] * len(heads)
    following: dict[MarkerKind, int] = {}
    for index in range(len(heads) - 1, -1, -1):
        head = heads[index]
        if head.marker is not None:
            found[index] = head.number < following.get(head.kind, 0) <= head.number + 2
            following[head.kind] = head.number
    return found


def _behind_numbering(heads: Sequence[Heading]) -> int | None:
    """The first heading without a marker after a numbering: it is on the level of the numbers, not below."""
    kind = heads[0].kind if heads else MarkerKind.BARE
    numbered = [index for index, head in enumerate(heads) if head.kind is kind]
    bare = [index for index, head in enumerate(heads) if head.kind is MarkerKind.BARE]
    if kind is MarkerKind.BARE or len(numbered) < _FEWEST_HEADS:
        return None
    if not bare or bare[0] < numbered[-1]:
        return None
    first = heads[bare[0]]
    is_own = first.own_line and first.start - heads[bare[0] - 1].title_end > _ADJACENT
    return bare[0] if is_own else None


def _kind_of(head: Heading) -> MarkerKind:
    """The kind of a heading; without a marker, a run-in heading is another kind than one on its own line."""
    return MarkerKind.KEYED if head.kind is MarkerKind.BARE and not head.own_line else head.kind


def _is_keyed_below(before: Heading, head: Heading) -> bool:
    """True for the first `医务：校医2名…` right below an unmarked heading on its own line."""
    adjacent = head.start - before.title_end <= _ADJACENT
    unmarked = before.kind in {MarkerKind.BARE, MarkerKind.LEAD_IN}
    return adjacent and unmarked and before.own_line and _kind_of(head) is MarkerKind.KEYED


def _stated_depth(stack: Sequence[_Open], head: Heading) -> int:
    """The place of a heading whose depth the format states: below the last one that is less deep.

    What stands open between the two has no depth of its own and ends, unless it is a numbering of a higher kind.
    """
    stated = [index for index, open_ in enumerate(stack) if open_.head.depth is not None]
    above = max((index + 1 for index in stated if (stack[index].head.depth or 0) < (head.depth or 0)), default=0)
    while head.marker is not None and above < len(stack) and stack[above].head.depth is None:
        if stack[above].kind >= head.kind:
            break
        above += 1
    return above


def _depth(stack: Sequence[_Open], head: Heading, following: Heading | None) -> int:
    """The place of a heading without one: below the last stated heading, by the order of kinds since.

    A numbering that was open before the stated heading goes on.
    """
    for index, open_ in enumerate(stack):
        if open_.head.depth is None and open_.kind is head.kind and head.marker is not None:
            return index
    stated = max((index for index, open_ in enumerate(stack) if open_.head.depth is not None), default=-1) + 1
    since = stack[stated:]
    return stated + (_marked_depth(since, head) if head.marker is not None else _bare_depth(since, head, following))


def _marked_depth(stack: Sequence[_Open], head: Heading) -> int:
    kinds = [open_.kind for open_ in stack]
    if head.kind in kinds:
        return kinds.index(head.kind)
    other = _COUNTING.get(head.kind)
    if other in kinds and head.number > 1:
        return kinds.index(other)
    higher = [index for index, kind in enumerate(kinds) if head.kind < kind < MarkerKind.TIMED]
    if higher and head.kind <= MarkerKind.ARABIC and head.number > 1:
        return higher[0]  # the first heading is lost: `二、` after `1、 2、`
    return len(kinds)


def _bare_depth(stack: Sequence[_Open], head: Heading, following: Heading | None) -> int:
    """Inside every numbering that goes on behind it; beside an open one of its kind, or above what it governs."""
    kind, kinds = _kind_of(head), [open_.kind for open_ in stack]
    inside = max((index + 1 for index, open_ in enumerate(stack) if open_.goes_on), default=0)
    for alike in _ALIKE.get(kind, (kind,)):
        if alike in kinds[inside:]:
            return kinds.index(alike, inside)
    if following is not None and following.number == 1 and following.kind in kinds[inside:]:
        return kinds.index(following.kind, inside)  # the numbering starts again below it
    if kind is MarkerKind.LEAD_IN:
        return max(inside, _without_run_in(stack))
    found = evidence_of(head.title or "")
    is_sure = kind is not MarkerKind.TIMED and found is not None and found.weight >= _SURE and head.own_line
    return inside if is_sure else max(inside, _below_closed(kinds, kind))


_ALIKE = {
    MarkerKind.BARE: (MarkerKind.BARE, MarkerKind.LEAD_IN),
    MarkerKind.KEYED: (MarkerKind.KEYED, MarkerKind.BARE),
}
"""The kinds of open headings that one without a marker may stand beside, the closest first."""


def _without_run_in(stack: Sequence[_Open]) -> int:
    """How many sections are open if those of items within a line have ended."""
    length = len(stack)
    while length and not stack[length - 1].head.opens_line:
        length -= 1
    return length


def _below_closed(kinds: Sequence[MarkerKind], kind: MarkerKind) -> int:
    """A bare heading goes below the open section with its own line, above items; a timetable below any heading."""
    last = MarkerKind.DASH if kind is MarkerKind.TIMED else MarkerKind.LEAD_IN
    return next((index for index, open_ in enumerate(kinds) if MarkerKind.ARABIC <= open_ <= last), len(kinds))
