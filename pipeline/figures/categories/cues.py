"""The words that say of a category beside the noun, with the patterns made of them; read when first asked for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from zongji.corpus import lexicon


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
    DWELLING = "dwelling"
    SHOP = "shop"
    BEFALLEN = "befallen"
    PLAYED = "played"
    COINS = "coins"
    SPENT = "spent"
    COINS_BEHIND = "coins-behind"


@dataclass(frozen=True, slots=True)
class CueRow:
    """A row of `category_cues.tsv`."""

    word: str
    cue: Cue


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of each cue, as they are looked for: in the noun, at an end of it, in the text around the number."""

    prize: re.Pattern[str]
    prize_ends: tuple[str, ...]
    prize_starts: tuple[str, ...]
    prize_units: frozenset[str]
    title: re.Pattern[str]
    conferred: re.Pattern[str]
    named: str
    won: re.Pattern[str]
    honoured: re.Pattern[str]
    periodical_ends: tuple[str, ...]
    reading_ends: tuple[str, ...]
    enterprise_ends: tuple[str, ...]
    sampled: re.Pattern[str]
    examined_ends: tuple[str, ...]
    deeds: dict[str, Cue]
    deed: re.Pattern[str]
    given_behind: re.Pattern[str]
    publicity_ends: tuple[str, ...]
    written_ends: tuple[str, ...]
    print_units: frozenset[str]
    abstract_ends: tuple[str, ...]
    thing_units: frozenset[str]
    dwelling_ends: tuple[str, ...]
    shop_ends: tuple[str, ...]
    befallen_ends: tuple[str, ...]
    played: re.Pattern[str]
    coins: re.Pattern[str]
    coins_behind: tuple[str, ...]
    spent_ends: tuple[str, ...]


@cache
def load_cues() -> Cues:
    """`category_cues.tsv`, read once a process."""
    words = _words()
    honoured, prize_name = _any_of(*words[Cue.HONOURED]), _any_of(*words[Cue.PRIZE_NAME])
    deeds = {word: cue for cue in (Cue.MADE, Cue.KEPT, Cue.TAKEN, Cue.GIVEN) for word in words[cue]}
    return Cues(
        prize=re.compile(_any_of(*words[Cue.PRIZE])),
        prize_ends=words[Cue.PRIZE_END],
        prize_starts=words[Cue.PRIZE_START],
        prize_units=frozenset(words[Cue.PRIZE_UNIT]),
        title=re.compile(_any_of(*words[Cue.TITLE])),
        conferred=re.compile(_any_of(*words[Cue.CONFERRED], "获(?!批|知|悉|取|准|救|益|证)")),
        named=words[Cue.NAMED][0],
        won=re.compile(rf"(?:{honoured}|(?:获得?|受到?)[^、0-9]{{0,10}}{prize_name})[了达有共计]?$"),
        # Behind the number, and behind the noun there: `37人|荣获奖章`, `120名|学生|被评为标兵`, `3户|获省级表彰`.
        honoured=re.compile(
            rf"[^，。；：、,;:\n0-9]{{0,10}}?(?:{honoured}|(?:获得?|受到?)[^，。；：、,;:\n]{{0,14}}?{prize_name})"
        ),
        periodical_ends=words[Cue.PERIODICAL],
        reading_ends=words[Cue.READING],
        enterprise_ends=words[Cue.ENTERPRISE],
        sampled=re.compile(_any_of(*words[Cue.SAMPLED])),
        examined_ends=words[Cue.EXAMINED],
        deeds=deeds,
        deed=re.compile(_any_of(*deeds)),
        # Behind the number and the rest of its list, no number of its own following: `40床、电热毯40条|送到老人家里`.
        given_behind=re.compile(
            rf"[^，。；：,;:\n]*?{_any_of(*words[Cue.GIVEN_BEHIND])}[^，。；：、,;:0-9]*(?:[，。；：,;:\n]|$)"
        ),
        publicity_ends=words[Cue.PUBLICITY],
        written_ends=words[Cue.WRITTEN],
        print_units=frozenset(words[Cue.PRINT_UNIT]),
        abstract_ends=words[Cue.ABSTRACT],
        thing_units=frozenset(words[Cue.THING_UNIT]),
        dwelling_ends=words[Cue.DWELLING],
        shop_ends=words[Cue.SHOP],
        befallen_ends=words[Cue.BEFALLEN],
        played=re.compile(_any_of(*words[Cue.PLAYED]) + "[了达有约超过近]*$"),
        coins=re.compile(_any_of(*words[Cue.COINS]) + "[^，。；]{0,8}$"),
        coins_behind=words[Cue.COINS_BEHIND],
        spent_ends=words[Cue.SPENT],
    )


def _words() -> dict[Cue, tuple[str, ...]]:
    """The words of each cue, in the order of the list."""
    rows = lexicon.load("category_cues", CueRow)
    return {cue: tuple(row.word for row in rows if row.cue is cue) for cue in Cue}


def _any_of(*words: str) -> str:
    """A group that matches any of the words, the longer before its beginning."""
    return "(?:" + "|".join(sorted(words, key=lambda word: (-len(word), word))) + ")"
