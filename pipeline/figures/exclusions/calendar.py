"""Dates, times of day, years, periods and ages: numbers of the calendar."""

from __future__ import annotations

import re

from zongji.corpus.labels import Bound, Reason
from zongji.pipeline.figures.candidates import Candidate
from zongji.pipeline.figures.exclusions.contexts import ContextRole, pattern
from zongji.pipeline.figures.exclusions.surroundings import Surroundings
from zongji.pipeline.figures.numerals import is_year

PERIOD_UNITS = frozenset(
    {
        "年",
        "月",
        "个月",
        "周",
        "天",
        "日",
        "季度",
        "个季度",
        "学期",
        "个学期",
        "年度",
        "学年",
        "个年头",
        "夜",
        "晚",
        "周年",
        "星期",
        "个星期",
    }
)
_HALF_YEAR_BEFORE = re.compile(r"(?:[了动护训]|持续|观察|跟踪|试行|试用|脱产|延长|时间|缩短|暂停)$")
_WITHIN_LIMIT = ("在", "于")
_DATE_BEHIND = re.compile(
    r" ?(?:年(?!以上|以下|以内|左右|级)|月(?!以上)(?:份|中旬|上旬|下旬|底|初|末)?|日(?![元均])|号|世纪|年代|"
    r"[—–\-~～至到]+ ?\d{1,2} ?[月日])"
)
_DATE_NUMERIC = re.compile(
    r"(?:19|20)\d\d ?[-./—] ?\d{1,2}(?: ?[-./—] ?\d{1,2})?(?!\d)|\d{1,2}[.·]\d{1,2}(?=国际|全国|世界|禁毒|"
    r"防灾|消费|宪法|地震|爱|中国|[”\"日])"
)
_PERIOD_BEHIND = re.compile(
    r"(?:以?来|以后|之后|的光景|的日子|间|里|之?内|之?前|之?后|期间|时间内|规划|计划|行动|攻坚|任期|发展|目标|工作规划|专业成长|前|后|中)"
)
_PERIOD_BEFORE = re.compile(
    r"(?:近|这|过去|过去的|(?<!之)前|(?<![前滞落延推错])后|最近|上|下|未来|今后|头|短短|仅|每|第|在|随后|接下来|当)$"
)
# A time limit and its change: `由法定7日压缩至3日以内`.
_SHORTENED_BEFORE = re.compile(r"(?:法定|压缩|缩短|延长|减少|压减)(?:时限)?(?:至|到|为)?$")
_SHORTENED_BEHIND = re.compile(r"日(?:以内|左右|以上)?(?:压缩|缩短|延长|减少|压减)")
_DAYS = re.compile(r"日(?:之|以)?内")
AGE_UNITS = frozenset({"岁", "周岁"})
_TIME_BEHIND = re.compile(
    r" ?(?:时(?!尚|间|代|期|长)(?:\d|[半整许前后左右至到在，。,的、]|[一二三四五]|$)|点(?:钟|半|整|许|\d|"
    r"[前后左右至到，。,、；;]|[一二三四五]十?分)|[:：]\d\d)"
)
_TIME_BEFORE = ("上午", "下午", "晚上", "早上", "中午", "凌晨", "傍晚", "时", "点", "时 ", "点 ", ":", "：")


def states_duration(before: str) -> bool:
    """True where the words before a length of time say that it is one: `为期`, `历时`, `工期为`."""
    cue = pattern(r"(?:WORDS)(?:为|约|近|了|是|在|到|达)?[：:]?$", ContextRole.BEFORE_DURATION)
    return cue.search(before) is not None


def blanked_year(around: Surroundings) -> Reason | None:
    """`20xx年`, `20__年度`: the first two digits of a year whose others are blanked."""
    if around.candidate.numeral in {"20", "19"} and re.match(r"[xX×*_○〇]{1,4}", around.next):
        return Reason.YEAR
    if around.candidate.value is None and re.search(r"(?:20|19)$", around.before):
        return Reason.YEAR
    return None


def date(around: Surroundings) -> Reason | None:
    """Dates and years: `3月20日`, `2023年`, `二〇二三年`, `9.17`."""
    candidate = around.candidate
    numeral = candidate.numeral
    if is_year(numeral) and (not around.unit or around.unit in PERIOD_UNITS):
        return Reason.YEAR
    if _DATE_NUMERIC.match(around.text, candidate.number_start) and not around.unit.endswith("%"):
        return Reason.DATE
    if candidate.value is None and around.next.startswith(("年", "月", "日", "季度")):
        return Reason.DATE
    if numeral == "半" and around.next.startswith("年") and _HALF_YEAR_BEFORE.search(around.before):
        return None
    if around.next.startswith("年") and not states_duration(around.before):
        return Reason.PERIOD if _is_small(candidate) else Reason.YEAR
    if _DATE_BEHIND.match(around.next) is None:
        return None
    if around.next.startswith("日") and (
        _SHORTENED_BEFORE.search(around.before) or _SHORTENED_BEHIND.match(around.next)
    ):
        return None
    if around.candidate.bound is Bound.AT_MOST and around.behind[:1] != "至" and _DAYS.match(around.next):
        return None
    if around.next.lstrip()[:1] == "日" and (states_duration(around.before) or around.next.startswith("日游")):
        return None
    return None if around.next.startswith("年") or around.unit == "年" else Reason.DATE


def _is_small(candidate: Candidate) -> bool:
    return candidate.value is not None and candidate.value < 200


def time(around: Surroundings) -> Reason | None:
    """Times of day: `8点半`, `9:30`."""
    if _TIME_BEHIND.match(around.next) and around.unit not in {"小时"}:
        return Reason.TIME
    if around.candidate.numeral == "半" and around.before.endswith(("点", "时")):
        return Reason.TIME
    return Reason.TIME if around.before.endswith(_TIME_BEFORE) and around.unit in {"", "分", "点"} else None


_REACHED = re.compile("(?:达到?|满|不少于|人均|累计|共计?)$")


def age(around: Surroundings) -> Reason | None:
    """`3-5周岁幼儿`, `60岁以上`."""
    return (
        Reason.AGE
        if around.unit in AGE_UNITS or re.match(r"[-—~～至到]?\d*(?:周岁|岁)|后(?:青年|干部|大学|年轻)", around.next)
        else None
    )


def period(around: Surroundings) -> Reason | None:
    """The period a statement refers to: `五年来`, `三年行动计划`, `近两年`."""
    candidate = around.candidate
    if around.unit == "小时" and around.candidate.numeral == "24":  # 24小时值班, but 学时达到24小时
        return None if states_duration(around.before) or _REACHED.search(around.before) else Reason.PERIOD
    if around.unit not in PERIOD_UNITS:
        return None
    if around.unit == "周年":
        return Reason.ORDINAL
    if around.before.endswith("连续") and around.unit == "年":
        return Reason.PERIOD
    if states_duration(around.before) and around.behind[:1] in "后前":
        return None
    if _PERIOD_BEHIND.match(around.behind) and not around.behind.startswith("前完成"):
        return Reason.PERIOD
    if around.candidate.bound is Bound.ABOUT and around.unit == "年":
        return Reason.PERIOD
    if states_duration(around.before):
        return None
    if candidate.bound is Bound.AT_MOST and around.before.endswith(_WITHIN_LIMIT):
        return None
    return (
        Reason.PERIOD
        if _PERIOD_BEFORE.search(around.before) and around.unit in {"年", "个月", "天", "周", "学期", "季度", "个季度"}
        else None
    )
