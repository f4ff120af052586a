"""What may come between a noun and the number after it: `达`, `只有`, `免费体检`."""

from __future__ import annotations

from zongji.pipeline.figures.items.nouns import is_actor, is_material, is_people
from zongji.pipeline.figures.items.roles import ACT, DEED, EITHER, LINK, NOUN, VERB, VERBAL, Role, Word
from zongji.pipeline.figures.items.word_lists import (
    AREAS,
    BASES,
    BRIDGES,
    CAUSATIVES,
    DETERMINERS,
    DOING_UNITS,
    HOLDING,
    MANNERS,
    PEOPLE_UNITS,
    SPENDINGS,
    THING_UNITS,
    heads,
)

_GOVERNING = frozenset({ACT, EITHER, DEED})


def without_predicate(words: list[Word], unit: str) -> list[Word]:
    """The words without what separates a noun from its number."""
    end = len(words)
    while end and (words[end - 1][1] is LINK or words[end - 1][0] in BRIDGES.all):
        end -= 1
    if end > 1 and words[end - 1][1] in VERBAL and words[end - 1][0] not in heads():
        end = _start_of_predicate(words[:end], unit) or end
    return words[:end]


def _start_of_predicate(words: list[Word], unit: str) -> int:
    """The start of the verb between a noun and its number: `工会经费|列支`, `群众|参与`; 0 if there is none."""
    last = len(words) - 1
    place = last
    while place > 1 and words[place - 1][0] in MANNERS.all:
        place -= 1
    noun, role = words[place - 1]
    if role is not NOUN or noun in DETERMINERS.all or noun in BASES.all or noun in AREAS.all:
        return 0
    before = words[: place - 1]
    if unit in PEOPLE_UNITS.all and is_people(noun) and (unit != "人次" or _is_helped(before)):
        return place
    parted = place < last
    if unit == "元" and not parted and words[last][0] in SPENDINGS.all:
        return 0  # 设备|更新21.3万元: the money is for it
    if _is_noun_of_verb(words[last][1], before, parted=parted) and unit not in THING_UNITS.all:
        return 0
    return 0 if unit in DOING_UNITS.all and not _is_held(noun, words[last][1], parted=parted) else place


def _is_noun_of_verb(role: Role, before: list[Word], *, parted: bool) -> bool:
    """True if the last verb is actually the head of an object: `开展|节水|宣传`, `接受|社会|捐赠`."""
    if role is DEED:
        return True
    return not parted and any(map(_holds if role is ACT else _governs, before))


def _holds(word: Word) -> bool:
    return word[0] in HOLDING.all


def _governs(word: Word) -> bool:
    return word[1] in _GOVERNING and word[0] not in CAUSATIVES.all


def _is_held(noun: str, role: Role, *, parted: bool) -> bool:
    """True if occasions of the noun are counted, not of the verb after it: `黑板报|出刊`, `培训会|举办`."""
    held = role is ACT or (role is VERB and parted)
    return is_material(noun) or (held and not is_actor(noun))


def _is_helped(before: list[Word]) -> bool:
    """True after a causative verb: `安置|残疾人|就业41名`."""
    causatives = CAUSATIVES.all
    return any(word in causatives and role in VERBAL for word, role in before)
