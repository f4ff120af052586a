"""Numbers in figures of speech: stages, numbered groups, repetitions, comparisons, intervals, summed-up lists."""

from __future__ import annotations

import re

from zongji.corpus.labels import Bound, Reason
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures.exclusions.calendar import PERIOD_UNITS
from zongji.pipeline.figures.exclusions.surroundings import Surroundings

_STAGED_UNITS = Words("unit_classes", "staged")
_STAGED = WordPattern("contexts", "{staged}")
_TEAM_SIZE = WordPattern("contexts", "{team-size}")
_GROUPS = Words("unit_classes", "group")
_GROUP_BEFORE = WordPattern("contexts", r"(?:^|{before-group}|[、，。；：\s])$")
_GROUP_BEHIND = WordPattern("contexts", "{group-behind}|[、，。；\t]")
_GROUP_HONOURED = Words("contexts", "group-honoured")
_HIGHEST_GROUP = 20  # chosen: villages rarely have more groups, schools rarely more classes per year
_ONE_BEFORE = WordPattern("contexts", r"一[㐀-鿿](?<!等)[㐀-鿿]?(?<!奖)(?:{one-after})?$")
_TIMES = Words("unit_classes", "times")
_VERBAL = Words("unit_classes", "verbal")
_IN_ONE_PERIOD = WordPattern("contexts", "一(?:{one-period})$")
_STAGED_PLACE = Words("contexts", "staged-place")
_MULTIPLIED = re.compile(r"\d ?[×*xX] ?$|[×÷=≈] ?$|\\(?:times|approx|cdot) ?$")
_COMPARED = WordPattern("contexts", r"(?:{compared}|[，、]比)[^，。；]{0,3}$")
_ROUND = frozenset({1, 10, 100, 1000})
_EXTREME = re.compile(r"最[^，。；最]{1,4}的$")
_MOST = Words("contexts", "most")
_MOST_BEHIND = WordPattern("contexts", "(?:就|竟|甚至)?(?:{most-behind})")
_INTERVAL_BEHIND = WordPattern("contexts", "(?!{interval-not})[㐀-鿿]{0,4}(?:一|1)[次回趟](?!性)")
_COLLECTION = WordPattern("contexts", "[（(](?:{collection-before})?$")
_COLLECTED = WordPattern("contexts", "(?:{collected})?[）)]")
_GENRE = Words("contexts", "genre")
_LIST_UNITS = Words("unit_classes", "list-summed")
_LIST_REACH = 40  # characters; chosen: a list of three or four names is shorter
_CLAUSE_ENDS = "，。；：！？,;:!?\n“”"
_FEW = 10  # chosen: longer lists are not summed up
_SUMMED_UNITS = Words("unit_classes", "summed")
_SUMMED = Words("contexts", "summed")
_REFERRED = Words("contexts", "referred")
_POINT_UNITS = Words("unit_classes", "point")
_LISTING = WordPattern("contexts", r"[^，。；：:一]{0,8}[，：:。；、]\s*(?:{listing}|第一[，,、：:])")
_MAIN_ONES = WordPattern("contexts", "(?:{main-ones})的?[㐀-鿿]{2,6}[，：:]")
_NARRATED = Words("contexts", "narrated")
_AS_LONG_AS = re.compile("就[^，。；]{0,4}$|一天[，,]?[^，。；]{0,4}就[^，。；]{0,4}$")
_AS_LONG_BEHIND = re.compile("[，,]?[^，。；]{0,4}就[^，。；]{1,4}一天")
_PICTURE = WordPattern("contexts", "(?:{picture})(?![㐀-鿿])")


def _is_small(around: Surroundings) -> bool:
    value = around.candidate.value
    return around.is_han and value is not None and value <= _HIGHEST_GROUP and around.candidate.bound is Bound.EXACT


def stage(around: Surroundings) -> Reason | None:
    """A numbered stage, floor or method: `二期投产`, `二轮复习`, `二层展厅`, `七步洗手法`, `8人制`."""
    if around.unit == "人" and _TEAM_SIZE.match(around.behind):
        return Reason.NAME
    if around.unit not in _STAGED_UNITS.all or not _is_small(around):
        return None
    return Reason.ORDINAL if _STAGED.match(around.unit + around.behind) else None


def enumerated(around: Surroundings) -> Reason | None:
    """`一则，…；二则，…`: a list in words."""
    told = around.unit == "则" and around.is_han and around.behind[:1] in {"，", ","}
    return Reason.LIST_MARKER if told and (not around.before or around.before[-1] in _CLAUSE_ENDS) else None


def stage_of_place(around: Surroundings) -> Reason | None:
    """`产业园二期`, `花园小区三期`: a numbered part of a place."""
    if around.unit not in {"期", "标段"} or not _is_small(around):
        return None
    return Reason.ORDINAL if around.before.endswith(_STAGED_PLACE.ordered) else None


def numbered_group(around: Surroundings) -> Reason | None:
    """A numbered group: `从三组接到七组`, `五组的潘家`, `大二班`."""
    if around.unit not in _GROUPS.all or not _is_small(around):
        return None
    named = _GROUP_BEFORE.search(around.before) and _GROUP_BEHIND.match(around.behind)
    honoured = around.unit == "班" and around.behind.startswith(_GROUP_HONOURED.ordered)  # 装配二班被授予
    in_class = around.unit == "班" and around.before.endswith(("大", "中", "小"))
    return Reason.ORDINAL if named or honoured or in_class else None


