"""The role of each line of a file: title, opening paragraph, heading, text, or boilerplate."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from enum import Enum, auto

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.patterns import WordPattern
from zongji.pipeline.structure import document_cues
from zongji.pipeline.structure.boilerplate import boilerplate_strengths
from zongji.pipeline.structure.compilations import names_collection, numbered_parts
from zongji.pipeline.structure.headings import Heading, Line
from zongji.pipeline.structure.known_lines import NOTHING_KNOWN, KnownLines
from zongji.pipeline.structure.markers import MarkerKind


class Role(Enum):
    """The role of a line in the structure of a file."""

    PIECE = auto()  # 篇一：…
    TITLE = auto()
    SEPARATOR = auto()  # ******
    BOILERPLATE = auto()
    OPENING = auto()  # a paragraph that opens a document
    MAYBE_OPENING = auto()  # one that does so after a document's last item or closing paragraph
    CLOSING = auto()
    HEADING = auto()  # a line with a marker
    TEXT = auto()


@dataclass(frozen=True, slots=True)
class TaggedLine:
    """A line with its role and the tagged heading that opens it."""

    line: Line
    role: Role
    heading: Heading | None = None
    is_bold: bool = False
    """True where the format sets the whole line in bold."""
    depth: int | None = None
    """How deep a heading the line is by its format, in the format's own count."""


_PIECE = re.compile(
    rf"[【\[（(]?(?:第?[{UP_TO_TEN}\d]{{1,3}}篇|篇[{UP_TO_TEN}\d]{{1,3}}|"
    rf"范文[{UP_TO_TEN}\d]{{1,3}})[】\]）)]?(?:[：: 、.]|$|[【《])"
    rf"|[^。；，,]{{2,30}}(?:\(?篇[{UP_TO_TEN}\d]{{1,3}}\)?|第[{UP_TO_TEN}\d]{{1,3}}篇|[【（(]篇?[{UP_TO_TEN}\d]{{1,2}}[】）)])$"
)
_PIECE_NUMBER = re.compile(
    rf"[【\[（(]?(?:第?[{UP_TO_TEN}\d]{{1,3}}篇|(?:篇|范文)[（(]?[{UP_TO_TEN}\d]{{1,3}}[）)]?)[】\]）)]?[：: 、.]?"
)
_MAY_BE_PIECE = re.compile(r"篇|范文|[】）)]$")
_SEPARATOR = re.compile(
    r"(?:[*＊=＝_~～#☆★◆※·]|[-—－](?![-—－]?\d)){5,}|(?:[*＊] ?){5,}|\f+|[—\-–=*＊ ]+(?:END|完|全文完)[—\-–=*＊ ]+"
)
_ANNEX = re.compile(rf"附件? ?[{UP_TO_TEN}\d]{{0,2}} ?[：:]?")
_COLLECTION = WordPattern("document_cues", r"{collection-title}|[\d{up_to_ten}]+篇|\d{3,5}字")
_LONE_PIECE = re.compile(rf"其[{UP_TO_TEN}]{{1,2}}[ \u3000]")
_NUMBERED = re.compile(r"\d{1,2} ?[.、．]")
# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_LONGEST_FRONT = 4  # lines of a collection's name with those below it
_CONTENTS = re.compile(r"目[ \u3000]*录")
_PAGE_NUMBER = re.compile(r"[ .…·\u3000]*\d{1,3}$")
_LONGEST_CONTENTS = 60  # entries
_SENTENCE = re.compile("[。；，：:]")
_DATED = re.compile(r"[（(]?\d{1,2}-\d{1,2}[)）]?$")  # the date after a link
_SHORT_SITE_LINE = 20  # characters of a line such as 相关推荐
_TAIL = 3  # strength from which a boilerplate line begins the tail of a page
_DILUTED = 50  # characters of a long line per additional point of strength
_SURELY_SITE = 5  # strength of a paragraph that is the site's although it stands in the main content of a page
_SITE_PARAGRAPH = 60  # characters; a title before a longer boilerplate paragraph is boilerplate


