"""Numbers in turns of speech: stages, numbered groups, repetitions, comparisons, intervals, lists summed up."""

from __future__ import annotations

import re

from zongji.corpus.labels import Bound, Reason
from zongji.pipeline.figures.exclusions.calendar import PERIOD_UNITS
from zongji.pipeline.figures.exclusions.contexts import ContextRole, pattern
from zongji.pipeline.figures.exclusions.surroundings import Surroundings

_STAGED = frozenset("期 轮 次 层 楼 步 级 元".split())
_GROUPS = frozenset("组 队 班 连 排 营 站 路 社".split())
_GROUP_BEFORE = re.compile(r"(?:^|[从到在由至及和与、，。；：\s村镇大小中])$")
_GROUP_BEHIND = re.compile(r"[的、，。；到至接和与]")
_GROUP_HONOURED = re.compile(r"(?:被|荣?获|荣立|捧回|夺得)")
_HIGHEST_GROUP = 20
_ONE_BEFORE = re.compile(r"一[㐀-鿿](?<!等)[㐀-鿿]?(?<!奖)(?:又|接|挨|连|比)?$")
_TIMES = frozenset("次 回 趟 遍 轮 期 场".split())
_VERBAL = frozenset("次 回 趟 遍".split())  # 清一次|账
_IN_ONE_PERIOD = re.compile(r"一(?:季度|个?月|个?学期|年|周|天|旬)$")
_STAGED_PLACE = re.compile(
    r"(?:[业技流]园|园区|小区|工程|厂房?|花园|家园|苑|大厦|[海河]港|电站|水库|管网|加固|改造项目)$"
)
_MULTIPLIED = re.compile(r"\d ?[×*xX] ?$")
_COMPARED = re.compile(r"(?:胜过|强过|强似|好过|赛过|抵得上|顶得上|[，、]比)[^，。；]{0,3}$")
_ROUND = frozenset({1, 10, 100, 1000})
_EXTREME = re.compile(r"最[^，。；最]{1,4}的$")
_MOST_BEHIND = re.compile(r"(?:就|竟|甚至)?(?:超过?|达|突破|有(?!的))")
_INTERVAL_BEHIND = re.compile(r"(?!为|共|计|内|以)[㐀-鿿]{0,4}(?:一|1)[次回趟](?![性])")
_COLLECTION = re.compile(r"[（(](?:精选|通用|推荐|热门|合集|共|含|内含|附)?$")
_COLLECTED = re.compile(r"(?:汇编|合集|大全|范文|精选|集锦)?[）)]")
_GENRE = re.compile(r"(?:文稿|文案|范文|总结|报告|计划|方案|心得|体会|讲话稿?|发言稿?|述职|简报|模板|汇编|作文)$")
_LIST_UNITS = frozenset("类 种 组 块 项 大 样 条 点 级 方面 门 路".split())
_LIST_REACH = 40
_CLAUSE_ENDS = "，。；：！？,;:!?\n“”"
_FEW = 10
_SUMMED = ("合计", "共计", "总计", "相加", "加起来", "合起来", "相抵")
_REFERRED = ("以上", "上述", "前述", "这", "那", "此", "该")


def _is_small(around: Surroundings) -> bool:
    value = around.candidate.value
    return around.is_han and value is not None and value <= _HIGHEST_GROUP and around.candidate.bound is Bound.EXACT


def stage(around: Surroundings) -> Reason | None:
    """A stage, a floor or a method by its number: `二期投产`, `二轮复习`, `二层展厅`, `七步洗手法`, `8人制`."""
    if around.unit == "人" and re.match(r"制(?![作造定止成度])", around.behind):
        return Reason.NAME
    if around.unit not in _STAGED or not _is_small(around):
        return None
    staged = pattern("(?:WORDS)", ContextRole.STAGED)
    return Reason.ORDINAL if staged.match(around.unit + around.behind) else None


def enumerated(around: Surroundings) -> Reason | None:
    """`一则，…；二则，…`: a list told in words."""
    told = around.unit == "则" and around.is_han and around.behind[:1] in {"，", ","}
    return Reason.LIST_MARKER if told and (not around.before or around.before[-1] in _CLAUSE_ENDS) else None


def stage_of_place(around: Surroundings) -> Reason | None:
    """`产业园二期`, `花园小区三期`: the part of a place by its number."""
    if around.unit not in {"期", "标段"} or not _is_small(around):
        return None
    return Reason.ORDINAL if _STAGED_PLACE.search(around.before) else None


