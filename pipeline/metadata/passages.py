"""The passages of a document that say something about it, each with its place in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import NamedTuple

from zongji.corpus.chinese_digits import DIGITS, UP_TO_TEN, ZEROS
from zongji.corpus.patterns import WordPattern
from zongji.corpus.records import Span
from zongji.models.rules import evidence_of
from zongji.pipeline.structure import document_cues
from zongji.pipeline.structure.headings import Line
from zongji.pipeline.structure.line_roles import Role, TaggedLine
from zongji.pipeline.structure.lines_under_title import stands_under_title
from zongji.pipeline.structure.outline import Node

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_OPENING = 400  # characters of an opening paragraph that are searched
_OPENING_LINES = 8
_SITE_LINES = 6  # first lines of a document among which the site states date and source
LINES_ABOVE = 3  # lines above a document that may be its letterhead, or state when it was posted
_OWN_TITLE = 7  # characters of a title that is more than a heading: 沙龙活动回顾, but 工作回顾
_LONGEST_ABOVE = 80  # characters of one
_LAST_LINES = 5  # lines that may hold a signature
_LONGEST_LAST = 60  # characters of one


_NO_TITLE = re.compile(r"[。；;：:，,！!\t]$|[。；]|^[\d\W]*$|\t")
_NO_WORDS = re.compile(r"[\d\W年月日时分秒]*")
_SALUTES = WordPattern("document_cues", r"尊敬的|亲爱的|[^。；]{0,20}(?:{addressed})[^。；，]{0,10}[：:]")
_NAMES_DOCUMENT = WordPattern("document_types", "(?:{plan|summary})$")
_FROM_END = 40  # lines from the end, annexes included, among which a date of its own line is that of the signature
_NUMBER = rf"[\d{UP_TO_TEN}]{{1,3}}"
_DATE_LINE = re.compile(
    rf"[（(]?(?:20|19|二|一)[\d{DIGITS}{ZEROS}xX×*]{{2,3}} ?[年.\-/] ?{_NUMBER} ?[月.\-/] ?{_NUMBER} ?日?[)）]?"
)


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines joined to one text, and where each of them begins in it and in the restored text."""

    text: str = ""
    starts: tuple[int, ...] = ()
    origins: tuple[int, ...] = ()

    def span(self, start: int, end: int) -> Span:
        """Where a stretch of the passage stands in the restored text."""
        return Span(self._origin(start), self._origin(end - 1) + 1)

    def _origin(self, place: int) -> int:
        line = bisect_right(self.starts, place) - 1
        return self.origins[line] + place - self.starts[line]


def joined(lines: Iterable[Line], mark: str = "\n") -> Passage:
    """The passage that consists of these lines, with `mark` (one character) between them."""
    texts, starts, origins, length = [], [], [], 0
    for line in lines:
        texts.append(line.text)
        starts.append(length)
        origins.append(line.start)
        length += len(line.text) + 1
    return Passage(mark.join(texts), tuple(starts), tuple(origins))


class Passages(NamedTuple):
    """Where a document may say what it is, who speaks, of which time, and when."""

    title: str
    """As the outline found it, its lines joined; empty without one."""
    block: Passage
    """The lines of the title and those under it."""
    opening: Passage
    """The text between them and the first heading, its lines joined by blanks."""
    site: tuple[Line, ...]
    """What the site says right above the text and among its first lines: source, time of posting, a letterhead."""
    first_heading: Passage
    lines: tuple[Line, ...]
    """All lines below the title and those under it, without those of the site."""
    last: tuple[Line, ...]
    """The short lines at the end: a signature with its date."""


def passages_of(text: str, lines: Sequence[TaggedLine], nodes: Sequence[Node], above: Sequence[Line] = ()) -> Passages:
    """The passages of the document that consists of these lines and sections; `above` are the lines before it."""
    own = [item for item in lines if item.role is not Role.BOILERPLATE]
    title, below = _title_of(nodes, lines)
    body = tuple(item.line for item in own if item.line.start >= below)
    heading = next((node for node in nodes if node.role is Role.HEADING and node.title), None)
    return Passages(
        title=title,
        block=joined(item.line for item in lines if item.line.start < below),
        opening=_cut(joined(_opening(lines, below), " ")),
        site=(*_letterhead(above), *(i.line for i in lines[:_SITE_LINES] if i.role is Role.BOILERPLATE)),
        first_heading=_heading(text, heading),
        lines=body,
        last=_last(body),
    )


def _title_of(nodes: Sequence[Node], lines: Sequence[TaggedLine]) -> tuple[str, int]:
    """The title, and where it ends with the lines under it; the document's start without a title."""
    if nodes and nodes[0].role is Role.TITLE:
        return nodes[0].title or "", nodes[1].start if len(nodes) > 1 else lines[-1].line.end
    own = [item.line for item in lines if item.role is not Role.BOILERPLATE]
    under = [line for line in own[1:] if not (stands_under_title(line.text) or _NO_WORDS.fullmatch(line.text))]
    if under and lines[0].role is not Role.BOILERPLATE and _heads_text(lines[0], own[1], under[0]):
        return own[0].text, under[0].start
    return "", lines[0].line.start


def _heads_text(item: TaggedLine, below: Line, text_below: Line) -> bool:
    """True for a short first line above a salutation, an author or a paragraph, unless it is a heading's words."""
    text = item.line.text
    marked = item.heading is not None and item.heading.marker is not None
    if marked or len(text) > document_cues.LONGEST_TITLE or _NO_TITLE.search(text):
        return False
    if _SALUTES.match(text_below.text) or below is not text_below:
        return True
    named = _NAMES_DOCUMENT.search(text) is not None and (len(text) >= _OWN_TITLE or text.endswith("总结"))
    named = named or evidence_of(text) is None
    return named and (len(below.text) > len(text) and below.text[-1] in "。：:！")


def _opening(lines: Sequence[TaggedLine], below: int) -> list[Line]:
    body = [item for item in lines[:_OPENING_LINES] if item.line.start >= below]
    return [item.line for item in takewhile(_is_no_heading, body) if item.role is not Role.BOILERPLATE]


def _is_no_heading(item: TaggedLine) -> bool:
    return item.heading is None


def _cut(passage: Passage) -> Passage:
    return Passage(passage.text[:_OPENING], passage.starts, passage.origins)


def _letterhead(above: Sequence[Line]) -> Iterable[Line]:
    return [line for line in above if len(line.text) <= _LONGEST_ABOVE]


def _heading(text: str, node: Node | None) -> Passage:
    if node is None or node.heading is None or node.title is None:
        return Passage()
    start = text.find(node.title, node.start, node.start + len(node.title) + 20)
    return Passage(node.title, (0,), (max(start, node.start),))


def _last(body: Sequence[Line]) -> tuple[Line, ...]:
    """The lines of the signature: those around the last date on a line of its own, else the short ones at the end."""
    first = max(len(body) - _FROM_END, len(body) // 2)
    dated = next(
        (place for place in range(len(body) - 1, first - 1, -1) if _DATE_LINE.fullmatch(body[place].text)), None
    )
    if dated is not None:
        return tuple(filter(_is_short, body[max(0, dated - 3) : dated + 2]))
    return tuple(takewhile(_is_short, reversed(body[-_LAST_LINES:])))[::-1]


def _is_short(line: Line) -> bool:
    return len(line.text) <= _LONGEST_LAST
