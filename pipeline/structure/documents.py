"""Splits a text into its documents, and excludes boilerplate.

One walk over the lines with their roles: a document starts at a numbered part of a collection (`篇一`), where the signs
of a first line add up (`beginnings`), at an opening paragraph behind an end, or where the numbering of the highest
level starts again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zongji.models.rules import evidence_of
from zongji.pipeline.structure import document_cues
from zongji.pipeline.structure.beginnings import (
    ENOUGH,
    is_set_apart,
    is_spaced,
    numbering_goes_on,
    points,
    stands_behind_end,
)
from zongji.pipeline.structure.edge_lines import closes_with_credits, is_body, is_signature, may_begin
from zongji.pipeline.structure.fronts import behind_letterhead, behind_series_title
from zongji.pipeline.structure.headings import Heading, Line
from zongji.pipeline.structure.known_lines import NOTHING_KNOWN, KnownLines
from zongji.pipeline.structure.line_roles import Role, TaggedLine, is_part_number, with_roles
from zongji.pipeline.structure.lines_under_title import is_office
from zongji.pipeline.structure.markers import MarkerKind
from zongji.pipeline.structure.stated_outlines import outside_outlines, titles_of_collection
from zongji.pipeline.structure.surroundings import Gaps, Numberings, Open, Place

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_HEADING_WEIGHT = 5  # weight of a line's words from which it is read as a heading
_SHORT_HEADING = 15  # characters of a line that governs a numbering `1、`, whatever its words
_ENDS = "。；！？!?;，,"
_TITLE_BLOCK = 3  # lines of a title with its occasion and author
_STARS = "*＊=＝~～#☆★※"  # a row of these parts documents; dashes may part sections
_LONE = 24  # characters; a shorter text is not a document


@dataclass(frozen=True, slots=True)
class Extent:
    """The lines of a document within its file: `lines[first:last]`."""

    first: int
    last: int


def split(
    text: str, lines: Sequence[Line], headings: Sequence[Heading], known: KnownLines = NOTHING_KNOWN
) -> tuple[list[Extent], list[TaggedLine]]:
    """The documents of a text and the role of each of its lines."""
    tagged = with_roles(text, lines, headings, known)
    starts = sorted(known.starts) or titles_of_collection(tagged)
    starts = starts or list(outside_outlines(tagged, sorted(set(_starts(text, tagged, known)))))
    if not starts:
        return [], tagged
    if not known.starts:
        starts = behind_series_title(tagged, behind_letterhead(tagged, starts))
    extents = [_trimmed(tagged, first, last) for first, last in zip(starts, [*starts[1:], len(tagged)], strict=True)]
    apart_from_any = any(item.role is Role.BOILERPLATE for item in tagged)
    kept = [extent for extent in extents if extent.last > extent.first]
    if apart_from_any:
        kept = [extent for extent in kept if _has_body(tagged[extent.first : extent.last])]
    return kept, tagged


def everything(tagged: Sequence[TaggedLine], known: KnownLines) -> list[Extent]:
    """All that its format does not call boilerplate as one document; none where nothing is left."""
    own = [index for index, item in enumerate(tagged) if index not in known.excluded and item.line.text]
    return [Extent(own[0], own[-1] + 1)] if own else []


def _starts(text: str, tagged: Sequence[TaggedLine], known: KnownLines) -> Iterator[int]:
    """The indexes of the lines at which documents start."""
    gaps, numberings = Gaps(text, tagged), Numberings(tagged)
    seen: set[str] = set()
    current: Open | None = None
    for index, item in enumerate(tagged):
        if item.role in {Role.BOILERPLATE, Role.SEPARATOR}:
            if current is not None:
                current.closed = True
            continue
        place = Place(tagged, index, current, gaps, numberings, known.titles) if current is not None else None
        if (first := start_before(tagged, index, place, seen)) is not None:
            current = Open(first)
            yield first
        _advance(current, item, gaps.before[index], seen)


def start_before(tagged: Sequence[TaggedLine], index: int, place: Place | None, seen: set[str]) -> int | None:
    """The line at which a document starts, if line `index` indicates one; `place` is None before the first document."""
    item = tagged[index]
    if place is None:
        return index
    if item.role is Role.PIECE:
        return index
    current = place.current
    if index in place.titles or may_begin(item):
        is_first = current.lines <= _title_lines(tagged, current, index) or not current.has_body
        return index if not is_first and points(place) >= ENOUGH else None
    if item.heading is None and _follows_end(place):
        return index
    if _is_repetition(tagged, index, seen) or numbering_goes_on(place):
        return None
    if _is_bare_title(place) and item.role in {Role.OPENING, Role.MAYBE_OPENING}:
        return index - 1
    if item.role is Role.OPENING and (current.headings or current.closed) and not _goes_on(tagged, index, current):
        return index
    if (
        item.role is Role.MAYBE_OPENING
        and (current.headings or current.signed)
        and _stands_behind_end(tagged, index, current)
    ):
        return index
    if item.heading is not None and _starts_again(item.heading, current):
        first = _opening_before(tagged, index, current)
        return None if first is not None and _is_list_again(place, first) else first
    return None


def _is_bare_title(place: Place) -> bool:
    """True if a line such as `工作总结` stands above an opening paragraph."""
    text = place.before.line.text
    return place.before.role is Role.TEXT and document_cues.is_kind(text) and place.index - 1 > place.current.first


def _is_list_again(place: Place, first: int) -> bool:
    """True for a list `1、` in the middle of a document: nothing but its numbering begins again."""
    heading = place.tagged[place.index].heading
    if heading is None or heading.kind < MarkerKind.STEM or stands_behind_end(place):
        return False
    opens = document_cues.opening_score(place.tagged[first].line.text) >= document_cues.MAY_OPEN - 1
    return not opens and not place.gaps.surplus(first, place.current) > 0


def _follows_end(place: Place) -> bool:
    """True for the first paragraph behind a signature, a wide gap or a row of stars."""
    if place.before.line.text[0] in _STARS and place.before.role is Role.SEPARATOR and len(place.text) >= _LONE:
        return place.current.has_body
    begins = document_cues.begins_with_time(place.text) or document_cues.ends_as_opening(place.text)
    if place.current.signed:
        return begins or (is_spaced(place) and len(place.text) >= _LONE)
    return begins and place.current.has_body and is_set_apart(place)


def _is_repetition(tagged: Sequence[TaggedLine], index: int, seen: set[str]) -> bool:
    """True if this line and the next occurred before in the file: a repeated passage opens nothing new."""
    behind = tagged[index + 1 : index + 2]
    return tagged[index].line.text in seen and all(item.line.text in seen for item in behind)


def _title_lines(tagged: Sequence[TaggedLine], current: Open, index: int) -> int:
    """The number of title lines so far: a title after only titles and offices continues the title."""
    return sum(
        tagged[place].role in {Role.TITLE, Role.PIECE} or is_office(tagged[place].line.text)
        for place in range(current.first, min(index, current.first + 3))
    )


def _goes_on(tagged: Sequence[TaggedLine], index: int, current: Open) -> bool:
    """True for an opening-like paragraph of the open document: an item's text, or an outlook at the end."""
    return _is_outlook(tagged, index, current) or _is_item_text(tagged, index, current)


