"""The words that the rules of this package name, as sets. What each class holds: the head of its list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from zongji.corpus import lexicon


class WordClass(StrEnum):
    """A closed class of words, told with an example in the head of `word_classes.tsv`."""

    JOIN = "join"
    PREPOSITION = "preposition"
    AUXILIARY = "auxiliary"
    DETERMINER = "determiner"
    PLACE = "place"
    BRIDGE = "bridge"
    MANNER = "manner"
    NEVER_BEHIND = "never-behind"
    PARTICIPLE = "participle"
    CAUSATIVE = "causative"
    HOLDING = "holding"
    AIM = "aim"
    FUSED = "fused"
    SUFFIX = "suffix"
    BASE = "base"
    LOCATIVE = "locative"
    MEASURE = "measure"
    NO_MEASURE = "no-measure"
    AMOUNT = "amount"
    INQUIRY = "inquiry"
    GOODS = "goods"
    HOST = "host"
    AREA = "area"
    ELIDED = "elided"
    ERRAND = "errand"
    BASELINE = "baseline"
    PER_HEAD = "per-head"
    CHANGE = "change"
    PAYMENT = "payment"


class UnitClass(StrEnum):
    """A class of measure words, told with an example in the head of `unit_classes.tsv`."""

    RATE = "rate"
    SHARE = "share"
    ALONE = "alone"
    PEOPLE = "people"
    DOING = "doing"
    CASE = "case"
    EVENT = "event"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A row of `word_classes.tsv`."""

    word: str
    kind: WordClass


@dataclass(frozen=True, slots=True)
class UnitClassRow:
    """A row of `unit_classes.tsv`."""

    unit: str
    kind: UnitClass


@dataclass(frozen=True, slots=True)
class VerbRow:
    """A row of `verbs.tsv`."""

    word: str
    modifies: bool


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A row of `heads.tsv`."""

    noun: str


Kind = TypeVar("Kind", WordClass, UnitClass)


def _classes(members: Iterable[tuple[str, Kind]]) -> dict[Kind, frozenset[str]]:
    """The members of each class."""
    classes: dict[Kind, set[str]] = {}
    for word, kind in members:
        classes.setdefault(kind, set()).add(word)
    return {kind: frozenset(words) for kind, words in classes.items()}


def alternation(words: frozenset[str]) -> str:
    """A group for a regular expression that matches each of the words, the longer before its beginning."""
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


VERBS = {row.word: row.modifies for row in lexicon.load("verbs", VerbRow)}
HEADS = frozenset(row.noun for row in lexicon.load("heads", HeadRow))

_WORDS = _classes((row.word, row.kind) for row in lexicon.load("word_classes", ClassRow))
_UNITS = _classes((row.unit, row.kind) for row in lexicon.load("unit_classes", UnitClassRow))

JOINS = _WORDS[WordClass.JOIN]
PREPOSITIONS = _WORDS[WordClass.PREPOSITION]
AUXILIARIES = _WORDS[WordClass.AUXILIARY]
DETERMINERS = _WORDS[WordClass.DETERMINER]
PLACES = _WORDS[WordClass.PLACE]
BRIDGES = _WORDS[WordClass.BRIDGE]
MANNERS = _WORDS[WordClass.MANNER]
NEVER_BEHIND = _WORDS[WordClass.NEVER_BEHIND]
PARTICIPLES = _WORDS[WordClass.PARTICIPLE]
CAUSATIVES = _WORDS[WordClass.CAUSATIVE]
HOLDING = _WORDS[WordClass.HOLDING]
AIMS = _WORDS[WordClass.AIM]
FUSED = _WORDS[WordClass.FUSED]
SUFFIXES = _WORDS[WordClass.SUFFIX]
BASES = _WORDS[WordClass.BASE]
LOCATIVES = _WORDS[WordClass.LOCATIVE]
MEASURES = _WORDS[WordClass.MEASURE]
NO_MEASURES = _WORDS[WordClass.NO_MEASURE]
AMOUNTS = _WORDS[WordClass.AMOUNT]
INQUIRIES = _WORDS[WordClass.INQUIRY]
GOODS = _WORDS[WordClass.GOODS]
HOSTS = _WORDS[WordClass.HOST]
AREAS = _WORDS[WordClass.AREA]
ELIDED = _WORDS[WordClass.ELIDED]
ERRANDS = _WORDS[WordClass.ERRAND]
BASELINES = _WORDS[WordClass.BASELINE]
PER_HEAD = _WORDS[WordClass.PER_HEAD]
CHANGES = _WORDS[WordClass.CHANGE]
PAYMENTS = _WORDS[WordClass.PAYMENT]

# A number without a measure word is read as a rate, and as a share: `三分之一的学校`.
RATES = _UNITS[UnitClass.RATE] | {""}
SHARES = _UNITS[UnitClass.SHARE] | {""}
ALONE = _UNITS[UnitClass.ALONE]
PEOPLE = _UNITS[UnitClass.PEOPLE]
DOINGS = _UNITS[UnitClass.DOING]
CASES = _UNITS[UnitClass.CASE]
EVENTS = _UNITS[UnitClass.EVENT]
SPANS = _UNITS[UnitClass.SPAN]