def with_roles(
    text: str, lines: Sequence[Line], headings: Sequence[Heading], known: KnownLines = NOTHING_KNOWN
) -> list[TaggedLine]:
    """Each line with its role."""
    opening_headings = {heading.start: heading for heading in headings if heading.opens_line}
    strengths = boilerplate_strengths(text, lines)
    excluded = known.excluded | _contents(lines)
    pieces = numbered_parts(lines, opening_headings)
    tagged = []
    top = min((depth for index, depth in known.depths.items() if index not in excluded), default=None)
    for index, line in enumerate(lines):
        heading = opening_headings.get(line.start)
        strength = strengths.get(index, 0)
        if known.is_complete and len(line.text) >= _SITE_PARAGRAPH and strength < _SURELY_SITE:
            strength = 0  # a paragraph of the text, with an address in it or one such word
        role = Role.BOILERPLATE if index in excluded else _role(line, heading, strength)
        if role is Role.HEADING and known.depths.get(index) == top and document_cues.is_title(line.text):
            role = Role.TITLE if heading is not None and heading.marker is None else role
        if role is Role.TITLE and index in known.depths:
            heading = None  # a title among the format's headings
        role = Role.TITLE if index in known.titles else Role.PIECE if index in pieces else role
        tagged.append(TaggedLine(line, role, heading, index in known.bold, known.depths.get(index)))
    return _settled(_without_front(tagged), strengths, known)


def _without_front(tagged: list[TaggedLine]) -> list[TaggedLine]:
    """The lines, with everything before a collection's first part (the collection's name) as boilerplate."""
    first = next((place for place, item in enumerate(tagged) if _opens_part(item)), 0)
    front = [item for item in tagged[:first] if item.role is not Role.BOILERPLATE]
    short = all(item.heading is None and len(item.line.text) <= document_cues.LONGEST_TITLE for item in front)
    if len(front) > _LONGEST_FRONT or not short or not any(_names_series(item.line.text) for item in front):
        return tagged
    return [TaggedLine(item.line, Role.BOILERPLATE, item.heading) for item in tagged[:first]] + tagged[first:]


def _names_series(text: str) -> bool:
    return names_collection(text) or document_cues.names_bulletin(text)


def is_part_number(text: str) -> bool:
    """True for `【第一篇】`: the number of a part, without a title."""
    return _PIECE_NUMBER.fullmatch(text) is not None


def _opens_part(item: TaggedLine) -> bool:
    return item.role is Role.PIECE or (item.role is Role.TITLE and not names_collection(item.line.text))


def _contents(lines: Sequence[Line]) -> Set[int]:
    """The indexes of a table of contents: `目录` and the lines right after it that are headings of the text below."""
    start = next((index for index, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)), None)
    if start is None:
        return frozenset()
    entries: list[str] = []
    for line in lines[start + 1 :]:
        entry = _PAGE_NUMBER.sub("", line.text)
        if entry in entries:
            return frozenset(range(start, start + 1 + len(entries)))  # the first part begins
        if len(line.text) > document_cues.LONGEST_TITLE or len(entries) == _LONGEST_CONTENTS:
            break
        entries.append(entry)
    return frozenset()


