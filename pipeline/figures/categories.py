"""What a figure counts as: by its measure word, and by the counted noun where the measure word leaves it open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from zongji.corpus import lexicon
from zongji.corpus.labels import Category
from zongji.pipeline.figures.units import Unit


@dataclass(frozen=True, slots=True)
class NounRow:
    """A row of `nouns.tsv`: a head noun, matched as the end of the counted noun phrase."""

    noun: str
    category: Category


class Cue(StrEnum):
    """What a word says of the category beside the noun, told with an example in the head of `category_cues.tsv`."""

    PRIZE = "prize"
    PRIZE_END = "prize-end"
    PRIZE_START = "prize-start"
    TITLE = "title"
    CONFERRED = "conferred"
    PRIZE_UNIT = "prize-unit"
    PERIODICAL = "periodical"
    READING = "reading"
    ENTERPRISE = "enterprise"
    SAMPLED = "sampled"
    GIVEN = "given"
    KEPT = "kept"
    PUBLICITY = "publicity"
    ABSTRACT = "abstract"
    THING_UNIT = "thing-unit"


@dataclass(frozen=True, slots=True)
class CueRow:
    """A row of `category_cues.tsv`."""

    word: str
    cue: Cue


def _cues(cue: Cue) -> tuple[str, ...]:
    return tuple(row.word for row in lexicon.load("category_cues", CueRow) if row.cue is cue)


def _any_of(cue: Cue, *patterns: str) -> re.Pattern[str]:
    """Finds any word of a class, or what one of the patterns describes."""
    return re.compile("|".join((*_cues(cue), *patterns)))


_PRIZE = _any_of(Cue.PRIZE)
_PRIZE_ENDS = _cues(Cue.PRIZE_END)
_PRIZE_STARTS = _cues(Cue.PRIZE_START)
_TITLE = _any_of(Cue.TITLE)
_CONFERRED = _any_of(Cue.CONFERRED, "获(?!批|知|悉|取|准)")
_PRIZE_UNITS = frozenset(_cues(Cue.PRIZE_UNIT))
_PERIODICAL_ENDS = _cues(Cue.PERIODICAL)
_READING_ENDS = _cues(Cue.READING)
_ENTERPRISE_ENDS = _cues(Cue.ENTERPRISE)
_SAMPLED = _any_of(Cue.SAMPLED)
_GIVEN = _any_of(Cue.GIVEN)
_KEPT = _any_of(Cue.KEPT)
_PUBLICITY_ENDS = _cues(Cue.PUBLICITY)
_PUBLICITY = re.compile("宣传.{1,2}$")
_ABSTRACT_ENDS = _cues(Cue.ABSTRACT)
_THING_UNITS = frozenset(_cues(Cue.THING_UNIT))

_MATERIALS, _OTHER = Category.MATERIALS, Category.OTHER
_MAY_BE_GOODS = frozenset({_MATERIALS, _OTHER})
_REMARK = re.compile(r"[（(][^（()）]*[)）]$|(?:总数|总量|数量)$")
_REMARK_ENDS = frozenset(")）数量")
_TO_LAST_MARK = re.compile(r"(?s:.*)[，。；：,;:\n]")
_REACH = 40  # characters in front of a number that may say what was done

Rule = Callable[[Unit, str, str], Category | None]


def category_of(unit: Unit | None, item: str, left: str) -> Category:
    """The category of a figure with this measure word and item; `left` is the text in front of its number."""
    noun = _without_remark(item).strip("“”")
    if unit is None:
        return category_of_noun(noun) or _OTHER
    clause = _last_clause(left[-_REACH:])
    for rule in _RULES:
        category = rule(unit, noun, clause)
        if category is not None:
            return category
    return category_of_noun(noun) or unit.row.category


def _without_remark(item: str) -> str:
    """The noun without parentheses and the like behind it; the item where it is nothing else."""
    return (item[-1:] in _REMARK_ENDS and _REMARK.sub("", item)) or item


def _last_clause(text: str) -> str:
    match = _TO_LAST_MARK.match(text)
    return text[match.end() :] if match else text


def _award(unit: Unit, item: str, clause: str) -> Category | None:
    """A prize, or a title that is conferred: `评出优秀征文30篇`."""
    if unit.name not in _PRIZE_UNITS:
        return None
    conferred = _TITLE.search(item) and _CONFERRED.search(clause)
    return Category.AWARDS if conferred or _is_prize(item) else None


def _is_prize(item: str) -> bool:
    return item.startswith(_PRIZE_STARTS) or item.endswith(_PRIZE_ENDS) or _PRIZE.search(item) is not None


def _enterprise(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """`规模以上工业企业63户`: enterprises are counted like households."""
    enterprises = unit.name in {"户", "户次"} and item.endswith(_ENTERPRISE_ENDS)
    return Category.ORGANIZATIONS if enterprises else None


def _establishment(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """`接种门诊14家`: what 家 counts is an organization even where its noun is none elsewhere."""
    return Category.ORGANIZATIONS if unit.name == "家" and category_of_noun(item) is _OTHER else None


def _reading(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """`点击量12万次`, `阅读量5本`: a measured quantity, not the things or times themselves."""
    return _OTHER if unit.name in {"次", "本", "篇"} and item.endswith(_READING_ENDS) else None


def _samples(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """`抽检食品280批次`."""
    return _OTHER if unit.name in {"批次", "批"} and _SAMPLED.search(clause) else None


def _periodical(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """`简报12期`, but `书法课程12期`."""
    if unit.name != "期":
        return None
    return _MATERIALS if item.endswith(_PERIODICAL_ENDS) else Category.SESSIONS if item.endswith("课程") else None


def _closed(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """A measure word that decides alone."""
    return None if unit.row.open else unit.row.category


def _school_class(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """`六个班` are classes of a school."""
    return Category.ORGANIZATIONS if unit.name == "个" and item == "班" else None


def _goods(unit: Unit, item: str, clause: str) -> Category | None:
    """Things are materials when handed out or made for people, and `other` when bought, stored or seized."""
    category = category_of_noun(item) or unit.row.category
    if not item or category not in _MAY_BE_GOODS:
        return None
    if category is _OTHER:
        handed = unit.name in _THING_UNITS and not item.endswith(_ABSTRACT_ENDS) and _GIVEN.search(clause)
        return _MATERIALS if handed else None
    kept = not _is_publicity(item) and _KEPT.search(clause) and not _GIVEN.search(clause)
    return _OTHER if kept else None


def _is_publicity(item: str) -> bool:
    return item.endswith(_PUBLICITY_ENDS) or _PUBLICITY.search(item) is not None


_RULES: tuple[Rule, ...] = (
    _award,
    _enterprise,
    _establishment,
    _reading,
    _samples,
    _periodical,
    _closed,
    _school_class,
    _goods,
)

_NOUNS: dict[str, Category] = {row.noun: row.category for row in lexicon.load("nouns", NounRow)}


def _lengths_by_ending() -> dict[str, tuple[int, ...]]:
    """For each character that ends listed nouns, how long these are, the longest first."""
    lengths: dict[str, set[int]] = {}
    for noun in _NOUNS:
        lengths.setdefault(noun[-1], set()).add(len(noun))
    return {ending: tuple(sorted(found, reverse=True)) for ending, found in lengths.items()}


_LENGTHS = _lengths_by_ending()


def is_listed(noun: str) -> bool:
    """True for a noun that stands in `nouns.tsv` as it is."""
    return noun in _NOUNS


def category_of_noun(item: str) -> Category | None:
    """The category of the longest listed noun that ends the phrase."""
    category = _NOUNS.get(item)
    if category is not None:
        return category
    for length in _LENGTHS.get(item[-1:], ()):
        category = _NOUNS.get(item[-length:])
        if category is not None:
            return category
    return None
