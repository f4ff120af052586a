"""What a figure counts: the noun phrase behind its measure word, else the one in front of its number.

Each word of the text around a number plays a role (`Role`): the word lists decide before the tagger does, since a
tagger that has not seen `选手` or `宣传牌` guesses. Behind the number the phrase is the leading run of nouns. In front
of it the phrase is the end of a run of nouns and verbs, from the last verb on that takes the rest of the run as its
object: `县总工会|检查|工矿商贸企业160家次`. Which verbs always do (`发放`) and which also open a compound (`培训时间`)
stands in `verbs.tsv`, the words they make compounds with in `heads.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache

from zongji.corpus import lexicon
from zongji.corpus.labels import Category
from zongji.corpus.records import Figure
from zongji.pipeline.figures.categories import category_of_noun, is_listed
from zongji.pipeline.words import Tagged, tag


@dataclass(frozen=True, slots=True)
class VerbRow:
    """A row of `verbs.tsv`."""

    word: str
    modifies: bool


@dataclass(frozen=True, slots=True)
class HeadRow:
    """A row of `heads.tsv`."""

    noun: str


class Role(IntEnum):
    """What a word can be to a counted noun phrase."""

    BREAK = 0  # a mark, a preposition, a determiner: the phrase ends here
    NOUN = 1
    JOIN = 2  # 、 和 与 及
    ACT = 3  # a verb whose object is counted: 发放|资料
    EITHER = 4  # a verb that may also open a compound: 走访|群众, 培训时间
    DEED = 5  # such a verb where the tagger reads a noun: the 宣传 of 节水宣传
    VERB = 6  # a verb of no list
    LINK = 7  # an adverb or a preposition: it breaks a phrase, and may part a noun from its number


Word = tuple[str, Role]
_PHRASE_ROLES = frozenset({Role.NOUN, Role.JOIN, Role.ACT, Role.EITHER, Role.DEED, Role.VERB})
_VERBAL = frozenset({Role.ACT, Role.EITHER, Role.DEED, Role.VERB})


def _words(text: str) -> frozenset[str]:
    """A closed class of words, typed with blanks between."""
    return frozenset(text.split())


_REACH = 40  # characters of a clause that may hold the counted noun
_OPTIONAL = re.compile(r"[（(][㐀-鿿]{1,4}[)）]")
_RIGHT_STOP = re.compile(r"[，。；：！？,;:!?\n\t（）()“”\"【】|｜]| (?= )")
_LEFT_STOP = re.compile(
    r"[，。；：！？,;:!?\n\t【】|｜]|[（(][0-9一二三四五六七八九十]{1,2}[)）]|(?<![0-9])[0-9]{1,2}[.．、](?![0-9])"
)
_REMARK = re.compile(r"[（(][^（()）]{0,16}[)）]\s*$")
_QUOTED = re.compile(r"的?(《[^》]{1,20}》|“[^”]{1,20}”)([㐀-鿿]{0,8})")
_AGES = re.compile(r"[0-9.]+(?:[—～~－-]+[0-9.]+)?周?岁(?:及?以上|以下)?的?")
_FURTHER_COUNT = re.compile(r"[0-9][0-9.,]*[万亿]?[余多]?(?:名|人|个|户|份|册|本|张|件)?(?=[㐀-鿿]{2})")
# `选派村医|到县医院进修2名`: where people are sent stands between them and their number
_SENT = re.compile(
    r"[到赴往去][㐀-鿿、]{2,12}(?:进修|学习|培训|挂职|深造|锻炼|考察|参观|参赛|集训|交流|务工|工作|就业|研修|参训|研学|观摩|服务)$"
)
_COMPARED = re.compile(
    r"(?:比|较|与|同)(?=上年|去年|前年|同期|上学期|上届|上月|往年|年初|计划|合同|普通|一般|全国|全省|全市|全县|规定|原来|以前|以往|改革|当年)[^，]*$"
)
_ELIDED = re.compile(r"的(?:只有|仅有|还有|有|占|达到?|已有|共有|只占|仅占|约占|多达|共)$")
_REACHED = re.compile(r"(?<![抵到直表])(?:达到?|共|仅|约)$")  # the tagger takes 率达 for a name
_WITHIN = re.compile(r"[在于]$")
_SPANS = frozenset({"小时", "分钟", "天", "个月", "年", "日", "周"})
# `普法经费|按每名学生2元`, `高新技术企业|是五年前的2倍`
_EVERY = re.compile(
    r"(?:按照?)?每[名位个所家户]?(?:学生|教师|职工|员工|党员|会员|居民|农户|社区|学校|村|人|户|亩|班|校|生|件|次|例|篇)$|[是为][㐀-鿿]{2,5}的$"
)
_SHARE = re.compile(r"占(?!比|地|有|用)[^，]*$")
_THRESHOLD = re.compile(r"[0-9.—-]+ ?[万亿]?[㐀-鿿%]{0,3}(?:以上|以下|以内)的?")
_NAMED_NUMBER = re.compile(r"[百千万亿][亩元户人吨头斤]|五四|三八|七一|八一|十佳|三好|五好|双[㐀-鿿]|两新|两癌|[0-9]型")
_TAIL_OF_PLACE = re.compile(r"、$|[、和及]新$|(?:前|后|中|内|里|上|下|以上|以下|之间|左右|期间|同时)$")

_NOUN_TAGS = _words(
    """
    n nq nr nrt nrfg ns nt nz ng vn an j l i s b f t g h k vg eng zg a ag z q
    """
)
_VERB_TAGS = _words("v vd vi vq")
_NEVER_BEHIND = _words(
    """
    全部 以上 以下 左右 免费 依法 列队 分片 一字排开 均 共 全程 同时 以来 整村 整体 全员 整建制 先后 分别 分批
    """
)
_JOINS = _words("、 和 与 及 以及")
_PREPOSITIONS = _words(
    """
    为 对 向 给 将 把 让 使 在 于 由 被 从 对于 用 以 按 按照 依托 通过 同 围绕 经 经过 每 各 比 较 其 之 的 地 得
    """
)
_ACTING_AUXILIARIES = _words(
    """
    有 需 需要 是 为 达 设 共有 现有 拥有 具有 含 上 可 能 应 要 必须 能够 得到
    """
)
# Words between a counted noun and its number: 达 共 有 … neither noun nor verb of the event.
_BRIDGES = _words(
    """
    达 达到 共 共计 合计 累计 总计 计 为 有 是 各 均 约 近 已 已经 突破 超过 超 保持 保持在 等 稳定 稳定在 控制
    控制在 在 到 至 了 只 仅 就 分别 分别为 分别达到 分别达 增加 增加到 增至 增加至 增 提高 提高到 提升 提升到
    提升至 提高至 上升 上升到 上升至 增长 增长到 下降 下降到 下降至 降低 降 降到 降低到 降至 减少 减少到 减至 同比
    同比增长 环比 由 从 占 共有 一共 总共 多达 高达 长达 不 每年 原来 的 去年 上年 年初 上年度 前 仍 还 又 都 也
    全部 实现 合 折合 约合 需 要 应 确保 力争 争取 得 过 年均 平均 人均 户均 大 可 能 扩 扩大 扩大到 升 升至 升到
    发展到 扩展 扩展到 至少 最多 最低 不少 不低 不足 左右 上下 以上 去年同期 较 比 比上年 分 率先 继续 列 名列 达成
    削减 缩短 缩短到 压减 回升 回落 现有 原有 达标 估计 预计 共达 只有 仅有 仅为 还有 不到 已有 已达 同口径
    按可比口径 每月 每周 每季度 每学期 每半年 每天 每日 每学年 每期 每次 人民币 足额到位 价值 总价值 折款
    合计为 总计为 共计为 依次 依次为 发展 为期
    """
)
_BRIDGE_TAGS = frozenset({"p", "uv", "ul", "d", "uz", "ug"})
# Adverbs between a noun and its verb: 老年人|免费|体检, 党员|按期|转正
_MANNERS = _words(
    """
    免费 就近 按期 按时 及时 计划 全面 集中 顺利 圆满 成功 主动 自行 自愿 踊跃 积极 现场 陆续 先后 每月 每周 每季度
    每学期 每半年 每年 每天 每日 定期 统一 共 已 全部 累计 均 稳定 足额 实际 同步 异地 外出 在线 线上 连续 面对面
    入户 上门 逐户
    """
)
_DETERMINERS = _words(
    """
    各 各类 各种 各级 各项 各式 各式各样 全 全县 全市 全区 全镇 全乡 全省 全校 全院 全局 全村 全街道 全国 全厂 全班
    全所 全馆 全站 全园 全行 全科 全司 全公司 全社区 全处 全队 我 我们 我县 我市 我区 我校 我镇 我局 我院 我乡 我村
    我站 我馆 我会 我园 我司 我行 我所 我班 本 本县 本市 本校 本年 本届 本区 本镇 本院 本馆 本局 本次 此次 这次 本人
    该 此 这 这些 那 其 其中 其余 所有 全体 一批 一些 部分 大量 多种 多 等 并 或 许多 相关 有关 再 又 还 已 已经
    全年 今年 去年 当年 上半年 下半年 近 当天 当日 现场 先后 累计 每个 每年 每月 每人 每周 每名 每位 每校 每村 每户
    每季度 每学期 每半年 每天 每日 每班 每家 每所 期间 年内 共 首批 当前 目前 现 现有 原有 年末 年底 月底 期末
    全系统 全学期 本学期 上学期 同期 另 另有 还有 仅 大约 预计 计划 拟 将 要 免费 依法 积极 主动 及时 认真 无偿 陆续
    逐步 全面 持续 成功 顺利 圆满 牵头 联合 共同 积极争取 足额 按期 按时 超额 人民币 人均 户均 班上 站里 村里 校内
    全乡镇 乡里 辖区 使 力争 确保 达 达到 个人名下 年底前 年前 月底前 前 年终 岁末 年中 期中 单篇 单条 单场
    单次 最高 最低 平均 总共
    """
)
_PLACES = _words(
    """
    辖区 全县 全市 全镇 全乡 全区 全校 本县 本市 本镇 相关 有关 各类 各种 各级
    """
)
_NO_ITEM_BEHIND = frozenset({"人次", "人", "%", "个百分点", "户次", "倍", "小时", "分钟", "年", "个月", "分"})
_SHARES = frozenset({"成", "%", ""})
_DOING_UNITS = _words(
    """
    次 场 场次 期 轮 节 堂 批 批次 班次 遍 趟 回 课时 学时 项 小时 天 分钟 例 起 件
    """
)
_PEOPLE_UNITS = _words("人 名 位 人次")
_RATES = frozenset({"%", "成", "倍", "个百分点", "‰", ""})
_CLOSING_MARKS = {"“": "”", "《": "》", "‘": "’", "(": ")", "（": "）"}
_PARTICIPLES = _words(
    """
    参训 受训 受益 受教育 受助 参会 到场 到会 获奖 在校 在职 在岗 在册 离退休 退休 留守 贫困 困难 入党 入库 注册
    就诊 参赛 参展 参保 外出 下岗 失业 受众 返乡 务工 参考 驻村 出院 门诊 住院 到位 签约 实有 享受 参演 常住 流动
    低保 特困 受灾 受援 结对 挂牌 持证 残疾 示范 脱贫 患病 监测 转岗 入园 在园 来访 上访 信访 在建 续建 结转 新型
    流失 到课 编制 应急 受理 受害 点击 阅读 浏览 播放 办结 成活 入学 就业 出勤 升学 巩固 化解 知晓 健康 管理
    开放 读书 听讲 单身 无证 滞销 警示 早熟 失能 失独 独居 空巢 到馆 进馆 参观 咨询 随迁 优抚 双职工 临时 集体 集中
    专题 违法 违规 违章 违纪 待业 涉案 涉毒 服刑 戒毒 吸毒 复转 退役 现役 卧床 孤寡 离休 内退 在编 聘用 外聘 进城
    创业 自主 获批 入选 入围 互动
    """
)
_RATE_HEADS = tuple(_words("率 度 比例 占比 比重 量 数 值 人数 时间 总数 时长 指数 系数 增速 增幅"))
_AMOUNTS = tuple(_words("额 费 收入 支出 面积 标准 贷款 资金 产值 经费 利润 税收 余额 投资 占比"))
# Verbs that take a clause: 组织|老干部|参观, 帮助|农户|销售
_CAUSATIVES = _words(
    """
    组织 安排 帮助 动员 推动 促进 督促 协助 邀请 力争 争取 带动 扶持 引导 鼓励 支持 参与 参加 配合 计划 指导 发动
    选派 抽调 派出 聘请 保证 确保 吸引 负责 开始 努力 坚持 要求 请 安置 协调 为
    """
)
_LEVELS = re.compile(r"(?:国家|省|市|县|区|镇|乡|校|村|院|局)级(?:以上)?|[省市县区]|城区|农村|男|女")
_GROWTH = re.compile(
    r"(?:增长|下降|提高|上升|减少|增加|降低|提升|回升|回落|削减|增幅|是|占|比|为|到|至|分别|不到|又|同比)[^，。；]{0,10}$"
)
_BARELY = re.compile(r"[、和与及，,—]?\s*(?:共|计|合计|近|约)?")
_ONLY_VERB = re.compile(r"[、，,]\s*(?:其中|其余|已|现已|目前已)?(?:[㐀-鿿]{2}后)?([㐀-鿿]{2,4}?)(?:了|出)?")
_EACH = re.compile(r"(?:人均|户均|生均|亩均|校均|村均|[每平均][㐀-鿿]{0,3}(?:增收)?)$")
_BEYOND = re.compile(r"[，,、][^，]{0,4}(?:比|较)[^，]{2,12}(?:高出|多|少|高|低|增加|减少|提前|超出)$")


@lru_cache(maxsize=8192)
def item_of(left: str, right: str, unit: str) -> str:
    """The counted noun phrase of a figure between `left` and `right`, the text of its sentence around it."""
    if unit in _RATES:
        before = _before(left, unit)
        return before if before.endswith(_RATE_HEADS + _AMOUNTS) else _behind(right, unit) or before
    return _behind(right, unit) or _before(left, unit) or _behind_further_count(right, unit)


def inherited(left: str, item: str, unit: str, before: Figure | None) -> str:
    """The item, or that of the figure before it in the sentence where the text leaves the noun out.

    So it does between the two ends of a change (`由54人增加到81人`), in growth of what was just stated
    (`186亿元，增长8.6%`), in the parts of a whole (`其中省级1篇`), for two counts of one thing (`5类14000余册`,
    `58起、52人次`), for what was done with it (`排查纠纷136起，调处133起`) and for its share of each
    (`发放慰问金47万元，户均2000元`).
    """
    if before is None or not before.item or (item and not (_LEVELS.fullmatch(item) and before.unit == unit)):
        return item
    if before.unit == unit and (partner := _second_of_two(left, before)):
        return partner
    return before.item if any(rule(left, item, unit, before) for rule in _INHERITANCE) else item


def _is_change_or_part(left: str, item: str, unit: str, before: Figure) -> bool:
    """`由54人增加到81人`, `186亿元，增长8.6%`, `其中省级1篇`."""
    same = before.unit == unit or unit in _RATES
    named = _GROWTH.search(left) or "其中" in left or _LEVELS.fullmatch(item or "-")
    return same and bool(named or left.strip("，、,和 ") in {"", "已完成", "其余"})


def _is_second_count(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`5类14000余册`, `58起、52人次`; not the people of something else: `演练6场，520人次参加`, `37个村4万人`."""
    if not _BARELY.fullmatch(left):
        return False
    if unit not in _PEOPLE_UNITS or before.unit in _PEOPLE_UNITS or left[:1] == "、":
        return True
    category = category_of_noun(before.item)
    return category is Category.PARTICIPANTS or (not left and category is not Category.ORGANIZATIONS)


