"""What a figure counts as: by its measure word, and by the counted noun where the measure word leaves it open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon
from zongji.corpus.labels import Category
from zongji.pipeline.figures.units import Unit


@dataclass(frozen=True, slots=True)
class NounRow:
    """A row of `nouns.tsv`: a head noun, matched as the end of the counted noun phrase."""

    noun: str
    category: Category


_AWARD = re.compile(r"等奖|金奖|银奖|铜奖|优秀奖|组织奖|先进(?:个人|集体|单位|工作者)|称号|荣誉|奖项|奖牌|表彰|优胜奖|特等奖")
_PERIODICALS = re.compile(r"(?:简报|信息|专栏|专刊|宣传栏|黑板报|板报|墙报|内刊|快讯|通讯|期刊|杂志|公告栏)$")
_AWARD_UNITS = frozenset("项 个 名 次 件 幅 篇 人 枚 块 面 座 人次 本 张 家 部 支".split())


def category_of(unit: Unit | None, item: str, left: str) -> Category:
    """The category of a figure with this measure word and item; `left` is the text in front of its number."""
    if unit is None:
        return category_of_noun(item) or Category.OTHER
    if unit.name in _AWARD_UNITS and _AWARD.search(item):
        return Category.AWARDS
    if not unit.row.open:
        return unit.row.category
    if unit.name == "期" and _PERIODICALS.search(item):
        return Category.MATERIALS
    return category_of_noun(item) or unit.row.category


@cache
def _nouns() -> dict[str, Category]:
    return {row.noun: row.category for row in lexicon.load("nouns", NounRow)}


@cache
def _longest_noun() -> int:
    return max(map(len, _nouns()))


def is_listed(noun: str) -> bool:
    """True for a noun that stands in `nouns.tsv` as it is."""
    return noun in _nouns()


def category_of_noun(item: str) -> Category | None:
    """The category of the longest listed noun that ends the phrase."""
    nouns = _nouns()
    for length in range(min(_longest_noun(), len(item)), 0, -1):
        category = nouns.get(item[-length:])
        if category is not None:
            return category
    return None
