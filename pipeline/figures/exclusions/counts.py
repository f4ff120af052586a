"""Counts without a statement: announcements, thresholds, `一个` for "a", bases of a "per", bare numbers."""

from __future__ import annotations

import re

from zongji.corpus.labels import Bound, Category, Reason
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures.exclusions.calendar import PERIOD_UNITS, states_duration
from zongji.pipeline.figures.exclusions.surroundings import Surroundings

_POINTS = WordPattern("contexts", "点(?:{point-behind}|[：:，。,]|$)")
_THRESHOLD_BEHIND = WordPattern("contexts", r"的[，,]?(?!{not-threshold})[㐀-鿿]")
_THRESHOLD_CATEGORIES = frozenset(
    {
        Category.MONEY,
        Category.PARTICIPANTS,
        Category.OTHER,
        Category.DURATION,
        Category.SESSIONS,
        Category.ORGANIZATIONS,
    }
)
_BEYOND_CATEGORIES = _THRESHOLD_CATEGORIES | {Category.RATE}  # 破损率高于3%|的供应商
_LIMIT_OF = WordPattern("contexts", r"(?!{no-condition-behind})[㐀-鿿]")
# After a number that is the condition of a sanction, before one that is hypothetical.
_SANCTIONED = WordPattern(
    "contexts",
    r"(?:及?以上)?(?:{failed}|未[㐀-鿿]{1,4})?(?:者|的[，,]?)(?:{sanctioned})?[，,]?(?:{sanction}|由[㐀-鿿]{2,8}约谈)"
    r"|{sanction-alone}",
)
# After a limit that triggers something: `超过20万票|启动红色预警`, `大于3毫米|立即报告`, `低于90分|者`.
_TRIGGERED = WordPattern("contexts", r"(?:时[，,]?)?(?:{triggered})|的?(?:{limit-named})")
_MISSED = Words("contexts", "missed")
_CANCELLED = WordPattern("contexts", r"[者的时]?[，,]?(?:{cancelled})")
_GAINED = Words("contexts", "gained")
_WORK_SIZES = Words("contexts", "size-of-work")
_SUPPOSED = WordPattern("contexts", r"(?:^|[，。；：（(\n])(?:{supposing})[^，。；\d]{0,10}$")
_BEYOND = Words("contexts", "beyond")
_SCORE_BEFORE = Words("contexts", "before-score")
_SERVED = Words("contexts", "served")
_EVENT_UNITS = Words("unit_classes", "held-one")
_COUNTED_CATEGORIES = frozenset({Category.MONEY, Category.RATE, Category.DURATION})
_SHORT_PERIODS = Words("unit_classes", "short-period")
_NOUN_BEFORE_COUNT = WordPattern("contexts", r"(?:[㐀-鿿]{2}|[㐀-鿿][”》\"])(?:{before-end})?$")
_ONCE_THROUGH = Words("unit_classes", "once-through")
_DONE_ONCE = WordPattern("contexts", "(?:{done-once})$")  # 巡查了|一遍, 笑声|一片
_NUMBERED_WITH = Words("unit_classes", "one-of-a-kind")
_ONE_WON = WordPattern("contexts", r"[^，。；,;]{0,10}?(?:{won})")
_ONE_HAPPENED = WordPattern("contexts", r"(?<![没未无])(?<!没有)(?:{happened})了?$")
_ONE_BOUGHT = WordPattern("contexts", "(?:{bought})[置了买]?$")
_BOUGHT_UNITS = Words("unit_classes", "bought")
_LIST_REACH = 40  # chosen: characters of a clause that may hold a list of counted things
_LAST_CLAUSE = re.compile(r"(?s:.*)[，。；：！？\n]")
_COUNTED_BEFORE = re.compile(r"(?:\d|[二两三四五六七八九十])[名位人台套间辆部块张座个所家支][^、\d]{1,14}[、和与及]$")
_EQUIPPED = WordPattern("contexts", "(?:{equipped})")
_ONE_MORE_BEFORE = re.compile(r"一[㐀-鿿][^、一]{1,10}[、和与及]$")
_ONE_MORE_BEHIND = re.compile(r"[^，。；：、一]{1,10}[、和与及]一[㐀-鿿]")
_EQUIPMENT_UNITS = Words("unit_classes", "equipment")
_ENDS_CLAUSE = WordPattern("contexts", r"\s*(?:[，。；、,;！!）)\n]|$|{goes-on})")
_VOTED = Words("contexts", "voted")
_HALVES = Words("contexts", "half")
_AMOUNT_WITHOUT_UNIT = 1000  # chosen: a smaller bare number after `播放量达` is more likely a share or an index
_LEAD = "(?:{announced-lead})?"
_COUNT = rf"(?:{{announced-measure}}|[道重])?大?{_LEAD}"
_ANNOUNCED = WordPattern("contexts", _COUNT + "(?:{announced})")
_NOT_ANNOUNCED = WordPattern("contexts", _COUNT + "(?:{not-announced})")
_ANNOUNCED_BY_CONTEXT = WordPattern("contexts", rf"(?:{{announced-measure}}){_LEAD}(?:{{announced-by-context}})")
_ENUMERATES = re.compile(r"[^，。；,;\n]{0,16}[：:]")
_LONGEST_LIST = 20  # chosen: announcements rarely have more points than that
_ANNOUNCING = WordPattern("contexts", "(?:{before-announcement})(?:{announcing})?$")
_LISTED_KIND = Words("contexts", "listed-kind")
_SMALL_THING = Words("contexts", "small-thing")
_NONE_BEFORE = Words("contexts", "before-none")
_EACH_BEFORE = Words("contexts", "before-each")
_HELD_BEFORE = WordPattern("contexts", r"(?:{before-definite}|每[^，。；,;]{1,10})(?:{done})?$")
_EACH = WordPattern("contexts", r"(?:{each})[^，。；,;]{0,8}$")
# The name of an index, and the change from its old value to the new: `翻台率|1.8`, `利用系数由|0.51|提到|0.57`.
_INDEX_BEFORE = WordPattern(
    "contexts",
    r"(?:[㐀-鿿](?<![效功])率|{index-name})"
    r"(?:已|均|仅)?(?:(?:{index-moved})[到至为]|(?:{index-verb})(?:上[年月]的?|去年的?)?|达到)?"
    r"(?:\d+\.\d+(?:{index-moved})[到至为])?$",
)
_AMOUNT_BEFORE = WordPattern("contexts", "(?:{before-amount})(?:{amount-adverb})?(?:{amount-verb})?$")
_SUM_BEFORE = Words("contexts", "before-sum")
_EACH_UNITS = Words("unit_classes", "one-by-one")


