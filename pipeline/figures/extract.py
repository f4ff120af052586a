"""A document's numerals to figures and refusals."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zongji.corpus.labels import Bound, Category, DocumentType, SectionLabel
from zongji.corpus.records import Figure, Refusal, Section
from zongji.pipeline.figures import exclusions
from zongji.pipeline.figures.candidates import Candidate, candidates
from zongji.pipeline.figures.categories import category_of
from zongji.pipeline.figures.items import inherited, item_of
from zongji.pipeline.figures.modality import modality_of
from zongji.pipeline.figures.scopes import is_total, per_of

_SENTENCE = re.compile(r"[^。！？!?；;\n]*[。！？!?；;\n]?")
_ENCLOSED = re.compile(r"《[^《》\n]{1,60}》|“[^“”\n]{1,40}”|\"[^\"\n]{1,40}\"|‘[^‘’\n]{1,24}’|「[^「」\n]{1,24}」")
_QUOTE_REACH = 300  # characters of context a record shows at most
_SHORT_QUOTATION = 22  # characters; a longer quotation is running text


@dataclass(frozen=True, slots=True)
class Extracted:
    """The figures of a document and the numerals that are none."""

    figures: tuple[Figure, ...]
    refusals: tuple[Refusal, ...]


def extract(text: str, start: int, end: int, sections: Sequence[Section], doc_type: DocumentType) -> Extracted:
    """The figures between two offsets. Sections are in order; the last that starts before a figure holds it."""
    enclosed = [match.span() for match in _ENCLOSED.finditer(text, start, end)]
    markers = {section.start for section in sections if section.marker}
    starts = [section.start for section in sections]
    sentences = _Sentences(text, start, end)
    figures: list[Figure] = []
    refusals: list[Refusal] = []
    for candidate in candidates(text, start, end):
        around = _surroundings(text, candidate, enclosed, markers)
        reason = exclusions.refusal(around)
        if reason is not None and not _counts_people(text, candidate, reason):
            refusals.append(Refusal(candidate.start, candidate.end, text[candidate.start : candidate.end], reason))
            continue
        section = sections[place] if (place := bisect_right(starts, candidate.start) - 1) >= 0 else None
        sentence = sentences.around(candidate.start)
        before = figures[-1] if figures and figures[-1].end > sentence[0] else None
        figure = _figure(text, candidate, sentence, before, section, doc_type, number=len(figures) + 1)
        figures.append(figure)
    return Extracted(tuple(figures), tuple(refusals))


class _Sentences:
    """The sentence around an offset; offsets are asked for in rising order."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.bounds = _SENTENCE.finditer(text, start, end)
        self.current = (start, start)
        self.end = end

    def around(self, offset: int) -> tuple[int, int]:
        while self.current[1] <= offset < self.end:
            self.current = next(self.bounds).span()
        return max(self.current[0], offset - _QUOTE_REACH), min(self.current[1], offset + _QUOTE_REACH)


def _surroundings(
    text: str, candidate: Candidate, enclosed: Sequence[tuple[int, int]], markers: set[int]
) -> exclusions.Surroundings:
    start = candidate.number_start
    place = bisect_right(enclosed, (start, len(text))) - 1
    inside = place >= 0 and enclosed[place][0] < start < enclosed[place][1]
    titled = inside and text[enclosed[place][0]] == "《"
    quoted = inside and not titled and enclosed[place][1] - enclosed[place][0] <= _SHORT_QUOTATION
    return exclusions.Surroundings(
        text=text,
        candidate=candidate,
        before=text[max(0, candidate.start - 16) : candidate.start],
        behind=text[candidate.end : candidate.end + 24],
        next=text[candidate.number_end : candidate.number_end + 24],
        quoted=quoted,
        titled=titled,
        marker=start in markers or (start - 1 in markers and text[start - 1] in "（("),
    )


def _counts_people(text: str, candidate: Candidate, reason: exclusions.Reason) -> bool:
    """`近8万市民`: a large or rounded number right in front of people needs no measure word."""
    if reason is not exclusions.Reason.NO_UNIT or candidate.value is None:
        return False
    if not (candidate.bound is not Bound.EXACT or candidate.numeral[-1] in "万亿"):
        return False
    item = item_of("", text[candidate.end : candidate.end + 12], "")
    return category_of(None, item, "") in {Category.PARTICIPANTS, Category.ORGANIZATIONS}


def _figure(
    text: str,
    candidate: Candidate,
    sentence: tuple[int, int],
    before: Figure | None,
    section: Section | None,
    doc_type: DocumentType,
    *,
    number: int,
) -> Figure:
    left = text[before.end if before else sentence[0] : candidate.start]
    right = text[candidate.end : sentence[1]]
    unit = candidate.unit.name if candidate.unit else ""
    item = inherited(left, item_of(left, right[:60], unit), unit, before)
    sentence_left = text[sentence[0] : candidate.start]
    return Figure(
        id=f"f{number}",
        category=_category(candidate, item, left),
        value=candidate.value,
        value_max=candidate.value_max,
        bound=_bound(candidate, left),
        unit=unit,
        item=item,
        modality=modality_of(text[sentence[0] : candidate.end], section.label if section else None, doc_type),
        total=is_total(sentence_left),
        per=per_of(sentence_left, right),
        text=text[candidate.start : candidate.end],
        start=candidate.start,
        end=candidate.end,
        section=section.id if section else None,
        quote=text[sentence[0] : sentence[1]].strip(),
    )


def _category(candidate: Candidate, item: str, left: str) -> Category:
    if candidate.unit is None and ("分之" in candidate.numeral or "/" in candidate.numeral):
        return Category.RATE
    return category_of(candidate.unit, item, left)


_LEAST = re.compile(r"(?:至少|最少|不少于|不低于|起码)[^，。；,;\d一二三四五六七八九十两]{1,8}$")


def _bound(candidate: Candidate, left: str) -> Bound:
    """The candidate's bound; `至少建成1所` says it apart from the number."""
    if candidate.bound is Bound.EXACT and _LEAST.search(left):
        return Bound.AT_LEAST
    return candidate.bound
