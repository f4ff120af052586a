"""The noun that a sentence states once for several figures."""

from __future__ import annotations

import re
from functools import cache

from zongji.corpus.labels import Category
from zongji.corpus.records import Figure
from zongji.pipeline.figures.categories import category_of_noun, is_listed
from zongji.pipeline.figures.items.before import phrase_before
from zongji.pipeline.figures.items.nouns import is_quantity
from zongji.pipeline.figures.items.word_lists import alternation, lists

_LEVELS = re.compile(
    r"(?:国家|省|市|县|区|镇|乡|校|村|院|局)级(?:以上)?|[省市县区]|城区|农村|男|女"
    r"|[红橙黄蓝]色|全程|核心期刊|[ⅠⅡⅢⅣ]级|[大中小微]型|新建|改造(?:提升)?|改扩建|境外|外地|本地|集中|分散"
)
_SUM = re.compile(r"总[数量计]|累计|数量")
_REMAINDER = re.compile(r"[、，,]?(?:其余|余下|剩下|剩余|还有|尚有|另有)(?:的)?")
_BARELY = re.compile(r"[、和与及，,—]?\s*(?:共计|一共|总共|总计|共|计|合计|近|约)?")
_PRINTED = re.compile(r"[，,、]?(?:每期|每月|每季度?)?(?:共|各)?(?:印发?|印制|印刷|发行|发放|印数)?了?")
_OF_PLAN = re.compile(r"[，,](?:已|共)?(?:完成|占|为|达到?)[^，。；\d]{0,8}(?:计划|任务|目标|预算|指标)数?的?")
_ELIDED = re.compile(r"[^。；]{1,24}的(?:还?有|约?占了?|只有|仅有|达到?)?")
# `编了图解手册，|印了两千本`, `写了日记，|共47本`
_TOPIC_BEFORE = re.compile(r"[，,](?:已|共|一共|总共|合计|全年|累计|首批)*([㐀-鿿]{0,4}?)(?:了|出|成册)?[，,]?$")
_THINGS = frozenset("本 册 份 张 幅 套 件 条 篇 部 块 封 个 把 台 处".split())
_EACH_ONLY = re.compile(r"[，,](?:每个?[㐀-鿿]{1,4}){1,2}$")  # 开设防诈骗课，每社区|2课时
_TWO_CLAUSES = 2
_COUNTED_EACH = frozenset({"课时", "学时", "节", "场", "场次", "堂", "课", "个", "遍"})
_AMONG = re.compile(r"(?:当?中|里)面?[，,]?(?:还|只|仅|约)?有?(?:近|约)?")
_ONLY_VERB = re.compile(
    r"(?:[并也][^，。；]{0,3})?[、，,]\s*(?:其中|其余|已|现已|目前已|当场|当天|现场|当即|限期|停业|责令|全部|共|又|再|及时|依法|首批|年底|年内|回来)?"
    r"(?:[㐀-鿿]{2}后)?([㐀-鿿]{2,4}?)(?:了|出)?"
)
_EACH = re.compile(r"(?:人均|户均|生均|亩均|校均|村均|[每平均][㐀-鿿]{0,3}(?:增收)?)$")
_BEYOND = re.compile(r"[，,、][^，]{0,4}(?:比|较)[^，]{2,12}(?:高出|多|少|高|低|快|慢|增加|减少|提前|超出)$")
_WORTH = re.compile(r"[，,、]?(?:总|共|合计|累计|市场)?(?:价值|货值|折价|估价)(?:共|约|近|达|合计|人民币)?")
_REST = frozenset({"", "已完成", "其余"})
_PAIRING = frozenset({"", "和", "与", "及"})


def inherited(left: str, item: str, unit: str, before: Figure | None) -> str:
    """The item, or that of the figure before it in the sentence where the text leaves the noun out.

    So it does between the two ends of a change (`由54人增加到81人`), in growth of what was just stated
    (`186亿元，增长8.6%`), in the parts of a whole (`其中省级1篇`), for two counts of one thing (`5类14000余册`,
    `58起、52人次`), for what was done with it (`排查纠纷136起，调处133起`) and for its share of each
    (`发放慰问金47万元，户均2000元`).
    """
    if before is not None and item.startswith(before.item + "、") and left.startswith(before.item):
        item = item[len(before.item) + 1 :]  # `19个村、|养殖户2360户`
    if before is not None and before.item and before.unit == unit and _says_nothing_else(left, item):
        return before.item
    if not item and unit in _COUNTED_EACH and (each := _EACH_ONLY.search(left)) is not None:
        return phrase_before(left[: each.start()], unit)
    if not item and (before is None or not before.item) and (topic := _TOPIC_BEFORE.search(left)) is not None:
        return _topic_of(left[: topic.start()], unit, topic[1])
    if before is None or not before.item or (item and not (before.unit == unit and _LEVELS.fullmatch(item))):
        return item
    if before.unit == unit and (partner := _second_of_two(left, before)):
        return partner
    return before.item if any(rule(left, item, unit, before) for rule in _INHERITANCE) else item