def per_base(around: Surroundings) -> Reason | None:
    """`每1万人左右建一所`: the number is the base; the figure is the other one."""
    return Reason.PER_BASE if around.before.endswith("每") else None


def denominator(around: Surroundings) -> Reason | None:
    """The maximum score: `满分100分`, `5分制`."""
    return (
        Reason.DENOMINATOR if around.before.endswith(_SCORE_BEFORE.ordered) or around.next.startswith("分制") else None
    )


def threshold(around: Surroundings) -> Reason | None:
    """`50万元以上的行政村`: a condition on others, not a quantity stated."""
    candidate = around.candidate
    if candidate.unit is None:
        return None
    if _is_condition(around):
        return Reason.THRESHOLD
    if candidate.bound not in {Bound.AT_LEAST, Bound.AT_MOST, Bound.OVER} or _is_gained(around):
        return None
    if around.text.startswith(_BEYOND.ordered, candidate.start) and candidate.unit.row.category in _BEYOND_CATEGORIES:
        return Reason.THRESHOLD if around.behind.startswith("的") else None
    if around.text[candidate.end - 1] not in "上下内" or candidate.unit.row.category not in _THRESHOLD_CATEGORIES:
        return None
    if _THRESHOLD_BEHIND.match(around.behind):
        return Reason.THRESHOLD
    hard = candidate.unit.row.category in {Category.MONEY, Category.OTHER} or candidate.unit.name == "人"
    return Reason.THRESHOLD if hard and _LIMIT_OF.match(around.behind) else None


def _is_gained(around: Surroundings) -> bool:
    """`吸引超过3000人次的观众`, `提交50字以内的方案`: the count or the size itself."""
    if around.unit in _WORK_SIZES.all and around.candidate.bound is Bound.AT_MOST:
        return True
    unit = around.candidate.unit
    people = unit is not None and unit.row.category is Category.PARTICIPANTS
    return people and (around.unit == "人次" or around.before.rstrip(" ").endswith(_GAINED.ordered))


