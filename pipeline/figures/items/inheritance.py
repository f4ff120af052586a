"""Nouns that a sentence states once for several figures."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from zongji.corpus.labels import Category
from zongji.corpus.patterns import WordPattern, Words
from zongji.corpus.records import Figure
from zongji.corpus.verbs import verbs
from zongji.models.words import tag
from zongji.pipeline.figures.categories import category_of_noun, is_listed
from zongji.pipeline.figures.items.before import phrase_before
from zongji.pipeline.figures.items.nouns import is_quantity
from zongji.pipeline.figures.items.roles import LINK, VERBAL, read
from zongji.pipeline.figures.items.word_lists import OUTCOMES, PEOPLE_UNITS, is_rate, is_share
from zongji.pipeline.figures.ruled import Ruled, first_answer

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
_SHORT_CLAUSE = 8  # chosen: characters of a clause that only says what was done
_HAN_ONLY = re.compile("[㐀-鿿]+")
_SAID_OF = VERBAL | {LINK}
_COUNTED_ANEW = Words("unit_classes", "occasion", "span")  # each deed has times of its own
_PAIRING = frozenset({"", "和", "与", "及"})


class Clause(NamedTuple):
    """What a figure's clause states about it: the text before it, its own item, and the figure before it."""

    left: str
    item: str
    unit: str
    before: Figure | None


class Pair(NamedTuple):
    """The same if the previous figure of the sentence has an item that may be shared."""

    left: str
    item: str
    unit: str
    before: Figure


Rule = Callable[[Clause], str | None]
Condition = Callable[[Pair], bool]


def inherited(left: str, item: str, unit: str, before: Figure | None) -> Ruled[str]:
    """The item, or that of the previous figure of the sentence if the text omits the noun, and its rule.

    Nouns are omitted between the two ends of a change (`由54人增加到81人`), in the growth of what was just stated
    (`186亿元，增长8.6%`), in the parts of a whole (`其中省级1篇`), for two counts of one thing (`5类14000余册`,
    `58起、52人次`), for what was done with it (`排查纠纷136起，调处133起`) and for its share of each
    (`发放慰问金47万元，户均2000元`).
    """
    if before is None and item:
        return item, own_item  # most figures: no other rule applies to these
    if before is not None and item.startswith(before.item + "、") and left.startswith(before.item):
        item = item[len(before.item) + 1 :]  # `19个村、|养殖户2360户`
    answer = first_answer(RULES, Clause(left, item, unit, before))
    if answer is not None or before is None:
        return answer or (item, own_item)
    pair = Pair(left, item, unit, before)
    rule = next((rule for rule in CONDITIONS if rule(pair)), None)
    return (item, no_item) if rule is None else (before.item, rule)


def nothing_else(clause: Clause) -> str | None:
    """The noun says nothing by itself: `新增企业3家，总数达到14家`, `其余七处列出清单`."""
    left, item, unit, before = clause
    inherits = before is not None and before.item and before.unit == unit and _says_nothing_else(left, item)
    return before.item if before is not None and inherits else None


def counted_each(clause: Clause) -> str | None:
    """`开设防诈骗课，每社区|2课时`: what is counted for each is in the clause before."""
    if clause.item or clause.unit not in _LESSONS.all:
        return None
    each = _EACH_ONLY.search(clause.left)
    return None if each is None else phrase_before(clause.left[: each.start()], clause.unit)


def topic(clause: Clause) -> str | None:
    """`编了图解手册，|印了两千本`: the topic of the clause before, if it has no figure."""
    if clause.item or (clause.before is not None and clause.before.item):
        return None
    found = _TOPIC_BEFORE.search(clause.left)
    return None if found is None else _topic_of(clause.left[: found.start()], clause.unit, found[1])


def own_item(clause: Clause) -> str | None:
    """The figure has its own noun, or no figure before it has one."""
    _, item, unit, before = clause
    own = before is None or not before.item or (item and not (before.unit == unit and _LEVELS.fullmatch(item)))
    return item if own else None


