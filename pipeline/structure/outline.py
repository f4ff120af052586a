"""The sections of one document: its title, its opening and closing paragraphs, and the tree of its headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

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
from zongji.pipeline.structure.nesting import places_of
from zongji.pipeline.structure.unmarked_headings import FEWEST_BODY, SIGNATURE, bare_headings

_PERSONAL = WordPattern("document_cues", "{personal-title}")  # titles that may be followed by a name on its own line
_NAMED_YEAR = re.compile(r"[㐀-鿿×]{4,20}20[\dxX×]{2}年[^，。；：！？]{3,20}")
# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_LONGEST_ABOVE = 25  # characters of a line that belongs to the title below it
_SHORTEST_PLAIN = 4  # characters of a title without any title word
_SURE = 7  # weight of the words of a heading
_LONGER_THAN_HEADINGS = 12  # characters from which a line with fewer such words is a title
_COLONS = "：:"
_LONGEST_PLAIN = 40  # characters of one
_HIGHEST = 1  # the depth of the highest headings in Markdown, HTML and Word
_FEWEST_PARAGRAPHS = 4  # preceding paragraphs needed to call the last one short
_FEWEST_HEADS = 3  # headings needed to rely on their paragraphs
_LONGEST_SIGNATURE = 40  # characters


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
    if not body and _names_document(lines, heads):
        body = 1
    heads = [head for head in heads if not (body and head.start < lines[body - 1].line.end)]
    nodes: list[Node] = []
    if body:
        nodes.append(_paragraph(Role.TITLE, lines[0].line.start, _title(lines[:body])))
    preamble = _preamble(lines[body:], heads)
    if preamble is not None:
        nodes.append(_paragraph(Role.OPENING, preamble))
    nodes += _headed(heads, offset=len(nodes))
    closing = _closing(lines[body:], heads)
    if closing is not None and closing != preamble:
        nodes.append(_paragraph(Role.CLOSING, closing))
    return nodes


def _names_document(lines: Sequence[TaggedLine], heads: Sequence[Heading]) -> bool:
    """True if a first line without a marker would be the one heading that all others stand below."""
    first = heads[0] if heads else None
    if first is None or first.start != lines[0].line.start or not first.own_line or first.marker is not None:
        return False
    below = islice(places_of(heads), 1, None)
    return lines[0].line.text[-1] not in _COLONS and len(lines) > 1 and all(place.depth for place in below)


def _headed(heads: Sequence[Heading], *, offset: int) -> Iterator[Node]:
    """The sections of the headings, the first of which has this index among the document's."""
    for head, place in zip(heads, places_of(heads), strict=True):
        parent = None if place.parent is None else place.parent + offset
        yield Node(head.start, place.depth + 1, parent, head, Role.HEADING, head.title, head.marker)


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
    """1 if the first line is the format's highest heading, and all others are deeper."""
    first = inside[0] if inside and inside[0].start == lines[0].line.start else None
    if first is None or first.depth is None or first.marker is not None:
        return 0
    others = [heading.depth for heading in inside[1:] if heading.depth is not None]
    return int(min(others, default=_HIGHEST + 1) > first.depth)


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
    if text[-1] in "；;：:，,！!？?" or "。" in text or "\t" in text:
        return False
    found = evidence_of(text)
    return found is None or (found.weight < _SURE and len(text) >= _LONGER_THAN_HEADINGS)


def _is_bold_line(item: TaggedLine, _: TaggedLine) -> bool:
    """True for a line in bold that is no sentence."""
    return item.is_bold and len(item.line.text) <= _LONGEST_PLAIN and item.line.text[-1] not in "。；;：:，,"


_FIRST_LINES: tuple[Callable[[TaggedLine, TaggedLine], bool], ...] = (
    _stands_above_issue,
    _names_year,
    _is_plain_line,
    _is_bold_line,
)
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


def ends_of(nodes: Sequence[Node], end: int) -> list[int]:
    """The end of each section: the next one of the same or a higher level."""
    ends = [end] * len(nodes)
    open_nodes: list[int] = []
    for index, node in enumerate(nodes):
        while open_nodes and nodes[open_nodes[-1]].level >= node.level:
            ends[open_nodes.pop()] = node.start
        open_nodes.append(index)
    return ends
