"""Numerals that are not figures: one small rule each, in the order in which they are asked.

The rules are those of the record definitions ("Not figures"). A rule gets a candidate with its surroundings and says
whether it is the reason to refuse it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from zongji.corpus import lexicon
from zongji.corpus.labels import Bound, Category, Reason
from zongji.pipeline.figures.candidates import Candidate
from zongji.pipeline.figures.numerals import HAN, is_year


@dataclass(frozen=True, slots=True)
class IdiomRow:
    """A row of `idioms.tsv`."""

    word: str
    reason: Reason


class Surroundings(NamedTuple):
    """A candidate in its text: up to 16 characters before it and 24 behind it, and what encloses it."""

    text: str
    candidate: Candidate
    unit: str
    """The measure word, empty where there is none."""
    is_han: bool
    """True for a number written in Chinese numerals."""
    before: str
    behind: str
    """Behind the whole candidate."""
    next: str
    """Behind the bare number."""
    quoted: bool
    titled: bool
    marker: bool


HAN_NUMERALS = frozenset(HAN + "半数几上")
Rule = Callable[[Surroundings], Reason | None]

_DATE_BEHIND = re.compile(r" ?(?:年(?!以上|以下|以内|左右|级)|月(?!以上)(?:份|中旬|上旬|下旬|底|初|末)?|日(?![元均])|号|世纪|年代|[—–\-~～至到]+ ?\d{1,2} ?[月日])")
_DATE_NUMERIC = re.compile(r"(?:19|20)\d\d ?[-./—] ?\d{1,2}(?: ?[-./—] ?\d{1,2})?(?!\d)|\d{1,2}[.·]\d{1,2}(?=国际|全国|世界|禁毒|防灾|消费|宪法|地震|爱|中国|[”\"日])")
_DURATION_CUE = re.compile(r"(?:为期|历时|历经|持续|用时|工期|长达|期限|耗时|缩短|提前|延长|至少|不少于|不低于|需|共|满|达|学制|周期|时间|累计|时长|公示|了)(?:为|约|近|了|是|在|到|达)?[：:]?$")
_PERIOD_BEHIND = re.compile(r"(?:以?来|间|里|之?内|之?前|之?后|期间|时间内|规划|计划|行动|攻坚|任期|发展|目标|工作规划|专业成长|前|后|中)")
_PERIOD_BEFORE = re.compile(r"(?:近|这|过去|过去的|前|后|最近|上|下|未来|今后|头|短短|仅|每|第|在|随后|接下来|当)$")
# A time limit and its change: `由法定7日压缩至3日以内`.
_SHORTENED_BEFORE = re.compile(r"(?:法定|压缩|缩短|延长|减少|压减)(?:时限)?(?:至|到|为)?$")
_SHORTENED_BEHIND = re.compile(r"日(?:以内|左右|以上)?(?:压缩|缩短|延长|减少|压减)")
_PERIOD_UNITS = frozenset({"年", "月", "个月", "周", "天", "日", "季度", "个季度", "学期", "个学期", "年度", "学年", "个年头", "夜", "晚", "周年", "星期", "个星期"})
_AGE_UNITS = frozenset({"岁", "周岁"})
_AMBIGUOUS_UNITS = _PERIOD_UNITS | _AGE_UNITS | {"届", "级", "点", "分", "期", "班", "小时", "秒", "度", "版", "代", "页", "节"}
_TIME_BEHIND = re.compile(r" ?(?:时(?!尚|间|代|期|长)(?:\d|[半整许前后左右至到在，。,的、]|[一二三四五]|$)|点(?:钟|半|整|许|\d|[前后左右至到，。,、]|[一二三四五]十?分)|[:：]\d\d)")
_TIME_BEFORE = ("上午", "下午", "晚上", "早上", "中午", "凌晨", "傍晚", "时", "点", "时 ", "点 ", ":", "：")
_ORDINAL_BEHIND = re.compile(r"(?:等奖|级(?!台阶|领导)|届|中全会|号|字头|线城市|级以上|星级?|A级|年级|把手|代|期(?:改造|工程|项目|建设)|班(?=的|学|同|在|级|语|数|全))")
_DOCUMENT_BEFORE = re.compile(r"(?:[\[【〔(（]|字第?|发 ?[\[〔（(【]\d{4}[\]〕）)】]第?|[\]〕】]第?|文号|证号|编号|账号|卡号|牌号)[：:]?$")
_DOCUMENT_BEHIND = re.compile(r"[\]〕】]|[)）] ?\d+ ?号|号文|号令|号公告|号决定")
_TELEPHONE_BEFORE = re.compile(r"(?:(?:电话|手机|联系方式|热线|邮编|传真|QQ|qq|微信号|拨打|Tel|TEL|tel)(?:号码?)?[^\d㐀-鿿，。；,;]{0,3}|\d{3,4}[-—])$")
_VERSION_BEHIND = re.compile(r"(?:\.0版|版(?!面|块|次|本的|报)|[A-Za-z](?![A-Za-z]?[²³]))")
_ENUMERATION_BEFORE = re.compile(r"(?:以下|下列|如下|这|那|上述|以上|该|此|等|抓好|抓住|紧扣|围绕|突出|强化|落实|坚持|把握|处理好|做好|实现|实施|推进|打好|分为|分|按照|聚焦|做到|通过|从|在|出|有|是|着力|健全|体现|破解|建立|完善|坚定|树立|增强|构建|打造|深化|提升)(?:了|好|以下|为|着|如下|下列)?$")
_ANNOUNCED = re.compile(
    r"(?:大|个|项|条|点|种|类|道|重|个重?大)?(?:重点|主要|关键|核心|基本|具体|突出|中心)?(?:方面|环节|意识|层面|维度|关键|结合|转变|统一|坚持|突出|强化|着力|抓手|阶段|原则|面向|满意|到位|关系|步骤|特点|特色|特性|优势|确保|聚焦|加强|不动摇|注重|为主|体系|机制|支撑|能力|中心|角度|梯次|层次|大局|关口|版块|板块|要点|要求|重点|篇章|文章|攻坚战|战役|主线|主题|载体|平台建设|纪律|作风|自信|全面|理念|观念|观点|必须|严禁|底线|红线|字|方针|精神|举措|法宝|法则|方向|定位|模块|维护|导向|抓|促|建设(?!项目)|提升|创新|融合|进一步|行动(?!小组|队)|工程(?!师|队|项目))"
)
_ANNOUNCED_WEAKLY = re.compile(r"(?:大|个|项|条|点|种|类)(?:重点|主要|关键|核心|基本|具体|突出|方面的?|中心|专项)?(?:任务|措施|问题|工程|工作|行动|目标|服务|制度|内容|方法|途径|方式|品牌|计划|主题|产业|领域|因素|原因|困难|不足|战略|部分|小组|议题|议程|项目|节点|时段|时间段|模式|渠道|办法|活动|主体|指标|对象|重点|群体)")
_LISTED_KINDS = re.compile(r"(?:工种|组别|档次|等级|类别|系列|梯队|层级|专场|章节|篇章|科目|项目类|年龄段|时间段|小项|大项)")
_POINTS = re.compile(r"点(?:[：:，。,意建要体希]|$)")
_THRESHOLD_BEHIND = re.compile(r"的[，,]?(?!成绩|优异|好成绩|速度|目标|任务|比例|标准|水平|工作量)[㐀-鿿]")
_THRESHOLD_CATEGORIES = frozenset({Category.MONEY, Category.PARTICIPANTS, Category.OTHER, Category.DURATION, Category.SESSIONS, Category.ORGANIZATIONS})
_PRODUCT_UNITS = frozenset("排 层 寸 核 代 道 门 导 通道 位 座 级".split())
_BEYOND = ("超过", "超", "高于", "大于", "低于", "少于", "不足", "未满", "不满")
_SIZE_UNITS = frozenset({"千瓦", "千伏", "兆瓦", "kV", "KV", "kW", "KW", "MW", "千伏安", "伏", "马力", "kVA"})
_SCORE_BEFORE = ("满分", "满分为", "满分是", "满分：", "总分值", "分值", "分值为")
_EVENT_UNITS = frozenset("期 场 堂 节 次 轮 家 所 座 名 位 处 班 批".split())
_COUNTED_CATEGORIES = frozenset({Category.MONEY, Category.RATE, Category.DURATION})
_DEFINITE_BEFORE = re.compile(
    r"(?:举办|召开|开展|组织|进行|举行|开设|开办|建成|新建|兴建|新增|创建|成立|评选|评出|设立|办|开|上|建|获|获得|荣获|荣立|增加|各|每[^，。；,;]{1,10}|至少|不少于|不低于|确保|力争|争取|安排|配备|选派|选聘|聘请|聘|发放|印发|转正|吸收|招录|调入|培养|派驻|派出|出|撰写|写|完成|培育|打造|编印|制作|编发|助推|读|讲|听|做|达到?|有|设|发展|推荐|引进|参加|出版|组建|选树|推出|排演|编排|创作|投放|张贴|悬挂|拍摄|一次|慰问|走访|检查|巡查|实施|修建|改造|安装|购置|签订|受理|承办|轮训)(?:了|好|有|约|出|过|到|成|起)?$"
)
_SHORT_PERIODS = frozenset("年 天 周 月 个月 学期 学年 季度 晚 夜 日".split())
_NOUN_BEFORE_COUNT = re.compile(r"[㐀-鿿]{2}(?:共|各|计|仅)?$")
_ENDS_CLAUSE = re.compile(r"\s*(?:[，。；、,;！!）)\n]|$|和|及|以及|，|并)")


def refusal(surroundings: Surroundings) -> Reason | None:
    """Why a candidate is no figure; None where it is one."""
    for rule in _rules_for(surroundings):
        reason = rule(surroundings)
        if reason is not None:
            return reason
    return None


def _rules_for(around: Surroundings) -> tuple[Rule, ...]:
    """The rules that a candidate can fall under at all: most numbers are Arabic with a plain measure word behind."""
    if around.is_han or not around.unit or around.unit in _AMBIGUOUS_UNITS:
        return RULES
    return RULES_FOR_COUNTS


def _list_marker(around: Surroundings) -> Reason | None:
    return Reason.LIST_MARKER if around.marker else None


def _in_title(around: Surroundings) -> Reason | None:
    """Inside 《…》, or inside a short quotation: a name or a slogan."""
    if around.titled:
        return Reason.NAME
    return Reason.SLOGAN if around.quoted else None


def _per_base(around: Surroundings) -> Reason | None:
    """`每1万人左右建一所`: the number says per what, the figure is the other one."""
    return Reason.PER_BASE if around.before.endswith("每") else None


def _idiom(around: Surroundings) -> Reason | None:
    if not around.is_han:
        return None
    start = around.candidate.number_start
    text = around.text
    for length in range(_longest_idiom(), 1, -1):
        for first in range(max(0, start - length + 1), start + 1):
            reason = _idioms().get(text[first : first + length])
            if reason is not None and first + length > start and not _is_counted(around, first, first + length):
                return reason
    return None


def _is_counted(around: Surroundings, start: int, end: int) -> bool:
    """An idiom must not end inside the number it would hide, nor be a number that a measure word follows: `十一位`."""
    candidate = around.candidate
    if candidate.number_start < end < candidate.number_end:
        return True
    return start >= candidate.number_start and end <= candidate.number_end and candidate.unit is not None


def _document_number(around: Surroundings) -> Reason | None:
    if _DOCUMENT_BEHIND.match(around.next) or _DOCUMENT_BEFORE.search(around.before):
        inside = around.before[-1:] in "(（" and not _DOCUMENT_BEHIND.match(around.next)
        return None if inside else Reason.DOCUMENT_NUMBER
    return None


def _telephone(around: Surroundings) -> Reason | None:
    numeral = around.candidate.numeral
    if not numeral.isdecimal() or around.is_han:
        return None
    long = len(numeral) >= 7 and not around.unit
    return Reason.TELEPHONE if long or (len(numeral) >= 3 and not around.unit and _TELEPHONE_BEFORE.search(around.before)) else None


def _date(around: Surroundings) -> Reason | None:
    candidate = around.candidate
    numeral = candidate.numeral
    if is_year(numeral) and (not around.unit or around.unit in _PERIOD_UNITS):
        return Reason.YEAR
    if _DATE_NUMERIC.match(around.text, candidate.number_start) and not around.unit.endswith("%"):
        return Reason.DATE
    if candidate.value is None and around.next.startswith(("年", "月", "日", "季度")):
        return Reason.DATE
    if around.next.startswith("年") and not _DURATION_CUE.search(around.before):
        return Reason.PERIOD if _is_small(candidate) else Reason.YEAR
    if _DATE_BEHIND.match(around.next) is None:
        return None
    if around.next.startswith("日") and (_SHORTENED_BEFORE.search(around.before) or _SHORTENED_BEHIND.match(around.next)):
        return None
    if around.next.lstrip()[:1] == "日" and (_DURATION_CUE.search(around.before) or around.next.startswith("日游")):
        return None
    return None if around.next.startswith("年") or around.unit == "年" else Reason.DATE


def _is_small(candidate: Candidate) -> bool:
    return candidate.value is not None and candidate.value < 200


def _blanked_year(around: Surroundings) -> Reason | None:
    """`20xx年`, `20__年度`: the first two digits of a year whose others are blanked."""
    if around.candidate.numeral in {"20", "19"} and re.match(r"[xX×*_○〇]{1,4}", around.next):
        return Reason.YEAR
    if around.candidate.value is None and re.search(r"(?:20|19)$", around.before):
        return Reason.YEAR
    return None


def _time(around: Surroundings) -> Reason | None:
    if _TIME_BEHIND.match(around.next) and around.unit not in {"小时"}:
        return Reason.TIME
    if around.candidate.numeral == "半" and around.before.endswith(("点", "时")):
        return Reason.TIME
    return Reason.TIME if around.before.endswith(_TIME_BEFORE) and around.unit in {"", "分", "点"} else None


def _counted_ordinal(around: Surroundings) -> Reason | None:
    """`第3次`, `四届二次`, `前三名`."""
    before = around.before[-3:]
    if before.endswith(("第", "第 ")):
        return Reason.ORDINAL
    if around.unit == "次" and before.endswith(("届", "大", "全委会")):
        return Reason.ORDINAL
    ranked = around.unit in {"名", "位", "户", "家", "个", "强"} and before.endswith(("前", "倒数"))
    return Reason.ORDINAL if ranked and not before.endswith(("以前", "之前", "目前", "提前", "年前", "日前")) else None


def _ordinal(around: Surroundings) -> Reason | None:
    if _counted_ordinal(around) is not None:
        return Reason.ORDINAL
    if around.is_han and around.before.endswith(("周", "星期", "礼拜", "正月", "腊月", "农历", "初", "阶段")) and not around.unit:
        return Reason.ORDINAL
    if re.match(r" ?季度(?!会|例)", around.next) and not around.before.endswith(("每", "个")):
        return Reason.DATE
    if around.unit in {"届", "级"}:
        return Reason.MAGNITUDE if "." in around.candidate.numeral else Reason.ORDINAL
    return Reason.ORDINAL if _ORDINAL_BEHIND.match(around.next) else None


def _version(around: Surroundings) -> Reason | None:
    if around.before[-1:].isascii() and around.before[-1:].isalpha():
        return Reason.VERSION
    edition = around.unit == "版" and "." in around.candidate.numeral
    return Reason.VERSION if edition or (not around.unit and _VERSION_BEHIND.match(around.next)) else None


def _age(around: Surroundings) -> Reason | None:
    return Reason.AGE if around.unit in _AGE_UNITS or re.match(r"[-—~～至到]?\d*(?:周岁|岁)|后(?:青年|干部|大学|年轻)", around.next) else None


def _denominator(around: Surroundings) -> Reason | None:
    return Reason.DENOMINATOR if around.before.endswith(_SCORE_BEFORE) or around.next.startswith("分制") else None


def _period(around: Surroundings) -> Reason | None:
    """The period a statement refers to: `五年来`, `三年行动计划`, `近两年`."""
    if around.unit == "小时" and around.candidate.numeral == "24":
        return Reason.PERIOD
    if around.unit not in _PERIOD_UNITS:
        return None
    if around.unit == "周年":
        return Reason.ORDINAL
    if around.before.endswith("连续") and around.unit == "年":
        return Reason.PERIOD
    if _DURATION_CUE.search(around.before) and around.behind[:1] in "后前":
        return None
    if _PERIOD_BEHIND.match(around.behind) and not around.behind.startswith("前完成"):
        return Reason.PERIOD
    if around.candidate.bound is Bound.ABOUT and around.unit == "年":
        return Reason.PERIOD
    if _DURATION_CUE.search(around.before):
        return None
    return Reason.PERIOD if _PERIOD_BEFORE.search(around.before) and around.unit in {"年", "个月", "天", "周", "学期", "季度", "个季度"} else None


def _threshold(around: Surroundings) -> Reason | None:
    """`50万元以上的行政村`: a condition on others, not a quantity stated."""
    candidate = around.candidate
    if candidate.unit is None or candidate.bound not in {Bound.AT_LEAST, Bound.AT_MOST, Bound.OVER}:
        return None
    if around.text.startswith(_BEYOND, candidate.start) and candidate.unit.row.category in _THRESHOLD_CATEGORIES:
        return Reason.THRESHOLD if around.behind.startswith("的") else None
    if around.text[candidate.end - 1] not in "上下内" or candidate.unit.row.category not in _THRESHOLD_CATEGORIES:
        return None
    if _THRESHOLD_BEHIND.match(around.behind):
        return Reason.THRESHOLD
    hard = candidate.unit.row.category in {Category.MONEY, Category.OTHER} or candidate.unit.name == "人"
    return Reason.THRESHOLD if hard and re.match(r"[㐀-鿿](?<![的，和])", around.behind) and not re.match(r"(?:用|由|从|到|在|并|以|的)", around.behind) else None


def _size(around: Surroundings) -> Reason | None:
    if around.unit in _SIZE_UNITS and re.match(r"[㐀-鿿]{0,6}(?:项目|变电站|电站|线路|工程|机组|电厂|输变电)", around.behind):
        return Reason.SIZE_IN_NAME
    if re.match(r"[A-Za-z]", around.behind) and around.unit in _PRODUCT_UNITS:
        return Reason.SIZE_IN_NAME  # 64排CT
    if around.before.endswith("年产") and re.match(r"[㐀-鿿]", around.behind):
        return Reason.SIZE_IN_NAME
    if around.unit in _SIZE_UNITS and re.match(r"(?:光伏|风电|水电|火电)", around.behind):
        return Reason.SIZE_IN_NAME
    return None


def _announcement(around: Surroundings) -> Reason | None:
    """A count that only announces an enumeration: `四个方面`, `三大任务`, `以下几点`."""
    candidate = around.candidate
    if candidate.value is None or candidate.value > 20 or candidate.bound not in {Bound.EXACT}:
        return None
    if _ANNOUNCED.match(around.next) and (around.is_han or _ENUMERATION_BEFORE.search(around.before)):
        return Reason.ANNOUNCEMENT
    if _POINTS.match(around.next):
        return Reason.ANNOUNCEMENT
    if around.is_han and around.next.startswith("大") and not around.unit:
        return Reason.ANNOUNCEMENT
    if around.is_han and _LISTED_KINDS.match(around.behind):
        return Reason.ANNOUNCEMENT
    if around.is_han and around.unit in {"项", "件", "支"} and re.match(r"(?:核心|基本|规章|主要|重点)?(?:工作|待遇|事|民生实事|实事|队伍|大事|要事|制度|机制)", around.behind):
        return Reason.ANNOUNCEMENT
    if not _ANNOUNCED_WEAKLY.match(around.next):
        return None
    enumerates = re.match(r"[^，。；,;\n]{0,16}[：:]", around.behind) is not None
    if around.is_han and (enumerates or _ENUMERATION_BEFORE.search(around.before)):
        return Reason.ANNOUNCEMENT
    return Reason.ANNOUNCEMENT if enumerates and around.before.endswith(("以下", "下列", "如下")) else None


def _indefinite(around: Surroundings) -> Reason | None:
    """`一个`, `一项` that only mean "a"; a count of held events and of things named before it is one."""
    candidate = around.candidate
    if candidate.numeral != "一" or candidate.bound is not Bound.EXACT:
        return None
    if around.unit == "":
        return Reason.INDEFINITE
    if _DURATION_CUE.search(around.before) and around.unit in _PERIOD_UNITS:
        return None
    if around.candidate.unit is not None and around.candidate.unit.row.category in _COUNTED_CATEGORIES and around.unit not in _SHORT_PERIODS:
        return None
    if re.search(r"(?:没有|无|不漏|不落|不让|少了|缺|漏掉)$", around.before):
        return Reason.INDEFINITE
    if re.search(r"(?:整改|销号|查处|发现|核查|办结|验收|成熟|建设|完成)$", around.before) and around.unit in {"处", "个", "件", "起", "家", "户", "项"}:
        return Reason.INDEFINITE  # 整改一处、销号一处: one after the other
    if around.unit in _EVENT_UNITS and _DEFINITE_BEFORE.search(around.before):
        return None
    if _ENDS_CLAUSE.match(around.behind) and _NOUN_BEFORE_COUNT.search(around.before):
        return None
    if re.search(r"(?:每|各|至少|不少于)[^，。；,;]{0,8}$", around.before):
        return None
    return Reason.INDEFINITE


_HALVES = frozenset({"一半", "半数", "过半", "大半"})
_COUNTED_BEFORE = re.compile(r"(?:量|人数|总数|次数|户数|粉丝|税收|收入|投资|产值|资金|资产|存款|贷款|销售额|总值|贡献)(?:已|均|共|就)?(?:达到?|为|有|是|约|突破|超过)?$")


def _bare(around: Surroundings) -> Reason | None:
    """A number without a measure word, unless it is a rate in words or counts people: `近8万市民`."""
    candidate = around.candidate
    if candidate.unit is not None or "分之" in candidate.numeral or "/" in candidate.numeral or candidate.numeral in _HALVES:
        return None
    if candidate.value is not None and candidate.value >= 1000 and _COUNTED_BEFORE.search(around.before):
        return None
    return Reason.NO_UNIT


def _name(around: Surroundings) -> Reason | None:
    """Round numbers that belong to a name (`百场报告进企业`), blanked names (`XX县`), numbers of buses and roads."""
    candidate = around.candidate
    if candidate.numeral in {"百", "千", "万", "亿", "百千", "千万"} and candidate.bound is Bound.EXACT:
        return Reason.NAME
    if candidate.bound is Bound.REDACTED and candidate.unit is not None and re.match(r"[县市区镇乡村局校]", around.next):
        return Reason.NAME
    return None


RULES: tuple[Rule, ...] = (
    _list_marker,
    _in_title,
    _per_base,
    _counted_ordinal,
    _idiom,
    _blanked_year,
    _document_number,
    _telephone,
    _ordinal,
    _date,
    _time,
    _version,
    _age,
    _denominator,
    _period,
    _threshold,
    _size,
    _announcement,
    _name,
    _indefinite,
    _bare,
)


RULES_FOR_COUNTS: tuple[Rule, ...] = (
    _list_marker,
    _in_title,
    _per_base,
    _counted_ordinal,
    _version,
    _threshold,
    _size,
    _announcement,
    _name,
)
"""For Arabic numbers whose measure word makes neither a date nor an ordinal nor a length of time."""


@cache
def _idioms() -> dict[str, Reason]:
    return {row.word: row.reason for row in lexicon.load("idioms", IdiomRow)}


@cache
def _longest_idiom() -> int:
    return max(map(len, _idioms()))
