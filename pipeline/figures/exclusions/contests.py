"""Numbers in the names of contests and classes: race distances, sizes of teams, school classes."""

from __future__ import annotations

from zongji.corpus.labels import Bound, Reason
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures.exclusions.surroundings import Surroundings

_DISTANCES = frozenset({50, 60, 80, 100, 110, 200, 300, 400, 500, 800, 1000, 1500, 2000, 3000, 5000, 10000})
_RACE = WordPattern("contexts", "(?:{race})")
_RACE_BEFORE = WordPattern("contexts", "(?:{race-before})[：:（(]?$")
_RACE_LIST_BEHIND = WordPattern("contexts", r"[、和/—~～-](?:\d+[xX×*])?(?:\d+米|{field-event})")
_RACE_LIST_BEFORE = WordPattern("contexts", r"(?:\d米栏?|{field-event})[、和/—~～-]$")
_CLASS_BEFORE = WordPattern("contexts", r"(?:[高初大][一二三四]|[一二三四五六七八九]年级|\d级|届)[（(]?$")
_COMBINED = Words("contexts", "combined")


def race(around: Surroundings) -> Reason | None:
    """`男子100米`, `110米栏`, `100米、400米、跳远`: the name of an event."""
    candidate = around.candidate
    if around.unit != "米" or candidate.bound is not Bound.EXACT or candidate.value not in _DISTANCES:
        return None
    named = _RACE.match(around.behind) or _RACE_BEFORE.search(around.before)
    listed = _RACE_LIST_BEHIND.match(around.behind) or _RACE_LIST_BEFORE.search(around.before)
    return Reason.NAME if named or listed else None


def combined_events(around: Surroundings) -> Reason | None:
    """`七项全能`."""
    return Reason.NAME if around.unit == "项" and around.behind.startswith(_COMBINED.ordered) else None


def school_class(around: Surroundings) -> Reason | None:
    """`初三2班`, `大二3班`: a class by its number."""
    numbered = around.unit == "班" and not around.is_han and around.candidate.bound is Bound.EXACT
    return Reason.ORDINAL if numbered and _CLASS_BEFORE.search(around.before) else None
