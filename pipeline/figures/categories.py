"""What a figure counts as: by its measure word, and by the counted noun where the measure word leaves it open."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from zongji.corpus import lexicon
from zongji.corpus.labels import Category
from zongji.corpus.records import Figure
from zongji.pipeline.figures.units import Unit, UnitRow


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
    NAMED = "named"
    HONOURED = "honoured"
    PRIZE_NAME = "prize-name"
    PRIZE_UNIT = "prize-unit"
    PERIODICAL = "periodical"
    READING = "reading"
    ENTERPRISE = "enterprise"
    SAMPLED = "sampled"
    EXAMINED = "examined"
    GIVEN = "given"
    GIVEN_BEHIND = "given-behind"
    MADE = "made"
    KEPT = "kept"
    TAKEN = "taken"
    PUBLICITY = "publicity"
    WRITTEN = "written"
    PRINT_UNIT = "print-unit"
    ABSTRACT = "abstract"
    THING_UNIT = "thing-unit"


@dataclass(frozen=True, slots=True)
class CueRow:
    """A row of `category_cues.tsv`."""

    word: str
    cue: Cue


def _cues(cue: Cue) -> tuple[str, ...]:
    return tuple(row.word for row in lexicon.load("category_cues", CueRow) if row.cue is cue)


def _any_of(*words: str) -> str:
    """A group that matches any of the words, the longer before its beginning."""
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"


_PRIZE = re.compile(_any_of(*_cues(Cue.PRIZE)))
_PRIZE_ENDS = _cues(Cue.PRIZE_END)
_PRIZE_STARTS = _cues(Cue.PRIZE_START)
_TITLE = re.compile(_any_of(*_cues(Cue.TITLE)))
_CONFERRED = re.compile(_any_of(*_cues(Cue.CONFERRED), "获(?!批|知|悉|取|准|救|益|证)"))
_NAMED = _cues(Cue.NAMED)[0]
_WON = re.compile(
    rf"(?:{_any_of(*_cues(Cue.HONOURED))}|(?:获得?|受到?)[^、0-9]{{0,10}}{_any_of(*_cues(Cue.PRIZE_NAME))})[了达有共计]?$"
)
# Behind the number, and behind the noun there: `37人|荣获奖章`, `120名|学生|被评为标兵`, `3户|获省级表彰`.
_HONOURED = re.compile(
    rf"[^，。；：、,;:\n0-9]{{0,10}}?(?:{_any_of(*_cues(Cue.HONOURED))}"
    rf"|(?:获得?|受到?)[^，。；：、,;:\n]{{0,14}}?{_any_of(*_cues(Cue.PRIZE_NAME))})"
)
_HONOUR_SIGNS = frozenset("获评被受荣入立")
_PRIZE_UNITS = frozenset(_cues(Cue.PRIZE_UNIT))
_PERIODICAL_ENDS = _cues(Cue.PERIODICAL)
_READING_ENDS = _cues(Cue.READING)
_ENTERPRISE_ENDS = _cues(Cue.ENTERPRISE)
_SAMPLED = re.compile(_any_of(*_cues(Cue.SAMPLED)))
_EXAMINED_ENDS = _cues(Cue.EXAMINED)
_DEEDS = {word: cue for cue in (Cue.MADE, Cue.KEPT, Cue.TAKEN, Cue.GIVEN) for word in _cues(cue)}
_DEED = re.compile(_any_of(*_DEEDS))
_FREE = ("免费", "无偿")
# Behind the number and the rest of its list, no number of its own following: `40床、电热毯40条|送到老人家里`.
_GIVEN_BEHIND = re.compile(
    rf"[^，。；：,;:\n]*?{_any_of(*_cues(Cue.GIVEN_BEHIND))}[^，。；：、,;:0-9]*(?:[，。；：,;:\n]|$)"
)
_PUBLICITY_ENDS = _cues(Cue.PUBLICITY)
_PUBLICITY = re.compile("宣传.{1,2}$")
_WRITTEN_ENDS = _cues(Cue.WRITTEN)
_PRINT_UNITS = frozenset(_cues(Cue.PRINT_UNIT))
_ABSTRACT_ENDS = _cues(Cue.ABSTRACT)
_THING_UNITS = frozenset(_cues(Cue.THING_UNIT))

_MATERIALS, _OTHER = Category.MATERIALS, Category.OTHER
_AWARDS, _ORGANIZATIONS = Category.AWARDS, Category.ORGANIZATIONS
_GOODS = frozenset({_MATERIALS, _OTHER, None})
_REMARK = re.compile(r"[（(][^（()）]*[)）]$|(?:总数|总量|数量)$")
_REMARK_ENDS = frozenset(")）数量")
_TO_LAST_MARK = re.compile(r"(?s:.*)(?:[，。；：;:\n]|,(?![0-9]))")
_TO_LAST_STOP = re.compile(r"(?s:.*)[。；：;:\n]")
_NOTHING_SAID = frozenset("，、,和及与共计 ")
_PART = re.compile("其中|其余|余下|剩余|[，,]?只有|[，,]?仅有?|中[，,]")
_HONOUR_REACH = 14  # characters behind a measure word in which the verb stands that says what was won
_PART_REACH = 16  # characters in front of a number in which 其中 stands
_REACH = 60  # characters in front of a number, and behind it, that may say what was done


class Counted(NamedTuple):
    """What the rules look at: a measure word, the noun it counts, and what stands around the number."""

    unit: str
    row: UnitRow
    noun: str
    kind: Category | None  # of the noun alone
    clause: str  # in front of the number, from the last mark on: a list with 、 is one clause
    left: str
    right: str
    before: Figure | None  # the figure before it in the sentence


Rule = Callable[[Counted], Category | None]


def category_of(unit: Unit | None, item: str, left: str, *, right: str = "", before: Figure | None = None) -> Category:
    """The category of a figure with this measure word and item.

    `left` is the text of its sentence in front of its number, `right` that behind its measure word, and `before` the
    figure before it in the sentence.
    """
    noun = _without_remark(item).strip("“”")
    kind = category_of_noun(noun)
    if unit is None:
        return kind or _OTHER
    left = left[-_REACH:]
    counted = Counted(unit.name, unit.row, noun, kind, _last_clause(left), left, right, before)
    for rule in _RULES:
        category = rule(counted)
        if category is not None:
            return category
    return kind or unit.row.category


def _without_remark(item: str) -> str:
    """The noun without parentheses and the like behind it; the item where it is nothing else."""
    return (item[-1:] in _REMARK_ENDS and _REMARK.sub("", item)) or item


def _last_clause(text: str) -> str:
    return _behind(_TO_LAST_MARK, text)


def _behind(up_to: re.Pattern[str], text: str) -> str:
    match = up_to.match(text)
    return text[match.end() :] if match else text


def _prize(counted: Counted) -> Category | None:
    """A prize, or a title that is conferred: `评出优秀征文30篇`."""
    if counted.unit not in _PRIZE_UNITS:
        return None
    return _AWARDS if _is_prize(counted.noun) or _is_conferred(counted) else None


def _is_prize(noun: str) -> bool:
    return noun.startswith(_PRIZE_STARTS) or noun.endswith(_PRIZE_ENDS) or _PRIZE.search(noun) is not None


def _is_conferred(counted: Counted) -> bool:
    if not _TITLE.search(counted.noun):
        return False
    named = counted.kind is Category.PARTICIPANTS and _NAMED in counted.clause
    return named or _CONFERRED.search(counted.clause) is not None


def _honoured(counted: Counted) -> Category | None:
    """People, households and works that won something: `37人荣获奖章`, `论文获奖6篇`."""
    if counted.unit not in _PRIZE_UNITS or counted.kind is _ORGANIZATIONS:
        return None
    won = not _HONOUR_SIGNS.isdisjoint(counted.right[:_HONOUR_REACH]) and _HONOURED.match(counted.right)
    return _AWARDS if won or _WON.search(counted.clause) else None


def _part(counted: Counted) -> Category | None:
    """The parts of a whole, where nothing says what else was done with them: `论文6篇获奖，其中省级1篇`."""
    before = counted.before
    if before is None or before.unit != counted.unit:
        return None
    if not counted.noun:
        return before.category if _PART.search(counted.left[-_PART_REACH:]) else None
    part = counted.noun == before.item.strip("“”")
    part = part or (counted.kind in _GOODS and _PART.search(counted.left[-_PART_REACH:]) is not None)
    return before.category if part and _deed(counted.clause, counted.noun) is None else None


def _enterprise(counted: Counted) -> Category | None:
    """`规模以上工业企业63户`: enterprises are counted like households."""
    enterprises = counted.unit in {"户", "户次"} and counted.noun.endswith(_ENTERPRISE_ENDS)
    return _ORGANIZATIONS if enterprises else None


def _establishment(counted: Counted) -> Category | None:
    """`接种门诊14家`, `供水工程3处`: organizations and facilities even where the noun is none elsewhere."""
    place = counted.unit == "家" or (counted.unit == "处" and counted.noun.endswith("工程"))
    return _ORGANIZATIONS if place and counted.kind is _OTHER else None


def _reading(counted: Counted) -> Category | None:
    """`点击量12万次`, `阅读量5本`: a measured quantity, not the things or times themselves."""
    return _OTHER if counted.unit in {"次", "本", "篇"} and counted.noun.endswith(_READING_ENDS) else None


def _samples(counted: Counted) -> Category | None:
    """`抽检食品280批次，合格276批次`."""
    if counted.unit not in {"批次", "批"}:
        return None
    before = counted.before
    goods = counted.unit == "批次" and counted.kind in {_MATERIALS, _OTHER}
    go_on = before is not None and before.unit == counted.unit and before.category is _OTHER
    return _OTHER if goods or go_on or _SAMPLED.search(counted.clause) else None


def _periodical(counted: Counted) -> Category | None:
    """`简报12期`, but `书法课程12期` and `更换挂图6期`: only what appears in issues is counted as print."""
    if counted.unit != "期":
        return None
    return _MATERIALS if counted.noun.endswith(_PERIODICAL_ENDS) else Category.SESSIONS


def _examined(counted: Counted) -> Category | None:
    """`“两癌”筛查5600例`: people, one by one."""
    people = counted.unit == "例" and counted.noun.endswith(_EXAMINED_ENDS)
    return Category.PARTICIPANTS if people else None


def _pairs(counted: Counted) -> Category | None:
    """`师徒结对22对`: pairs that were made."""
    return _OTHER if counted.unit == "对" and "结对" in counted.clause[-4:] + counted.noun else None


def _school_class(counted: Counted) -> Category | None:
    """`六个班` are classes of a school, and courses where somebody holds them: `培训家政9个班`."""
    if counted.unit != "个" or counted.noun != "班":
        return None
    held = any(verb in counted.clause for verb in ("培训", "举办", "开办", "轮训"))
    return Category.SESSIONS if held else _ORGANIZATIONS


def _goods(counted: Counted) -> Category | None:
    """Things are materials when handed out, shown or made for people, or when they are print by nature."""
    things = counted.row.category is _MATERIALS or counted.row.unit in _THING_UNITS
    if not things or (counted.row.open and counted.kind not in _GOODS):
        return None
    if counted.noun.endswith(_ABSTRACT_ENDS):
        return _OTHER
    deed = _deed_over_list(counted)
    if deed is Cue.TAKEN:
        return _MATERIALS if counted.noun.endswith(_WRITTEN_ENDS) else _OTHER
    if _reaches_people(counted, deed):
        return _MATERIALS
    return _OTHER if _MATERIALS in {counted.row.category, counted.kind} else None


def _reaches_people(counted: Counted, deed: Cue | None) -> bool:
    if deed is Cue.GIVEN or (deed is Cue.MADE and counted.kind is _MATERIALS):
        return True
    return counted.row.unit in _PRINT_UNITS or _is_publicity(counted) or _GIVEN_BEHIND.match(counted.right) is not None


def _is_publicity(counted: Counted) -> bool:
    if counted.kind is _OTHER:
        return False
    return counted.noun.endswith(_PUBLICITY_ENDS) or _PUBLICITY.search(counted.noun) is not None


def _deed_over_list(counted: Counted) -> Cue | None:
    """What was done; a clause that is no more than the noun goes on with the verb of the clause before it."""
    deed = _deed(counted.clause, counted.noun)
    if deed is not None or not counted.noun or counted.noun not in counted.clause:
        return deed
    goes_on = _NOTHING_SAID.issuperset(counted.clause.replace(counted.noun, "", 1).replace("其中", ""))
    return _deed(_behind(_TO_LAST_STOP, counted.left), counted.noun) if goes_on else None


def _deed(clause: str, noun: str) -> Cue | None:
    """What the last verb says that is done with the noun; the words of the noun itself are none."""
    place = clause.rfind(noun) if noun else -1
    words = clause if place < 0 else clause[:place] + "|" + clause[place + len(noun) :]
    found = _DEED.findall(words)
    if not found:
        return None
    deed = _DEEDS[found[-1]]
    return Cue.GIVEN if deed is Cue.KEPT and any(word in _FREE for word in found) else deed


def _closed(counted: Counted) -> Category | None:
    """A measure word that decides alone."""
    return None if counted.row.open else counted.row.category


_RULES: tuple[Rule, ...] = (
    _prize,
    _honoured,
    _part,
    _enterprise,
    _establishment,
    _reading,
    _samples,
    _periodical,
    _examined,
    _pairs,
    _school_class,
    _goods,
    _closed,
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
