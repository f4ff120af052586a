"""A text to its documents, and what belongs to none set apart as boilerplate.

One walk over the lines. Each line is given a role; a document starts at a title, at a numbered piece of a collection
(`篇一`), at an opening paragraph, or where the numbering of the highest level starts again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from enum import Enum, auto

from zongji.models.rules import evidence_of
from zongji.pipeline import openings
from zongji.pipeline.boilerplate import boilerplate_strengths
from zongji.pipeline.headings import Heading, Line, MarkerKind


class Role(Enum):
    """What a line is in the structure of a file."""

    PIECE = auto()  # 篇一：…
    TITLE = auto()
    SEPARATOR = auto()  # ******
    BOILERPLATE = auto()
    OPENING = auto()  # a paragraph that opens a document
    MAYBE_OPENING = auto()  # one that does behind a document's last item or closing paragraph
    CLOSING = auto()
    HEADING = auto()  # a line with a marker
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class Piece:
    """A document's place among the lines of its file: `lines[first:last]`."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A line with its role and the marked heading that opens it."""

    line: Line
    role: Role
    heading: Heading | None = None


_COUNT = "一二三四五六七八九十"
_PIECE = re.compile(
    rf"[【\[（(]?(?:第?[{_COUNT}\d]{{1,3}}篇|篇[{_COUNT}\d]{{1,3}}|"
    rf"范文[{_COUNT}\d]{{1,3}})[】\]）)]?(?:[：: 、.]|$|[【《])"
    rf"|[^。；，,]{{2,30}}(?:\(?篇[{_COUNT}\d]{{1,3}}\)?|第[{_COUNT}\d]{{1,3}}篇|[【（(]篇?[{_COUNT}\d]{{1,2}}[】）)])$"
)
_MAY_BE_PIECE = re.compile(r"篇|范文|[】）)]$")
_SEPARATOR = re.compile(r"(?:[*＊=＝_~～#☆★◆※·]|[-—－](?![-—－]?\d)){5,}|(?:[*＊] ?){5,}|\f+")
_COLLECTION = re.compile(r"(?:范文|精选|大全|合集|汇编|锦集|模板|通用|最新|[\d一二三四五六七八九十]+篇|\d{3,5}字)")
_HEADING_WEIGHT = 5  # of the words of a line, from which it is taken for a heading
_LONE = 24  # characters; a shorter text alone is no document
_DATED = re.compile(r"[（(]?\d{1,2}-\d{1,2}[)）]?$")  # the date behind a link
_TAIL = 3  # strength from which a boilerplate line opens the tail of a page
_DILUTED = 50  # characters of a long line that one more point of strength must answer for
_SITE_PARAGRAPH = 60  # characters; a title in front of a longer boilerplate paragraph is the site's own


def split(
    text: str, lines: Sequence[Line], headings: Sequence[Heading], apart: Set[int] = frozenset()
) -> tuple[list[Piece], list[Marked]]:
    """The documents of a text and the role of each of its lines.

    `apart` holds the indexes of lines that their format knows to be boilerplate.
    """
    marked = _with_roles(text, lines, headings, apart)
    starts = sorted(set(_starts(marked)))
    if not starts:
        return [], marked
    pieces = [_trimmed(marked, first, last) for first, last in zip(starts, [*starts[1:], len(marked)], strict=True)]
    apart_from_any = any(item.role is Role.BOILERPLATE for item in marked)
    kept = [piece for piece in pieces if piece.last > piece.first]
    if apart_from_any:
        kept = [piece for piece in kept if _has_body(marked[piece.first : piece.last])]
    return kept, marked


def _with_roles(text: str, lines: Sequence[Line], headings: Sequence[Heading], apart: Set[int]) -> list[Marked]:
    opening_headings = {heading.start: heading for heading in headings if heading.opens_line}
    strengths = boilerplate_strengths(text, lines)
    marked = []
    for index, line in enumerate(lines):
        heading = opening_headings.get(line.start)
        role = Role.BOILERPLATE if index in apart else _role(line, heading, strengths.get(index, 0))
        marked.append(Marked(line, role, heading))
    return _settled(marked, strengths)