def repeated(around: Surroundings) -> Reason | None:
    """The second of a pair of ones: `一遍又一遍`, `一件接一件`, `一人一册`."""
    once = around.candidate.numeral == "一" and around.candidate.bound is Bound.EXACT and bool(around.unit)
    if around.unit in _TIMES.all and _IN_ONE_PERIOD.search(around.before):
        return None  # 一季度一次
    return Reason.IDIOM if once and _ONE_BEFORE.search(around.before) else None


def product(around: Surroundings) -> Reason | None:
    """`4×50米`, `得分×40%`: a race or a size as a product, a term of a formula."""
    return Reason.SIZE_IN_NAME if _MULTIPLIED.search(around.before) else None


def comparison(around: Surroundings) -> Reason | None:
    """A round number that only means "many": `胜过开十次大会`, and a superlative: `最远的一次`."""
    candidate = around.candidate
    if not around.is_han or not around.unit or candidate.value not in _ROUND:
        return None
    if candidate.value == 1 and (_EXTREME.search(around.before) or _is_most(around)):
        return Reason.INDEFINITE
    return Reason.IDIOM if _COMPARED.search(around.before) else None


def _is_most(around: Surroundings) -> bool:
    """`最多一场超过五百人`."""
    most = around.text[around.candidate.start : around.candidate.number_start] in _MOST.all
    return most and _MOST_BEHIND.match(around.behind) is not None


def introduced(around: Surroundings) -> Reason | None:
    """`收获有三个，第一是…`, `两个主要责任：安全、质量`: the count of the points that follow."""
    value = around.candidate.value
    if (
        not _is_small(around)
        or around.unit not in _POINT_UNITS.all
        or not isinstance(value, int)
        or not 1 < value <= _FEW
    ):
        return None
    if _LISTING.match(around.behind):
        return Reason.ANNOUNCEMENT
    lead = _MAIN_ONES.match(around.behind)
    if lead is None:
        return None
    rest = around.text[around.candidate.end + lead.end() :][:_LIST_REACH]
    points = re.split("[。；！？\n]", rest, maxsplit=1)[0]
    return Reason.ANNOUNCEMENT if lead[0][-1] in "：:" or points.count("、") == value - 1 else None


def narrated(around: Surroundings) -> Reason | None:
    """`有一次，一位老人…`, `在一天就干一天`: no occasion or day is counted."""
    if around.candidate.numeral != "一" or around.candidate.bound is not Bound.EXACT:
        return None
    if around.unit in {"次", "回"} and around.before.endswith(_NARRATED.ordered) and "每" not in around.before[-5:]:
        return Reason.INDEFINITE
    day = around.unit == "天" and (_AS_LONG_AS.search(around.before) or _AS_LONG_BEHIND.match(around.behind))
    return Reason.IDIOM if day else None


def interval(around: Surroundings) -> Reason | None:
    """`两周谈话一次`: the number is the interval."""
    if around.unit not in PERIOD_UNITS.all and around.unit != "小时":
        return None
    return Reason.PER_BASE if _INTERVAL_BEHIND.match(around.behind) else None


def collection(around: Surroundings) -> Reason | None:
    """`（三篇）`, `（精选5篇）` after the title of a template collection, `述职报告1500字` in a list of titles."""
    if around.unit in {"篇", "则"} and _COLLECTION.search(around.before) and _COLLECTED.match(around.behind):
        return Reason.NAME
    titled = around.candidate.bound is Bound.EXACT and around.behind[:1] in {"", "\n"}
    return (
        Reason.NAME if titled and around.unit in {"篇", "则", "字"} and around.before.endswith(_GENRE.ordered) else None
    )


def quoted_words(around: Surroundings) -> Reason | None:
    """`“清源”两个字`, `三个“不”`: words are counted."""
    if _is_small(around) and (around.unit == "字" or (around.unit == "个" and around.behind[:1] == "字")):
        return Reason.SLOGAN  # 九字方针, 悟出三个字
    if not _is_small(around) or around.unit != "个":
        return None
    spelled = around.before[-1:] in {"”", '"', "》"} and around.behind[:1] in {"字", "词"}
    return Reason.SLOGAN if spelled or re.match(r"[“\"][㐀-鿿]{1,2}[”\"]", around.behind) else None


def list_summed_up(around: Surroundings) -> Reason | None:
    """`火灾、走失三类事故`: the count of what was just listed."""
    value = around.candidate.value
    if (
        around.unit not in _LIST_UNITS.all
        or not _is_small(around)
        or not isinstance(value, int)
        or not 1 < value <= _FEW
    ):
        return None
    before = around.text[max(0, around.candidate.start - _LIST_REACH) : around.candidate.start]
    clause = before[max(map(before.rfind, _CLAUSE_ENDS)) + 1 :]
    return Reason.ANNOUNCEMENT if clause.count("、") == value - 1 and clause[-1:] not in {"、", "的"} else None


def reference(around: Surroundings) -> Reason | None:
    """`以上六项`, `这三个工作群`, `两项合计`: things already counted."""
    if not _is_small(around) or not around.unit or around.unit in PERIOD_UNITS.all:
        return None
    summed = around.unit in _SUMMED_UNITS.all and around.behind.startswith(_SUMMED.ordered)
    return Reason.ANNOUNCEMENT if summed or around.before.endswith(_REFERRED.ordered) else None


def figure_of_speech(around: Surroundings) -> Reason | None:
    """`过三道关`, `算好两本账`, `织密一张网`: a metaphor, not a count."""
    if not _is_small(around) or not around.unit or around.unit in _VERBAL.all:
        return None
    return Reason.IDIOM if _PICTURE.match(around.behind) else None
