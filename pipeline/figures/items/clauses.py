"""The clause that a number ends, without what stands in it beside the counted noun."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.pipeline.figures.items.word_lists import alternation, lists

_REACH = 40  # characters of a clause that may hold the counted noun
# All that ends in the last stop: greedy, so that the search starts at the number.
_TO_LAST_STOP = re.compile(
    rf"(?s:.*)(?:[，。；：！？,;:!?\n\t【】|｜]|[（(][0-9{UP_TO_TEN}]{{1,2}}[)）]|(?<![0-9])[0-9]{{1,2}}[.．、](?![0-9])|\.(?![0-9]))"
)
_TO_LAST_THRESHOLD = re.compile(r"(?s:.*)[0-9.—-]+ ?[万亿]?[㐀-鿿%℃]{0,3}(?:以上|以下|以内)的?")
_REMARK = re.compile(r"[（(][^（()）]{0,16}[)）]\s*$")
# The tagger takes 率达 for a name and 率为 for a verb.
_REACHED = re.compile(
    r"(?<![抵到直表雷发])(?:达到?|[多高]达|(?<!时)长达|(?<!公)共|仅|(?<![公合条契预节制])约)$|(?<=[率额量值数度])为$"
)
_REACHED_ENDS = frozenset("达到共仅约为")
# The tagger takes `率压` and `等待压` for names; the way to a new value is no part of what changed.
_MOVED = re.compile(
    r"(?<=[㐀-鿿]{2})(?:[压降升提涨缩扩拉跌减增攀跃爬回](?:[降升缩减高低短大落弹涨窄]|升到)?|稳定|控制|保持|恢复|定格|统一|收窄)"
    r"(?:到|至|在|为)了?$|(?<=[㐀-鿿])站上了?$"
)
_MOVED_ENDS = frozenset("到至在为上了")
_SURPASSED = re.compile(
    r"(?:(?<![占对评环同无])比(?![例赛重武学拼])|较)[^，、]{1,12}?"
    r"(?:高出?|[低多少]|[多少]花|快|慢|降低|下降|提高|增加|减少|提前|缩短|节省|省|延长)了?(?:约|近)?$"
)
_SHARE = re.compile(r"占(?!比|地|有|用)[^，]*$")
_WITHIN = re.compile(r"(?<!控制)(?<!保持)(?<!稳定)(?<!维持)(?<!压缩)(?<!缩短)[在于]$")


@dataclass(frozen=True, slots=True)
class _Cues:
    """What the lists say of the end of a clause."""

    sent: re.Pattern[str]
    compared: re.Pattern[str]
    every: re.Pattern[str]
    errand_ends: tuple[str, ...]
    elided_ends: tuple[str, ...]


@cache
def _cues() -> _Cues:
    errands, baselines, per_head = map(alternation, (lists().errands, lists().baselines, lists().per_head))
    return _Cues(
        # `选派村医|到县医院进修2名`: where people are sent stands between them and their number
        sent=re.compile(rf"[到赴往去][㐀-鿿、]{{2,12}}{errands}$"),
        compared=re.compile(rf"[比较与同]{baselines}[^，]*$"),
        # `普法经费|按每名学生2元`, `高新技术企业|是五年前的2倍`
        every=re.compile(rf"(?:按照?|由)?每[名位个所家户]?{per_head}$|[是为][㐀-鿿]{{2,5}}的$"),
        errand_ends=tuple(lists().errands),
        elided_ends=tuple("的" + word for word in lists().elided),
    )


def clause_before(left: str, unit: str) -> str:
    """The clause that the number ends, without remarks in parentheses and what the number is compared with."""
    clause = _last_clause(left[-_REACH:])
    cues = _cues()
    if clause.endswith(cues.elided_ends) or (unit in lists().spans and _WITHIN.search(clause)):
        return ""
    return _without_yardstick(_without_circumstance(clause, unit, cues), cues)


def _last_clause(text: str) -> str:
    """What stands behind the last mark, without 达 and the like at its end."""
    if ")" in text or "）" in text:
        text = _REMARK.sub("", text)
    clause = _behind(_TO_LAST_STOP, text)
    if "以" in clause:
        clause = _behind(_TO_LAST_THRESHOLD, clause)
    clause = clause.strip(" 　*●·—-")
    if clause[-1:] in _MOVED_ENDS and (moved := _MOVED.search(clause)) is not None:
        clause = clause[: moved.start()]
    return _cut(_REACHED, clause) if clause[-1:] in _REACHED_ENDS else clause


def _without_circumstance(clause: str, unit: str, cues: _Cues) -> str:
    """Without the whole that a rate is a share of, and the place people are sent to."""
    if unit in lists().rates:
        return _cut(_SHARE, clause) if "占" in clause else clause
    return _cut(cues.sent, clause) if unit in lists().people and clause.endswith(cues.errand_ends) else clause


def _without_yardstick(clause: str, cues: _Cues) -> str:
    """Without what the number is compared with, or stated for each of."""
    clause = _cut(_SURPASSED, _cut(cues.compared, clause))
    return _cut(cues.every, clause) if "每" in clause or clause[-1:] == "的" else clause


def _behind(up_to: re.Pattern[str], text: str) -> str:
    match = up_to.match(text)
    return text[match.end() :] if match else text


def _cut(tail: re.Pattern[str], text: str) -> str:
    match = tail.search(text)
    return text[: match.start()] if match else text
