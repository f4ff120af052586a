"""Measure words that count something special with certain nouns.

Each rule applies to the measure words that `rules.ONLY` lists for it.
"""

from __future__ import annotations

from zongji.corpus.labels import Category
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures.categories.counted import Counted

_MATERIALS, _OTHER, _ORGANIZATIONS = Category.MATERIALS, Category.OTHER, Category.ORGANIZATIONS
_ENTERPRISE_ENDS = Words("category_cues", "enterprise")
_READING_ENDS = Words("category_cues", "reading")
_SAMPLED = WordPattern("category_cues", "{sampled}")
_PERIODICAL_ENDS = Words("category_cues", "periodical")
_EXAMINED_ENDS = Words("category_cues", "examined")
_DWELLING_ENDS = Words("category_cues", "dwelling")
_SHOP_ENDS = Words("category_cues", "shop")
_PLAYED_UNITS = Words("unit_classes", "played")
_BEFALLEN_ENDS = Words("category_cues", "befallen")
_PLAYED = WordPattern("category_cues", "(?:{played})(?:{played-end})*$")
_COINS = WordPattern("category_cues", "(?:{coins})[^，。；]{0,8}$")
_COINS_BEHIND = Words("category_cues", "coins-behind")
_CLASS_HELD = WordPattern("category_cues", "{class-held}")


def enterprise(counted: Counted) -> Category | None:
    """`规模以上工业企业63户`: enterprises are counted like households."""
    return _ORGANIZATIONS if counted.noun.endswith(_ENTERPRISE_ENDS.ordered) else None


def establishment(counted: Counted) -> Category | None:
    """`接种门诊14家`, `供水工程3处`: organizations and facilities, even if the noun is neither elsewhere."""
    place = counted.unit == "家" or counted.noun.endswith("工程")
    return _ORGANIZATIONS if place and counted.kind is _OTHER else None


def reading(counted: Counted) -> Category | None:
    """`点击量12万次`, `阅读量5本`: a measured quantity, not the objects or occasions themselves."""
    measured = counted.noun.endswith(_READING_ENDS.ordered) and not counted.noun.endswith("质量")
    return _OTHER if measured else None


def samples(counted: Counted) -> Category | None:
    """`抽检食品280批次，合格276批次`."""
    before = counted.before
    goods = counted.unit == "批次" and counted.kind in {_MATERIALS, _OTHER}
    go_on = before is not None and before.unit == counted.unit and before.category is _OTHER
    return _OTHER if goods or go_on or _SAMPLED.search(counted.clause) else None


def periodical(counted: Counted) -> Category | None:
    """`简报12期`, but `书法课程12期` and `更换挂图6期`: only periodicals count as print."""
    return _MATERIALS if counted.noun.endswith(_PERIODICAL_ENDS.ordered) else Category.SESSIONS


def examined(counted: Counted) -> Category | None:
    """`“两癌”筛查5600例`, `诊治患者3100例`: people, one by one."""
    return Category.PARTICIPANTS if counted.noun.endswith(_EXAMINED_ENDS.ordered) else None


def persons(counted: Counted) -> Category | None:
    """名 counts only people and prizes: `编制28名`."""
    return None if counted.kind is Category.AWARDS else Category.PARTICIPANTS


def dwelling(counted: Counted) -> Category | None:
    """`改造厕所1100户`: a part of a dwelling, not its household."""
    return _OTHER if counted.noun.endswith(_DWELLING_ENDS.ordered) else None


def shops(counted: Counted) -> Category | None:
    """`商户132家`: a shop, not a household."""
    return _ORGANIZATIONS if counted.noun.endswith(_SHOP_ENDS.ordered) else None


def played(counted: Counted) -> Category | None:
    """`短片播放1.8万次`, `遭遇暴雨9次`: counted by a machine, or something that befell people: not a session."""
    if counted.unit not in _PLAYED_UNITS.all:
        return None
    befell = (counted.noun or counted.clause).endswith(_BEFALLEN_ENDS.ordered)
    return _OTHER if befell or (counted.unit == "次" and _PLAYED.search(counted.clause)) else None


def coins(counted: Counted) -> Category | None:
    """`38块一斤`, `多卖6块`, `5块钱`: money in market language."""
    spent = counted.right.startswith(_COINS_BEHIND.ordered) or _COINS.search(counted.clause)
    return Category.MONEY if spent else None


def pairs(counted: Counted) -> Category | None:
    """`师徒结对22对`: pairs that were formed."""
    return _OTHER if "结对" in counted.clause[-4:] + counted.noun else None


def school_class(counted: Counted) -> Category | None:
    """`六个班` are school classes, or courses if they are held: `培训家政9个班`."""
    if counted.noun != "班":
        return None
    return Category.SESSIONS if _CLASS_HELD.search(counted.clause) else _ORGANIZATIONS


def closed(counted: Counted) -> Category | None:
    """A measure word that settles the category."""
    return None if counted.row.open else counted.row.category


def by_noun(counted: Counted) -> Category | None:
    """The listed noun that ends the counted phrase, if the measure word is ambiguous: `新建站点3个`."""
    return counted.kind


def by_measure_word(counted: Counted) -> Category:
    """What an ambiguous measure word usually counts, if no listed noun decides."""
    return counted.row.category
