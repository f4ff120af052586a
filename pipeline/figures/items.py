"""What a figure counts: the noun phrase behind its measure word, else the one in front of its number.

Parts of speech say where a phrase may begin and end; which verbs are left outside (`发放|科普资料5000份`) and which open
a compound noun (`培训时间`) stands in `verbs.tsv` and `heads.tsv`, because no tagger knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from zongji.corpus import lexicon
from zongji.corpus.labels import Category
from zongji.corpus.records import Figure
from zongji.pipeline.figures.categories import category_of_noun
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


_REACH = 40  # characters of a clause that may hold the counted noun
_OPTIONAL = re.compile(r"[（(][㐀-鿿]{1,4}[)）]")
_NEVER_BEHIND = frozenset("全部 以上 以下 左右 免费 依法 列队 分片 学会 一字排开 均 共 全程 同时 以来".split())
_RIGHT_STOP = re.compile(r"[，。；：！？,;:!?\n\t（）()“”\"【】|｜]| (?= )")
_LEFT_STOP = re.compile(r"[，。；：！？,;:!?\n\t【】|｜]")
_NOUNS = frozenset("n nq nr nrt nrfg ns nt nz ng vn an j l i s b f t g h k vg eng zg a ag ad z q".split())
_VERBS = frozenset("v vd vi vq".split())
_COORDINATIONS = frozenset("、 和 与 及 以及".split())
_PREPOSITIONS_LIKE = frozenset("为 对 向 给 将 把 让 使 在 于 由 被 从 对于 用 以 按 按照 依托 通过 同 围绕 经 经过 每 各 比 较".split())
# Words between a counted noun and its number: 达 共 有 … neither noun nor verb of the event.
_BRIDGES = frozenset(
    "达 达到 共 共计 合计 累计 总计 计 为 有 是 各 均 约 近 已 已经 突破 超过 超 保持 保持在 稳定 稳定在 控制 控制在 在 到 至 了 只 仅 就 分别 分别为 分别达到 分别达 "
    "增加 增加到 增至 增加至 增 提高 提高到 提升 提升到 提升至 提高至 上升 上升到 上升至 增长 增长到 下降 下降到 下降至 降低 降 降到 降低到 降至 减少 减少到 减至 同比 同比增长 环比 由 从 "
    "占 占比 共有 一共 总共 多达 高达 不 每年 原来 的 去年 上年 年初 上年度 前 仍 还 又 都 也 全部 实现 合 折合 约合 需 要 应 确保 力争 争取 得 过 年均 平均 人均 户均 大 可 能 扩 扩大 扩大到 升 升至 升到 "
    "发展到 扩展 扩展到 至少 最多 最低 不少 不低 不足 左右 上下 以上 去年同期 较 比 比上年 分 率先 继续 列 名列 达成 削减 缩短 压减 回升 回落 现有 原有 新增 达标 估计 预计 共达".split()
)
_DETERMINERS = frozenset(
    "各 各类 各种 各级 各项 各式 各式各样 全 全县 全市 全区 全镇 全乡 全省 全校 全院 全局 全村 全街道 全国 全厂 全班 全所 全馆 全站 全园 全行 全科 我 我们 我县 我市 我区 我校 我镇 我局 我院 我乡 我村 本 本县 本市 本校 本年 本届 "
    "该 此 这 这些 那 其 其中 所有 全体 一批 一些 部分 大量 多种 多 等 并 或 许多 相关 有关 再 又 还 已 已经 全年 今年 去年 当年 上半年 下半年 近 当天 当日 现场 先后 累计 每个 每年 每月 每人 每周 "
    "期间 年内 共 首批 当前 目前 现 现有 原有 年末 年底 月底 期末 全系统 全学期 本学期 上学期 同期 另 另有 还有 仅 大约 预计 计划 拟 将 要 免费 依法 积极 主动 及时 认真 无偿 陆续 逐步 全面 持续 成功 顺利 圆满 牵头 联合 共同 "
    "人民币 人均 户均 班上 站里 村里 校内 全乡镇 乡里 辖区 使 力争 确保 达 达到".split()
)
_NO_ITEM_BEHIND = frozenset({"人次", "人", "%", "个百分点", "户次", "成", "倍", "小时", "分钟", "年", "个月", "分"})
_DOING_UNITS = frozenset("次 场 场次 期 轮 节 堂 批 批次 班次 遍 趟 回 课时 学时 项 小时 天 分钟 例 起 件".split())
_RATES = frozenset({"%", "成", "倍", "个百分点", "‰", ""})
_BRIDGE_TAGS = frozenset({"p", "uv", "ul", "d", "uz", "ug"})
_CLOSING_MARKS = {"“": "”", "《": "》", "‘": "’", "(": ")", "（": "）"}
_PARTICIPLES = frozenset(
    "参训 受训 受益 受教育 受助 参会 到场 到会 获奖 在校 在职 在岗 在册 离退休 退休 留守 贫困 困难 入党 入库 注册 就诊 参赛 参展 参保 外出 下岗 失业 受众 返乡 务工 参考 驻村 出院 门诊 住院 到位 签约 实有 享受 参演 常住 "
    "流动 低保 特困 受灾 受援 结对 挂牌 持证 残疾 示范 脱贫 患病 监测 转岗 入园 在园 来访 上访 信访 在建 续建 结转 新型 流失 到课 编制 应急 受理 受害 点击 阅读 浏览 播放 发生 办结 成活 入学 就业 出勤 升学 巩固 化解 知晓 健康 管理 开放 读书".split()
)
_RATE_HEADS = ("率", "度", "比例", "占比", "比重", "量", "数", "额", "值", "费", "收入", "支出", "面积", "人数", "时间", "总数")


@lru_cache(maxsize=8192)
def item_of(left: str, right: str, unit: str) -> str:
    """The counted noun phrase of a figure between `left` and `right`, the text of its sentence around it."""
    before = _before(left, unit)
    if unit in _RATES and before.endswith(_RATE_HEADS):
        return before
    return _behind(right, unit) or before


_LEVELS = re.compile(r"(?:国家|省|市|县|区|镇|乡|校|村|院|局)级?(?:以上)?|国家级|城区|农村|男|女")
_GROWTH = re.compile(r"(?:增长|下降|提高|上升|减少|增加|降低|提升|回落|削减|增幅|是|占|比|为|到|至|分别|不到|又|同比)[^，。；]{0,10}$")
_BARELY = re.compile(r"[、和与及，,—]?\s*(?:共|计|合计|近|约)?")


def inherited(left: str, item: str, unit: str, before: Figure | None) -> str:
    """The item, or that of the figure before it in the sentence where the text leaves the noun out.

    So it does between the two ends of a change (`由54人增加到81人`), in growth of what was just stated (`186亿元，增长8.6%`),
    in the parts of a whole (`其中省级1篇`), and for two counts of one thing (`5类14000余册`, `58起、52人次`).
    """
    if before is None or not before.item:
        return item
    if item and not (_LEVELS.fullmatch(item) and before.unit == unit):
        return item
    same = before.unit == unit or unit in _RATES
    if same and (_GROWTH.search(left) or "其中" in left or _LEVELS.fullmatch(item or "-")):
        return before.item
    if _BARELY.fullmatch(left) or (same and left.strip("，、,和 ") in {"", "已完成", "其中", "其余"}):
        return before.item
    return item


def _behind(right: str, unit: str) -> str:
    """The noun phrase that opens the text behind the measure word; empty where none does."""
    clause = right[:_REACH].lstrip(" ")
    quoted = re.match(r"的?(《[^》]{1,20}》|“[^”]{1,20}”)([㐀-鿿]{0,8})", clause)
    if quoted:
        name = quoted[1] if quoted[2] or quoted[1][0] == "《" else quoted[1][1:-1]
        return name + _phrase(tag(quoted[2])) if quoted[2] else name
    stop = _RIGHT_STOP.search(clause)
    clause, optional = (clause[: stop.start()], _OPTIONAL.match(clause, stop.start())) if stop else (clause, None)
    if not clause or clause[0] in " 、和与及以至—-~～/+":
        return ""
    words = tag(clause)
    if words[0][0] in {"的", "之"}:
        return _phrase(words[1:])
    if unit in _NO_ITEM_BEHIND and not (unit == "人" and category_of_noun(words[0][0]) is Category.ORGANIZATIONS):
        return ""
    phrase = _phrase(words) or _attributive(words)
    return phrase + optional[0] if optional and phrase and clause.endswith(phrase) else phrase


def _phrase(words: Tagged) -> str:
    """The leading noun phrase: nouns with what modifies them, coordinated ones too, up to a verb or a mark."""
    taken: list[str] = []
    whole = 0
    for index, (word, flag) in enumerate(words):
        if word == "、" and whole and _is_noun(words, index + 1):
            taken.append(word)
            continue
        if not _is_noun(words, index) and not _opens_compound(words, index, taken):
            break
        if taken and _ends_people(taken) and not _continues_people(word, flag):
            break
        taken.append(word)
        if flag not in {"a", "b", "ad", "ag", "d"} or index + 1 == len(words):
            whole = len(taken)
    phrase = "".join(taken[:whole])
    return re.sub(r"[、]$|(?:前|后|中|内|里|上|下|以上|以下|之间|左右|期间|同时)$", "", phrase)


def _is_noun(words: Tagged, index: int) -> bool:
    if index >= len(words):
        return False
    word, flag = words[index]
    return flag in _NOUNS and word not in _NEVER_BEHIND and not (len(word) > 1 and _verbs().get(word) is False)


def _opens_compound(words: Tagged, index: int, taken: list[str]) -> bool:
    """A verb inside a compound noun: `受助学生`, `培训时间`."""
    if index + 1 >= len(words):
        return False
    word, flag = words[index]
    following = words[index + 1][0]
    if flag not in _VERBS and word not in _verbs():
        return False
    return (word in _PARTICIPLES and not taken) or following in _heads() and _verbs().get(word, True)


def _ends_people(taken: list[str]) -> bool:
    return taken[-1] != "、" and category_of_noun(taken[-1]) is Category.PARTICIPANTS


def _continues_people(word: str, flag: str) -> bool:
    """What may stand behind a noun for people inside one phrase: `学生家长`, `农民合作社`, but not `学生参观`."""
    return flag in {"n", "nz", "j", "nr", "k"} and category_of_noun(word) in {Category.PARTICIPANTS, Category.ORGANIZATIONS} and word not in {"学会"}


def _attributive(words: Tagged) -> str:
    """The noun phrase behind a 的 that closes a clause in front of it: `达省优质园标准的公办中心幼儿园`."""
    for index, (word, _) in enumerate(words[:12]):
        if word == "的" and index:
            return _phrase(words[index + 1 :])
    return ""


def _before(left: str, unit: str) -> str:
    """The noun phrase that ends the text in front of a number."""
    clause = re.sub(r"[（(][^（()）]{0,16}[)）]\s*$", "", left[-_REACH:])
    stops = [match.end() for match in _LEFT_STOP.finditer(clause)]
    clause = (clause[stops[-1] :] if stops else clause).rstrip(" 　")
    if unit in _RATES and "占" in clause[1:]:
        clause = re.sub(r"占(?!比|地|有|用).*$", "", clause)
    if not clause:
        return ""
    words = _atomic_quotations(tag(clause))
    end = len(words)
    while end and (words[end - 1][0] in _BRIDGES or words[end - 1][1] in _BRIDGE_TAGS):
        end -= 1
    while end > 1 and unit not in _DOING_UNITS and _trails(words, end - 1):
        end -= 1
    words = words[:end]
    if unit in _RATES and end and words[-1][0].endswith(("比例", "比重", "占比")) and end > 1 and words[-2][0] == "的":
        return "".join(word for word, _ in words).lstrip("使力争确保")
    return _without_verbs(_run_at_end(words)) or _doing(words, unit)


def _atomic_quotations(words: Tagged) -> Tagged:
    """Words with each quotation, title or optional part in parentheses as one noun."""
    merged: Tagged = []
    index = 0
    while index < len(words):
        closing = _CLOSING_MARKS.get(words[index][0])
        end = next((place for place in range(index + 1, min(index + 18, len(words))) if words[place][0] == closing), 0) if closing else 0
        if end:
            merged.append(("".join(word for word, _ in words[index : end + 1]), "nq"))
            index = end + 1
        else:
            merged.append(words[index])
            index += 1
    return merged


def _trails(words: Tagged, index: int) -> bool:
    """A verb between a noun and its number: `工会经费|列支`, `群众|参与`."""
    word, flag = words[index]
    acts = flag in _VERBS or _verbs().get(word) is False
    return acts and len(word) >= 2 and word not in _heads() and words[index - 1][1] in _NOUNS and words[index - 1][0] not in _DETERMINERS


def _run_at_end(words: Tagged) -> Tagged:
    """The words up to the number that may belong to its noun phrase, verbs among them."""
    start = len(words)
    while start:
        word, flag = words[start - 1]
        if word in _COORDINATIONS and start < len(words) and start >= 2 and words[start - 2][1] in _NOUNS | _VERBS:
            start -= 1
            continue
        if word in _DETERMINERS or word in _PREPOSITIONS_LIKE or (flag not in _NOUNS and flag not in _VERBS):
            break
        start -= 1
    return words[start:]


def _without_verbs(run: Tagged) -> str:
    """The noun phrase of a run: what stands behind its last verb that does not open a compound."""
    if not run:
        return ""
    rate = run[-1][0].endswith(_RATE_HEADS)
    start, acted = 0, ""
    for index in range(len(run) - 1):
        if _acts(run, index, acted, rate=rate):
            start, acted = index + 1, run[index][0]
    words = run[start:]
    if len(words) == 1 and (words[0][1] in _VERBS | {"a", "ad", "d"} or _verbs().get(words[0][0]) is False) and words[0][0] not in _heads():
        return ""
    if words[-1][1] == "nq" and words[-1][0][0] == "“":
        return words[-1][0][1:-1]
    return "".join(word for word, _ in words).strip("、和与及")


def _acts(run: Tagged, index: int, acted: str, *, rate: bool) -> bool:
    """True for a verb that takes the rest of the run as its object; `acted` is the verb right before it, if any."""
    word, flag = run[index]
    following, following_flag = run[index + 1]
    modifies = _verbs().get(word)
    if modifies is None and flag not in _VERBS:
        return False
    if following in _COORDINATIONS:
        return modifies is False and flag in _VERBS and not rate
    if len(following) == 1 and following_flag not in {"m", "q"} and following in _heads() or rate and (index or modifies is not False):
        return False
    if modifies is None:
        return word not in _PARTICIPLES and following not in _heads() and category_of_noun(run[-1][0]) is not Category.PARTICIPANTS
    if not modifies:
        return True
    follows_verb = bool(acted) and run[index - 1][0] == acted
    if following in _heads() or (follows_verb and not _verbs().get(acted)):
        return False
    return index == 0 or follows_verb or flag in _VERBS


def _doing(words: Tagged, unit: str) -> str:
    """`走访慰问12次`: what is counted is the doing itself."""
    if unit not in _DOING_UNITS:
        return ""
    taken: list[str] = []
    for word, flag in reversed(words[-3:]):
        if flag not in _VERBS | {"vn"} or word in _LIGHT or word in _BRIDGES or len(word) < 2:
            break
        taken.append(word)
    return "".join(reversed(taken))


_LIGHT = frozenset("开展 举办 组织 进行 召开 举行 开办 承办 完成 实施 推进 安排 接受 做好 抓好 协办 主办 落实 坚持 实行 建立 参加 参与 整改到位 立案 获得 荣获".split())


@cache
def _verbs() -> dict[str, bool]:
    return {row.word: row.modifies for row in lexicon.load("verbs", VerbRow)}


@cache
def _heads() -> frozenset[str]:
    return frozenset(row.noun for row in lexicon.load("heads", HeadRow))
