"""The rules in order: the first that says something decides."""

from __future__ import annotations

import re

from zongji.corpus.labels import Category
from zongji.corpus.patterns import Words
from zongji.corpus.records import Figure
from zongji.pipeline.figures.categories import awards, measure_words
from zongji.pipeline.figures.categories.counted import Counted, Rule, last_clause
from zongji.pipeline.figures.categories.goods import goods
from zongji.pipeline.figures.categories.nouns import category_of_noun
from zongji.pipeline.figures.categories.parts import part
from zongji.pipeline.figures.units import Unit

_REMARK = re.compile(r"[（(][^（()）]*[)）]$|(?:总数|总量|数量)$")
_REMARK_ENDS = frozenset(")）数量")
_SPENT = Words("category_cues", "spent")
_REACH = 60  # chosen: characters in front of a number, and behind it, that may say what was done

_RULES: tuple[Rule, ...] = (
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
)


def category_of(unit: Unit | None, item: str, left: str, *, right: str = "", before: Figure | None = None) -> Category:
    """The category of a figure with this measure word and item.

    `left` is the text of its sentence in front of its number, `right` that behind its measure word, and `before` the
    figure before it in the sentence.
    """
    noun = _without_remark(item).strip("“”")
    kind = category_of_noun(noun)
    if unit is None:
        return Category.MONEY if left.endswith(_SPENT.ordered) else kind or Category.OTHER
    left = left[-_REACH:]
    counted = Counted(unit.name, unit.row, noun, kind, last_clause(left), left, right, before)
    for rule in _RULES:
        category = rule(counted)
        if category is not None:
            return category
    return kind or unit.row.category


def _without_remark(item: str) -> str:
    """The noun without parentheses and the like behind it; the item where it is nothing else."""
    return (item[-1:] in _REMARK_ENDS and _REMARK.sub("", item)) or item
