"""The clause that a number ends, reduced to the counted noun."""

from __future__ import annotations

import re

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.patterns import WordPattern
from zongji.pipeline.figures.items.word_lists import ERRANDS, PEOPLE_UNITS, SPAN_UNITS, is_rate

_REACH = 40  # chosen: characters of a clause that may hold the counted noun
# Everything up to the last stop: greedy, so that the search starts at the number.
_TO_LAST_STOP = re.compile(
    rf"(?s:.*)(?:[，。；：！？,;:!?\n\t【】|｜]|[（(][0-9{UP_TO_TEN}]{{1,2}}[)）]|(?<![0-9])[0-9]{{1,2}}[.．、](?![0-9])|\.(?![0-9]))"
)
_TO_LAST_THRESHOLD = re.compile(r"(?s:.*)[0-9.—-]+ ?[万亿]?[㐀-鿿%℃]{0,3}(?:以上|以下|以内)的?")
_REMARK = re.compile(r"[（(][^（()）]{0,16}[)）]\s*$")
# The tagger reads 率达 as a name and 率为 as a verb.
_REACHED = WordPattern(
    "word_classes",
    r"(?<!{not-reach})(?:达到?|[多高]达|(?<!时)长达|(?<!公)共|仅|(?<!{not-about})约)$|(?<=(?:{measured-end}|[率度]))为$",
)
_REACHED_ENDS = frozenset("达到共仅约为")  # last characters of `_REACHED`: most clauses end otherwise
# The tagger reads `率压` and `等待压` as names; the verb of change is not part of what changed.
_MOVED = WordPattern(
    "word_classes",
    r"(?<=[㐀-鿿]{2})(?:(?:{moved-first})(?:{moved-second}|升到)?|{moved})(?:到|至|在|为)了?$|(?<=[㐀-鿿])站上了?$",
)
_MOVED_ENDS = frozenset("到至在为上了")  # likewise
_SURPASSED = WordPattern(
    "word_classes", r"(?:(?<!{versus-not})比(?!{not-versus})|较)[^，、]{1,12}?(?:{surpassed})了?(?:约|近)?$"
)
_SHARE = WordPattern("word_classes", "占(?!{not-share})[^，]*$")
_WITHIN = WordPattern("word_classes", "(?<!{kept-within})[在于]$")
# `选派村医|到县医院进修2名`: their destination is between people and their number
_SENT = WordPattern("word_classes", "(?:{sent-to})[㐀-鿿、]{2,12}(?:{errand})$")
_COMPARED = WordPattern("word_classes", "(?:{compared-with})(?:{baseline})[^，]*$")
# `普法经费|按每名学生2元`, `高新技术企业|是五年前的2倍`
_EVERY = WordPattern("word_classes", "(?:按照?|由)?每(?:{per-head-measure})?(?:{per-head})$|[是为][㐀-鿿]{2,5}的$")
# `平均响应时长|也由最初的19秒`, `单项赛事|每人限报2项`
_FROM = WordPattern("word_classes", r"(?<={measured-last})(?:也|已|均|都)?[由从][^，、由从]{0,12}$")
_EACH_MAY = WordPattern("word_classes", r"(?:各[㐀-鿿]{2})?每[位名个]?[㐀-鿿]{1,4}?(?:{each-may})$")
_ELIDED = WordPattern("word_classes", "的(?:{elided})$")


def clause_before(left: str, unit: str) -> str:
    """The clause that the number ends, without parentheses and what the number is compared with."""
    clause = _last_clause(left[-_REACH:])
    if _ELIDED.search(clause) or (unit in SPAN_UNITS.all and _WITHIN.search(clause)):
        return ""
    return _without_yardstick(_without_circumstance(clause, unit))


def _last_clause(text: str) -> str:
    """The text after the last punctuation mark, without a final 达 and the like."""
    if ")" in text or "）" in text:
        text = _REMARK.sub("", text)
    clause = _behind(_TO_LAST_STOP, text)
    if "以" in clause:
        clause = _behind(_TO_LAST_THRESHOLD, clause)
    clause = clause.strip(" 　*●·—-")
    if clause[-1:] in _MOVED_ENDS and (moved := _MOVED.search(clause)) is not None:
        clause = clause[: moved.start()]
    return _cut(_REACHED, clause) if clause[-1:] in _REACHED_ENDS else clause


def _without_circumstance(clause: str, unit: str) -> str:
    """Without the whole that a rate is a share of, and people's destination."""
    if is_rate(unit):
        return _cut(_SHARE, clause) if "占" in clause else clause
    return _cut(_SENT, clause) if unit in PEOPLE_UNITS.all and clause.endswith(ERRANDS.ordered) else clause


def _without_yardstick(clause: str) -> str:
    """Without what the number is compared with, or stated for each of."""
    clause = _cut(_SURPASSED, _cut(_COMPARED, clause))
    if "由" in clause or "从" in clause:
        clause = _cut(_FROM, clause)
    if "每" in clause:
        clause = _cut(_EACH_MAY, clause)
    return _cut(_EVERY, clause) if "每" in clause or clause[-1:] == "的" else clause


def _behind(up_to: re.Pattern[str], text: str) -> str:
    match = up_to.match(text)
    return text[match.end() :] if match else text


def _cut(tail: re.Pattern[str] | WordPattern, text: str) -> str:
    match = tail.search(text)
    return text[: match.start()] if match else text