def second_of_two(clause: Clause) -> str | None:
    """`起数、死亡人数分别下降18%、25%`: the second of two nouns that share a pair of numbers."""
    before = clause.before
    return _second_of_two(clause.left, before) or None if before is not None and before.unit == clause.unit else None


def no_item(clause: Clause) -> str:
    """Neither its own noun nor a reason to take that of the figure before it."""
    return clause.item


RULES: tuple[Rule, ...] = (nothing_else, counted_each, topic, own_item, second_of_two)
"""The first with an answer decides; an empty item is also an answer."""


def _topic_of(clause: str, unit: str, verb: str) -> str:
    """The topic of the clause before, if the number's own clause only says what was done with it."""
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


def change_or_part(pair: Pair) -> bool:
    """`由54人增加到81人`, `186亿元，增长8.6%`, `其中省级1篇`."""
    left, item, unit, before = pair
    if before.unit != unit and not is_rate(unit):
        return False
    part = "其中" in left or _REST.fullmatch(left) or _LEVELS.fullmatch(item)
    return bool(part or _CHANGE.search(left))


def second_count(pair: Pair) -> bool:
    """`5类14000余册`, `58起、52人次`; not the people of something else: `演练6场，520人次参加`, `37个村4万人`."""
    left, _, unit, before = pair
    if not _BARELY.fullmatch(left):
        return False
    people = PEOPLE_UNITS.all
    if unit not in people or before.unit in people or left[:1] == "、":
        return True
    category = category_of_noun(before.item)
    return category is Category.PARTICIPANTS or (not left and category is not Category.ORGANIZATIONS)


def share(pair: Pair) -> bool:
    """`慰问金47万元，户均2000元`, `探头52个，比计划多4个`, `纠纷136起，调处133起`."""
    left, _, unit, before = pair
    if unit == "个百分点" and before.unit == "%" and _BEYOND.search(left):
        return True
    if before.unit != unit:
        return False
    verb = _ONLY_VERB.fullmatch(left[max(left.rfind("，"), 0) :] if left.count("，") == _TWO_CLAUSES else left)
    done = verb is not None and (verb[1] in verbs() or verb[1] in OUTCOMES.all)
    return bool(done or _PER_EACH.search(left) or _BEYOND.search(left))


def done_with_them(pair: Pair) -> bool:
    """`提案38条，表决通过|9条`, `隐患17处，已改|17处`: only what was done with them, in verbs and adverbs."""
    left, item, unit, before = pair
    if item or before.unit != unit or unit == "元" or unit in _COUNTED_ANEW.all:
        return False
    said = left.strip("，、；, 　")
    if not said or len(said) > _SHORT_CLAUSE or not _HAN_ONLY.fullmatch(said):
        return False
    roles = [role for _, role in read(tag(said))]
    return all(role in _SAID_OF for role in roles) and any(role in VERBAL for role in roles)


def worth(pair: Pair) -> bool:
    """`设备22台，价值六百万元`."""
    left, _, unit, before = pair
    return unit == "元" and before.unit != "元" and _WORTH.fullmatch(left) is not None


def printed(pair: Pair) -> bool:
    """`编印《月刊》6期，印发1800册`."""
    left, _, unit, before = pair
    prints = before.category is Category.MATERIALS and unit in _PRINTED_UNITS.all
    return prints and bool(left) and _PRINTED.fullmatch(left) is not None


def of_plan(pair: Pair) -> bool:
    """`营业收入3.42亿元，完成年计划的56.1%`."""
    left, _, unit, _ = pair
    return is_rate(unit) and _OF_PLAN.fullmatch(left) is not None


def among(pair: Pair) -> bool:
    """`268名委员中，四分之三`, `提了建议26件，办成的有19件`."""
    left, _, unit, before = pair
    if unit != before.unit and not is_share(unit):
        return False
    if _AMONG.fullmatch(left):
        return True
    return unit == before.unit and left.endswith(_ELIDED_ENDS.ordered) and _ELIDED.fullmatch(left) is not None


CONDITIONS: tuple[Condition, ...] = (
    change_or_part,
    second_count,
    share,
    done_with_them,
    worth,
    printed,
    of_plan,
    among,
)
"""If any of these holds, the item of the figure before it is shared."""
