"""The office whose work a document plans or reports.

Every name of an office is a candidate. What `office_claims` finds for and against a name adds up by `WEIGHTS`; the name
with the most wins, in the fullest form that the document gives.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from zongji.corpus.patterns import WordPattern, words_for
from zongji.corpus.records import Span
from zongji.pipeline.metadata.office_claims import claims_of
from zongji.pipeline.metadata.passages import Passages
from zongji.pipeline.metadata.said import Said
from zongji.pipeline.metadata.stated import Stated

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_SUREST = 0.96  # what the surest names of train and dev are right in
_STATED = 4.0  # weight of a claim that only the document's own office has
_STRONG = 2.5  # weight of a claim that outweighs all that speaks against a name
ENOUGH = 3.2  # weight from which a name is the document's office
_MOST_MENTIONS = 8
_LONGEST_COUNTED = 20_000  # characters in which the mentions of a name are counted

_SUPERIOR = WordPattern("office_cues", r"(?:{rank}|[局校院])?(?:{superior})")


@dataclass
class _Candidate:
    name: str
    kinds: set[str] = field(default_factory=set)
    places: dict[str, Span | None] = field(default_factory=dict)

    def weight(self, text: str) -> float:
        mentions = min(_MOST_MENTIONS, text.count(self.name))
        weights = [WEIGHTS[kind] for kind in self.kinds]
        if max(weights) >= _STRONG:  # what is done to it elsewhere says nothing against it
            weights = [weight for weight in weights if weight > 0]
        if max(weights, default=0) < _STATED and _SUPERIOR.fullmatch(self.name):
            weights.append(WEIGHTS["superior"])
        return sum(weights) + WEIGHTS["mentions"] * math.log2(1 + mentions)

    def weighed(self, text: str) -> Weighed:
        strongest = max(sorted(self.kinds), key=WEIGHTS.__getitem__)
        first = min((place.start for place in self.places.values() if place is not None), default=0)
        return Weighed(self.name, self.weight(text), frozenset(self.kinds), strongest, self.places[strongest], first)


WEIGHTS: Mapping[str, float] = {
    "begins_title": 5.0,
    "begins_part_of_title": 4.0,
    "in_title": 1.5,
    "under_title": 4.5,
    "label": 5.0,
    "letterhead": 4.0,
    "signature": 4.5,
    "subject": 3.0,
    "acts": 2.2,
    "begins_opening": 1.0,
    "myself": 5.0,
    "hosted": 4.0,
    "holds": 2.5,
    "author": 2.5,
    "place_in_title": 1.5,
    "place_in_opening": 1.5,
    "receives": -2.0,
    "led": -4.0,
    "addressed": -5.0,
    "of_person": -1.0,
    "superior": -2.0,
    "announces": 2.5,
    "mentioned": 2.5,
    "mentions": 0.5,
}
"""What each kind of claim weighs. Set by hand; weights fitted to the annotated documents and cases, five parts of them
crosswise, choose right as often (.96 of dev, 1.00 of the real documents) and differ by .3 at most."""


def organization_of(passages: Passages, stated: Stated) -> Said | None:
    """The office with the most weight in its fullest form; None if no name has enough."""
    best = next(iter(weighed(passages, stated)), None)
    if best is None or best.weight < ENOUGH:
        return None
    confidence = round(min(_SUREST, 1 / (1 + math.exp(-0.5 * (best.weight - ENOUGH)))), 2)
    return Said(best.name, best.name, best.place, best.strongest, confidence)


class Weighed(NamedTuple):
    """A name with what speaks for and against it."""

    name: str
    weight: float
    kinds: frozenset[str]
    strongest: str
    place: Span | None
    first: int
    """Where the text has it first: of two with the same weight, the earlier one is taken."""


def weighed(passages: Passages, stated: Stated) -> list[Weighed]:
    """The names that the document may have as its office, those with the most weight first."""
    candidates: dict[str, _Candidate] = {}
    for claim in claims_of(passages, stated):
        candidate = candidates.setdefault(claim.name.text, _Candidate(claim.name.text))
        candidate.kinds.add(claim.kind)
        candidate.places.setdefault(claim.kind, claim.place)
    text = "\n".join([passages.block.text, *(line.text for line in passages.lines)])[:_LONGEST_COUNTED]
    found = [candidate.weighed(text) for candidate in _merged(candidates)]
    return sorted(found, key=lambda candidate: (-candidate.weight, candidate.first, candidate.name))


def _merged(candidates: Mapping[str, _Candidate]) -> list[_Candidate]:
    """The candidates, a name that ends another one joined to that: 东屏市|青草志愿者协会."""
    longest = sorted(candidates.values(), key=lambda candidate: (-len(candidate.name), candidate.name))
    kept: list[_Candidate] = []
    for candidate in longest:
        whole = next((other for other in kept if _is_fuller(other.name, candidate.name)), None)
        if whole is None:
            kept.append(candidate)
        else:
            whole.kinds |= candidate.kinds
            for kind, place in candidate.places.items():
                whole.places.setdefault(kind, place)
    return kept


def _is_fuller(name: str, short: str) -> bool:
    """True for a name that ends in another, or whose letters the other picks out: 县工商联, 伊兰县工商业联合会."""
    if name.endswith(short):
        return True
    if len(name) <= len(short) or (short[0] not in words_for("office_cues", "rank") and not _same_ends(name, short)):
        return False
    letters = iter(name)
    return all(letter in letters for letter in short)


def _same_ends(name: str, short: str) -> bool:
    return name[:2] == short[:2] and name[-1] == short[-1]
