"""What stands between a noun and the number behind it: `达`, `只有`, `免费体检`."""

from __future__ import annotations

from zongji.pipeline.figures.items.nouns import is_actor, is_material, is_people
from zongji.pipeline.figures.items.roles import ACT, DEED, EITHER, LINK, NOUN, VERB, VERBAL, Role, Word
from zongji.pipeline.figures.items.word_lists import lists

_GOVERNING = frozenset({ACT, EITHER, DEED})


def without_predicate(words: list[Word], unit: str) -> list[Word]:
    """The words without what parts a noun from its number."""
    listed = lists()
    end = len(words)
    while end and (words[end - 1][1] is LINK or words[end - 1][0] in listed.bridges):
        end -= 1
    if end > 1 and words[end - 1][1] in VERBAL and words[end - 1][0] not in listed.heads:
        end = _start_of_predicate(words[:end], unit) or end
    return words[:end]


def _start_of_predicate(words: list[Word], unit: str) -> int:
    """Where the verb between a noun and its number starts: `工会经费|列支`, `群众|参与`; 0 where there is none."""
    listed = lists()
    last = len(words) - 1
    place = last
    while place > 1 and words[place - 1][0] in listed.manners:
        place -= 1
    noun, role = words[place - 1]
    if role is not NOUN or noun in listed.determiners or noun in listed.bases or noun in listed.areas:
        return 0
    before = words[: place - 1]
    if unit in listed.people and is_people(noun) and (unit != "人次" or _is_helped(before)):
        return place
    parted = place < last
    if unit == "元" and not parted and words[last][0] in listed.spendings:
        return 0  # 设备|更新21.3万元: the money is for it
    if _is_noun_of_verb(words[last][1], before, parted=parted) and unit not in listed.things:
        return 0
    return 0 if unit in listed.doings and not _is_held(noun, words[last][1], parted=parted) else place


def _is_noun_of_verb(role: Role, before: list[Word], *, parted: bool) -> bool:
    """True where the last verb is rather the head of an object: `开展|节水|宣传`, `接受|社会|捐赠`."""
    if role is DEED:
        return True
    return not parted and any(map(_holds if role is ACT else _governs, before))


def _holds(word: Word) -> bool:
    return word[0] in lists().holding


def _governs(word: Word) -> bool:
    return word[1] in _GOVERNING and word[0] not in lists().causatives


def _is_held(noun: str, role: Role, *, parted: bool) -> bool:
    """True where the times of a noun are counted, not those of the verb behind it: `黑板报|出刊`, `培训会|举办`."""
    held = role is ACT or (role is VERB and parted)
    return is_material(noun) or (held and not is_actor(noun))


def _is_helped(before: list[Word]) -> bool:
    """True behind a verb that gets people to do something: `安置|残疾人|就业41名`."""
    causatives = lists().causatives
    return any(word in causatives and role in VERBAL for word, role in before)