def _topic_of(clause: str, unit: str, verb: str) -> str:
    """The thing that the clause before says of, where the number's own clause only says what was done with it."""
    if verb and verb not in lists().verbs and verb not in lists().outcomes:
        return ""
    topic = phrase_before(clause, unit) if unit in _THINGS else ""
    thing = topic[-1:] == "》" or category_of_noun(topic) not in {None, Category.PARTICIPANTS}
    return topic if topic and thing else ""


def _says_nothing_else(left: str, item: str) -> bool:
    """`新增企业3家，总数达到14家`, `责令整改9家`, `其余七处列出清单`."""
    if item and _SUM.fullmatch(item):
        return True
    if _REMAINDER.fullmatch(left):
        return category_of_noun(item) is None
    verb = _ONLY_VERB.fullmatch(left) if item and item in left else None
    return verb is not None and verb[1] in lists().verbs and not is_listed(item)


def _second_of_two(left: str, before: Figure) -> str:
    """The noun that shares a pair of numbers with `before`: `起数、死亡人数分别下降18%、25%`."""
    if left.strip("、，, ") not in _PAIRING:
        return ""
    partner = r"[、和与及]([^，。；、]{2,12}?)(?:同比|环比|比上年|各)?分别"
    match = re.search(re.escape(before.item) + partner, before.quote) if "分别" in before.quote else None
    return match[1] if match and is_quantity(match[1]) else ""


def _is_change_or_part(left: str, item: str, unit: str, before: Figure) -> bool:
    """`由54人增加到81人`, `186亿元，增长8.6%`, `其中省级1篇`."""
    if before.unit != unit and unit not in lists().rates:
        return False
    part = "其中" in left or left.strip("，、,和 ") in _REST or _LEVELS.fullmatch(item)
    return bool(part or _change().search(left))


@cache
def _change() -> re.Pattern[str]:
    return re.compile(rf"{alternation(lists().changes)}[^，。；]{{0,10}}$")


def _is_second_count(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`5类14000余册`, `58起、52人次`; not the people of something else: `演练6场，520人次参加`, `37个村4万人`."""
    if not _BARELY.fullmatch(left):
        return False
    people = lists().people
    if unit not in people or before.unit in people or left[:1] == "、":
        return True
    category = category_of_noun(before.item)
    return category is Category.PARTICIPANTS or (not left and category is not Category.ORGANIZATIONS)


def _is_share(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`慰问金47万元，户均2000元`, `探头52个，比计划多4个`, `纠纷136起，调处133起`."""
    if unit == "个百分点" and before.unit == "%" and _BEYOND.search(left):
        return True
    if before.unit != unit:
        return False
    verb = _ONLY_VERB.fullmatch(left[max(left.rfind("，"), 0) :] if left.count("，") == _TWO_CLAUSES else left)
    done = verb is not None and (verb[1] in lists().verbs or verb[1] in lists().outcomes)
    return bool(done or _EACH.search(left) or _BEYOND.search(left))


def _is_worth(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`设备22台，价值六百万元`."""
    return unit == "元" and before.unit != "元" and _WORTH.fullmatch(left) is not None


def _is_printed(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`编印《月刊》6期，印发1800册`."""
    printed = before.category is Category.MATERIALS and unit in {"册", "份", "本", "张"}
    return printed and bool(left) and _PRINTED.fullmatch(left) is not None


def _is_of_plan(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`营业收入3.42亿元，完成年计划的56.1%`."""
    return unit in lists().rates and _OF_PLAN.fullmatch(left) is not None


def _is_among(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`268名委员中，四分之三`, `提了建议26件，办成的有19件`."""
    if unit != before.unit and unit not in lists().shares:
        return False
    if _AMONG.fullmatch(left):
        return True
    return unit == before.unit and left.endswith(("的", "有", "占", "了")) and _ELIDED.fullmatch(left) is not None


_INHERITANCE = (
    _is_change_or_part,
    _is_second_count,
    _is_share,
    _is_worth,
    _is_printed,
    _is_of_plan,
    _is_among,
)
