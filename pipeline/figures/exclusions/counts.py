"""Counts that state nothing of their own: announcements, thresholds, `一个` for "a", bases of a "per", bare numbers."""

from __future__ import annotations

import re

from zongji.corpus.labels import Bound, Category, Reason
from zongji.pipeline.figures.exclusions.calendar import PERIOD_UNITS, states_duration
from zongji.pipeline.figures.exclusions.contexts import ContextRole, pattern
from zongji.pipeline.figures.exclusions.surroundings import Surroundings

_POINTS = re.compile(r"点(?:[：:，。,意建要体希]|$)")
_THRESHOLD_BEHIND = re.compile(r"的[，,]?(?!成绩|优异|好成绩|速度|目标|任务|比例|标准|水平|工作量)[㐀-鿿]")
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
# Behind a number that is the condition of a sanction, in front of one that is supposed.
_SANCTIONED = re.compile(
    r"(?:及?以上)?(?:不达标|不合格|垫底|排名末位|未[㐀-鿿]{1,4})?(?:者|的[，,]?)"
    r"(?:科室|单位|人员|个人|学员|干部)?[，,]?(?:一律|取消|不得|不予|予以|责令|暂停|由[㐀-鿿]{2,8}约谈|通报|扣)"
    r"|(?:须经|须报|应报|暂停|取消|排名末位|垫底)"
)
# Behind a limit that sets something off: `超过20万票|启动红色预警`, `大于3毫米|立即报告`, `低于90分|者`.
_TRIGGERED = re.compile(r"(?:时[，,]?)?(?:立即|即刻|应当?立?即|启动|触发|方可|一律)|的?(?:者|门槛|红线|底线|警戒)")
_SUPPOSED = re.compile(r"(?:^|[，。；：（(\n])(?:若|如果|如遇|一旦|当(?![年天日月地时])|凡|遇|气温)[^，。；\d]{0,10}$")
_BEYOND = ("超过", "超", "高于", "大于", "低于", "少于", "不足", "未满", "不满")
_SCORE_BEFORE = ("满分", "满分为", "满分是", "满分：", "总分值", "分值", "分值为")
_EVENT_UNITS = frozenset("期 场 堂 节 次 轮 家 所 座 名 位 处 班 批".split())
_COUNTED_CATEGORIES = frozenset({Category.MONEY, Category.RATE, Category.DURATION})
_SHORT_PERIODS = frozenset("年 天 周 月 个月 学期 学年 季度 晚 夜 日".split())
_NOUN_BEFORE_COUNT = re.compile(r"(?:[㐀-鿿]{2}|[㐀-鿿][”》\"])(?:共|各|计|仅)?$")
_ONCE_THROUGH = frozenset({"遍", "片", "阵", "番", "圈"})
_DONE_ONCE = re.compile(r"[了过又声色]$")  # 巡查了|一遍, 笑声|一片
_NUMBERED_WITH = frozenset("个 项 台 件 份 篇 面 枚 座 辆 套 间 起 块 支 部 所 本".split())
_ONE_WON = re.compile(r"[^，。；,;]{0,10}?(?:[一二三]等奖|[金银铜优特]奖|奖杯|[金银铜]牌|锦旗|奖状)")
_ONE_HAPPENED = re.compile(r"(?<![没未无])(?<!没有)(?:发生|查处|破获|处置)了?$")
_ONE_BOUGHT = re.compile(r"(?:添|购|买|奖|换|配)[置了买]?$")
_BOUGHT_UNITS = frozenset({"台", "辆", "艘", "套"})
_ENDS_CLAUSE = re.compile(r"\s*(?:[，。；、,;！!）)\n]|$|和|及|以及|，|并)")
_VOTED = ("赞成", "同意", "反对", "弃权", "否决", "当选")
_HALVES = frozenset({"一半", "半数", "过半", "大半"})
_COUNT = "(?:大|个|项|条|点|种|类|道|重)?大?"
_LEAD = "(?:重点|主要|关键|核心|基本|具体|突出|中心|方面的?|专项)?"
# The name of an index, and the way from its old value to the new: `翻台率|1.8`, `利用系数由|0.51|提到|0.57`.
_CHANGED = "(?:提升?高?|上?升|增加?|回升|[下降]降?低?|缩小|压[减降缩]|收窄)[到至为]"
_INDEX_BEFORE = re.compile(
    rf"(?:[㐀-鿿](?<![效功])率|系数|指数|区分度|信度|效度|平均分|均分|入比|产比|投比|容积率|[绿密]度)"
    rf"(?:已|均|仅)?(?:{_CHANGED}|[由从为是达](?:上[年月]的?|去年的?)?|达到)?(?:\d+\.\d+{_CHANGED})?$"
)
_EACH_UNITS = frozenset("处 个 件 起 家 户 项".split())