def _is_condition(around: Surroundings) -> bool:
    """`旷课两次者取消资格`, `超员20%以上的，一律扣车`, `若气温超过35℃`, `以60分为界`, `党龄满50年的`."""
    if around.behind.startswith("为界"):
        return True
    if (
        around.candidate.bound is Bound.EXACT
        and around.before.endswith(_SERVED.ordered)
        and around.behind.startswith("的")
    ):
        return around.candidate.unit is not None and around.candidate.unit.row.category == "duration"
    if _SANCTIONED.match(around.behind):
        return True
    limited = around.candidate.bound in {Bound.AT_LEAST, Bound.AT_MOST, Bound.OVER}
    if limited and _TRIGGERED.match(around.behind):
        return True
    return limited and _SUPPOSED.search(around.before) is not None


def unmet(around: Surroundings) -> Reason | None:
    """`不足3人则取消`, `报名人数少于8人的，合并举行`: a condition."""
    candidate = around.candidate
    if candidate.bound is not Bound.AT_MOST or not around.text.startswith(_MISSED.ordered, candidate.start):
        return None
    return Reason.THRESHOLD if _CANCELLED.match(around.behind) else None


def announcement(around: Surroundings) -> Reason | None:
    """A count that announces an enumeration: `四个方面`, `三大任务`, `以下几点`."""
    candidate = around.candidate
    if candidate.value is None or candidate.value > _LONGEST_LIST or candidate.bound is not Bound.EXACT:
        return None
    announces = _announced(around) or (around.is_han and _announces_by_kind(around)) or _announced_by_context(around)
    return Reason.ANNOUNCEMENT if announces else None


def _announced(around: Surroundings) -> bool:
    """`四个方面`; after an Arabic number only if the words before it announce: `抓好4项重点`."""
    if _POINTS.match(around.next):
        return True
    if _NOT_ANNOUNCED.match(around.next) or not _ANNOUNCED.match(around.next):
        return False
    return around.is_han or _ANNOUNCING.search(around.before) is not None


def _announces_by_kind(around: Surroundings) -> bool:
    """`三大攻坚`, `车工、钳工、焊工三个工种`, `两件事`."""
    if around.next.startswith("大") and not around.unit:
        return True
    if around.behind.startswith(_LISTED_KIND.ordered):
        return True
    return around.unit in {"项", "件", "支"} and around.behind.startswith(_SMALL_THING.ordered)


def _announced_by_context(around: Surroundings) -> bool:
    """`抓好三项任务`, `以下3个问题：`."""
    if not _ANNOUNCED_BY_CONTEXT.match(around.next):
        return False
    enumerates = _ENUMERATES.match(around.behind) is not None
    if around.is_han:
        return enumerates or _ANNOUNCING.search(around.before) is not None
    return enumerates and around.before.endswith(("以下", "下列", "如下"))


def indefinite(around: Surroundings) -> Reason | None:
    """`一个`, `一项` that only mean "a", unless they count held events or things named before."""
    candidate = around.candidate
    if candidate.numeral != "一" or candidate.bound is not Bound.EXACT or _is_length(around):
        return None
    if around.unit == "" or _is_none_or_each(around) or not _is_definite(around):
        return Reason.INDEFINITE
    return None


def _is_length(around: Surroundings) -> bool:
    """`为期一周`, `一小时`, `一成`: durations, rates and money are definite."""
    unit = around.candidate.unit
    if unit is None:
        return False
    if around.unit in PERIOD_UNITS.all and states_duration(around.before):
        return True
    return unit.row.category in _COUNTED_CATEGORIES and around.unit not in _SHORT_PERIODS.all


def _is_none_or_each(around: Surroundings) -> bool:
    """`没有一人`, and one-by-one phrases: `整改一处、销号一处`."""
    if around.before.endswith(_NONE_BEFORE.ordered):
        return True
    return around.unit in _EACH_UNITS.all and around.before.endswith(_EACH_BEFORE.ordered)


