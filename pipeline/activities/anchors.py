"""Where the text names an activity (`举办实用技术培训班`, `“全国科普日”宣传活动`) or counts one (`讲座6场`)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache

from zongji.corpus import lexicon
from zongji.corpus.labels import ActivityType, Category
from zongji.corpus.patterns import WordPattern, alternatives
from zongji.corpus.records import Figure


@dataclass(frozen=True, slots=True)
class KindRow:
    """A row of `activities.tsv`: a word that ends an activity's name, and its kind."""

    word: str
    type: ActivityType


@dataclass
class Anchor:
    """An activity as found, before its figures are known."""

    start: int
    end: int
    name: str
    type: ActivityType
    figures: list[Figure] = field(default_factory=list)
    opening: str = ""
    """Of the event that the whole document tells of: what it begins with, where its fields may be stated."""


# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_NEAR = 4  # characters between a name and the number that counts it
_SHORTEST = 3  # characters of a name
_DETERMINER = WordPattern(
    "activity_cues", r"^(?:{determiner}|为期[^的]{1,4}的|以[^为]{1,20}为[^的]{1,20}的|第.{1,3}届)+"
)


def anchors_of(text: str, start: int, end: int, figures: Sequence[Figure]) -> list[Anchor]:
    """Named activities, and counted ones whose name is a figure's item."""
    named = list(_named(text, start, end))
    taken = [(anchor.start, anchor.end) for anchor in named]
    counted = [
        Anchor(figure.start, figure.end, figure.item.strip("“”"), kind_of(figure.item))
        for figure in figures
        if figure.category is Category.SESSIONS and figure.item and not _has_neighbour(taken, figure)
    ]
    return sorted(named + counted, key=lambda anchor: anchor.start)


def _has_neighbour(taken: Sequence[tuple[int, int]], figure: Figure) -> bool:
    """True if the figure counts an activity found by name right before or after it."""
    place = bisect_right(taken, (figure.start, figure.end))
    before = place > 0 and figure.start - taken[place - 1][1] <= _NEAR
    behind = place < len(taken) and taken[place][0] - figure.end <= _NEAR
    return before or behind


def without_determiners(name: str) -> str:
    """A name without what counts or points at it: `首届`, `第十一届`."""
    determiner = _DETERMINER.match(name)
    return name[determiner.end() :] if determiner else name


def _named(text: str, start: int, end: int) -> Iterator[Anchor]:
    for match in _name_pattern().finditer(text, start, end):
        kind = "quoted" if match["quoted"] else "plain"
        name_start, name = match.start(kind), match[kind]
        shorter = without_determiners(name)
        if len(shorter) >= _SHORTEST:
            yield Anchor(name_start + len(name) - len(shorter), match.end(kind), shorter, kind_of(shorter))


@lru_cache(maxsize=4096)
def kind_of(name: str) -> ActivityType:
    """The kind of an activity by the last listed word of its name."""
    best, kind = -1, ActivityType.OTHER
    for row in lexicon.load("activities", KindRow):
        place = name.rfind(row.word)
        if place >= 0 and place + len(row.word) > best:
            best, kind = place + len(row.word), row.type
    return kind


@cache
def endings() -> str:
    """An expression for the words of `activities.tsv`, by which an event's name ends."""
    listed = {row.word for row in lexicon.load("activities", KindRow)} | {"活动"}
    ordered = sorted(listed, key=len, reverse=True)
    exhibition = f"(?<!{alternatives('activity_cues', 'not-exhibition')})展"  # not 开展
    words = "|".join(exhibition if word == "展" else word for word in ordered)
    return f"(?:{words})(?:{alternatives('activity_cues', 'name-end')})?"


@cache
def _name_pattern() -> re.Pattern[str]:
    """Quoted names, and names after a verb of holding; the latter end in a word of `activities.tsv`."""
    ending = endings()
    # Words that turn an event into something else: 培训方案.
    no_event = f"[㐀-鿿]?(?:{alternatives('activity_cues', 'no-event')}|工作(?!坊))"
    plain = r"[^，。；：！？、,;:\n\d“”《》]"
    holding = alternatives("activity_cues", "holding")
    return re.compile(
        rf"(?P<quoted>“[^“”\n]{{2,24}}”(?:{plain}{{0,12}}?{ending}))(?!{no_event})"
        rf"|(?:{holding})(?:了|好)?(?=[^\d“])(?P<plain>{plain}{{1,30}}?{ending})(?!{no_event})"
    )
