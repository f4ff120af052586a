"""Calendar numbers: dates, times of day, years, periods and ages."""

from __future__ import annotations

import re

from zongji.corpus.labels import Bound, Reason
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures.candidates import Candidate
from zongji.pipeline.figures.exclusions.surroundings import Surroundings
from zongji.pipeline.figures.numerals import is_year

PERIOD_UNITS = Words("unit_classes", "period")
AGE_UNITS = Words("unit_classes", "age")
_PERIOD_BY_CONTEXT = Words("unit_classes", "period-by-context")
_YOUNGEST_YEAR = 200  # chosen: `180年` may be a duration, `1980年` and up is a year
_DURATION = WordPattern("contexts", r"(?:{before-duration})(?:{duration-verb})?[：:]?$")
_HALF_YEAR_BEFORE = WordPattern("contexts", r"(?:{before-half-year})$")
_WITHIN_LIMIT = ("在", "于")
_DATE_BEHIND = WordPattern("contexts", r" ?(?:{date-behind}|[—–\-~～至到]+ ?\d{1,2} ?[月日])")
_DATE_NUMERIC = WordPattern(
    "contexts",
    r"(?:19|20)\d\d ?[-./—] ?\d{1,2}(?: ?[-./—] ?\d{1,2})?(?!\d)|\d{1,2}[.·]\d{1,2}(?={named-day}|[”\"日])",
)
_PERIOD_BEHIND = WordPattern("contexts", "{period-behind}")
_PERIOD_BEFORE = WordPattern("contexts", "(?:{period-before})$")
# A time limit and its change: `由法定7日压缩至3日以内`.
_SHORTENED_BEFORE = WordPattern("contexts", "(?:法定|{shortened})(?:时限)?(?:至|到|为)?$")
_SHORTENED_BEHIND = WordPattern("contexts", "日(?:以内|左右|以上)?(?:{shortened})")
_DAYS = re.compile(r"日(?:之|以)?内")
_TIME_BEHIND = WordPattern(
    "contexts",
    r" ?(?:时(?!{not-hour})(?:\d|{behind-hour}|[在的，。,、一二三四五]|$)"
    r"|点(?:\d|钟|{behind-hour}|[，。,、；;]|[一二三四五]十?分)|[:：]\d\d)",
)
_TIME_BEFORE = Words("contexts", "before-time")
_CLOCK_BEFORE = ("时", "点", "时 ", "点 ", ":", "：")
_COUNTDOWN = re.compile("[TD][-—–]$")  # T-3天
_HYPHENS = frozenset("-–—")
_COLONS = frozenset(":：")
_HOUR_BEFORE = re.compile(r"(?<!\d)\d{1,2}[:：]$")
_MINUTE_DIGITS = 2
_REACHED = WordPattern("contexts", "(?:{reached})$")
_AGE_BEHIND = WordPattern("contexts", r"[-—~～至到]?\d*(?:周岁|岁)|后(?:{born-after})")


def states_duration(before: str) -> bool:
    """True if the words before a duration mark it as one: `为期`, `历时`, `工期为`."""
    return _DURATION.search(before) is not None


def blanked_year(around: Surroundings) -> Reason | None:
    """`20xx年`, `20__年度`: the first two digits of a year with the others blanked."""
    if around.candidate.numeral in {"20", "19"} and re.match(r"[xX×*_○〇]{1,4}", around.next):
        return Reason.YEAR
    if around.candidate.value is None and re.search(r"(?:20|19)$", around.before):
        return Reason.YEAR
    return None


def date(around: Surroundings) -> Reason | None:
    """Dates and years: `3月20日`, `2023年`, `二〇二三年`, `9.17`."""
    candidate = around.candidate
    numeral = candidate.numeral
    if is_year(numeral) and (not around.unit or around.unit in PERIOD_UNITS.all):
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
    return candidate.value is not None and candidate.value < _YOUNGEST_YEAR


def clock(around: Surroundings) -> Reason | None:
    """The minutes of `14:30 人员集合`, before any word; the end of a ratio, `2:1`; the days of a countdown, `T-3天`."""
    if around.before[-1:] in _HYPHENS and _COUNTDOWN.search(around.before):
        return Reason.DATE
    if around.before[-1:] not in _COLONS or around.is_han or not around.candidate.numeral.isdecimal():
        return None
    hour = _HOUR_BEFORE.search(around.before)
    if hour is None:
        return None
    return Reason.TIME if len(around.candidate.numeral) == _MINUTE_DIGITS else Reason.NO_UNIT


def time(around: Surroundings) -> Reason | None:
    """Times of day: `8点半`, `9:30`."""
    if _TIME_BEHIND.match(around.next) and around.unit not in {"小时"}:
        return Reason.TIME
    if around.candidate.numeral == "半" and around.before.endswith(("点", "时")):
        return Reason.TIME
    if around.unit not in {"", "分", "点"}:
        return None
    return Reason.TIME if around.before.endswith((*_TIME_BEFORE.ordered, *_CLOCK_BEFORE)) else None


def age(around: Surroundings) -> Reason | None:
    """`3-5周岁幼儿`, `60岁以上`."""
    return Reason.AGE if around.unit in AGE_UNITS.all or _AGE_BEHIND.match(around.next) else None


def period(around: Surroundings) -> Reason | None:
    """The period of a statement: `五年来`, `三年行动计划`, `近两年`."""
    candidate = around.candidate
    if around.unit == "小时" and around.candidate.numeral == "24":  # 24小时值班, but 学时达到24小时
        return None if states_duration(around.before) or _REACHED.search(around.before) else Reason.PERIOD
    if around.unit not in PERIOD_UNITS.all:
        return None
    if around.unit == "周年":
        return Reason.ORDINAL
    if around.before.endswith("连续") and around.unit == "年":
        return Reason.PERIOD
    if states_duration(around.before) and around.behind[:1] in "后前":
        return None
    if _PERIOD_BEHIND.match(around.behind):
        return Reason.PERIOD
    if states_duration(around.before):
        return None
    if around.candidate.bound is Bound.ABOUT and around.unit == "年":
        return Reason.PERIOD
    if candidate.bound is Bound.AT_MOST and around.before.endswith(_WITHIN_LIMIT):
        return None
    stated = around.unit in _PERIOD_BY_CONTEXT.all and _PERIOD_BEFORE.search(around.before)
    return Reason.PERIOD if stated else None