def per_base(around: Surroundings) -> Reason | None:
    """`每1万人左右建一所`: the number says per what, the figure is the other one."""
    return Reason.PER_BASE if around.before.endswith("每") else None


def denominator(around: Surroundings) -> Reason | None:
    """The full mark of a score: `满分100分`, `5分制`."""
    return Reason.DENOMINATOR if around.before.endswith(_SCORE_BEFORE) or around.next.startswith("分制") else None


def threshold(around: Surroundings) -> Reason | None:
    """`50万元以上的行政村`: a condition on others, not a quantity stated."""
    candidate = around.candidate
    if candidate.unit is None:
        return None
    if _is_condition(around):
        return Reason.THRESHOLD
    if candidate.bound not in {Bound.AT_LEAST, Bound.AT_MOST, Bound.OVER}:
        return None
    if around.text.startswith(_BEYOND, candidate.start) and candidate.unit.row.category in _BEYOND_CATEGORIES:
        return Reason.THRESHOLD if around.behind.startswith("的") else None
    if around.text[candidate.end - 1] not in "上下内" or candidate.unit.row.category not in _THRESHOLD_CATEGORIES:
        return None
    if _THRESHOLD_BEHIND.match(around.behind):
        return Reason.THRESHOLD
    hard = candidate.unit.row.category in {Category.MONEY, Category.OTHER} or candidate.unit.name == "人"
    return (
        Reason.THRESHOLD
        if hard
        and re.match(r"[㐀-鿿](?<![的，和])", around.behind)
        and not re.match(r"(?:用|由|从|到|在|并|以|的)", around.behind)
        else None
    )


def _is_condition(around: Surroundings) -> bool:
    """`旷课两次者取消资格`, `超员20%以上的，一律扣车`, `若气温超过35℃`, `以60分为界`, `党龄满50年的`."""
    if around.behind.startswith("为界"):
        return True
    if (
        around.candidate.bound is Bound.EXACT
        and around.before.endswith(("龄满", "年满", "任教满", "工作满"))
        and around.behind.startswith("的")
    ):
        return around.candidate.unit is not None and around.candidate.unit.row.category == "duration"
    if _SANCTIONED.match(around.behind):
        return True
    limited = around.candidate.bound in {Bound.AT_LEAST, Bound.AT_MOST, Bound.OVER}
    if limited and _TRIGGERED.match(around.behind):
        return True
    return limited and _SUPPOSED.search(around.before) is not None


def announcement(around: Surroundings) -> Reason | None:
    """A count that only announces an enumeration: `四个方面`, `三大任务`, `以下几点`."""
    candidate = around.candidate
    if candidate.value is None or candidate.value > 20 or candidate.bound is not Bound.EXACT:
        return None
    announces = _announced(around) or (around.is_han and _announces_by_kind(around)) or _announced_by_context(around)
    return Reason.ANNOUNCEMENT if announces else None


def _announced(around: Surroundings) -> bool:
    """`四个方面`; after an Arabic number only where the words before it announce: `抓好4项重点`."""
    if _POINTS.match(around.next):
        return True
    if pattern(rf"{_COUNT}{_LEAD}(?:WORDS)", ContextRole.NOT_ANNOUNCED).match(around.next):
        return False
    announced = pattern(rf"{_COUNT}{_LEAD}(?:WORDS)", ContextRole.ANNOUNCED).match(around.next)
    return announced is not None and (around.is_han or _opens_announcement(around.before))


def _announces_by_kind(around: Surroundings) -> bool:
    """`三大攻坚`, `车工、钳工、焊工三个工种`, `两件事`."""
    if around.next.startswith("大") and not around.unit:
        return True
    if pattern("WORDS", ContextRole.LISTED_KIND).match(around.behind):
        return True
    small = pattern("WORDS", ContextRole.SMALL_THING)
    return around.unit in {"项", "件", "支"} and small.match(around.behind) is not None


