"""The sections of one document: its title, its opening and closing paragraphs, and the tree of its headings."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zongji.models.rules import evidence_of
from zongji.pipeline import openings
from zongji.pipeline.documents import Piece
from zongji.pipeline.headings import Heading, Line, MarkerKind
from zongji.pipeline.roles import Marked, Role


@dataclass(frozen=True, slots=True)
class Node:
    """A section before it has a class. `role` says what it is beside a heading: title, preamble, closing."""

    start: int
    level: int
    parent: int | None
    """The index of the section that holds this one."""
    heading: Heading | None
    role: Role
    title: str | None
    marker: str | None


_KEY = re.compile(r"(?P<key>[㐀-鿿“”、（）()]{2,12})[：:](?=.)")
_SALUTATION = re.compile(
    r"(?:各位|尊敬的|同志们|领导|代表|老师们|同学们|女士|先生|朋友们|单位|分会|科室|社区|支部|学校|部门|街道|局|委员会)(?:们|等|：|:|，|,|、){0,3}[：:]?$"
)
_SIGNATURE = re.compile(
    r".{0,40}(?:\d{4}|[二〇○零一]{4}|20[xX×*]{2}|[xX×_*]{2,4}) ?年.{0,10}[月日]?.{0,3}$|.{2,30}(?:局|委|办|"
    r"会|站|院|馆|校|部|中心|社区|街道|公司|园|所|政府|协会|支部|班|科|组|处|队|团)$|(?:报送|抄送|抄报|主送|"
    r"签发|联系人|附件|撰稿|供稿)[：:]?.*|[报送发印][：:].*"
)
_NOT_A_HEADING = re.compile(r"[。；;！!]$|^\d|[，,].*[，,]|\t|(?:^|[^第])\d{4}年|年\d|月\d{1,2}日|^[（(].*[)）]$|^附")
_SHORTEST_KEY = 6  # characters of a heading such as 活动主题, which may govern a few words only
_SHORTEST_SENTENCE = 12  # characters of a line with a full stop that still is a heading: `维护职工权益。`
_LONGEST_BARE = 22  # characters of a heading without a marker
_LEAD_IN = re.compile(
    r"(?:如下|以下|几[个项点方]|下列|下面|这些|为|是|有|包括|分为|主要有|做到|具体)[^，。]{0,12}[：:]$|[一二三四五六七八九十两]+(?:件|项|个|点|方面|大)[^，。]{0,10}[：:]$"
)
_TRAILING = " 。；;：:，,、.！!"
_FEWEST_BODY = 25  # characters of a paragraph that a bare heading can govern


def outline(marked: Sequence[Marked], piece: Piece, headings: Sequence[Heading]) -> list[Node]:
    """The sections of a document in order, with levels and parents, not yet classified."""
    lines = marked[piece.first : piece.last]
    begin, end = lines[0].line.start, lines[-1].line.end
    inside = headings[bisect_left(headings, begin, key=_start) : bisect_left(headings, end, key=_start)]
    body = _title_lines(lines)
    heads = sorted([*inside, *_bare_headings(lines[body:])], key=lambda heading: heading.start)
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


def _title(lines: Sequence[Marked]) -> str:
    """The title's lines as one, without what only stands under it."""
    named = [item.line.text for item in lines if not openings.stands_under_title(item.line.text)]
    return "".join(named or [lines[0].line.text]).strip("《》 ")


def _title_lines(lines: Sequence[Marked]) -> int:
    """How many of a document's first lines are its title."""
    count = 0
    for item in lines[:4]:
        if item.role in {Role.TITLE, Role.PIECE} or (count == 0 and _looks_like_title(item, lines)):
            count += 1
        else:
            break
    if (
        count == 0
        and len(lines) > 1
        and lines[1].role is Role.TITLE
        and len(lines[0].line.text) <= 25
        and lines[0].heading is None
    ):
        return 2
    while count and count < len(lines) - 1 and openings.stands_under_title(lines[count].line.text):
        count += 1
    return count