def _is_outlook(tagged: Sequence[TaggedLine], index: int, current: Open) -> bool:
    last = all(item.heading is None for item in tagged[index + 1 : index + 4])
    return last and not current.closed and document_cues.is_outlook(tagged[index].line.text)


def _is_item_text(tagged: Sequence[TaggedLine], index: int, current: Open) -> bool:
    """True for an opening-like paragraph right under a heading on its own line, while the numbering continues."""
    before = tagged[index - 1]
    if current.closed or before.heading is None or not before.heading.own_line:
        return False
    return not document_cues.ends_as_opening(tagged[index].line.text)


def _stands_behind_end(tagged: Sequence[TaggedLine], index: int, current: Open) -> bool:
    """True after a closing paragraph, after an item that fills its line, and if numbering starts below."""
    before = tagged[index - 1]
    if _is_outlook(tagged, index, current):
        return False
    if current.closed or current.signed:
        return True
    if before.heading is not None:
        return not before.heading.own_line
    return any(
        item.heading is not None and item.heading.number == 1 and item.heading.kind <= MarkerKind.ARABIC
        for item in tagged[index + 1 : index + 3]
    )


def _starts_again(heading: Heading, current: Open) -> bool:
    """True for a first number of the highest level so far, after a second one."""
    if heading.number != 1 or heading.is_stage or current.number < 2:
        return False
    return heading.kind <= min(MarkerKind.ARABIC, current.top)


