"""The noun phrase that ends the text before a number."""

from __future__ import annotations

import re

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.patterns import Words
from zongji.models.words import tag
from zongji.pipeline.figures.items.beneficiaries import beneficiary
from zongji.pipeline.figures.items.clauses import clause_before
from zongji.pipeline.figures.items.grouping import regrouped
from zongji.pipeline.figures.items.nouns import is_actor, is_measurement, is_people, is_quantity
from zongji.pipeline.figures.items.objects import object_of
from zongji.pipeline.figures.items.predicates import without_predicate
from zongji.pipeline.figures.items.roles import JOIN, NOUN, PHRASAL, Word, read
from zongji.pipeline.figures.items.word_lists import MANNERS, PEOPLE_UNITS, WHOLES, is_rate

_PROPORTIONS = frozenset({"比例", "比重", "占比"})
_AVERAGES = frozenset({"人均", "户均", "平均"})  # `居民|人均|收入`; not part of the phrase at its start
_LIMITS = Words("word_classes", "limit")
_MEASURED_ENDS = Words("word_classes", "measured-end")
_ALL_OF = Words("word_classes", "all-of")
_COUNTED_PLACES = Words("word_classes", "counted-place")
_PAYER_ENDS = Words("word_classes", "payer-end")
_NUMBER = re.compile(rf"[0-9.]+|[{UP_TO_TEN}两半]+")
_THIS_TIME = frozenset({"本次", "此次", "这次"})


def phrase_before(left: str, unit: str) -> str:
    """The noun phrase at the end of the text before a number; empty if there is none."""
    clause = clause_before(left, unit)
    phrase = _phrase_of_clause(clause, unit) if clause else ""
    if unit == "元" and phrase and not clause.endswith(phrase) and _pays(phrase):
        return ""
    if (unit == "户" or unit in PEOPLE_UNITS.all) and not is_people(phrase):
        return beneficiary(clause) or phrase
    return phrase


def _pays(phrase: str) -> bool:
    """True for those who give or get money: `县财政|安排9万元`, `为学生|筹得3000元`."""
    return is_actor(phrase) or phrase.endswith(_PAYER_ENDS.ordered)


def _phrase_of_clause(clause: str, unit: str) -> str:
    words = without_predicate(read(regrouped(tag(clause), clause)), unit)
    if is_rate(unit) and _is_proportion(words):
        return "".join(word for word, _ in words).lstrip("使力争确保全县市区")
    in_turn = "分别" in clause[-10:]
    start = _start_of_run(words, in_turn=in_turn)
    run = _first_of_two(words[start:]) if in_turn else words[start:]
    return object_of(run, unit, words[start - 1][0] if start else "")


def _is_proportion(words: list[Word]) -> bool:
    """`本科学历教师的比例`: of the whole clause."""
    return len(words) > 1 and words[-1][0] in _PROPORTIONS and words[-2][0] == "的"


def _first_of_two(run: list[Word]) -> list[Word]:
    """Up to the comma between two measures whose numbers follow respectively: `起数、死亡人数|分别`."""
    joins = [place for place, (_, role) in enumerate(run) if role is JOIN]
    if len(joins) != 1 or not is_quantity(run[joins[0] - 1][0]):
        return run
    return run[: joins[0]]


def _start_of_run(words: list[Word], *, in_turn: bool) -> int:
    """The start of the words before the number that may belong to its noun phrase, including verbs.

    `in_turn` is set if several numbers follow, one for each of the measured: `城乡居民人均收入|分别`.
    """
    start = len(words)
    while start and (words[start - 1][1] in PHRASAL or _is_inside(words, start - 1, in_turn=in_turn)):
        start -= 1
    while start + 1 < len(words) and _is_left_over(words, start):
        start += 1
    return start


def _is_left_over(words: list[Word], start: int) -> bool:
    """A word that belongs to the one before it: `本次|活动`, `全|系统`, `六十岁|以上`, `7|号楼`, `日|供水能力`."""
    word = words[start][0]
    before = words[start - 1][0] if start else ""
    if word == "日":
        return words[-1][0][-1] in _MEASURED_ENDS.all
    if word in _LIMITS.all:
        return bool(before)
    if word in _COUNTED_PLACES.all:
        return _NUMBER.fullmatch(before) is not None
    return (before in _THIS_TIME and word == "活动") or (before in _ALL_OF.all and word in WHOLES.all)


def _is_inside(words: list[Word], index: int, *, in_turn: bool) -> bool:
    """A word that usually ends a phrase but belongs to this one: `隐患|按期|整改率`."""
    word = words[index][0]
    if index + 1 == len(words):
        return False
    if word in _AVERAGES and index and words[index - 1][1] is NOUN:
        return not in_turn and is_quantity(words[-1][0])
    modifies = word == "平均" or (word in MANNERS.all and word[0] != "每")
    return modifies and is_measurement(words[-1][0])