def _announced_by_context(around: Surroundings) -> bool:
    """`抓好三项任务`, `以下3个问题：`."""
    if not pattern(rf"(?:大|个|项|条|点|种|类){_LEAD}(?:WORDS)", ContextRole.ANNOUNCED_BY_CONTEXT).match(around.next):
        return False
    enumerates = re.match(r"[^，。；,;\n]{0,16}[：:]", around.behind) is not None
    if around.is_han:
        return enumerates or _opens_announcement(around.before)
    return enumerates and around.before.endswith(("以下", "下列", "如下"))


def _opens_announcement(before: str) -> bool:
    cue = pattern("(?:WORDS)(?:了|好|以下|为|着|如下|下列)?$", ContextRole.BEFORE_ANNOUNCEMENT)
    return cue.search(before) is not None


def indefinite(around: Surroundings) -> Reason | None:
    """`一个`, `一项` that only mean "a"; a count of held events and of things named before it is one."""
    candidate = around.candidate
    if candidate.numeral != "一" or candidate.bound is not Bound.EXACT or _is_length(around):
        return None
    if around.unit == "" or _is_none_or_each(around) or not _is_definite(around):
        return Reason.INDEFINITE
    return None


def _is_length(around: Surroundings) -> bool:
    """`为期一周`, `一小时`, `一成`: lengths, rates and money are definite."""
    unit = around.candidate.unit
    if unit is None:
        return False
    if around.unit in PERIOD_UNITS and states_duration(around.before):
        return True
    return unit.row.category in _COUNTED_CATEGORIES and around.unit not in _SHORT_PERIODS


def _is_none_or_each(around: Surroundings) -> bool:
    """`没有一人`, and one after the other: `整改一处、销号一处`."""
    if pattern("(?:WORDS)$", ContextRole.BEFORE_NONE).search(around.before):
        return True
    each = pattern("(?:WORDS)$", ContextRole.BEFORE_EACH)
    return around.unit in _EACH_UNITS and each.search(around.before) is not None


def _is_definite(around: Surroundings) -> bool:
    """`举办一期`, `项目一个`, `每季度召开一次`."""
    if around.unit in _ONCE_THROUGH and _DONE_ONCE.search(around.before):
        return False
    if around.unit == "票" and around.behind.startswith(_VOTED):
        return True
    if around.unit in _NUMBERED_WITH and _is_one_of_a_kind(around):
        return True
    held = pattern(r"(?:WORDS|每[^，。；,;]{1,10})(?:了|好|有|约|出|过|到|成|起)?$", ContextRole.BEFORE_DEFINITE)
    if around.unit in _EVENT_UNITS and held.search(around.before):
        return True
    if _ENDS_CLAUSE.match(around.behind) and _NOUN_BEFORE_COUNT.search(around.before):
        return True
    return re.search(r"(?:每|各|至少|不少于)[^，。；,;]{0,8}$", around.before) is not None


def _is_one_of_a_kind(around: Surroundings) -> bool:
    """`得过一个二等奖`, `发生一起事故`, `添了一台雾化机`."""
    if around.unit == "起":
        return _ONE_HAPPENED.search(around.before) is not None
    bought = around.unit in _BOUGHT_UNITS and _ONE_BOUGHT.search(around.before) is not None
    return bought or _ONE_WON.match(around.behind) is not None


def bare(around: Surroundings) -> Reason | None:
    """A number without a measure word, unless it is a rate in words or counts people: `近8万市民`."""
    candidate = around.candidate
    if (
        candidate.unit is not None
        or "分之" in candidate.numeral
        or "/" in candidate.numeral
        or candidate.numeral in _HALVES
    ):
        return None
    if candidate.value is not None and candidate.value >= 1000 and _states_amount(around.before):
        return None
    if "." in candidate.numeral and _INDEX_BEFORE.search(around.before):
        return None
    if candidate.numeral[-1] in "万亿" and pattern("(?:WORDS)$", ContextRole.BEFORE_SUM).search(around.before):
        return None
    return Reason.NO_UNIT


def _states_amount(before: str) -> bool:
    """`播放量达`, `税收`: what is counted stands before a number without a measure word."""
    cue = pattern("(?:WORDS)(?:已|均|共|就)?(?:达到?|为|有|是|约|突破|超过)?$", ContextRole.BEFORE_AMOUNT)
    return cue.search(before) is not None