def _opening_before(tagged: Sequence[TaggedLine], index: int, current: Open) -> int | None:
    """The line that opens the document whose numbering starts at `index`; None if a bare heading governs it."""
    if tagged[index - 1].role is Role.TITLE:
        return None  # half of a double title, or it would have opened a document itself
    first = index
    while first - 1 > current.first and tagged[first - 1].role in {
        Role.TEXT,
        Role.OPENING,
        Role.MAYBE_OPENING,
        Role.CLOSING,
    }:
        first -= 1
    between = range(first, index)
    if any(_governs(tagged[place].line.text, tagged[index].heading) for place in between[-1:]):
        opens = [
            place for place in between if document_cues.opening_score(tagged[place].line.text) >= document_cues.MAY_OPEN
        ]
        return opens[0] if opens else None
    scored = max(between, key=lambda place: document_cues.opening_score(tagged[place].line.text), default=index)
    if scored != index and document_cues.opening_score(tagged[scored].line.text) <= 0:
        return index
    return scored


def _governs(text: str, below: Heading | None) -> bool:
    """True for a lead-in with a colon, and for a heading without a marker: the numbering below belongs to it."""
    evidence = evidence_of(text) if len(text) <= _LONE else None
    if len(text) <= _SHORT_HEADING and text[-1] not in _ENDS and below is not None and below.kind >= MarkerKind.ARABIC:
        return True
    return document_cues.governs_list(text) or (evidence is not None and evidence.weight >= _HEADING_WEIGHT)


def _advance(current: Open | None, item: TaggedLine, gap: int, seen: set[str]) -> None:
    if current is None:
        return
    current.lines += 1
    current.gaps[gap] += 1
    seen.add(item.line.text)
    if item.role is Role.CLOSING:
        current.closed = True
    current.signed = current.has_body and (is_signature(item.line.text) or closes_with_credits(item.line.text))
    heads = item.heading is not None and item.heading.kind is not MarkerKind.DASH
    current.has_body = current.has_body or heads or is_body(item) or current.lines > _TITLE_BLOCK
    if item.heading is None:
        return
    current.headings += 1
    current.closed = False
    if item.heading.kind < current.top:
        current.top, current.number = item.heading.kind, 0
    if item.heading.kind == current.top:
        current.number = item.heading.number


def _trimmed(tagged: Sequence[TaggedLine], first: int, last: int) -> Extent:
    """The extent without trailing boilerplate and separators, and without the bare number of a part above it."""
    if last > first + 1 and is_part_number(tagged[first].line.text):
        first += 1
    while last > first and tagged[last - 1].role in {Role.BOILERPLATE, Role.SEPARATOR}:
        last -= 1
    return Extent(first, last)


def _has_body(lines: Sequence[TaggedLine]) -> bool:
    """False for a lone title or remark between boilerplate."""
    own = [item for item in lines if item.role is not Role.BOILERPLATE]
    return any(item.heading is not None or len(item.line.text) > _LONE for item in own) or len(own) > 2
