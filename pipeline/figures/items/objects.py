"""The counted noun in a run of nouns and verbs: what follows the last verb that takes it as its object."""

from __future__ import annotations

from zongji.corpus.labels import Category
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures.categories import category_of_noun
from zongji.pipeline.figures.items.governors import takes_object
from zongji.pipeline.figures.items.nouns import is_measurement, is_people, is_subject
from zongji.pipeline.figures.items.roles import ACT, DEED, EITHER, JOIN, NOUN, VERB, VERBAL, Word
from zongji.pipeline.figures.items.word_lists import (
    BASES,
    CASE_UNITS,
    CAUSATIVES,
    DOING_UNITS,
    EVENT_UNITS,
    HOLDING,
    INQUIRIES,
    LOCATIVES,
    MANNERS,
    PARTICIPLES,
    PAYMENTS,
    PEOPLE_UNITS,
    REPORTS,
    SPAN_UNITS,
    heads,
    is_rate,
)

_INNER_PLACES = Words("word_classes", "inner-place")
_GRADE = WordPattern("word_classes", r"^.+(?<!{level-end})([一二三特]等奖|[金银铜]奖)$")  # 全市竞赛|一等奖
_TAKING_PART = Words("word_classes", "taking-part")
_FINITE = frozenset({EITHER, VERB})
_DONE = frozenset({EITHER, VERB, ACT})
_COUNTED_BY_TURNS = frozenset({Category.PARTICIPANTS, Category.SESSIONS})


def object_of(run: list[Word], unit: str, before: str) -> str:
    """The noun phrase of a run after the word `before`; empty if the run only says what was done."""
    if not run:
        return ""
    start, governor = behind_last_governor(run, before if before in HOLDING.all else "")
    words = run[start:]
    if len(words) == 1 and unit in PEOPLE_UNITS.all and words[0][0] in _TAKING_PART.all:
        return ""
    if unit == "元" and len(words) == 1 and words[0][0] in PAYMENTS.all:
        return words[0][0]
    if (not governor and _is_doing(words, unit)) or (len(words) == 1 and not _is_named(words[0], governor, unit)):
        return ""
    last = words[-1][0]
    if last[0] in "“《":
        return last
    if unit in DOING_UNITS.all and (not governor or governor in CAUSATIVES.all):
        words = _without_subject(words)
    if last in LOCATIVES.all and len(words) > 1:
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


def behind_last_governor(run: list[Word], governor: str) -> tuple[int, str]:
    """The start of the object, and the last verb that takes it."""
    rate = is_measurement(run[-1][0])
    start, last = 0, len(run) - 1
    for index, (word, role) in enumerate(run):
        if role in VERBAL and index < last and takes_object(run, index, start, governor, rate=rate):
            start, governor = index + 1, word
    while start < last and run[start][0] in _INNER_PLACES.all:
        start += 1
    return start, governor


def _inside(words: list[Word], unit: str) -> str:
    """The group within which people are counted: `党员|中|3名`."""
    people = unit in PEOPLE_UNITS.all and is_subject(words[-2][0])
    return "".join(word for word, _ in words[:-1]) if people else ""


def _is_doing(words: list[Word], unit: str) -> bool:
    """True if the words say what was done, without a noun: `集中研讨3天`, `党员突击队奋战110天`."""
    last, role = words[-1]
    if role not in VERBAL:
        return False
    if unit in CASE_UNITS.all and len(words) == 1 and last in REPORTS.all:
        return False  # 投诉2起
    if (role is ACT or unit in CASE_UNITS.all) and all(role in VERBAL for _, role in words):
        return True
    if len(words) == 1:
        return False
    before = words[-2][0]
    if before in BASES.all:
        return True
    if before in MANNERS.all:
        named = last in heads() and unit in EVENT_UNITS.all
        return not named and (role in _FINITE or (role is DEED and unit in SPAN_UNITS.all))
    deed = role in _DONE and last not in heads() and last not in PARTICIPLES.all
    return deed and unit in DOING_UNITS.all and is_subject(before)


def _is_named(word: Word, governor: str, unit: str) -> bool:
    """True for a lone word that is a noun here: `办理|丧事`, `开展|督查`, but not `组织|走访`."""
    if word[0] in BASES.all:
        return False
    if word[1] not in VERBAL or governor in HOLDING.all or (is_rate(unit) and word[0] in INQUIRIES.all):
        return True
    if unit in CASE_UNITS.all and word[0] in REPORTS.all:
        return True
    if word[0] in heads():
        return bool(governor) or unit in EVENT_UNITS.all
    return word[1] is VERB and bool(governor) and governor not in CAUSATIVES.all


def _without_subject(words: list[Word]) -> list[Word]:
    """What people do, without naming the people: `老干部|政治学习12次`."""
    for index in range(len(words) - 3, -1, -1):
        word, role = words[index]
        if role is NOUN and words[index + 1][1] is not JOIN and is_people(word):
            return words[index + 1 :] if _is_event(words[-1]) else words
    return words


def _is_event(word: Word) -> bool:
    return word[0] not in heads() and (word[1] in VERBAL or category_of_noun(word[0]) is Category.SESSIONS)


def _counts(phrase: str, unit: str, words: list[Word]) -> bool:
    """False if the noun is what is done rather than who is counted: `测量血压860人次`."""
    if unit == "人":
        return words[-1][1] not in VERBAL
    if unit != "人次" or words[-1][1] in VERBAL:
        return True
    return phrase.endswith(INQUIRIES.ordered) or category_of_noun(phrase) in _COUNTED_BY_TURNS
