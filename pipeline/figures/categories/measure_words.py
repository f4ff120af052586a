"""Measure words that count something of their own beside some nouns."""

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
    enterprises = counted.unit in {"户", "户次"} and counted.noun.endswith(_ENTERPRISE_ENDS.ordered)
    return _ORGANIZATIONS if enterprises else None


def establishment(counted: Counted) -> Category | None:
    """`接种门诊14家`, `供水工程3处`: organizations and facilities even where the noun is none elsewhere."""
    place = counted.unit == "家" or (counted.unit == "处" and counted.noun.endswith("工程"))
    return _ORGANIZATIONS if place and counted.kind is _OTHER else None


def reading(counted: Counted) -> Category | None:
    """`点击量12万次`, `阅读量5本`: a measured quantity, not the things or times themselves."""
    if counted.unit not in {"次", "本", "篇"} or counted.noun.endswith("质量"):
        return None
    return _OTHER if counted.noun.endswith(_READING_ENDS.ordered) else None


def samples(counted: Counted) -> Category | None:
    """`抽检食品280批次，合格276批次`."""
    if counted.unit not in {"批次", "批"}:
        return None
    before = counted.before
    goods = counted.unit == "批次" and counted.kind in {_MATERIALS, _OTHER}
    go_on = before is not None and before.unit == counted.unit and before.category is _OTHER
    return _OTHER if goods or go_on or _SAMPLED.search(counted.clause) else None


def periodical(counted: Counted) -> Category | None:
    """`简报12期`, but `书法课程12期` and `更换挂图6期`: only what appears in issues is counted as print."""
    if counted.unit != "期":
        return None
    return _MATERIALS if counted.noun.endswith(_PERIODICAL_ENDS.ordered) else Category.SESSIONS


def examined(counted: Counted) -> Category | None:
    """`“两癌”筛查5600例`, `诊治患者3100例`: people, one by one."""
    people = counted.unit == "例" and counted.noun.endswith(_EXAMINED_ENDS.ordered)
    return Category.PARTICIPANTS if people else None


def persons(counted: Counted) -> Category | None:
    """名 counts nothing but people and prizes: `编制28名`."""
    if counted.unit != "名" or counted.kind is Category.AWARDS:
        return None
    return Category.PARTICIPANTS


def dwelling(counted: Counted) -> Category | None:
    """`改造厕所1100户`: a part of a dwelling, not those who live there."""
    part = counted.unit == "户" and counted.noun.endswith(_DWELLING_ENDS.ordered)
    return _OTHER if part else None


def shops(counted: Counted) -> Category | None:
    """`商户132家`: a shop, not a household."""
    shop = counted.unit in {"家", "家次"} and counted.noun.endswith(_SHOP_ENDS.ordered)
    return _ORGANIZATIONS if shop else None


def played(counted: Counted) -> Category | None:
    """`短片播放1.8万次`, `遭遇暴雨9次`: what was counted by a machine or befell people is no session."""
    if counted.unit not in _PLAYED_UNITS.all:
        return None
    befell = (counted.noun or counted.clause).endswith(_BEFALLEN_ENDS.ordered)
    return _OTHER if befell or (counted.unit == "次" and _PLAYED.search(counted.clause)) else None


def coins(counted: Counted) -> Category | None:
    """`38块一斤`, `多卖6块`, `5块钱`: money in the words of the market."""
    if counted.unit != "块":
        return None
    spent = counted.right.startswith(_COINS_BEHIND.ordered) or _COINS.search(counted.clause)
    return Category.MONEY if spent else None


def pairs(counted: Counted) -> Category | None:
    """`师徒结对22对`: pairs that were made."""
    return _OTHER if counted.unit == "对" and "结对" in counted.clause[-4:] + counted.noun else None


def school_class(counted: Counted) -> Category | None:
    """`六个班` are classes of a school, and courses where somebody holds them: `培训家政9个班`."""
    if counted.unit != "个" or counted.noun != "班":
        return None
    return Category.SESSIONS if _CLASS_HELD.search(counted.clause) else _ORGANIZATIONS


def closed(counted: Counted) -> Category | None:
    """A measure word that decides alone."""
    return None if counted.row.open else counted.row.category
