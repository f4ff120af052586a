"""The word classes used by the rules of this package; the header of each list explains them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon
from zongji.corpus.patterns import Words

JOINS = Words("word_classes", "join")
PREPOSITIONS = Words("word_classes", "preposition")
AUXILIARIES = Words("word_classes", "auxiliary")
DETERMINERS = Words("word_classes", "determiner")
PLACES = Words("word_classes", "place")
BRIDGES = Words("word_classes", "bridge")
MANNERS = Words("word_classes", "manner")
NEVER_BEHIND = Words("word_classes", "never-behind")
PARTICIPLES = Words("word_classes", "participle")
CAUSATIVES = Words("word_classes", "causative")
HOLDING = Words("word_classes", "holding")
AIMS = Words("word_classes", "aim")
FUSED = Words("word_classes", "fused")
SUFFIXES = Words("word_classes", "suffix")
BASES = Words("word_classes", "base")
LOCATIVES = Words("word_classes", "locative")
MEASURES = Words("word_classes", "measure")
NO_MEASURES = Words("word_classes", "no-measure")
ERRANDS = Words("word_classes", "errand")
INQUIRIES = Words("word_classes", "inquiry")
GOODS = Words("word_classes", "goods")
HOSTS = Words("word_classes", "host")
AREAS = Words("word_classes", "area")
PAYMENTS = Words("word_classes", "payment")
SPENDINGS = Words("word_classes", "spending")
OPENERS = Words("word_classes", "opener")
FIXTURES = Words("word_classes", "fixture")
WHOLES = Words("word_classes", "whole")
OUTCOMES = Words("word_classes", "outcome")
REPORTS = Words("word_classes", "report")

_RATES = Words("unit_classes", "rate")
_SHARES = Words("unit_classes", "share")
ALONE_UNITS = Words("unit_classes", "alone")
PEOPLE_UNITS = Words("unit_classes", "people")
DOING_UNITS = Words("unit_classes", "doing")
CASE_UNITS = Words("unit_classes", "case")
EVENT_UNITS = Words("unit_classes", "event")
OCCASION_UNITS = Words("unit_classes", "occasion")
SPAN_UNITS = Words("unit_classes", "span")
THING_UNITS = Words("unit_classes", "thing")
CLASSIFIERS = Words("unit_classes", "classifier")


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A row of `heads.tsv`."""

    noun: str


def is_rate(unit: str) -> bool:
    """True for a measure word of rates; a number without a measure word is read as a rate."""
    return not unit or unit in _RATES.all


def is_share(unit: str) -> bool:
    """True for a rate that may be a share of people; also for a number without a measure word: `三分之一的学校`."""
    return not unit or unit in _SHARES.all


@cache
def heads() -> frozenset[str]:
    """`heads.tsv`: nouns that form a compound with the verb before them."""
    return frozenset(row.noun for row in lexicon.load("heads", HeadRow))