def _is_definite(around: Surroundings) -> bool:
    """`举办一期`, `项目一个`, `每季度召开一次`."""
    if around.unit in _ONCE_THROUGH.all and _DONE_ONCE.search(around.before):
        return False
    if around.unit == "票" and around.behind.startswith(_VOTED.ordered):
        return True
    if around.unit in _NUMBERED_WITH.all and _is_one_of_a_kind(around):
        return True
    if around.unit in _EVENT_UNITS.all and _HELD_BEFORE.search(around.before):
        return True
    if around.unit in _EQUIPMENT_UNITS.all and _is_listed_with_others(around):
        return True
    if _ENDS_CLAUSE.match(around.behind) and _NOUN_BEFORE_COUNT.search(around.before):
        return True
    return _EACH.search(around.before) is not None


def _is_listed_with_others(around: Surroundings) -> bool:
    """`9个村的龙舟队及一个镇机关队`, `配备一名检查员、一套设备、一间检测室`."""
    start = around.candidate.start
    clause = _LAST_CLAUSE.sub("", around.text[max(0, start - _LIST_REACH) : start])
    if _COUNTED_BEFORE.search(clause):
        return True
    if not _EQUIPPED.search(clause):
        return False
    return _ONE_MORE_BEFORE.search(clause) is not None or _ONE_MORE_BEHIND.match(around.behind) is not None


def _is_one_of_a_kind(around: Surroundings) -> bool:
    """`得过一个二等奖`, `发生一起事故`, `添了一台雾化机`."""
    if around.unit == "起":
        return _ONE_HAPPENED.search(around.before) is not None
    bought = around.unit in _BOUGHT_UNITS.all and _ONE_BOUGHT.search(around.before) is not None
    return bought or _ONE_WON.match(around.behind) is not None


def bare(around: Surroundings) -> Reason | None:
    """A number without a measure word, unless it is a rate in words or counts people: `近8万市民`."""
    candidate = around.candidate
    if (
        candidate.unit is not None
        or "分之" in candidate.numeral
        or "/" in candidate.numeral
        or candidate.numeral in _HALVES.all
    ):
        return None
    if _is_loose_count(around):
        return None
    amount = candidate.value is not None and candidate.value >= _AMOUNT_WITHOUT_UNIT
    if amount and _AMOUNT_BEFORE.search(around.before):
        return None
    if "." in candidate.numeral and _INDEX_BEFORE.search(around.before):
        return None
    if candidate.numeral[-1] in "万亿" and around.before.endswith(_SUM_BEFORE.ordered):
        return None
    return Reason.NO_UNIT


def _is_loose_count(around: Surroundings) -> bool:
    """`20+`, `200K`, `7部门`, `6镇3乡2街道`: a count without a measure word."""
    candidate, behind = around.candidate, around.behind
    if around.is_han or candidate.value is None or (around.before[-1:].isalnum() and around.before[-1:].isascii()):
        return False
    if around.text[candidate.end - 1] in "+＋" or candidate.numeral[-1] in "kKwW":
        return not behind.startswith(_NOT_THOUSAND.ordered) and _LATIN_BEFORE.search(around.before) is None
    whole = candidate.numeral.isdecimal() and len(candidate.numeral) <= _FEW_DIGITS and candidate.value_max is None
    if not whole or _NUMBERED_BEFORE.search(around.before):
        return False
    listed = _LISTED_UNITS.match(behind) is not None or _LISTED_BEFORE.search(around.before) is not None
    return (listed and behind.startswith(_BARE_LISTED.ordered)) or behind.startswith(_BARE_COUNTED.ordered)


_NOT_THOUSAND = Words("contexts", "not-thousand")
_LATIN_BEFORE = re.compile("[A-Za-z] $")  # Android 8+
_FEW_DIGITS = 3  # chosen: more without a measure word are years and other numbers
_NUMBERED_BEFORE = re.compile(r"[第之\d.\-—/年月高初大小(（]$")
_BARE_COUNTED = Words("contexts", "bare-counted")
_BARE_LISTED = Words("contexts", "bare-listed")
_LISTED_UNITS = WordPattern("contexts", r"(?:{bare-listed})[、和]?\d{1,3}(?:个|{bare-listed})")
_LISTED_BEFORE = WordPattern("contexts", r"\d(?:{bare-listed})[、和]?$")
