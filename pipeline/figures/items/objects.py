"""The counted noun in a run of nouns and verbs: what stands behind the last verb that takes it as its object."""

from __future__ import annotations

import re
from functools import cache

from zongji.corpus.labels import Category
from zongji.pipeline.figures.categories import category_of_noun
from zongji.pipeline.figures.items.governors import takes_object
from zongji.pipeline.figures.items.nouns import is_measurement, is_people, is_subject
from zongji.pipeline.figures.items.roles import ACT, DEED, EITHER, JOIN, NOUN, VERB, VERBAL, Word
from zongji.pipeline.figures.items.word_lists import lists

_FRONT_LOCATIVES = frozenset({"前", "后", "里", "内"})
_GRADE = re.compile(r"^.+(?<![省市县校区级])([一二三特]等奖|[金银铜]奖)$")  # 全市竞赛|一等奖
_TAKING_PART = frozenset({"参训", "参赛", "参会", "参展", "参演", "参保", "受训", "受益", "受助"})  # 参训|120人
_FINITE = frozenset({EITHER, VERB})
_DONE = frozenset({EITHER, VERB, ACT})
_COUNTED_BY_TURNS = frozenset({Category.PARTICIPANTS, Category.SESSIONS})


def object_of(run: list[Word], unit: str, before: str) -> str:
    """The noun phrase of a run, behind the word `before`; empty where the run only says what was done."""
    if not run:
        return ""
    listed = lists()
    start, governor = _behind_last_governor(run, before if before in listed.holding else "")
    words = run[start:]
    if len(words) == 1 and unit in listed.people and words[0][0] in _TAKING_PART:
        return ""
    if unit == "元" and len(words) == 1 and words[0][0] in listed.payments:
        return words[0][0]
    if (not governor and _is_doing(words, unit)) or (len(words) == 1 and not _is_named(words[0], governor, unit)):
        return ""
    last = words[-1][0]
    if last[0] in "“《":
        return last
    if unit in listed.doings and (not governor or governor in listed.causatives):
        words = _without_subject(words)
    if last in listed.locatives and len(words) > 1:
        return _inside(words, unit)
    phrase = "".join([word for word, _ in _without_joins(words)])
    phrase = _GRADE.sub(r"\1", phrase)
    return phrase if _counts(phrase, unit, words) else ""


def _without_joins(words: list[Word]) -> list[Word]:
    """Without the 、 and 和 at either end."""
    start, end = 0, len(words)
    while start < end and words[start][1] is JOIN:
        start += 1
    while end > start and words[end - 1][1] is JOIN:
        end -= 1
    return words[start:end]


def _behind_last_governor(run: list[Word], governor: str) -> tuple[int, str]:
    """Where the object of the last verb that takes it starts, and that verb."""
    rate = is_measurement(run[-1][0])
    start, last = 0, len(run) - 1
    for index, (word, role) in enumerate(run):
        if role in VERBAL and index < last and takes_object(run, index, start, governor, rate=rate):
            start, governor = index + 1, word
    while start < last and run[start][0] in _FRONT_LOCATIVES:
        start += 1
    return start, governor


def _inside(words: list[Word], unit: str) -> str:
    """The people in whom others are counted: `党员|中|3名`."""
    people = unit in lists().people and is_subject(words[-2][0])
    return "".join(word for word, _ in words[:-1]) if people else ""


def _is_doing(words: list[Word], unit: str) -> bool:
    """True where the words say what was done and no noun: `集中研讨3天`, `党员突击队奋战110天`."""
    last, role = words[-1]
    if role not in VERBAL:
        return False
    listed = lists()
    if unit in listed.cases and len(words) == 1 and last in listed.reports:
        return False  # 投诉2起
    if (role is ACT or unit in listed.cases) and all(role in VERBAL for _, role in words):
        return True
    if len(words) == 1:
        return False
    before = words[-2][0]
    if before in listed.bases:
        return True
    if before in listed.manners:
        named = last in listed.heads and unit in listed.events
        return not named and (role in _FINITE or (role is DEED and unit in listed.spans))
    deed = role in _DONE and last not in listed.heads and last not in listed.participles
    return deed and unit in listed.doings and is_subject(before)


def _is_named(word: Word, governor: str, unit: str) -> bool:
    """True for a lone word that is a noun here: `办理|丧事`, `开展|督查`, but not `组织|走访`."""
    listed = lists()
    if word[0] in listed.bases:
        return False
    if word[1] not in VERBAL or governor in listed.holding or (unit in listed.rates and word[0] in listed.inquiries):
        return True
    if unit in listed.cases and word[0] in listed.reports:
        return True
    if word[0] in listed.heads:
        return bool(governor) or unit in listed.events
    return word[1] is VERB and bool(governor) and governor not in listed.causatives


def _without_subject(words: list[Word]) -> list[Word]:
    """What people do, without the people: `老干部|政治学习12次`."""
    for index in range(len(words) - 3, -1, -1):
        word, role = words[index]
        if role is NOUN and words[index + 1][1] is not JOIN and is_people(word):
            return words[index + 1 :] if _is_event(words[-1]) else words
    return words


def _is_event(word: Word) -> bool:
    return word[0] not in lists().heads and (word[1] in VERBAL or category_of_noun(word[0]) is Category.SESSIONS)


def _counts(phrase: str, unit: str, words: list[Word]) -> bool:
    """False where the noun is what is done rather than who is counted: `测量血压860人次`."""
    if unit == "人":
        return words[-1][1] not in VERBAL
    if unit != "人次" or words[-1][1] in VERBAL:
        return True
    return phrase.endswith(_inquiry_ends()) or category_of_noun(phrase) in _COUNTED_BY_TURNS


@cache
def _inquiry_ends() -> tuple[str, ...]:
    return tuple(lists().inquiries)