def numbered_group(around: Surroundings) -> Reason | None:
    """A group by its number: `从三组接到七组`, `五组的潘家`, `大二班`."""
    if around.unit not in _GROUPS or not _is_small(around):
        return None
    named = _GROUP_BEFORE.search(around.before) and _GROUP_BEHIND.match(around.behind)
    honoured = around.unit == "班" and _GROUP_HONOURED.match(around.behind)  # 装配二班被授予
    in_class = around.unit == "班" and around.before.endswith(("大", "中", "小"))
    return Reason.ORDINAL if named or honoured or in_class else None


def repeated(around: Surroundings) -> Reason | None:
    """The second of two ones: `一遍又一遍`, `一件接一件`, `一人一册`."""
    once = around.candidate.numeral == "一" and around.candidate.bound is Bound.EXACT and bool(around.unit)
    if around.unit in _TIMES and _IN_ONE_PERIOD.search(around.before):
        return None  # 一季度一次
    return Reason.IDIOM if once and _ONE_BEFORE.search(around.before) else None


def product(around: Surroundings) -> Reason | None:
    """`4×50米`: a race or a size by its factors."""
    return Reason.SIZE_IN_NAME if _MULTIPLIED.search(around.before) else None


def comparison(around: Surroundings) -> Reason | None:
    """A round number that only says "much": `胜过开十次大会`, and the one that stands out: `最远的一次`."""
    candidate = around.candidate
    if not around.is_han or not around.unit or candidate.value not in _ROUND:
        return None
    if candidate.value == 1 and (_EXTREME.search(around.before) or _is_most(around)):
        return Reason.INDEFINITE
    return Reason.IDIOM if _COMPARED.search(around.before) else None


def _is_most(around: Surroundings) -> bool:
    """`最多一场超过五百人`."""
    most = around.text[around.candidate.start : around.candidate.number_start] in {"最多", "最少", "最大", "最小"}
    return most and _MOST_BEHIND.match(around.behind) is not None


def interval(around: Surroundings) -> Reason | None:
    """`两周谈话一次`: the number says per how long."""
    if around.unit not in PERIOD_UNITS and around.unit != "小时":
        return None
    return Reason.PER_BASE if _INTERVAL_BEHIND.match(around.behind) else None


def collection(around: Surroundings) -> Reason | None:
    """`（三篇）`, `（精选5篇）` behind the title of a collection of templates, `述职报告1500字` in a list of titles."""
    if around.unit in {"篇", "则"} and _COLLECTION.search(around.before) and _COLLECTED.match(around.behind):
        return Reason.NAME
    titled = around.candidate.bound is Bound.EXACT and around.behind[:1] in {"", "\n"}
    return Reason.NAME if titled and around.unit in {"篇", "则", "字"} and _GENRE.search(around.before) else None


def quoted_words(around: Surroundings) -> Reason | None:
    """`“清源”两个字`, `三个“不”`: what is counted are words."""
    if _is_small(around) and (around.unit == "字" or (around.unit == "个" and around.behind[:1] == "字")):
        return Reason.SLOGAN  # 九字方针, 悟出三个字
    if not _is_small(around) or around.unit != "个":
        return None
    spelled = around.before[-1:] in {"”", '"', "》"} and around.behind[:1] in {"字", "词"}
    return Reason.SLOGAN if spelled or re.match(r"[“\"][㐀-鿿]{1,2}[”\"]", around.behind) else None


def list_summed_up(around: Surroundings) -> Reason | None:
    """`火灾、走失三类事故`: the number of what was just listed."""
    value = around.candidate.value
    if around.unit not in _LIST_UNITS or not _is_small(around) or not isinstance(value, int) or not 1 < value <= _FEW:
        return None
    before = around.text[max(0, around.candidate.start - _LIST_REACH) : around.candidate.start]
    clause = before[max(map(before.rfind, _CLAUSE_ENDS)) + 1 :]
    return Reason.ANNOUNCEMENT if clause.count("、") == value - 1 and clause[-1:] not in {"、", "的"} else None


def reference(around: Surroundings) -> Reason | None:
    """`以上六项`, `这三个工作群`, `两项合计`: things that were counted before."""
    if not _is_small(around) or not around.unit or around.unit in PERIOD_UNITS:
        return None
    summed = around.unit in {"项", "者", "块", "笔"} and around.behind.startswith(_SUMMED)
    return Reason.ANNOUNCEMENT if summed or around.before.endswith(_REFERRED) else None


def figure_of_speech(around: Surroundings) -> Reason | None:
    """`过三道关`, `算好两本账`, `织密一张网`: a picture, no count."""
    if not _is_small(around) or not around.unit or around.unit in _VERBAL:
        return None
    picture = pattern(r"(?:WORDS)(?![㐀-鿿])", ContextRole.PICTURE)
    return Reason.IDIOM if picture.match(around.behind) else None
