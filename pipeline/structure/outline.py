"""The sections of one document: its title, its opening and closing paragraphs, and the tree of its headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from zongji.corpus.patterns import WordPattern
from zongji.models.rules import evidence_of
from zongji.pipeline.structure import document_cues
from zongji.pipeline.structure.documents import Extent
from zongji.pipeline.structure.headings import Heading
from zongji.pipeline.structure.line_roles import Role, TaggedLine
from zongji.pipeline.structure.lines_under_title import (
    is_office,
    is_person,
    names_issue,
    places_meeting,
    stands_under_title,
)
from zongji.pipeline.structure.markers import MarkerKind
from zongji.pipeline.structure.unmarked_headings import FEWEST_BODY, SIGNATURE, bare_headings

_PERSONAL = WordPattern("document_cues", "{personal-title}")  # titles that may be followed by a name on its own line
_NAMED_YEAR = re.compile(r"[㐀-鿿×]{4,20}20[\dxX×]{2}年[^，。；：！？]{3,20}")
# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_LONGEST_ABOVE = 25  # characters of a line that belongs to the title below it
_SHORTEST_PLAIN = 4  # characters of a title without any title word
_LONGEST_PLAIN = 40  # characters of one
_FEWEST_PARAGRAPHS = 4  # preceding paragraphs needed to call the last one short
_FEWEST_HEADS = 3  # headings needed to rely on their paragraphs
_SURE = 7  # weight of the words of a top-level heading without a marker
_COUNTING = {MarkerKind.NTH: MarkerKind.ORDER, MarkerKind.ORDER: MarkerKind.NTH}  # `第四，` after 首先, 其次, 再次
_LONGEST_SIGNATURE = 40  # characters
_ADJACENT = 4  # characters between a heading and the next line: a colon, a line end, a blank


@dataclass(frozen=True, slots=True)
class Node:
    """A section before classification. `role` is set for sections other than headings: title, preamble, closing."""

    start: int
    level: int
    parent: int | None
    """The index of the enclosing section."""
    heading: Heading | None
    role: Role
    title: str | None
    marker: str | None


def outline(tagged: Sequence[TaggedLine], extent: Extent, headings: Sequence[Heading]) -> list[Node]:
    """The sections of a document in order, with levels and parents, unclassified."""
    lines = tagged[extent.first : extent.last]
    begin, end = lines[0].line.start, lines[-1].line.end
    inside = headings[bisect_left(headings, begin, key=_start) : bisect_left(headings, end, key=_start)]
    body = _title_lines(lines) or _stated_title(lines, inside)
    heads = sorted([*inside, *bare_headings(lines[body:])], key=lambda heading: heading.start)
    heads = [head for head in heads if not (body and head.start < lines[body - 1].line.end)]
    nodes: list[Node] = []
    if body:
        nodes.append(_paragraph(Role.TITLE, lines[0].line.start, _title(lines[:body])))
    preamble = _preamble(lines[body:], heads)
    if preamble is not None:
        nodes.append(_paragraph(Role.OPENING, preamble))
    nodes += _tree(heads, offset=len(nodes))
    closing = _closing(lines[body:], heads)
    if closing is not None and closing != preamble:
        nodes.append(_paragraph(Role.CLOSING, closing))
    return nodes


def _start(heading: Heading) -> int:
    return heading.start


def _paragraph(role: Role, start: int, title: str | None = None) -> Node:
    return Node(start, 1, None, None, role, title, None)


def _title(lines: Sequence[TaggedLine]) -> str:
    """The title's lines joined, without those that only follow it."""
    named = [item.line.text for item in lines if not _stands_under_title(item, lines[0])]
    return "".join(named or [lines[0].line.text]).strip("《》 ")


def _title_lines(lines: Sequence[TaggedLine]) -> int:
    """The number of a document's first lines that form its title."""
    count = next((place for place, item in enumerate(lines[:3]) if not is_office(item.line.text)), 0)
    if count and not (count < len(lines) and lines[count].role is Role.TITLE):
        count = 0  # `中共白云镇委员会` and `白云镇人民政府` before the title are its first lines
    for item in lines[count:4]:
        if item.role in {Role.TITLE, Role.PIECE} or (count == 0 and _looks_like_title(item, lines)):
            count += 1
        else:
            break
    if count == 0 and _stands_above_title(lines):
        return 2
    while count and count < len(lines) - 1 and _stands_under_title(lines[count], lines[0]):
        count += 1
    return count


def _stated_title(lines: Sequence[TaggedLine], inside: Sequence[Heading]) -> int:
    """1 if the first line is the only heading of its depth in the format's own count, and all others are deeper."""
    first = inside[0] if inside and inside[0].start == lines[0].line.start else None
    if first is None or first.depth is None or first.marker is not None:
        return 0
    others = [heading.depth for heading in inside[1:] if heading.depth is not None]
    return int(bool(others) and min(others) > first.depth)


