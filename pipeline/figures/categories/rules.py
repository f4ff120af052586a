"""The rules in order: the first with an answer decides."""

from __future__ import annotations

import re
from functools import lru_cache

from zongji.corpus.labels import Category
from zongji.corpus.records import Figure
from zongji.pipeline.figures.categories import awards, bare_numbers, measure_words
from zongji.pipeline.figures.categories.bare_numbers import BareNumber
from zongji.pipeline.figures.categories.counted import Counted, Rule, last_clause
from zongji.pipeline.figures.categories.goods import goods
from zongji.pipeline.figures.categories.nouns import category_of_noun
from zongji.pipeline.figures.categories.parts import part
from zongji.pipeline.figures.ruled import Ruled, decided
from zongji.pipeline.figures.units import Unit

_REMARK = re.compile(r"[（(][^（()）]*[)）]$|(?:总数|总量|数量)$")
_REMARK_ENDS = frozenset(")）数量")
_REACH = 60  # chosen: characters before and after a number that may say what was done

RULES: tuple[Rule, ...] = (
    awards.prize,
    awards.named_title,
    awards.honoured,
    measure_words.coins,
    part,
    measure_words.enterprise,
    measure_words.establishment,
    measure_words.shops,
    measure_words.dwelling,
    measure_words.persons,
    measure_words.played,
    measure_words.reading,
    measure_words.samples,
    measure_words.periodical,
    measure_words.examined,
    measure_words.pairs,
    measure_words.school_class,
    goods,
    measure_words.closed,
    measure_words.by_noun,
)
ONLY: dict[Rule, frozenset[str]] = {
    measure_words.coins: frozenset({"块"}),
    measure_words.enterprise: frozenset({"户", "户次"}),
    measure_words.establishment: frozenset({"家", "处"}),
    measure_words.shops: frozenset({"家", "家次"}),
    measure_words.dwelling: frozenset({"户"}),
    measure_words.persons: frozenset({"名"}),
    measure_words.reading: frozenset({"次", "本", "篇"}),
    measure_words.samples: frozenset({"批次", "批"}),
    measure_words.periodical: frozenset({"期"}),
    measure_words.examined: frozenset({"例"}),
    measure_words.pairs: frozenset({"对"}),
    measure_words.school_class: frozenset({"个"}),
}
"""The measure words a rule applies to; a rule missing here applies to all."""


@lru_cache(maxsize=1024)
def rules_for(unit: str) -> tuple[Rule, ...]:
    """The rules that apply to a measure word, in order."""
    return tuple(rule for rule in RULES if rule not in ONLY or unit in ONLY[rule])


def category_of(looked: Counted | BareNumber) -> Ruled[Category]:
    """The category of a figure, and the deciding rule."""
    if isinstance(looked, BareNumber):
        return decided(bare_numbers.RULES, looked, default=bare_numbers.nothing_said)
    return decided(rules_for(looked.unit), looked, default=measure_words.by_measure_word)


def counted(unit: Unit, item: str, left: str, *, right: str = "", before: Figure | None = None) -> Counted:
    """The input of the rules: measure word, item, the surrounding sentence, and the previous figure in it.

    `left` is the text before the number, `right` the text after the measure word.
    """
    noun, left = _noun(item), left[-_REACH:]
    return Counted(unit.name, unit.row, noun, category_of_noun(noun), last_clause(left), left, right, before)


def bare_number(numeral: str, item: str, left: str) -> BareNumber:
    """The same without a measure word."""
    return BareNumber(numeral, category_of_noun(_noun(item)), left)


def _noun(item: str) -> str:
    return _without_remark(item).strip("“”")


def _without_remark(item: str) -> str:
    """The noun without trailing parentheses and the like; the item itself if nothing else remains."""
    return (item[-1:] in _REMARK_ENDS and _REMARK.sub("", item)) or item
