"""A document's numerals to figures and rejected."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from zongji.corpus.labels import Bound, Category, DocumentType, Reason
from zongji.corpus.records import Figure, Rejection, Section, Span
from zongji.pipeline.figures import exclusions
from zongji.pipeline.figures.candidates import Candidate, candidates
from zongji.pipeline.figures.categories import category_of, category_of_noun
from zongji.pipeline.figures.items import inherited, item_of
from zongji.pipeline.figures.modality import ModalityCues, modality_of, states_aims
from zongji.pipeline.figures.scopes import TotalCues, per_of
from zongji.pipeline.figures.tables import TableNumber, table_numbers

# A sentence, or four hundred characters of a text that has no full stops.
_SENTENCE = re.compile(r"(?:[^。！？!?；;\n.]|\.(?![\s㐀-鿿“\"(（①-⑩]|$)){0,400}[。！？!?；;\n.]?")
_ENCLOSED = re.compile(r"《[^《》\n]{1,60}》|“[^“”\n]{1,40}”|\"[^\"\n]{1,40}\"|‘[^‘’\n]{1,24}’|「[^「」\n]{1,24}」")
_SHORT_QUOTATION = 22  # characters; a longer quotation is running text
_PARAGRAPH_REACH = 300  # characters before a sentence in which its paragraph may say that it states aims
_ITEM_REACH = 60  # characters behind a figure in which its item may stand
_RATIO = re.compile(r"[率比][^，。；]{0,8}$")
_LEAST = re.compile(r"(?:至少|最少|不少于|不低于|起码)[^，。；,;\d一二三四五六七八九十两]{1,8}$")


@dataclass(frozen=True, slots=True)
class Extracted:
    """The figures of a document and the numerals that are none."""

    figures: tuple[Figure, ...]
    rejected: tuple[Rejection, ...]


class _Sentence(NamedTuple):
    """A sentence with the cues in it, found once for all of its figures."""

    start: int
    end: int
    quote: str
    modality: ModalityCues
    totals: TotalCues


def extract(
    text: str,
    start: int,
    end: int,
    sections: Sequence[Section],
    doc_type: DocumentType,
    apart: Sequence[Span] = (),
) -> Extracted:
    """The figures between two offsets, none of them from the stretches that are set apart as boilerplate.

    Sections are in order; the last that starts before a figure holds it.
    """
    enclosed = [match.span() for match in _ENCLOSED.finditer(text, start, end)]
    markers = {section.start for section in sections if section.marker}
    starts = [section.start for section in sections]
    sentences = _Sentences(text, start, end)
    tables = table_numbers(text, start, end)
    figures: list[Figure] = []
    rejected: list[Rejection] = []
    for found in candidates(text, start, end):
        cell = tables.get(found.number_start)
        if cell is not None and cell.unit and found.unit and cell.unit.name != found.unit.name:
            cell = None  # the number has a measure word of its own
        candidate = _in_table(found, cell) if cell and cell.unit and found.unit is None else found
        if apart and _is_apart(apart, candidate):
            rejected.append(_rejection(text, candidate, Reason.BOILERPLATE))
            continue
        reason = None if cell else exclusions.rejection(_surroundings(text, candidate, enclosed, markers))
        if reason is not None and not _counts_people(text, candidate, reason):
            rejected.append(_rejection(text, candidate, reason))
            continue
        sentence = sentences.around(candidate.start)
        place = bisect_right(starts, candidate.start) - 1
        section = sections[place] if place >= 0 else None
        before = figures[-1] if figures and figures[-1].end > sentence.start else None
        figures.append(_figure(text, candidate, sentence, before, section, doc_type, cell, number=len(figures) + 1))
    return Extracted(tuple(figures), tuple(rejected))


class _Sentences:
    """The sentence around an offset; offsets are asked for in rising order."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.end = end
        self.spans = _SENTENCE.finditer(text, start, end)
        self.span = (start, start)
        self.current = self._read()

    def around(self, offset: int) -> _Sentence:
        if self.span[1] <= offset < self.end:
            while self.span[1] <= offset < self.end:
                self.span = next(self.spans).span()
            self.current = self._read()
        return self.current

    def _read(self) -> _Sentence:
        start, end = self.span
        words = self.text[start:end]
        cues = ModalityCues.of(words)
        if states_aims(self._paragraph_before(start)):
            cues = cues._replace(surely_planned=0)
        return _Sentence(start, end, words.strip(), cues, TotalCues.of(words))

    def _paragraph_before(self, start: int) -> str:
        before = self.text[max(0, start - _PARAGRAPH_REACH) : start]
        return before[before.rfind("\n") + 1 :]


def _rejection(text: str, candidate: Candidate, reason: Reason) -> Rejection:
    return Rejection(candidate.start, candidate.end, text[candidate.start : candidate.end], reason)