def _stands_above_title(lines: Sequence[TaggedLine]) -> bool:
    """True if the first line, short and without a marker, belongs to the title below it."""
    if len(lines) == 1 or lines[1].role is not Role.TITLE:
        return False
    return lines[0].heading is None and len(lines[0].line.text) <= _LONGEST_ABOVE


def _stands_under_title(item: TaggedLine, title: TaggedLine) -> bool:
    text = item.line.text
    named = is_office(text) or (is_person(text) and _PERSONAL.search(title.line.text) is not None)
    minutes = "纪要" in title.line.text and places_meeting(text)
    return minutes or stands_under_title(text) or (named and evidence_of(text) is None)


def _looks_like_title(item: TaggedLine, lines: Sequence[TaggedLine]) -> bool:
    """A short first line without a marker or a full stop, before a longer text."""
    if _is_titled_behind_colon(item.line.text):
        return True
    unmarked = item.heading is None and len(lines) > 1
    return unmarked and any(titles(item, lines[1]) for titles in _FIRST_LINES)


def _is_titled_behind_colon(text: str) -> bool:
    """True for `巡河记：莲花镇河长办工作简报`."""
    return document_cues.is_title(text.partition("：")[2])


def _stands_above_issue(item: TaggedLine, following: TaggedLine) -> bool:
    """True for `风雨里的一次拉动` above `民兵动态　第3期`."""
    return item.line.text[-1] not in "。；;：:，," and names_issue(following.line.text)


def _names_year(item: TaggedLine, _: TaggedLine) -> bool:
    """True for `青山物业公司2023年大事回顾`."""
    return _NAMED_YEAR.fullmatch(item.line.text) is not None


def _is_plain_line(item: TaggedLine, _: TaggedLine) -> bool:
    """True for a line as short as a title that neither ends like text nor has heading words."""
    text = item.line.text
    if item.role is Role.BOILERPLATE or not _SHORTEST_PLAIN <= len(text) <= _LONGEST_PLAIN:
        return False
    return text[-1] not in "；;：:，,！!？?" and "。" not in text and "\t" not in text and evidence_of(text) is None


_FIRST_LINES: tuple[Callable[[TaggedLine, TaggedLine], bool], ...] = (_stands_above_issue, _names_year, _is_plain_line)
"""What makes a first line without a marker a title, given the line below it."""


def _preamble(lines: Sequence[TaggedLine], heads: Sequence[Heading]) -> int | None:
    """The start of the text before the first heading, if there is any."""
    for item in lines:
        if heads and item.line.start >= heads[0].start:
            return None
        if item.role not in {Role.BOILERPLATE, Role.SEPARATOR}:
            return None if document_cues.is_table_row(item.line.text) else item.line.start
    return None


def _closing(lines: Sequence[TaggedLine], heads: Sequence[Heading]) -> int | None:
    """The start of the closing paragraphs: the first paragraph after the last heading that sounds like one."""
    last = heads[-1].start if heads else -1
    behind = [item for item in lines if item.line.start > last and item.heading is None]
    behind = [item for item in behind if item.role not in {Role.BOILERPLATE, Role.SEPARATOR}]
    while behind and _is_signature(behind[-1].line.text):
        behind.pop()
    if not heads:
        return behind[-1].line.start if len(behind) >= 2 and _closes_story(behind) else None
    own_line = heads[-1].own_line and not _is_item(lines, heads)
    if behind and len(behind) <= 2 and not own_line and len(behind[0].line.text) >= FEWEST_BODY:
        return behind[0].line.start  # items fill their lines, so what follows the last one closes the document
    if len(behind) == 2 and len(behind[1].line.text) >= FEWEST_BODY and _one_paragraph_each(lines, heads):
        return behind[1].line.start
    if len(behind) > 1 and document_cues.addresses_all(behind[-1].line.text):
        return behind[-1].line.start
    for place, item in enumerate(behind):
        if place == 0 and own_line:
            continue  # the text of the last heading
        remaining = len(behind) - place
        is_last = remaining == 1 and document_cues.may_close(item.line.text)
        if is_last or (remaining <= 3 and document_cues.is_closing(item.line.text)):
            return item.line.start
    return None


def _is_signature(text: str) -> bool:
    return len(text) <= _LONGEST_SIGNATURE and (SIGNATURE.fullmatch(text) is not None or is_office(text))


def _is_item(lines: Sequence[TaggedLine], heads: Sequence[Heading]) -> bool:
    """True if the last heading is a whole sentence right after another of its kind: `（二）创新方法。`."""
    last = next((place for place, item in enumerate(lines) if item.line.start == heads[-1].start), 0)
    before = lines[last - 1].heading if last else None
    return before is not None and before.kind is heads[-1].kind and lines[last].line.text[-1] in "。；"


