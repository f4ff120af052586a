"""The words that the rules of this package name, as sets, read when first asked for.

What each class holds: the head of its list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
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
    SPENDING = "spending"
    OPENER = "opener"
    FIXTURE = "fixture"
    WHOLE = "whole"
    OUTCOME = "outcome"
    REPORT = "report"


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
    THING = "thing"
    CLASSIFIER = "classifier"


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


@dataclass(frozen=True, slots=True)
class WordLists:
    """All lists; a number without a measure word is read as a rate, and as a share: `三分之一的学校`."""

    verbs: dict[str, bool]  # whether it also opens a compound
    heads: frozenset[str]
    joins: frozenset[str]
    prepositions: frozenset[str]
    auxiliaries: frozenset[str]
    determiners: frozenset[str]
    places: frozenset[str]
    bridges: frozenset[str]
    manners: frozenset[str]
    never_behind: frozenset[str]
    participles: frozenset[str]
    causatives: frozenset[str]
    holding: frozenset[str]
    aims: frozenset[str]
    fused: frozenset[str]
    suffixes: frozenset[str]
    bases: frozenset[str]
    locatives: frozenset[str]
    measures: frozenset[str]
    no_measures: frozenset[str]
    amounts: frozenset[str]
    inquiries: frozenset[str]
    goods: frozenset[str]
    hosts: frozenset[str]
    areas: frozenset[str]
    elided: frozenset[str]
    errands: frozenset[str]
    baselines: frozenset[str]
    per_head: frozenset[str]
    changes: frozenset[str]
    payments: frozenset[str]
    spendings: frozenset[str]
    openers: frozenset[str]
    fixtures: frozenset[str]
    wholes: frozenset[str]
    outcomes: frozenset[str]
    reports: frozenset[str]
    rates: frozenset[str]
    shares: frozenset[str]
    alone: frozenset[str]
    people: frozenset[str]
    doings: frozenset[str]
    cases: frozenset[str]
    events: frozenset[str]
    spans: frozenset[str]
    things: frozenset[str]
    classifiers: frozenset[str]


Kind = TypeVar("Kind", WordClass, UnitClass)


@cache
def lists() -> WordLists:
    """The lists, read once a process."""
    words = _classes((row.word, row.kind) for row in lexicon.load("word_classes", ClassRow))
    units = _classes((row.unit, row.kind) for row in lexicon.load("unit_classes", UnitClassRow))
    return WordLists(
        verbs={row.word: row.modifies for row in lexicon.load("verbs", VerbRow)},
        heads=frozenset(row.noun for row in lexicon.load("heads", HeadRow)),
        joins=words[WordClass.JOIN],
        prepositions=words[WordClass.PREPOSITION],
        auxiliaries=words[WordClass.AUXILIARY],
        determiners=words[WordClass.DETERMINER],
        places=words[WordClass.PLACE],
        bridges=words[WordClass.BRIDGE],
        manners=words[WordClass.MANNER],
        never_behind=words[WordClass.NEVER_BEHIND],
        participles=words[WordClass.PARTICIPLE],
        causatives=words[WordClass.CAUSATIVE],
        holding=words[WordClass.HOLDING],
        aims=words[WordClass.AIM],
        fused=words[WordClass.FUSED],
        suffixes=words[WordClass.SUFFIX],
        bases=words[WordClass.BASE],
        locatives=words[WordClass.LOCATIVE],
        measures=words[WordClass.MEASURE],
        no_measures=words[WordClass.NO_MEASURE],
        amounts=words[WordClass.AMOUNT],
        inquiries=words[WordClass.INQUIRY],
        goods=words[WordClass.GOODS],
        hosts=words[WordClass.HOST],
        areas=words[WordClass.AREA],
        elided=words[WordClass.ELIDED],
        errands=words[WordClass.ERRAND],
        baselines=words[WordClass.BASELINE],
        per_head=words[WordClass.PER_HEAD],
        changes=words[WordClass.CHANGE],
        payments=words[WordClass.PAYMENT],
        spendings=words[WordClass.SPENDING],
        openers=words[WordClass.OPENER],
        fixtures=words[WordClass.FIXTURE],
        wholes=words[WordClass.WHOLE],
        outcomes=words[WordClass.OUTCOME],
        reports=words[WordClass.REPORT],
        rates=units[UnitClass.RATE] | {""},
        shares=units[UnitClass.SHARE] | {""},
        alone=units[UnitClass.ALONE],
        people=units[UnitClass.PEOPLE],
        doings=units[UnitClass.DOING],
        cases=units[UnitClass.CASE],
        events=units[UnitClass.EVENT],
        spans=units[UnitClass.SPAN],
        things=units[UnitClass.THING],
        classifiers=units[UnitClass.CLASSIFIER],
    )


def alternation(words: frozenset[str]) -> str:
    """A group for a regular expression that matches each of the words, the longer before its beginning."""
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


def _classes(members: Iterable[tuple[str, Kind]]) -> dict[Kind, frozenset[str]]:
    """The members of each class."""
    classes: dict[Kind, set[str]] = {}
    for word, kind in members:
        classes.setdefault(kind, set()).add(word)
    return {kind: frozenset(words) for kind, words in classes.items()}