def _is_apart(apart: Sequence[Span], candidate: Candidate) -> bool:
    return any(span.start <= candidate.start < span.end for span in apart)


def _in_table(candidate: Candidate, cell: TableNumber) -> Candidate:
    """A bare number with the unit of its column, which it has."""
    value, value_max = (_times(number, cell.magnitude) for number in (candidate.value, candidate.value_max))
    return candidate._replace(unit=cell.unit, value=value, value_max=value_max)


def _times(number: float | None, magnitude: int) -> float | int | None:
    """A number below a header such as 万元; whole where it can be."""
    value = None if number is None else number * magnitude
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _surroundings(
    text: str, candidate: Candidate, enclosed: Sequence[tuple[int, int]], markers: set[int]
) -> exclusions.Surroundings:
    start = candidate.number_start
    place = bisect_right(enclosed, (start, len(text))) - 1
    inside = place >= 0 and enclosed[place][0] < start < enclosed[place][1]
    titled = inside and text[enclosed[place][0]] == "《"
    return exclusions.Surroundings(
        text=text,
        candidate=candidate,
        unit=candidate.unit.name if candidate.unit else "",
        is_han=candidate.numeral[0] in exclusions.HAN_NUMERALS,
        before=text[max(0, candidate.start - 16) : candidate.start],
        behind=text[candidate.end : candidate.end + 24],
        next=text[candidate.number_end : candidate.number_end + 24],
        quoted=inside and not titled and enclosed[place][1] - enclosed[place][0] <= _SHORT_QUOTATION,
        titled=titled,
        marker=start in markers or (start - 1 in markers and text[start - 1] in "（("),
    )


def _counts_people(text: str, candidate: Candidate, reason: Reason) -> bool:
    """`近8万市民`: a large or rounded number right in front of people needs no measure word."""
    if reason is not Reason.NO_UNIT or candidate.value is None:
        return False
    if not (candidate.bound is not Bound.EXACT or candidate.numeral[-1] in "万亿"):
        return False
    item = item_of("", text[candidate.end : candidate.end + 12], "")
    return category_of(None, item, "") in {Category.PARTICIPANTS, Category.ORGANIZATIONS}


def _figure(
    text: str,
    candidate: Candidate,
    sentence: _Sentence,
    before: Figure | None,
    section: Section | None,
    doc_type: DocumentType,
    cell: TableNumber | None,
    *,
    number: int,
) -> Figure:
    left = text[before.end if before else sentence.start : candidate.start]
    right = text[candidate.end : min(sentence.end, candidate.end + _ITEM_REACH)]
    unit = candidate.unit.name if candidate.unit else ""
    item = cell.item if cell else inherited(left, item_of(left, right, unit), unit, before)
    spoken = "" if cell else text[sentence.start : candidate.start]
    category = _category(candidate, item, spoken, "" if cell else right, None if cell else before)
    offset = candidate.start - sentence.start
    return Figure(
        id=f"f{number}",
        category=category,
        value=candidate.value,
        value_max=candidate.value_max,
        bound=_bound(candidate, left),
        unit=unit,
        item=item,
        modality=(cell and cell.modality)
        or modality_of(sentence.modality, candidate.end - sentence.start, section.label if section else None, doc_type),
        total=cell.total if cell else category is not Category.RATE and sentence.totals.cover(offset),
        per=cell.per if cell else per_of(left if before is None else text[sentence.start : candidate.start], right),
        text=text[candidate.start : candidate.end],
        start=candidate.start,
        end=candidate.end,
        section=section.id if section else None,
        confidence=_confidence(candidate, item),
        quote=sentence.quote,
    )


def _category(candidate: Candidate, item: str, left: str, right: str, before: Figure | None) -> Category:
    """What a figure counts as; `left` and `right` are the text of its sentence around it."""
    numeral = candidate.numeral
    if candidate.unit is None and ("分之" in numeral or "/" in numeral or numeral in {"一半", "半数"}):
        return Category.RATE
    if candidate.unit is None and "." in numeral and numeral[-1].isdigit() and left:
        return Category.RATE if _RATIO.search(left) else Category.OTHER  # 翻台率1.8, 利用系数0.57
    return category_of(candidate.unit, item, left, right=right, before=before)


def _confidence(candidate: Candidate, item: str) -> float:
    """How surely the category is right: by a closed measure word, by the counted noun, or by default.

    The shares are those of right categories in annotated documents that were new when they were scored.
    """
    if candidate.unit is not None and not candidate.unit.row.open:
        return 0.99
    return 0.92 if category_of_noun(item) is not None else 0.75


def _bound(candidate: Candidate, left: str) -> Bound:
    """The candidate's bound; `至少建成1所` says it apart from the number."""
    if (
        candidate.bound is Bound.EXACT
        and ("少" in left or "低" in left or "起码" in left)
        and _LEAST.search(left[-12:])
    ):
        return Bound.AT_LEAST
    return candidate.bound