def _looks_like_title(item: Marked, lines: Sequence[Marked]) -> bool:
    """A short first line without a marker or a full stop, in front of a longer text."""
    text = item.line.text
    if item.heading is not None or item.role is Role.BOILERPLATE or len(text) > 40 or text[-1] in "。；;：:，,！!？?":
        return False
    return len(lines) > 1 and len(text) >= 4 and "。" not in text and "\t" not in text and evidence_of(text) is None


def _preamble(lines: Sequence[Marked], heads: Sequence[Heading]) -> int | None:
    """Where the text before the first heading starts, if there is any."""
    for item in lines:
        if heads and item.line.start >= heads[0].start:
            return None
        if item.role not in {Role.BOILERPLATE, Role.SEPARATOR}:
            return item.line.start
    return None


def _closing(lines: Sequence[Marked], heads: Sequence[Heading]) -> int | None:
    """Where the closing paragraphs start: behind the last heading, at the first paragraph that sounds like one."""
    last = heads[-1].start if heads else -1
    behind = [item for item in lines if item.line.start > last and item.heading is None]
    behind = [item for item in behind if item.role not in {Role.BOILERPLATE, Role.SEPARATOR}]
    while behind and _SIGNATURE.fullmatch(behind[-1].line.text) and len(behind[-1].line.text) <= 40:
        behind.pop()
    if not heads:
        return behind[-1].line.start if len(behind) >= 2 and openings.is_closing(behind[-1].line.text) else None
    if behind and len(behind) <= 2 and not heads[-1].own_line and len(behind[0].line.text) >= _FEWEST_BODY:
        return behind[0].line.start  # an item fills its own line, so what follows the last one closes the document
    for place, item in enumerate(behind):
        if place == 0 and heads[-1].own_line:
            continue  # the text of the last heading
        remaining = len(behind) - place
        last = remaining == 1 and openings.may_close(item.line.text)
        if last or (remaining <= 3 and openings.is_closing(item.line.text)):
            return item.line.start
    return None


def _bare_headings(lines: Sequence[Marked]) -> Iterator[Heading]:
    """Headings without a marker: on a line of their own, or a known word with a colon in front of a line's text."""
    for index, item in enumerate(lines):
        if item.heading is not None or item.role in {Role.BOILERPLATE, Role.SEPARATOR, Role.PIECE}:
            continue
        before = lines[index - 1] if index else None
        end = _bare_end(item, before, lines[index + 1 : index + 3])
        if end:
            yield _bare(item.line, end)


def _bare(line: Line, end: int) -> Heading:
    title = line.text[:end].strip(_TRAILING)
    own_line = end >= len(line.text.rstrip(_TRAILING))
    return Heading(
        line.start, line.start, line.start + end, MarkerKind.BARE, 0, None, title, opens_line=True, own_line=own_line
    )


def _bare_end(item: Marked, before: Marked | None, behind: Sequence[Marked]) -> int:
    """The length of the heading at a line's start, 0 where there is none."""
    text = item.line.text
    if (key := _KEY.match(text)) is not None:
        found = evidence_of(key["key"])
        known = found is not None and found.weight >= 7 and len(key["key"]) <= 8 and key["key"][-1] not in "是为"
        return key.end("key") if known or _is_list_of_keys(before, item, behind) else 0
    if not behind:
        return 0
    following = behind[0]
    if text[-1] in "：:":
        return _lead_in_end(text, following)
    found = evidence_of(text)
    if len(text) > _LONGEST_BARE or item.role is Role.CLOSING:
        return 0
    if len(text) <= _SHORTEST_SENTENCE and text.endswith("。") and len(following.line.text) >= _FEWEST_BODY:
        return len(text) - 1 if "，" not in text and following.heading is None else 0
    if _NOT_A_HEADING.search(text) and not (
        found is not None and found.weight >= 5 and len(text) <= 14 and text[-1] not in _TRAILING
    ):
        return 0
    if (
        before is not None
        and before.heading is not None
        and before.heading.own_line
        and (found is None or found.weight < 8)
    ):
        return 0  # the text of the heading above it
    if _SIGNATURE.fullmatch(text) and evidence_of(text) is None:
        return 0
    governs = _can_be_governed(following) or (found is not None and found.weight >= 8 and len(text) <= _SHORTEST_KEY)
    if not governs and found is not None and found.weight >= 6 and len(following.line.text) <= _LONGEST_BARE:
        governs = any(_can_be_governed(item) for item in behind[1:])  # a heading right above a heading
    ended = before is None or before.line.text[-1] in "。！!；;：:”）)" or before.heading is not None
    return len(text) if governs and (ended or (found is not None and found.weight >= 6)) else 0