def _is_share(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`慰问金47万元，户均2000元`, `探头52个，比计划多4个`, `纠纷136起，调处133起`."""
    if before.unit != unit:
        return False
    verb = _ONLY_VERB.fullmatch(left)
    return bool(_EACH.search(left) or _BEYOND.search(left) or (verb and verb[1] in _verbs()))


_INHERITANCE = (_is_change_or_part, _is_second_count, _is_share)


def _second_of_two(left: str, before: Figure) -> str:
    """The noun that shares a pair of numbers with `before`: `起数、死亡人数分别下降18%、25%`."""
    if left.strip("、，, ") not in {"", "和", "与", "及"}:
        return ""
    match = re.search(
        re.escape(before.item) + r"[、和与及]([^，。；、]{2,12}?)(?:同比|环比|比上年|各)?分别", before.quote
    )
    return match[1] if match and match[1].endswith(_RATE_HEADS + _AMOUNTS) else ""


def _behind(right: str, unit: str) -> str:
    """The noun phrase that opens the text behind the measure word; empty where none does."""
    clause = right[:_REACH].lstrip(" ")
    quoted = _QUOTED.match(clause)
    if quoted:
        return _quoted_phrase(quoted[1], quoted[2])
    ages = _AGES.match(clause)
    clause = clause[ages.end() :] if ages else clause
    stop = _RIGHT_STOP.search(clause)
    clause, optional = (clause[: stop.start()], _OPTIONAL.match(clause, stop.start())) if stop else (clause, None)
    if not clause or _goes_on(clause):
        return ""
    words = [(word, _role(word, flag)) for word, flag in tag(clause)]
    of = words[0][0] in {"的", "之"}
    phrase = _phrase(words[of:])
    if unit in _NO_ITEM_BEHIND | _SHARES and not _may_follow(
        words[of][0] if of < len(words) else "", phrase, unit, of=of
    ):
        return ""
    phrase = phrase or ("" if of else _attributive(words))
    return phrase + optional[0] if optional and phrase and clause.endswith(phrase) else phrase


def _goes_on(clause: str) -> bool:
    """True for text behind a measure word that starts something else: `20万元对文化宫进行改造`."""
    return clause[0] in " 、和与及以至—-~～/+" or (
        clause[0] in "对为给把将由从用按" and not category_of_noun(clause[:2])
    )


def _may_follow(first: str, phrase: str, unit: str, *, of: bool) -> bool:
    """True if a phrase behind a unit that mostly stands alone is what it counts: `六成队员`, `85%的农户`, `3人小组`."""
    if unit in _SHARES:
        return of or category_of_noun(phrase) in {Category.PARTICIPANTS, Category.ORGANIZATIONS}
    if unit in {"人", "人次"}:
        return (of and category_of_noun(phrase) is Category.PARTICIPANTS) or (
            unit == "人" and category_of_noun(first) is Category.ORGANIZATIONS and not of
        )
    return of


def _quoted_phrase(quoted: str, behind: str) -> str:
    """A quotation with the noun phrase it qualifies: `“五老”人员`."""
    return quoted + (_phrase([(word, _role(word, flag)) for word, flag in tag(behind)]) if behind else "")


def _behind_further_count(right: str, unit: str) -> str:
    """The noun phrase behind a second count of the same things: `3218户1.14万贫困群众`."""
    match = _FURTHER_COUNT.match(right.lstrip(" "))
    return _behind(right.lstrip(" ")[match.end() :], unit) if match and unit not in _NO_ITEM_BEHIND else ""


def _phrase(words: list[Word]) -> str:
    """The leading noun phrase: nouns with what modifies them, coordinated ones too, up to a verb or a mark."""
    taken: list[str] = []
    for index, (word, role) in enumerate(words):
        if role is Role.JOIN:
            if not taken or word in {"与", "以及"} or not _starts_noun(words, index + 1):
                break
        elif not taken and word in _PLACES:
            continue
        elif not (
            _is_noun(word, role) or _opens_compound(words, index, taken) or _closes_compound(words, index, taken)
        ) or (taken and _ends_people(taken) and not _continues_people(word)):
            break
        taken.append(word)
    return _TAIL_OF_PLACE.sub("", "".join(taken))


def _is_noun(word: str, role: Role) -> bool:
    return role is Role.NOUN and word not in _NEVER_BEHIND


def _starts_noun(words: list[Word], index: int) -> bool:
    return index < len(words) and (_is_noun(*words[index]) or _opens_compound(words, index, []))


def _opens_compound(words: list[Word], index: int, taken: list[str]) -> bool:
    """A verb inside a compound noun: `受助学生`, `培训时间`."""
    if index + 1 >= len(words):
        return False
    word, role = words[index]
    if role not in _VERBAL:
        return False
    if word in _PARTICIPLES and not (taken and (_ends_people(taken) or word in _MANNERS)):
        return words[index + 1][1] in {Role.NOUN, Role.EITHER, Role.DEED}
    return role is not Role.ACT and words[index + 1][0] in _heads()


def _closes_compound(words: list[Word], index: int, taken: list[str]) -> bool:
    """A verb that ends a compound noun: `集体备课`, `团课学习`, but not `学生参观`."""
    if not taken or taken[-1] in _JOINS or words[index][1] not in {Role.EITHER, Role.DEED} or _is_subject(taken[-1]):
        return False
    return index + 1 == len(words) or words[index + 1][1] in {Role.BREAK, Role.LINK}


def _ends_people(taken: list[str]) -> bool:
    """True behind a noun for people, which ends a phrase."""
    return taken[-1] not in _JOINS and category_of_noun(taken[-1]) is Category.PARTICIPANTS


def _continues_people(word: str) -> bool:
    """What may stand behind a noun for people inside one phrase: `学生家长`, `农民合作社`, but not `学生参观`."""
    counted = category_of_noun(word) in {Category.PARTICIPANTS, Category.ORGANIZATIONS}
    return (counted and word != "学会") or word in _heads()


def _attributive(words: list[Word]) -> str:
    """The noun phrase behind a 的 that closes a clause in front of it: `达省优质园标准的公办中心幼儿园`."""
    for index, (word, _) in enumerate(words[:12]):
        if word == "的" and index:
            return _phrase(words[index + 1 :])
    return ""


def _before(left: str, unit: str) -> str:
    """The noun phrase that ends the text in front of a number."""
    clause = _clause_before(left, unit)
    if not clause:
        return ""
    words = [(word, _role(word, flag)) for word, flag in _regrouped(tag(clause))]
    words = _without_tail(words, unit)
    if unit in _RATES and len(words) > 1 and words[-1][0] in {"比例", "比重", "占比"} and words[-2][0] == "的":
        return "".join(word for word, _ in words).lstrip("使力争确保全县市区")
    if len(words) > 1 and words[0][0] == "平均":
        words = words[1:]
    run = _run_at_end(words)
    if "分别" in clause[-10:]:
        run = _first_of_two(run)
    return _object(run, unit, words[-len(run) - 1][0] if len(run) < len(words) else "")


def _first_of_two(run: list[Word]) -> list[Word]:
    """Up to the comma of two measures whose numbers follow in turn: `起数、死亡人数|分别`."""
    joins = [place for place, (_, role) in enumerate(run) if role is Role.JOIN]
    if len(joins) != 1 or not run[joins[0] - 1][0].endswith(_RATE_HEADS + _AMOUNTS):
        return run
    return run[: joins[0]]


def _clause_before(left: str, unit: str) -> str:
    """The clause that the number ends, without remarks in parentheses and what the number is compared with."""
    clause = _REMARK.sub("", left[-_REACH:])
    for stops in (_LEFT_STOP, _THRESHOLD):
        for stop in reversed(list(stops.finditer(clause))):
            clause = clause[stop.end() :]
            break
    clause = _REACHED.sub("", clause.strip(" 　*●·—-"))
    if _ELIDED.search(clause) or (unit in _SPANS and _WITHIN.search(clause)):
        return ""
    if unit in _RATES:
        clause = _SHARE.sub("", clause)
    elif unit in _PEOPLE_UNITS:
        clause = _SENT.sub("", clause)
    return _EVERY.sub("", _COMPARED.sub("", clause))


def _regrouped(words: Tagged) -> Tagged:
    """Words with each quotation, title or optional part in parentheses as one noun, set phrases parted."""
    if any(len(word) == 4 for word, _ in words):
        words = [part for word, flag in words for part in _parted(word, flag)]
    if not any(word in _CLOSING_MARKS or word.isdigit() for word, _ in words):
        return words
    merged: Tagged = []
    index = 0
    while index < len(words):
        end = _end_of_group(words, index)
        merged.append(("".join(word for word, _ in words[index:end]), "nq") if end > index + 1 else words[index])
        index = end
    return merged


def _end_of_group(words: Tagged, index: int) -> int:
    """Where the quotation or the kind (`2|型`) that starts at a word ends; behind the word itself where none does."""
    word = words[index][0]
    closing = _CLOSING_MARKS.get(word)
    if closing:
        places = range(index + 1, min(index + 18, len(words)))
        return next((place + 1 for place in places if words[place][0] == closing), index + 1)
    kind = index + 1 < len(words) and word.isdigit() and words[index + 1][0][0] in "型级AG"
    return index + 2 if kind else index + 1


def _parted(word: str, flag: str) -> Tagged:
    """A set phrase of the tagger's dictionary that is a verb and its object: `发展党员`."""
    if len(word) != 4 or flag not in {"l", "n"} or word[:2] not in _verbs():
        return [(word, flag)]
    if word[2:] in _verbs():
        return [(word[:2], "v"), (word[2:], "v")] if flag == "l" else [(word, flag)]
    if flag == "l" or not (_verbs()[word[:2]] or word[2:] in _heads()):
        return [(word[:2], "v"), (word[2:], "n")]
    return [(word, flag)]


def _without_tail(words: list[Word], unit: str) -> list[Word]:
    """The words without what parts a noun from its number: `达`, `只有`, `免费体检` behind people."""
    end = _skip_bridges(words, len(words))
    predicate = _predicate_start(words[:end], unit)
    return words[:predicate] if predicate else words[:end]


def _skip_bridges(words: list[Word], end: int) -> int:
    while end and (words[end - 1][0] in _BRIDGES or words[end - 1][1] is Role.LINK):
        end -= 1
    return end


def _predicate_start(words: list[Word], unit: str) -> int:
    """Where the verb between a noun and its number starts: `工会经费|列支`, `群众|参与`; 0 where there is none."""
    place = len(words) - 1
    if place < 1 or words[place][1] not in _VERBAL or words[place][0] in _heads():
        return 0
    role = words[place][1]
    while place > 1 and words[place - 1][0] in _MANNERS:
        place -= 1
    noun, noun_role = words[place - 1]
    if noun_role is not Role.NOUN or noun in _DETERMINERS or noun in _BASES:
        return 0
    counted = unit in _PEOPLE_UNITS and category_of_noun(noun) is Category.PARTICIPANTS
    if counted and (unit != "人次" or _helped(words[: place - 1])):
        return place
    if role is Role.DEED or (
        role is not Role.ACT and place == len(words) - 1 and any(_governs(word) for word in words[: place - 1])
    ):
        return 0
    if unit in _DOING_UNITS and not _is_held(noun, role, parted=place < len(words) - 1):
        return 0
    return place


def _is_held(noun: str, role: Role, *, parted: bool) -> bool:
    """True where the times of a noun are counted, not those of the verb behind it: `黑板报|出刊`, `培训会|举办`."""
    category = category_of_noun(noun)
    if category is Category.MATERIALS:
        return True
    return (role is Role.ACT or (role is Role.VERB and parted)) and category not in {
        Category.PARTICIPANTS,
        Category.ORGANIZATIONS,
    }


def _helped(words: list[Word]) -> bool:
    """True behind a verb that gets people to do something: `安置|残疾人|就业41名`."""
    return any(word in _CAUSATIVES for word, role in words if role in _VERBAL)


_BASES = _words("亩 户 人 月 村 校 生 单 年 日 班 家")


def _governs(word: Word) -> bool:
    return word[1] in {Role.ACT, Role.EITHER, Role.DEED} and word[0] not in _CAUSATIVES


def _run_at_end(words: list[Word]) -> list[Word]:
    """The words up to the number that may belong to its noun phrase, verbs among them."""
    start = len(words)
    rate = bool(words) and _measures(words[-1][0])
    while start and (words[start - 1][1] in _PHRASE_ROLES or _inside(words, start - 1, rate=rate)):
        start -= 1
    if (
        start
        and words[start - 1][0] in {"本次", "此次", "这次"}
        and start + 1 < len(words)
        and words[start][0] == "活动"
    ):
        start += 1
    return words[start:]


def _measures(word: str) -> bool:
    """True for the name of a measurement: `整改率`, not `规章制度`."""
    return word.endswith(_RATE_HEADS) and not word.endswith(_NO_MEASURES)


_NO_MEASURES = ("制度", "年度", "季度", "力量", "少数", "多数")


def _inside(words: list[Word], index: int, *, rate: bool) -> bool:
    """True for a word that mostly breaks a phrase and belongs to this one: `隐患|按期|整改率`."""
    word = words[index][0]
    if index + 1 == len(words):
        return False
    return rate and (word == "平均" or (word in _MANNERS and word[0] != "每"))


def _object(run: list[Word], unit: str, before: str) -> str:
    """The noun phrase of a run: what stands behind the last verb that takes it as its object."""
    if not run:
        return ""
    rate = _measures(run[-1][0])
    start, governor = 0, before if before in _HOLDING else ""
    for index in range(len(run) - 1):
        if run[index][1] in _VERBAL and _takes_object(run, index, start, governor, rate=rate):
            start, governor = index + 1, run[index][0]
    while start + 1 < len(run) and run[start][0] in {"前", "后", "里", "内"}:
        start += 1
    words = run[start:]
    if (not governor and _is_doing(words, unit)) or (
        len(words) == 1 and not _stands_as_object(words[0], governor, unit)
    ):
        return ""
    if words[-1][0][0] == "“":
        return words[-1][0]
    if unit in _DOING_UNITS and (not governor or governor in _CAUSATIVES):
        words = _without_subject(words)
    if words[-1][0] in _INSIDE and len(words) > 1:
        return "".join(word for word, _ in words[:-1]) if _is_subject(words[-2][0]) and unit in _PEOPLE_UNITS else ""
    phrase = "".join(word for word, _ in words).strip("、和与及")
    return phrase if _counts(phrase, unit, words) else ""


def _is_doing(words: list[Word], unit: str) -> bool:
    """True where the words say what was done and no noun: `集中研讨3天`, `党员突击队奋战110天`."""
    if all(role in _VERBAL for _, role in words) and (words[-1][1] is Role.ACT or unit in _CASES):
        return True
    if len(words) > 1 and words[-2][0] in _BASES and words[-1][1] in _VERBAL:
        return True
    if len(words) > 1 and words[-2][0] in _MANNERS:
        named = words[-1][0] in _heads() and unit in _EVENTS
        return not named and (
            words[-1][1] in {Role.EITHER, Role.VERB} or (words[-1][1] is Role.DEED and unit in _SPANS)
        )
    deed = len(words) > 1 and words[-1][1] in {Role.EITHER, Role.VERB, Role.ACT} and words[-1][0] not in _heads()
    return deed and unit in _DOING_UNITS and _is_subject(words[-2][0]) and words[-1][0] not in _PARTICIPLES


def _stands_as_object(word: Word, governor: str, unit: str) -> bool:
    """True for a lone verb that is a noun here: `办理|丧事`, `开展|督查`, but not `组织|走访`."""
    if word[0] in _BASES:
        return False
    if word[1] not in _VERBAL or governor in _HOLDING or (unit in _RATES and word[0] in _BY_PEOPLE):
        return True
    if word[0] in _heads():
        return bool(governor) or unit in _EVENTS
    taken = bool(governor) and governor not in _CAUSATIVES
    return taken and word[1] is Role.VERB


_CASES = _words("件 起 例 人 名 户 家")
_EVENTS = _words("期 场 场次 班 轮 个 项")
_HOLDING = _words(
    """
    各类 各种 各项 开展 举办 组织 进行 举行 接受 受理 接待 参加 实施 坚持 调解 提供 处理
    """
)


_INSIDE = _words("中 里 内 上 下 前 后 之中 当中 之后 以后")


def _without_subject(words: list[Word]) -> list[Word]:
    """What people do, without the people: `老干部|政治学习12次`."""
    for index in range(len(words) - 3, -1, -1):
        word, role = words[index]
        if (
            role is Role.NOUN
            and words[index + 1][1] is not Role.JOIN
            and category_of_noun(word) is Category.PARTICIPANTS
        ):
            event = words[-1][1] in _VERBAL or category_of_noun(words[-1][0]) is Category.SESSIONS
            event = event and words[-1][0] not in _heads()
            return words[index + 1 :] if event else words
    return words


_BY_PEOPLE = ("咨询", "人数", "量", "来访", "来电", "来信", "上访", "投诉", "举报", "提问")


def _counts(phrase: str, unit: str, words: list[Word]) -> bool:
    """False where the noun is what is done rather than who is counted: `测量血压860人次`."""
    if unit == "人":
        return words[-1][1] not in _VERBAL
    if unit != "人次" or words[-1][1] in _VERBAL:
        return True
    return category_of_noun(phrase) in {Category.PARTICIPANTS, Category.SESSIONS} or phrase.endswith(_BY_PEOPLE)


@dataclass(frozen=True, slots=True)
class _Verb:
    """A verb in a run; `opens` where nothing but verbs stands before it, `governor` is the verb they depend on."""

    run: list[Word]
    index: int
    opens: bool
    governor: str

    @property
    def word(self) -> str:
        return self.run[self.index][0]

    @property
    def following(self) -> str:
        return self.run[self.index + 1][0]

    @property
    def chained(self) -> bool:
        """True in front of another verb that may open a compound: `走访|慰问`."""
        return self.run[self.index + 1][1] in {Role.EITHER, Role.DEED}

    @property
    def behind_subject(self) -> bool:
        return bool(self.index) and _is_subject(self.run[self.index - 1][0])

    @property
    def compounds(self) -> bool:
        """True in front of a word of `heads.tsv`, but not in `书友|精读|图书` and `学生|招募|志愿者`."""
        if self.following not in _heads():
            return False
        given = category_of_noun(self.following) is Category.MATERIALS or _is_guest(self.following)
        return not (self.behind_subject and given)


def _takes_object(run: list[Word], index: int, start: int, governor: str, *, rate: bool) -> bool:
    """True for a verb whose object is the rest of the run; `governor` is the verb in front of `start`, if any."""
    role = run[index][1]
    following, following_role = run[index + 1]
    if following_role is Role.JOIN:
        return role is Role.ACT and not rate
    if len(following) == 1 and following in _heads() and index + 2 == len(run):
        return False
    if rate and (index > start or governor or role is not Role.ACT):
        return False
    if rate and len(run) == 2 and run[index][0] not in _AIMS:
        return False
    opens = all(role in _VERBAL or word == "新" for word, role in run[start:index])
    return _DECIDE[role](_Verb(run, index, opens, governor))


_AIMS = _words("实现 确保 力争 完成 提高 提升 降低 控制 争取 巩固 恢复 新增 扩大")


def _unless_inside(verb: _Verb) -> bool:
    """A verb that takes an object always does, save inside a compound: `产业|发展|资金`."""
    if not verb.index or len(verb.word) == 1 or verb.behind_subject or not verb.compounds:
        return True
    before, role = verb.run[verb.index - 1]
    return role is not Role.NOUN or before == "新" or category_of_noun(verb.following) is Category.MATERIALS


def _unless_compound(verb: _Verb) -> bool:
    """A verb that may open a compound acts at the start of a clause, behind a subject, and on people."""
    if verb.index and verb.run[verb.index - 1][0] == "新":
        return True
    if verb.opens and not verb.governor:
        return _acts_first(verb)
    if verb.compounds or verb.chained or (verb.opens and verb.word in _PARTICIPLES and _is_subject(verb.following)):
        return False
    if verb.opens:
        return _acts_second(verb)
    if category_of_noun(verb.run[-1][0]) is Category.PARTICIPANTS and verb.following not in _heads():
        return True
    finite = verb.run[verb.index][1] is Role.EITHER and (not verb.governor or verb.governor in _CAUSATIVES)
    return finite or verb.behind_subject


def _acts_first(verb: _Verb) -> bool:
    """`走访|群众`, but `走访慰问|群众`, `受教育学生`, `培训时间`."""
    if verb.word in _PARTICIPLES and _is_subject(verb.following):
        return False
    if verb.chained and verb.following not in _PARTICIPLES:
        return False
    return verb.following not in _heads() or _is_guest(verb.following)


def _acts_second(verb: _Verb) -> bool:
    """Behind another verb: `组织|培训|农民`, `开展|走访|困难群众`, but `开展|集中整治行动`."""
    if verb.governor in _CAUSATIVES or category_of_noun(verb.run[-1][0]) is Category.PARTICIPANTS:
        return True
    return verb.run[verb.index][1] is Role.EITHER and _is_subject(verb.following)


def _unless_modifier(verb: _Verb) -> bool:
    """A verb of no list acts at the start of a clause or behind a subject; behind another verb it modifies."""
    first = verb.opens and not verb.governor
    if verb.word in _PARTICIPLES or (verb.compounds and not (first and _is_given(verb.following))):
        return False
    if verb.opens:
        return first or (verb.governor in _CAUSATIVES and not _is_subject(verb.following))
    return not verb.governor or verb.behind_subject


def _is_guest(noun: str) -> bool:
    """People and organizations, as far as a verb in front of them does not say what they are for: not `培训机构`."""
    return _is_subject(noun) and noun not in _HOSTS


def _is_given(noun: str) -> bool:
    """People and things, which a verb in front of them more often takes than qualifies."""
    return noun in _GOODS or category_of_noun(noun) in _GIVEN


_GIVEN = frozenset({Category.PARTICIPANTS, Category.ORGANIZATIONS, Category.MATERIALS})
_GOODS = _words(
    """
    车辆 船舶 设备 器材 工具 床位 座位 席位 设施 农药 项目 作品 节目 线路 管道
    """
)
_HOSTS = _words(
    """
    机构 中心 基地 站 点 室 场所 队 组 小组 团 团队 小分队 窗口 协会 委员会 平台 网点 站点 点位 大队 中队 班 馆 院
    员 生 者 人 户 对象 人员 人数
    """
)
_DECIDE: dict[Role, Callable[[_Verb], bool]] = {
    Role.ACT: _unless_inside,
    Role.EITHER: _unless_compound,
    Role.DEED: _unless_compound,
    Role.VERB: _unless_modifier,
}


def _is_subject(word: str) -> bool:
    return category_of_noun(word) in {Category.PARTICIPANTS, Category.ORGANIZATIONS} and word not in _AREAS


_AREAS = _words("农村 乡村 城乡 城市 城区 县城 校园 家庭 公益")


@lru_cache(maxsize=16384)
def _role(word: str, flag: str) -> Role:
    """The role of a tagged word."""
    if flag == "nq":
        return Role.NOUN
    role = next((role for rule in _ROLE_RULES if (role := rule(word, flag)) is not None), Role.BREAK)
    return Role.LINK if role is Role.BREAK and flag in _BRIDGE_TAGS else role


def _closed_class(word: str, flag: str) -> Role | None:
    if word in _JOINS:
        return Role.JOIN
    if word in _ACTING_AUXILIARIES:
        return Role.ACT
    if word in _PREPOSITIONS or word in _DETERMINERS or flag == "x" or (word[0] == "各" and len(word) == 2):
        return Role.BREAK
    return None


def _listed_verb(word: str, flag: str) -> Role | None:
    modifies = _verbs().get(word)
    if modifies is None or (len(word) == 1 and flag not in _VERB_TAGS):
        return None
    if not modifies:
        return Role.ACT
    return Role.EITHER if flag in _VERB_TAGS or flag == "d" else Role.DEED


def _participle(word: str, flag: str) -> Role | None:
    return Role.VERB if word in _PARTICIPLES and flag in {"v", "d", "ad", "m"} else None


def _fused_verb(word: str, flag: str) -> Role | None:
    known = flag in _VERB_TAGS or len(word) == 3
    fused = known and 1 < len(word) <= 3 and word[0] in _FUSED and word[1:] in _verbs()
    return Role.ACT if fused else None


_FUSED = frozenset("中各共再均还已仅又新年")  # `大赛|中获|二等奖`: what the tagger takes for one word


def _listed_noun(word: str, flag: str) -> Role | None:
    if len(word) == 1:
        return Role.NOUN if word in _heads() and (flag not in _VERB_TAGS or word in _SUFFIXES) else None
    if word in _heads() or is_listed(word):
        return Role.NOUN
    return (
        Role.NOUN
        if flag not in _VERB_TAGS | {"d", "ad"} and (word[-2:] in _heads() or category_of_noun(word))
        else None
    )


_SUFFIXES = _words("会 点 站 班 室 员 卡 栏 率 课")


def _tagged(word: str, flag: str) -> Role | None:
    if flag in _NOUN_TAGS or (flag[0] == "m" and _NAMED_NUMBER.match(word)):
        return Role.NOUN
    return Role.VERB if flag in _VERB_TAGS else None


_ROLE_RULES = (_closed_class, _listed_verb, _participle, _fused_verb, _listed_noun, _tagged)


@cache
def _verbs() -> dict[str, bool]:
    return {row.word: row.modifies for row in lexicon.load("verbs", VerbRow)}


@cache
def _heads() -> frozenset[str]:
    return frozenset(row.noun for row in lexicon.load("heads", HeadRow))