def _closes_story(paragraphs: Sequence[TaggedLine]) -> bool:
    """True if the last paragraph of a text without headings sounds like an end, or is short compared to all others."""
    *others, last = [len(item.line.text) for item in paragraphs]
    if document_cues.may_close(paragraphs[-1].line.text) or document_cues.asks_for_judgement(paragraphs[-1].line.text):
        return True
    return len(others) >= _FEWEST_PARAGRAPHS and last < min(others)


def _one_paragraph_each(lines: Sequence[TaggedLine], heads: Sequence[Heading]) -> bool:
    """True if each section before the last is a heading line with one paragraph, or with items."""
    if len(heads) < _FEWEST_HEADS or not heads[-1].own_line:
        return False
    starts = [line.line.start for line in lines if not document_cues.is_table_row(line.line.text)]
    own = [bisect_left(starts, head.start) for head in heads]
    paragraphs = [later - place - 1 for head, place, later in zip(heads, own, own[1:], strict=False) if head.own_line]
    return len(paragraphs) >= _FEWEST_HEADS - 1 and max(paragraphs) <= 1


class _Open(NamedTuple):
    """An open section: the kind of its heading, the index of its node, and its depth where the format states it."""

    kind: MarkerKind
    node: int
    depth: int | None


def _tree(heads: Sequence[Heading], *, offset: int) -> list[Node]:
    """Levels by the order of marker kinds in the document: a recurring kind closes what was opened since."""
    nodes: list[Node] = []
    stack: list[_Open] = []
    top = _behind_numbering(heads)
    for index, head in enumerate(heads):
        if head.depth is not None:
            depth = _stated_depth(stack, head)
        elif index and _is_keyed_below(heads[index - 1], head):
            depth = len(stack)
        elif index == top:
            depth = 0
        else:
            depth = _depth(stack, head, heads[index + 1] if index + 1 < len(heads) else None)
        del stack[depth:]
        parent = stack[-1].node if stack else None
        stack.append(_Open(_kind_of(head), offset + index, head.depth))
        nodes.append(Node(head.start, depth + 1, parent, head, Role.HEADING, head.title, head.marker))
    return nodes


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
    return adjacent and before.kind is MarkerKind.BARE and before.own_line and _kind_of(head) is MarkerKind.KEYED


def _stated_depth(stack: Sequence[_Open], head: Heading) -> int:
    """The place of a heading whose depth the format states: below the last one that is less deep.

    What stands open between the two has no depth of its own and ends, unless it is a numbering of a higher kind.
    """
    places = [index for index, open_ in enumerate(stack) if open_.depth is not None and open_.depth < (head.depth or 0)]
    above = places[-1] + 1 if places else 0
    while head.marker is not None and above < len(stack) and stack[above].depth is None:
        if stack[above].kind >= head.kind:
            break
        above += 1
    return above


def _depth(stack: Sequence[_Open], head: Heading, following: Heading | None) -> int:
    """The place of a heading without one: below the last stated heading, by the order of kinds since.

    A numbering that was open before the stated heading goes on.
    """
    for index, open_ in enumerate(stack):
        if open_.depth is None and open_.kind is head.kind and head.marker is not None:
            return index
    stated = max((index for index, open_ in enumerate(stack) if open_.depth is not None), default=-1) + 1
    return stated + _depth_of_kind([open_.kind for open_ in stack[stated:]], head, following)


def _depth_of_kind(kinds: Sequence[MarkerKind], head: Heading, following: Heading | None) -> int:
    if head.kind is MarkerKind.BARE:
        if _kind_of(head) in kinds:
            return kinds.index(_kind_of(head))
        if MarkerKind.BARE in kinds:
            return kinds.index(MarkerKind.BARE)
        if following is not None and following.number == 1 and following.kind in kinds:
            return kinds.index(following.kind)  # the numbering starts again below it
        found = evidence_of(head.title or "")
        return 0 if found is not None and found.weight >= _SURE and head.own_line else _below_closed(kinds)
    if head.kind in kinds:
        return kinds.index(head.kind)
    other = _COUNTING.get(head.kind)
    if other in kinds and head.number > 1:
        return kinds.index(other)
    higher = [index for index, kind in enumerate(kinds) if kind > head.kind and kind is not MarkerKind.BARE]
    if higher and head.kind <= MarkerKind.ARABIC and head.number > 1:
        return higher[0]  # the first heading is lost: `二、` after `1、 2、`
    return len(kinds)


def _below_closed(kinds: Sequence[MarkerKind]) -> int:
    """A bare heading goes below the open section with its own line, above run-in items."""
    return next((index for index, kind in enumerate(kinds) if kind >= MarkerKind.ARABIC), len(kinds))


def ends_of(nodes: Sequence[Node], end: int) -> list[int]:
    """The end of each section: the next one of the same or a higher level."""
    ends = [end] * len(nodes)
    open_nodes: list[int] = []
    for index, node in enumerate(nodes):
        while open_nodes and nodes[open_nodes[-1]].level >= node.level:
            ends[open_nodes.pop()] = node.start
        open_nodes.append(index)
    return ends
