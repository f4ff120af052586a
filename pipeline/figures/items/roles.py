"""The roles that words play around a counted noun."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from zongji.corpus.patterns import WordPattern, Words
from zongji.corpus.verbs import verbs
from zongji.models.words import Tagged
from zongji.pipeline.figures.categories import category_of_noun, is_listed
from zongji.pipeline.figures.items.word_lists import (
    AUXILIARIES,
    DETERMINERS,
    FUSED,
    JOINS,
    PARTICIPLES,
    PREPOSITIONS,
    SUFFIXES,
    heads,
)


class Role(IntEnum):
    """The role of a word for a counted noun phrase."""

    BREAK = 0  # a mark, a preposition, a determiner: the phrase ends here
    NOUN = 1
    JOIN = 2  # 、 和 与 及
    ACT = 3  # a verb whose object is counted: 发放|资料
    EITHER = 4  # a verb that may also open a compound: 走访|群众, 培训时间
    DEED = 5  # such a verb that the tagger reads as a noun: the 宣传 of 节水宣传
    VERB = 6  # an unlisted verb
    LINK = 7  # an adverb or a preposition: it ends a phrase, and may separate a noun from its number


# The members by name: on Python 3.11 each `Role.NOUN` runs a descriptor, a tenth of a microsecond.
BREAK, NOUN, JOIN, ACT = Role.BREAK, Role.NOUN, Role.JOIN, Role.ACT
EITHER, DEED, VERB, LINK = Role.EITHER, Role.DEED, Role.VERB, Role.LINK

Word = tuple[str, Role]
VERBAL = frozenset({ACT, EITHER, DEED, VERB})
MODIFYING = frozenset({EITHER, DEED})  # a verb of a list that may be part of a compound
PHRASAL = VERBAL | {NOUN, JOIN}
PARTING = frozenset({BREAK, LINK})
QUOTATION = "nq"  # the tag that `grouping` gives to a quotation

# Tags of jieba: https://github.com/fxsjy/jieba#词性标注
_NOUN_TAGS = frozenset("n nq nr nrt nrfg ns nt nz ng vn an j l i s b f t g h k vg eng zg a ag z q".split())
_VERB_TAGS = frozenset("v vd vi vq".split())
_ADVERB_TAGS = frozenset("d ad".split())
_PARTICIPLE_TAGS = frozenset("v d ad m".split())
_LINK_TAGS = frozenset("p uv ul d uz ug".split())
# The tagger reads a number, but the text names a kind: `百亩方`, `两癌`.
_PLACES = Words("word_classes", "office-place")
_NAMED_NUMBER = WordPattern("word_classes", "(?:{magnitude})(?:{named-measure})|{named-number}|双[㐀-鿿]|[0-9]型")


def read(tagged: Tagged) -> list[Word]:
    """Tagged words with their roles."""
    return [(word, role_of(word, flag)) for word, flag in tagged]


@lru_cache(maxsize=16384)
def role_of(word: str, flag: str) -> Role:
    """The role of a word with this tag; cached for frequent words."""
    if flag == QUOTATION:
        return NOUN
    role = next((role for rule in _ROLE_RULES if (role := rule(word, flag)) is not None), BREAK)
    return LINK if role is BREAK and flag in _LINK_TAGS else role


def _closed_class(word: str, flag: str) -> Role | None:
    if word in JOINS.all:
        return JOIN
    if word in AUXILIARIES.all:
        return ACT
    if word in PREPOSITIONS.all or word in DETERMINERS.all or flag == "x" or _is_each(word):
        return BREAK
    return BREAK if len(word) == 2 and word[0] == "从" and word[1] in _PLACES.all else None  # 志愿者|从县|中心


def _is_each(word: str) -> bool:
    """`各校`, `每万人`, but not `各类人员`."""
    return word[0] == "每" or (word[0] == "各" and len(word) == 2)


def _listed_verb(word: str, flag: str) -> Role | None:
    modifies = verbs().get(word)
    if modifies is None or (len(word) == 1 and flag not in _VERB_TAGS):
        return None
    if not modifies:
        return ACT
    return EITHER if flag in _VERB_TAGS or flag == "d" else DEED


def _participle(word: str, flag: str) -> Role | None:
    return VERB if word in PARTICIPLES.all and flag in _PARTICIPLE_TAGS else None


def _fused_verb(word: str, flag: str) -> Role | None:
    """`大赛|中获|二等奖`: one word to the tagger."""
    known = flag in _VERB_TAGS or len(word) == 3
    fused = known and 1 < len(word) <= 3 and word[0] in FUSED.all and word[1:] in verbs()
    return ACT if fused else None


def _listed_noun(word: str, flag: str) -> Role | None:
    if len(word) == 1:
        return NOUN if word in heads() and (flag not in _VERB_TAGS or word in SUFFIXES.all) else None
    if word in heads() or is_listed(word):
        return NOUN
    return NOUN if flag not in _VERB_TAGS | _ADVERB_TAGS and _ends_in_noun(word) else None


def _ends_in_noun(word: str) -> bool:
    return word[-2:] in heads() or category_of_noun(word) is not None


def _tagged(word: str, flag: str) -> Role | None:
    if flag == "i" and word[2:3] == "而":  # `一抢而空`, `满载而归`: what became of the people counted
        return VERB
    if flag in _NOUN_TAGS or (flag[0] == "m" and _NAMED_NUMBER.match(word)):
        return NOUN
    return VERB if flag in _VERB_TAGS else None


_ROLE_RULES = (_closed_class, _listed_verb, _participle, _fused_verb, _listed_noun, _tagged)