def _role(line: Line, heading: Heading | None, strength: int) -> Role:
    dense = strength >= max(_TAIL, len(line.text) // _DILUTED)
    if dense and _names_part(line.text) and document_cues.names_document(line.text):
        return Role.PIECE  # `工会工作总结范文（一）`, `工会工作总结范文篇一`
    if dense and not document_cues.ends_as_opening(line.text):
        return Role.BOILERPLATE
    if _names_part(line.text):
        return Role.PIECE
    if _SEPARATOR.fullmatch(line.text) or _ANNEX.fullmatch(line.text):
        return Role.SEPARATOR
    if heading is not None:
        return Role.HEADING
    if document_cues.is_title(line.text):
        return Role.TITLE
    score = document_cues.opening_score(line.text)
    if score >= document_cues.OPENS:
        return Role.OPENING
    if score >= document_cues.MAY_OPEN:
        return Role.MAYBE_OPENING
    if document_cues.is_closing(line.text):
        return Role.CLOSING
    return Role.TEXT


def _names_part(text: str) -> bool:
    short = len(text) <= document_cues.LONGEST_TITLE
    return short and _MAY_BE_PIECE.search(text) is not None and _PIECE.match(text) is not None


def _settled(tagged: list[TaggedLine], strengths: dict[int, int], known: KnownLines) -> list[TaggedLine]:
    """Roles that depend on surrounding lines: the site's own title, the lists of titles in a page's tail."""
    tail = False
    for index, item in enumerate(tagged):
        if index in known.titles:
            continue
        if item.role is Role.BOILERPLATE:
            opens = not known.is_complete and strengths.get(index, 0) >= _TAIL and _opens_tail(item.line.text)
            tail = tail or (opens and index > 0)
            continue
        following = _next_that_matters(tagged, index)
        if item.role is Role.TITLE and not _leads_to_body(tagged, following):
            tagged[index] = TaggedLine(item.line, Role.BOILERPLATE if tail or _is_listed(tagged, index) else Role.TEXT)
        elif _names_no_document(tagged, index, following) or (tail and _belongs_to_tail(item)):
            tagged[index] = TaggedLine(item.line, Role.BOILERPLATE)
        else:
            tail = False
    return tagged


def _opens_tail(text: str) -> bool:
    """True for a short boilerplate line, and for the lead-in of a list of links: `【…】相关文章：`."""
    return len(text) <= _SHORT_SITE_LINE or text[-1] in "：:"


def _names_no_document(tagged: Sequence[TaggedLine], index: int, following: int | None) -> bool:
    """True for what precedes a title without being one: a part's number, a page's or collection's name."""
    return (
        _is_lone_part(tagged, index)
        or _is_pages_own(tagged, index, following)
        or _is_collection_title(tagged[index], tagged[following] if following is not None else None)
    )


def _is_lone_part(tagged: Sequence[TaggedLine], index: int) -> bool:
    """True for `【篇一】` and `其一　春防简报` before the title of the part."""
    item = tagged[index]
    if index + 1 == len(tagged) or tagged[index + 1].role is not Role.TITLE:
        return False
    return item.role is Role.PIECE or (
        item.role in {Role.TEXT, Role.TITLE} and _LONE_PIECE.match(item.line.text) is not None
    )


def _is_pages_own(tagged: Sequence[TaggedLine], index: int, following: int | None) -> bool:
    """True for a page's own name before a line of site data (date, source, views) and the real title."""
    item = tagged[index]
    if following is None or following == index + 1 or tagged[index + 1].role is not Role.BOILERPLATE:
        return False
    if item.role is Role.TEXT and any(
        before.role is not Role.BOILERPLATE for before in tagged[max(0, index - 2) : index]
    ):
        return False
    named = item.role in {Role.TITLE, Role.TEXT} and len(item.line.text) <= document_cues.LONGEST_TITLE
    return named and tagged[following].role in {Role.TITLE, Role.PIECE}


def _next_that_matters(tagged: Sequence[TaggedLine], index: int) -> int | None:
    """The next line that is neither a separator nor short site data (source, date)."""
    for later in range(index + 1, min(index + 6, len(tagged))):
        item = tagged[later]
        short_site_line = item.role is Role.BOILERPLATE and len(item.line.text) < _SITE_PARAGRAPH
        if item.role is not Role.SEPARATOR and not short_site_line:
            return later
    return None


def _leads_to_body(tagged: Sequence[TaggedLine], following: int | None) -> bool:
    if following is None:
        return False
    return tagged[following].role is not Role.BOILERPLATE


def _is_listed(tagged: Sequence[TaggedLine], index: int) -> bool:
    """True in a list of titles, and for the title before a boilerplate paragraph."""
    neighbours = [tagged[place].role for place in (index - 1, index + 1) if 0 <= place < len(tagged)]
    return all(role in {Role.TITLE, Role.BOILERPLATE} for role in neighbours)


def _is_listed_title(item: TaggedLine) -> bool:
    """`2.文化站半年工作总结（精选10篇）` among a page's recommendations."""
    heading = item.heading
    if heading is None or not heading.own_line:
        return False
    text = item.line.text
    return bool(document_cues.is_title(heading.title or "") or _COLLECTION.search(text) or _DATED.search(text))


def _belongs_to_tail(item: TaggedLine) -> bool:
    """What may follow a page's recommendations without opening a document."""
    return any(belongs(item) for belongs in _TAIL_LINES)


def _is_loose(item: TaggedLine) -> bool:
    return item.role in {Role.TEXT, Role.CLOSING, Role.MAYBE_OPENING}


def _is_numbered_title(item: TaggedLine) -> bool:
    return item.role is Role.TITLE and _NUMBERED.match(item.line.text) is not None


def _is_link(item: TaggedLine) -> bool:
    """True for `■ 世界献血者日表彰大会`: a marker and a name without punctuation."""
    heading = item.heading
    kinds = {MarkerKind.ARABIC, MarkerKind.DASH}
    return heading is not None and heading.own_line and heading.kind in kinds and not _SENTENCE.search(item.line.text)


_TAIL_LINES: tuple[Callable[[TaggedLine], bool], ...] = (_is_loose, _is_numbered_title, _is_listed_title, _is_link)
"""What may follow a page's recommendations, except a document's first line."""


def _is_collection_title(item: TaggedLine, following: TaggedLine | None) -> bool:
    """`工会工作总结范文精选10篇` before the first part."""
    if item.role is not Role.TITLE or following is None:
        return False
    return following.role in {Role.TITLE, Role.PIECE} and bool(_COLLECTION.search(item.line.text))