def _is_list_of_keys(before: Marked | None, item: Marked, behind: Sequence[Marked]) -> bool:
    """True for one of several neighbouring lines of the shape `课业辅导：面向…`."""
    neighbours = [line for line in (before, *behind[:1]) if line is not None]
    return _is_keyed(item) and any(_is_keyed(line) for line in neighbours)


def _is_keyed(item: Marked) -> bool:
    text = item.line.text
    key = _KEY.match(text)
    return (
        key is not None
        and item.heading is None
        and len(text) - key.end() >= _FEWEST_BODY
        and not _SIGNATURE.fullmatch(text)
    )


def _can_be_governed(following: Marked) -> bool:
    text = following.line.text
    return following.heading is not None or len(text) >= _FEWEST_BODY or text[-1] in "：:"


def _lead_in_end(text: str, following: Marked) -> int:
    """A line that ends in a colon: a heading if it is short and known, or governs a list."""
    title = text.rstrip("：: ")
    if len(title) > openings.LONGEST_TITLE or _SALUTATION.search(text) or openings.ends_as_opening(text):
        return 0
    found = evidence_of(title)
    if len(title) <= _LONGEST_BARE and "，" not in title and "," not in title:
        known = found is not None and found.weight >= 4
        return len(title) if known or following.heading is not None or _LEAD_IN.search(text) else 0
    return len(title) if following.heading is not None and _LEAD_IN.search(text) else 0


def _tree(heads: Sequence[Heading], *, offset: int) -> list[Node]:
    """Levels by the order in which the document uses its markers: a kind seen before closes what was opened since."""
    nodes: list[Node] = []
    stack: list[tuple[MarkerKind, int]] = []  # kind and index of the open sections
    for index, head in enumerate(heads):
        depth = _depth(stack, head, heads[index + 1] if index + 1 < len(heads) else None)
        del stack[depth:]
        parent = stack[-1][1] if stack else None
        stack.append((head.kind, offset + index))
        nodes.append(Node(head.start, depth + 1, parent, head, Role.HEADING, head.title, head.marker))
    return nodes


def _depth(stack: Sequence[tuple[MarkerKind, int]], head: Heading, following: Heading | None) -> int:
    kinds = [kind for kind, _ in stack]
    if head.kind is MarkerKind.BARE:
        if following is not None and following.number == 1 and following.kind in kinds:
            return kinds.index(following.kind)  # the numbering starts again below it
        if MarkerKind.BARE in kinds:
            return kinds.index(MarkerKind.BARE)
        found = evidence_of(head.title or "")
        return 0 if found is not None and found.weight >= 7 and head.own_line else _below_closed(kinds)
    if head.kind in kinds:
        return kinds.index(head.kind)
    higher = [index for index, kind in enumerate(kinds) if kind > head.kind and kind is not MarkerKind.BARE]
    if higher and head.kind <= MarkerKind.ARABIC and head.number > 1:
        return higher[0]  # a lost first heading: `二、` behind `1、 2、`
    return len(kinds)


def _below_closed(kinds: Sequence[MarkerKind]) -> int:
    """A bare heading goes below the open section that has a line of its own, above run-in items."""
    return next((index for index, kind in enumerate(kinds) if kind >= MarkerKind.ARABIC), len(kinds))


def ends_of(nodes: Sequence[Node], end: int) -> list[int]:
    """Where each section ends: at the next one of its own or a higher level."""
    ends = [end] * len(nodes)
    open_nodes: list[int] = []
    for index, node in enumerate(nodes):
        while open_nodes and nodes[open_nodes[-1]].level >= node.level:
            ends[open_nodes.pop()] = node.start
        open_nodes.append(index)
    return ends
