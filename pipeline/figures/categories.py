"""What a figure counts as: by its measure word, and by the counted noun where the measure word leaves it open."""

from __future__ import annotations

import re
from collections.abc import Callable
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


_AWARD = re.compile(
    r"等奖|[金银铜]奖|[金银铜]牌|优秀奖|组织奖|优胜奖|先进(?:个人|集体|单位|工作者)|称号|荣誉|奖项|奖牌|表彰|"
    r"(?:名牌产品|驰名商标|著名商标|之星|标兵)$|^[“]?(?:最美|十佳)"
)
_TITLE = re.compile(
    r"优秀|先进|最美|示范|标兵|十佳|十大|文明|书香|模范|能手|星级|红旗|获奖|精品|好|平安|和谐|名师|新秀|楷模|工匠"
)
_CONFERRED = re.compile(
    r"评出|评选|评为|评定|获评|荣获|获得|喜获|获(?!批|知|悉|取|准)|夺得|夺|表彰|命名|争创|新创|创成|授予|摘得|斩获|捧回"
)
_AWARD_UNITS = frozenset("项 个 名 次 件 幅 篇 人 枚 块 面 座 人次 本 张 家 部 支 户 所 位".split())
_PERIODICALS = re.compile(
    r"(?:简报|信息|专栏|专刊|宣传栏|黑板报|板报|墙报|手抄报|内刊|快讯|通讯|期刊|杂志|公告栏|情报|橱窗|画廊|月报|周报|专报|》)$"
)
_READINGS = re.compile(r"(?:量|率|数)$")
_SAMPLED = re.compile(r"抽检|抽样|抽查|检验|检测|监测|送检|化验|快检")
_GIVEN = re.compile(
    r"发放|赠送|赠阅|赠|送|捐|派发|派送|散发|分发|印制|印发|印刷|编印|制作|制发|张贴|悬挂|张挂|展出|展示|缝制|寄|摆放|刷写"
)
_KEPT = re.compile(
    r"购置|购买|采购|添置|添购|安装|加装|储备|储存|备有|备足|配备|配置|配齐|新增|增设|更换|查获|查扣|查封|没收|收缴|缴获|"
    r"扣押|销毁|抽检|抽样|检验|检测|检查|淘汰|报废|拆除|维修|检修|改造|推广|办理|受理|调解|审议|踏看|清理|回收|种植|栽植|拥有|现有"
)
_PUBLICITY = re.compile(
    r"(?:资料|材料|手册|单|册|书|图书|藏书|读物|报刊|报纸|杂志|标语|横幅|展板|海报|宣传.{1,2}|栏|牌|画|挂图|视频|片|稿|稿件|简报|信息|文章|论文|"
    r"教材|试卷|光盘|作品|问卷|一封信|明白纸|折页|专栏|展品)$"
)
_ABSTRACT = re.compile(
    r"(?:项目|问题|意见|建议|案件|岗位|课题|机制|制度|方案|事项|任务|环节|模块|措施|线索|品牌|成果|创意)$"
)
_THINGS = frozenset("个 只 件 套 条 把 床 台 份 张 顶 副 双 支 块 袋 瓶 桶 箱 盒 包 辆 架 部 根".split())
_REMARK = re.compile(r"[（(][^（()）]*[)）]$|(?:总数|总量|数量)$")
_CLAUSE = re.compile(r"[，。；：,;:\n]")

Rule = Callable[[Unit, str, str], Category | None]


def category_of(unit: Unit | None, item: str, left: str) -> Category:
    """The category of a figure with this measure word and item; `left` is the text in front of its number."""
    noun = (_REMARK.sub("", item) or item).strip("“”")
    if unit is None:
        return category_of_noun(noun) or Category.OTHER
    clause = _CLAUSE.split(left[-40:])[-1]
    for rule in _RULES:
        category = rule(unit, noun, clause)
        if category is not None:
            return category
    return category_of_noun(noun) or unit.row.category


def _award(unit: Unit, item: str, clause: str) -> Category | None:
    """A prize, or a title that is conferred: `评出优秀征文30篇`."""
    if unit.name not in _AWARD_UNITS:
        return None
    conferred = _TITLE.search(item) and _CONFERRED.search(clause)
    return Category.AWARDS if conferred or _AWARD.search(item) else None


def _enterprise(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """`规模以上工业企业63户`: enterprises are counted like households."""
    enterprises = unit.name in {"户", "户次"} and item.endswith(("企业", "公司", "单位", "机构", "市场主体"))
    return Category.ORGANIZATIONS if enterprises else None


def _reading(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """`点击量12万次`, `阅读量5本`: a measured quantity, not the things or times themselves."""
    measured = unit.name in {"次", "本", "篇"} and _READINGS.search(item)
    return Category.OTHER if measured else None


def _samples(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """`抽检食品280批次`."""
    return Category.OTHER if unit.name in {"批次", "批"} and _SAMPLED.search(clause) else None


def _periodical(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """`简报12期`, but `书法课程12期`."""
    if unit.name != "期":
        return None
    return Category.MATERIALS if _PERIODICALS.search(item) else Category.SESSIONS if item.endswith("课程") else None


def _closed(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """A measure word that decides alone."""
    return None if unit.row.open else unit.row.category


def _school_class(unit: Unit, item: str, clause: str) -> Category | None:  # noqa: ARG001
    """`六个班` are classes of a school."""
    return Category.ORGANIZATIONS if unit.name == "个" and item == "班" else None


def _goods(unit: Unit, item: str, clause: str) -> Category | None:
    """Things are materials when handed out or made for people, and `other` when bought, stored or seized."""
    category = category_of_noun(item) or unit.row.category
    if category not in {Category.MATERIALS, Category.OTHER} or not item:
        return None
    given = _GIVEN.search(clause)
    if category is Category.OTHER:
        return Category.MATERIALS if given and unit.name in _THINGS and not _ABSTRACT.search(item) else None
    return Category.OTHER if not given and _KEPT.search(clause) and not _PUBLICITY.search(item) else None


_RULES: tuple[Rule, ...] = (_award, _enterprise, _reading, _samples, _periodical, _closed, _school_class, _goods)


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
