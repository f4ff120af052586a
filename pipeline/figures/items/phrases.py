"""The noun phrase that begins a run of words: nouns with their modifiers, also coordinated."""

from __future__ import annotations

import re

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.labels import Category
from zongji.corpus.patterns import WordPattern
from zongji.pipeline.figures.categories import category_of_noun
from zongji.pipeline.figures.items.nouns import (
    is_actor,
    is_material,
    is_organization,
    is_people,
    is_quantity,
    is_subject,
)
from zongji.pipeline.figures.items.roles import ACT, JOIN, MODIFYING, NOUN, PARTING, VERB, VERBAL, Role, Word
from zongji.pipeline.figures.items.word_lists import (
    CLASSIFIERS,
    JOINS,
    MANNERS,
    NEVER_BEHIND,
    OCCASION_UNITS,
    PARTICIPLES,
    PLACES,
    THING_UNITS,
    heads,
)

_TAIL_OF_PLACE = WordPattern("word_classes", "、$|[、和及]新$|(?:{place-tail})$")
_COUNTED_APART = frozenset({"与", "以及"})  # what follows is not counted: `8名队员与群众`
# A word that starts another count; `镇、村|两级` does not.
_NUMERAL = re.compile(rf"(?:[0-9]|[{UP_TO_TEN}百千两数几]+[余多]?[万亿]?)(?![^0-9]*级)")
_OFFICE = "所"  # the tagger reads a particle in `司法|所` at the end of a clause
_ESTABLISHMENTS = frozenset({"家", "所"})
_COMPOUNDED = MODIFYING | {NOUN}
_QUALIFYING = MODIFYING | {VERB}
_PAIR = 2
_ATTRIBUTE = 12  # chosen: words searched for the 的 of a clause before its noun


def leading_phrase(words: list[Word], unit: str = "") -> str:
    """The noun phrase at the start of the words, up to a verb or a mark; `unit` is its measure word, if known."""
    places = PLACES.all
    taken: list[str] = []
    for index, (word, role) in enumerate(words):
        if not taken and word in places and role is not JOIN:
            continue
        if not _belongs(words, index, taken, unit):
            if _NUMERAL.match(word):
                taken = _up_to_last_join(taken)
            break
        taken.append(word)
    return _TAIL_OF_PLACE.sub("", "".join(_without_topic(taken, unit) if unit else taken))


def _up_to_last_join(taken: list[str]) -> list[str]:
    """Without the noun that has its own number: `19个|村、养殖户2360户`."""
    joins = [place for place, word in enumerate(taken) if word in JOINS.all]
    return taken[: joins[-1]] if joins else taken


def _without_topic(taken: list[str], unit: str) -> list[str]:
    """Organizations without what is said about them: `3家|作坊|投资`, `三个|社区|用房面积`, but `12家|政府|网站`."""
    if len(taken) < 2 or is_actor(taken[-1]) or not _is_said(taken[-1], unit):
        return taken
    places = [place for place, word in enumerate(taken) if is_organization(word)]
    return taken[: places[-1] + 1] if places else taken


def _is_said(word: str, unit: str) -> bool:
    category = category_of_noun(word)
    if category is Category.MONEY or is_quantity(word) or word[-1] == "化" or word[0] == "不":
        return True
    return category is None and unit in _ESTABLISHMENTS and word not in heads()


def attributive(words: list[Word]) -> str:
    """The noun phrase after a 的 that ends a clause: `达省优质园标准的公办中心幼儿园`."""
    for index, (word, _) in enumerate(words[:_ATTRIBUTE]):
        if word == "的" and index:
            return leading_phrase(words[index + 1 :])
    return ""


def _belongs(words: list[Word], index: int, taken: list[str], unit: str) -> bool:
    """True for a word that continues the phrase so far."""
    word, role = words[index]
    if word == _OFFICE and index + 1 == len(words):
        return bool(taken)
    if role is JOIN:
        return bool(taken) and word not in _COUNTED_APART and _starts_noun(words, index + 1)
    nominal = _is_noun(word, role) or _opens_compound(words, index, taken) or (not index and _qualifies(words, unit))
    nominal = nominal or (unit not in THING_UNITS.all and _closes_compound(words, index, taken))
    nominal = nominal or (unit in OCCASION_UNITS.all and _names_event(words, index, taken))
    return nominal and not (taken and _ends_people(taken) and not _continues_people(word))


def _is_noun(word: str, role: Role) -> bool:
    return role is NOUN and word not in NEVER_BEHIND.all


def _qualifies(words: list[Word], unit: str) -> bool:
    """A verb between a measure word and what it counts: `4支|巡诊|小队`, but not `28家|参加|活动`."""
    if len(words) < _PAIR or unit not in CLASSIFIERS.all or words[0][1] not in _QUALIFYING:
        return False
    noun, role = words[1]
    return role is NOUN and (noun in heads() or category_of_noun(noun) is not None) and words[0][0][0] not in "被获"


def _starts_noun(words: list[Word], index: int) -> bool:
    return index < len(words) and (_is_noun(*words[index]) or _opens_compound(words, index, []))


def _opens_compound(words: list[Word], index: int, taken: list[str]) -> bool:
    """A verb within a compound noun: `受助学生`, `培训时间`."""
    if index + 1 >= len(words):
        return False
    word, role = words[index]
    if role not in VERBAL:
        return False
    if word in PARTICIPLES.all and not (taken and (_is_complete(taken) or word in MANNERS.all)):
        return words[index + 1][1] in _COMPOUNDED
    return role is not ACT and words[index + 1][0] in heads()


def _closes_compound(words: list[Word], index: int, taken: list[str]) -> bool:
    """A verb that ends a compound noun: `集体备课`, `团课学习`, but not `学生参观`."""
    if not taken or taken[-1] in JOINS.all or words[index][1] not in MODIFYING or is_subject(taken[-1]):
        return False
    return index + 1 == len(words) or words[index + 1][1] in PARTING


def _names_event(words: list[Word], index: int, taken: list[str]) -> bool:
    """A verb that ends the clause after a count of events: `1次|创意|提交`, `10场|演出`."""
    word, role = words[index]
    if role not in VERBAL or len(word) < _PAIR:
        return False
    if not taken and len(words) == _PAIR:
        return role is not ACT and words[1][1] in VERBAL
    if index + 1 < len(words):
        return False
    return not is_subject(taken[-1]) and taken[-1] not in JOINS.all if taken else role in MODIFYING


def _is_complete(taken: list[str]) -> bool:
    """True after people and objects, which start no compound: `作品|入选画展`."""
    return _ends_people(taken) or is_material(taken[-1])


def _ends_people(taken: list[str]) -> bool:
    """True after a noun for people, which ends a phrase."""
    return taken[-1] not in JOINS.all and is_people(taken[-1])


def _continues_people(word: str) -> bool:
    """What may follow a noun for people within one phrase: `学生家长`, `农民合作社`, but not `学生参观`."""
    return word in heads() or (word != "学会" and is_actor(word))