def _role(line: Line, heading: Heading | None, strength: int) -> Role:
    dense = strength >= max(_TAIL, len(line.text) // _DILUTED)
    if dense and not openings.ends_as_opening(line.text):
        return Role.BOILERPLATE
    if len(line.text) <= openings.LONGEST_TITLE and _MAY_BE_PIECE.search(line.text) and _PIECE.match(line.text):
        return Role.PIECE
    if _SEPARATOR.fullmatch(line.text):
        return Role.SEPARATOR
    if heading is not None:
        return Role.HEADING
    if openings.is_title(line.text):
        return Role.TITLE
    score = openings.opening_score(line.text)
    if score >= openings.OPENS:
        return Role.OPENING
    if score >= openings.MAY_OPEN:
        return Role.MAYBE_OPENING
    if openings.is_closing(line.text):
        return Role.CLOSING
    return Role.TEXT


def _settled(marked: list[Marked], strengths: dict[int, int]) -> list[Marked]:
    """Roles that need their surroundings: the site's own title, the lists of titles in a page's tail."""
    tail = False
    for index, item in enumerate(marked):
        if item.role is Role.BOILERPLATE:
            tail = tail or (strengths.get(index, 0) >= _TAIL and len(item.line.text) <= 20 and index > 0)
            continue
        following = _next_that_matters(marked, index)
        if item.role is Role.TITLE and not _leads_to_body(marked, following):
            marked[index] = Marked(item.line, Role.BOILERPLATE if tail or _is_listed(marked, index) else Role.TEXT)
        elif _is_collection_title(item, marked[following] if following is not None else None) or (
            tail and _belongs_to_tail(item)
        ):
            marked[index] = Marked(item.line, Role.BOILERPLATE)
        else:
            tail = False
    return marked


def _next_that_matters(marked: Sequence[Marked], index: int) -> int | None:
    """The next line that is neither a separator nor a short line of the site (source, date)."""
    for later in range(index + 1, min(index + 6, len(marked))):
        item = marked[later]
        short_site_line = item.role is Role.BOILERPLATE and len(item.line.text) < _SITE_PARAGRAPH
        if item.role is not Role.SEPARATOR and not short_site_line:
            return later
    return None


def _leads_to_body(marked: Sequence[Marked], following: int | None) -> bool:
    if following is None:
        return False
    return marked[following].role is not Role.BOILERPLATE


def _is_listed(marked: Sequence[Marked], index: int) -> bool:
    """True in a list of titles, and for the title in front of a paragraph of the site's."""
    neighbours = [marked[place].role for place in (index - 1, index + 1) if 0 <= place < len(marked)]
    return all(role in {Role.TITLE, Role.BOILERPLATE} for role in neighbours)


def _is_listed_title(item: Marked) -> bool:
    """`2.文化站半年工作总结（精选10篇）` among a page's recommendations."""
    heading = item.heading
    return (
        heading is not None
        and heading.own_line
        and (
            openings.is_title(heading.title or "")
            or bool(_COLLECTION.search(item.line.text) or _DATED.search(item.line.text))
        )
    )


def _belongs_to_tail(item: Marked) -> bool:
    """What stands behind a page's recommendations without opening a document of its own."""
    return item.role in {Role.TEXT, Role.CLOSING, Role.MAYBE_OPENING} or _is_listed_title(item)


def _is_collection_title(item: Marked, following: Marked | None) -> bool:
    """`工会工作总结范文精选10篇` in front of the first piece."""
    if item.role is not Role.TITLE or following is None:
        return False
    return following.role in {Role.TITLE, Role.PIECE} and bool(_COLLECTION.search(item.line.text))


@dataclass
class _Open:
    """The document that is being read."""

    first: int
    top: MarkerKind = MarkerKind.BARE
    number: int = 0
    lines: int = 0
    headings: int = 0
    closed: bool = False
    """True behind a closing paragraph, a separator or boilerplate."""


def _starts(marked: Sequence[Marked]) -> Iterator[int]:
    """The indexes of the lines at which a document starts."""
    seen: set[str] = set()
    current: _Open | None = None
    for index, item in enumerate(marked):
        if item.role in {Role.BOILERPLATE, Role.SEPARATOR}:
            if current is not None:
                current.closed = True
            continue
        if (first := _start_before(marked, index, current, seen)) is not None:
            current = _Open(first)
            yield first
        _advance(current, item, seen)


def _start_before(marked: Sequence[Marked], index: int, current: _Open | None, seen: set[str]) -> int | None:
    """The line at which a document starts, if line `index` shows that one does."""
    item = marked[index]
    if current is None:
        return index
    if item.role is Role.PIECE:
        return index
    if item.role is Role.TITLE:
        return index if current.lines > current_title_lines(marked, current, index) else None
    if item.line.text in seen and len(item.line.text) > 6:
        return None
    if item.role is Role.OPENING and (current.headings or current.closed) and not _is_item_text(marked, index, current):
        return index
    if item.role is Role.MAYBE_OPENING and current.headings and _stands_behind_end(marked, index, current):
        return index
    if item.heading is not None and _starts_again(item.heading, current):
        return _opening_before(marked, index, current)
    return None


def current_title_lines(marked: Sequence[Marked], current: _Open, index: int) -> int:
    """How many title lines the open document has had: a title behind nothing but titles continues it."""
    return sum(
        marked[place].role in {Role.TITLE, Role.PIECE} for place in range(current.first, min(index, current.first + 3))
    )


def _is_item_text(marked: Sequence[Marked], index: int, current: _Open) -> bool:
    """True for an opening-like paragraph right under a heading that has a line of its own, while numbering goes on."""
    before = marked[index - 1]
    if current.closed or before.heading is None or not before.heading.own_line:
        return False
    return not openings.ends_as_opening(marked[index].line.text)


def _stands_behind_end(marked: Sequence[Marked], index: int, current: _Open) -> bool:
    """True behind a closing paragraph, behind an item that fills its own line, and where numbering starts below."""
    before = marked[index - 1]
    if current.closed:
        return True
    if before.heading is not None:
        return not before.heading.own_line
    return any(
        item.heading is not None and item.heading.number == 1 and item.heading.kind <= MarkerKind.ARABIC
        for item in marked[index + 1 : index + 3]
    )


def _starts_again(heading: Heading, current: _Open) -> bool:
    return (
        heading.number == 1
        and heading.kind <= MarkerKind.ARABIC
        and heading.kind <= current.top
        and current.number >= 2
    )


def _opening_before(marked: Sequence[Marked], index: int, current: _Open) -> int | None:
    """The line that opens the document whose numbering starts at `index`; None where a bare heading governs it."""
    first = index
    while first - 1 > current.first and marked[first - 1].role in {
        Role.TEXT,
        Role.OPENING,
        Role.MAYBE_OPENING,
        Role.CLOSING,
    }:
        first -= 1
    between = range(first, index)
    if any(_governs(marked[place].line.text) for place in between[-1:]):
        opens = [place for place in between if openings.opening_score(marked[place].line.text) >= openings.MAY_OPEN]
        return opens[0] if opens else None
    scored = max(between, key=lambda place: openings.opening_score(marked[place].line.text), default=index)
    if scored != index and openings.opening_score(marked[scored].line.text) <= 0:
        return index
    return scored


def _governs(text: str) -> bool:
    """True for a lead-in with a colon, and for a heading without a marker: the numbering below it is its own."""
    evidence = evidence_of(text) if len(text) <= _LONE else None
    return openings.governs_list(text) or (evidence is not None and evidence.weight >= _HEADING_WEIGHT)


def _advance(current: _Open | None, item: Marked, seen: set[str]) -> None:
    if current is None:
        return
    current.lines += 1
    seen.add(item.line.text)
    if item.role is Role.CLOSING:
        current.closed = True
    if item.heading is None:
        return
    current.headings += 1
    current.closed = False
    if item.heading.kind < current.top:
        current.top, current.number = item.heading.kind, 0
    if item.heading.kind == current.top:
        current.number = item.heading.number


def _trimmed(marked: Sequence[Marked], first: int, last: int) -> Piece:
    """The piece without the boilerplate and separators at its end."""
    while last > first and marked[last - 1].role in {Role.BOILERPLATE, Role.SEPARATOR}:
        last -= 1
    return Piece(first, last)


def _has_body(lines: Sequence[Marked]) -> bool:
    """False for a lone title or remark between boilerplate."""
    own = [item for item in lines if item.role is not Role.BOILERPLATE]
    return any(item.heading is not None or len(item.line.text) > _LONE for item in own) or len(own) > 2
