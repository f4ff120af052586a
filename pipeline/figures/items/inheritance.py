"""The noun that a sentence states once for several figures."""

from __future__ import annotations

import re

from zongji.corpus.labels import Category
from zongji.corpus.patterns import WordPattern, Words
from zongji.corpus.records import Figure
from zongji.pipeline.figures.categories import category_of_noun, is_listed
from zongji.pipeline.figures.items.before import phrase_before
from zongji.pipeline.figures.items.nouns import is_quantity
from zongji.pipeline.figures.items.word_lists import OUTCOMES, PEOPLE_UNITS, is_rate, is_share, verbs

_LEVELS = WordPattern("word_classes", "{level}")
_SUM = re.compile("总[数量计]|累计|数量")
_REMAINDER = WordPattern("word_classes", "[、，,]?(?:{remainder})的?")
_BARELY = WordPattern("word_classes", r"[、和与及，,—]?\s*(?:{summed})?")
_PRINTED = WordPattern("word_classes", "[，,、]?(?:{printed-per})?[共各]?(?:{printed})?了?")
_OF_PLAN = WordPattern("word_classes", r"[，,][已共]?(?:{plan-verb})[^，。；\d]{0,8}(?:{plan})数?的?")
_ELIDED = WordPattern("word_classes", "[^。；]{1,24}的(?:{elided-verb})?")
_ELIDED_ENDS = Words("word_classes", "elided-end")
# `编了图解手册，|印了两千本`, `写了日记，|共47本`
_TOPIC_BEFORE = WordPattern("word_classes", "[，,](?:{topic-adverb})*([㐀-鿿]{0,4}?)(?:了|出|成册)?[，,]?$")
_WORKS = Words("unit_classes", "work")
_EACH_ONLY = re.compile(r"[，,](?:每个?[㐀-鿿]{1,4}){1,2}$")  # 开设防诈骗课，每社区|2课时
_TWO_CLAUSES = 2
_LESSONS = Words("unit_classes", "lesson")
_AMONG = WordPattern("word_classes", "(?:当?中|里)面?[，,]?(?:{among-adverb})?有?(?:近|约)?")
_ONLY_VERB = WordPattern(
    "word_classes", r"(?:[并也][^，。；]{0,3})?[、，,]\s*(?:{done-adverb})?(?:[㐀-鿿]{2}后)?([㐀-鿿]{2,4}?)(?:了|出)?"
)
_PER_EACH = WordPattern("word_classes", "(?:{per-each}|[每平均][㐀-鿿]{0,3}(?:增收)?)$")
_BEYOND = WordPattern("word_classes", "[，,、][^，]{0,4}(?:比|较)[^，]{2,12}(?:{beyond-verb})$")
_WORTH = WordPattern("word_classes", "[，,、]?(?:{worth-lead})?(?:{worth})(?:{worth-verb})?")
_CHANGE = WordPattern("word_classes", "(?:{change})[^，。；]{0,10}$")
_PRINTED_UNITS = Words("unit_classes", "printed")
_REST = WordPattern("word_classes", "[，、,和 ]*(?:{rest})?[，、,和 ]*")
_PARTNER = WordPattern("word_classes", "[、和与及]([^，。；、]{2,12}?)(?:{compared-adverb})?分别")
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
    if not item and unit in _LESSONS.all and (each := _EACH_ONLY.search(left)) is not None:
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
    if verb and verb not in verbs() and verb not in OUTCOMES.all:
        return ""
    topic = phrase_before(clause, unit) if unit in _WORKS.all else ""
    thing = topic[-1:] == "》" or category_of_noun(topic) not in {None, Category.PARTICIPANTS}
    return topic if topic and thing else ""


def _says_nothing_else(left: str, item: str) -> bool:
    """`新增企业3家，总数达到14家`, `责令整改9家`, `其余七处列出清单`."""
    if item and _SUM.fullmatch(item):
        return True
    if _REMAINDER.fullmatch(left):
        return category_of_noun(item) is None
    verb = _ONLY_VERB.fullmatch(left) if item and item in left else None
    return verb is not None and verb[1] in verbs() and not is_listed(item)


def _second_of_two(left: str, before: Figure) -> str:
    """The noun that shares a pair of numbers with `before`: `起数、死亡人数分别下降18%、25%`."""
    if left.strip("、，, ") not in _PAIRING:
        return ""
    if "分别" not in before.quote:
        return ""
    items = re.finditer(re.escape(before.item), before.quote)
    partner = next(filter(None, (_PARTNER.match(before.quote, item.end()) for item in items)), None)
    return partner[1] if partner and is_quantity(partner[1]) else ""


def _is_change_or_part(left: str, item: str, unit: str, before: Figure) -> bool:
    """`由54人增加到81人`, `186亿元，增长8.6%`, `其中省级1篇`."""
    if before.unit != unit and not is_rate(unit):
        return False
    part = "其中" in left or _REST.fullmatch(left) or _LEVELS.fullmatch(item)
    return bool(part or _CHANGE.search(left))


def _is_second_count(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`5类14000余册`, `58起、52人次`; not the people of something else: `演练6场，520人次参加`, `37个村4万人`."""
    if not _BARELY.fullmatch(left):
        return False
    people = PEOPLE_UNITS.all
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
    done = verb is not None and (verb[1] in verbs() or verb[1] in OUTCOMES.all)
    return bool(done or _PER_EACH.search(left) or _BEYOND.search(left))


def _is_worth(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`设备22台，价值六百万元`."""
    return unit == "元" and before.unit != "元" and _WORTH.fullmatch(left) is not None


def _is_printed(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`编印《月刊》6期，印发1800册`."""
    printed = before.category is Category.MATERIALS and unit in _PRINTED_UNITS.all
    return printed and bool(left) and _PRINTED.fullmatch(left) is not None


def _is_of_plan(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`营业收入3.42亿元，完成年计划的56.1%`."""
    return is_rate(unit) and _OF_PLAN.fullmatch(left) is not None


def _is_among(left: str, item: str, unit: str, before: Figure) -> bool:  # noqa: ARG001
    """`268名委员中，四分之三`, `提了建议26件，办成的有19件`."""
    if unit != before.unit and not is_share(unit):
        return False
    if _AMONG.fullmatch(left):
        return True
    return unit == before.unit and left.endswith(_ELIDED_ENDS.ordered) and _ELIDED.fullmatch(left) is not None


_INHERITANCE = (
    _is_change_or_part,
    _is_second_count,
    _is_share,
    _is_worth,
    _is_printed,
    _is_of_plan,
    _is_among,
)
