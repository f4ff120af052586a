"""All numerals of a text, each with its approximation words, the other end of its range, and its measure word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from zongji.corpus.chinese_digits import DIGITS
from zongji.corpus.labels import Bound
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures import numerals
from zongji.pipeline.figures.bounds import bound_after, bound_before
from zongji.pipeline.figures.joined_numbers import joined_number, marker_length
from zongji.pipeline.figures.remainders import with_remainder
from zongji.pipeline.figures.units import Unit, find_unit, unit_table


class Candidate(NamedTuple):
    """A numeral in the restored text; `number_start` and `number_end` enclose the bare numeral."""

    start: int
    end: int
    number_start: int
    number_end: int
    value: float | int | None
    value_max: float | int | None
    bound: Bound
    unit: Unit | None
    numeral: str
    """The characters of the first number; its notation limits what it can mean."""


_UPPER = r" ?(?:—{1,2}|–|-|－|~{1,2}|～{1,2}|至|到|−) ?"
_PERCENT = r"[百千万]分之"
_PER_SIGN = {"百分之": "%", "千分之": "‰"}
_SCAN = WordPattern(
    "number_words",
    rf"(?P<half>一半|半数)|(?P<fraction>(?P<base>{_PERCENT})(?P<part>{numerals.NUMERAL})"
    rf"(?:{_UPPER}(?:{_PERCENT})?(?P<part_max>{numerals.NUMERAL}))?"
    r"|(?P<denominator>[二两三四五六七八九十]{1,2})分之(?P<numerator>[一二三四五六七八九])"
    r"|\d{1,2}/\d{1,2}(?=以上|以下|左右|的))"
    rf"|(?P<number>{numerals.NUMERAL})(?:(?P<shared>{{shared-unit}})?{_UPPER}(?P<upper>{numerals.NUMERAL}))?"
    rf"|(?P<blank>{numerals.BLANK})|(?P<vague>若干|半)",
)
# Possible first characters; searching for these first is three times as fast as trying the full pattern everywhere.
_FIRST = re.compile(rf"[\d{numerals.HAN}{numerals.CAPITALS}数几上若半xX×_＿*]")
_MORE = WordPattern("number_words", r" ?(?:余|多|来(?={come-unit})|几)(?! ?[年月日]来)")
_SPLIT_UNIT = WordPattern("number_words", r"个(?:(?P<half>半)|(?P<more>[多余]))(?P<noun>{split-noun})")
_PLUS = re.compile(r"[+＋](?![\d一二三四五六七八九十])")  # 20+, not 5+2
_OPENS_MORE = " 余多来几+＋"
_LIMITED = Words("unit_classes", "limited")
_LIMIT = WordPattern("number_words", "内(?!{not-within})")
_SCHOOL_YEARS = Words("number_words", "school-year")
_PAIR = 2
_PAIR_OF_DIGITS = re.compile(rf"[{DIGITS}]{{2}}")
_SIGNED = re.compile(r"(?:[\t|（(]|^)[-−－]$")  # -2.6% in a cell
_EMPHASIS = 60  # chosen: characters of a line around a mark of bold print
_EMPHASIZED = re.compile(r"\*\*[^*\s][^*]*\*\*")
_BLANKS = " \t"
_BULKY = Words("unit_classes", "bulky")
_MAGNITUDE_UNITS = Words("number_words", "magnitude-unit")


def candidates(text: str, start: int, end: int) -> Iterator[Candidate]:
    """All numerals between two offsets, in order."""
    position = start
    while (first := _FIRST.search(text, position, end)) is not None:
        position = first.start()
        match = _SCAN.match(text, position, end)
        if match is None or (match["blank"] and text[position] == "*" and _is_emphasis(text, position)):
            position += 1
            continue
        candidate = _candidate(text, match)
        yield candidate
        position = max(candidate.end, position + 1)


def _is_emphasis(text: str, position: int) -> bool:
    """`**项目名称** 清水河`: the marks of bold print, in a text that is no Markdown."""
    before = text[max(0, position - _EMPHASIS) : position]
    behind = text[position : position + _EMPHASIS]
    line = before[before.rfind("\n") + 1 :] + behind.partition("\n")[0]
    return line.count("**") % 2 == 0 and _EMPHASIZED.search(line) is not None


def _candidate(text: str, match: re.Match[str]) -> Candidate:
    if match["fraction"]:
        return _fraction(text, match)
    if match["half"] or match[0] == "半":
        return _with_surroundings(text, _bare(match, 0.5))
    if match["blank"]:
        return _with_surroundings(text, _bare(match, None))._replace(bound=Bound.REDACTED)  # `XX人`
    if match["vague"]:
        return _with_surroundings(text, _bare(match, None))._replace(bound=Bound.ABOUT)  # `若干名`
    numeral = _numeral(text, *match.span("number"))
    if len(numeral) > 1 and not numeral.strip("〇○零"):
        redacted = _bare(match, None)._replace(number_end=match.start() + len(numeral), numeral=numeral)
        return _with_surroundings(text, redacted)._replace(bound=Bound.REDACTED)
    return _with_surroundings(text, _number(text, match, numeral))


def _bare(match: re.Match[str], value: float | None) -> Candidate:
    """The match without the words around it."""
    start, end = match.span()
    return Candidate(start, end, start, end, value, None, Bound.EXACT, None, match[0])


def _number(text: str, match: re.Match[str], numeral: str) -> Candidate:
    """A number, or a range of two, without the words around it."""
    start = match.start("number")
    if (joined := joined_number(text, start, numeral)) is not None:
        numeral = text[start : joined.end]
        return Candidate(start, joined.end, start, joined.end, *joined[1:], None, numeral)
    if _is_behind_year(text, start, numeral):
        start, numeral = start + 1, numeral[1:]
    if "." in numeral and (cut := marker_length(text, start, numeral)):
        start, numeral = start + cut, numeral[cut:]
    end = start + len(numeral)
    value, value_max, bound = numerals.read(numeral)
    if match["upper"] and (read_range := _range(text, match)) is not None:
        value, value_max, end = read_range
        bound = Bound.RANGE
    return Candidate(start, end, start, end, value, value_max, bound, None, text[start : match.end("number")])


def _is_behind_year(text: str, start: int, numeral: str) -> bool:
    """True for two digits of which the first is a school year or a grade: `高一|六个班`, `专四|一次通过率`."""
    if (
        len(numeral) != _PAIR
        or text[start - 1 : start] not in _SCHOOL_YEARS.all
        or not _PAIR_OF_DIGITS.fullmatch(numeral)
    ):
        return False
    return numerals.read(numeral).bound is not Bound.RANGE


def _numeral(text: str, start: int, end: int) -> str:
    """A numeral without a magnitude that belongs to its unit: `5千克` is 5."""
    numeral = text[start:end]
    if len(numeral) > 1 and text[end - 1 : end + 1] in _MAGNITUDE_UNITS.all:
        return numeral[:-1]
    return numeral


def _range(text: str, match: re.Match[str]) -> tuple[float | int, float | int, int] | None:
    """The lower end, the upper end and the end offset; None if the two numbers are not a range of one quantity."""
    upper_text = _numeral(text, *match.span("upper"))
    lower, upper = numerals.read(match["number"]), numerals.read(upper_text)
    if lower.value is None or upper.value is None:
        return None
    low, high = lower.value, upper.value
    magnitude = numerals.magnitude_of(numerals.magnitude_tail(upper_text))
    if low < high and not numerals.magnitude_tail(match["number"]) and low * magnitude <= high:
        low *= magnitude  # 3-5万 is 30000 to 50000
    if low >= high:
        return None
    end = match.start("upper") + len(upper_text)
    if (
        match["shared"]
        and not text.startswith(match["shared"].replace("％", "%"), end)
        and match["shared"] not in text[end : end + 3]
    ):
        return None
    return low, high, end


def _with_surroundings(text: str, bare: Candidate) -> Candidate:
    """A candidate with the words around its number, from the number outwards."""
    found = _with_more(text, bare)
    found = _with_unit(text, found)
    found = _with_bound_behind(text, found)
    found = _with_sign(text, found)
    return _with_bound_before(text, found)


def _with_more(text: str, found: Candidate) -> Candidate:
    """`30|多`, `十|来`, `20|+`."""
    if text[found.end : found.end + 1] not in _OPENS_MORE or found.value_max is not None:
        return found
    if _PLUS.match(text, found.end):
        return found._replace(end=found.end + 1, bound=Bound.OVER)
    more = _MORE.match(text, found.end)
    if more is None:
        return found
    return found._replace(end=more.end(), bound=Bound.ABOUT if "来" in more[0] else Bound.OVER)


def _with_unit(text: str, found: Candidate) -> Candidate:
    """With the measure word and its extras: `3|个多月`, `两|分半钟`, `七|成八`."""
    start, end, number_start, number_end, value, value_max, bound, _, numeral = found
    if value is not None and end == number_end and (split := _SPLIT_UNIT.match(text, end)) is not None:
        unit: Unit | None = _whole_unit(split)
        value += 0.5 if split["half"] else 0
        bound = Bound.OVER if split["more"] else bound
    elif value is not None and text.startswith("分半钟", end):
        unit, value = Unit("分钟", unit_table()["分钟"], end + len("分半钟")), value + 0.5
    else:
        unit = _unit_behind(text, end)
    if unit is None:
        return found
    value, end = with_remainder(text, unit, value)
    # As `_replace` would, which takes twice as long; most numbers have a measure word.
    return Candidate(start, end, number_start, number_end, value, value_max, bound, unit, numeral)


def _with_bound_behind(text: str, found: Candidate) -> Candidate:
    """`30人|以上`, `20分钟|内`."""
    after = bound_after(text, found.end)
    if after is not None:
        return found._replace(end=after.end, bound=found.bound if found.bound is Bound.RANGE else after.bound)
    if found.unit is not None and _is_time_limit(text, found.end, found.unit):
        return found._replace(end=found.end + 1, bound=Bound.AT_MOST)
    return found


def _with_sign(text: str, found: Candidate) -> Candidate:
    """`|-2.6%` in a cell."""
    if found.unit is None or found.unit.name != "%" or found.value is None:
        return found
    if not _SIGNED.search(text, max(0, found.start - 2), found.start):
        return found
    return found._replace(start=found.start - 1, value=-found.value)


def _with_bound_before(text: str, found: Candidate) -> Candidate:
    """`|近|30人`; if two bounds contradict each other, the one after the number wins, except for limits."""
    before = bound_before(text, found.number_start)
    if before is None:
        return found
    stated = found.bound is Bound.EXACT or before.bound in _STRONG
    return found._replace(start=before.start, bound=before.bound if stated else found.bound)


def _is_time_limit(text: str, end: int, unit: Unit) -> bool:
    """`20分钟内`, `7个工作日内`: 内 after a duration that is not a reporting period."""
    return unit.name in _LIMITED.all and _LIMIT.match(text, end) is not None


_STRONG = frozenset({Bound.AT_LEAST, Bound.AT_MOST})


def _unit_behind(text: str, end: int) -> Unit | None:
    """The unit at `end`, or after a blank (`424 名`) or the tab of a table."""
    unit = find_unit(text, end)
    if unit is None and text[end : end + 1] == "大" and text[end + 1 : end + 2] in _BULKY.all:
        return find_unit(text, end + 1)  # 写满两大本
    if unit is not None or text[end : end + 1] not in _BLANKS or end >= len(text):
        return unit
    if text[end] == " " and text[end - 1] in numerals.DIGITS:
        return None  # 五 项目: a heading with a blank after its marker
    behind = find_unit(text, end + 1)
    if behind is None:
        return None
    if text[end] == "\t":
        return behind if text[behind.end : behind.end + 1] in "\t\n" else None
    return behind


def _whole_unit(split: re.Match[str]) -> Unit:
    """The measure word, split by an approximation or a half: `3个多月`, `两个半小时`."""
    table = unit_table()
    name = f"个{split['noun']}"
    row = table.get(name) or table[split["noun"]]
    return Unit(row.unit if split["noun"] == "月" else split["noun"], row, split.end())


def _fraction(text: str, match: re.Match[str]) -> Candidate:
    """`百分之三十` (30 %), `三分之一` (a third)."""
    bare = _percentage(match) if match["base"] else _bare(match, _quotient(match))
    after, before = bound_after(text, bare.end), bound_before(text, bare.start)
    found = bare._replace(end=after.end, bound=after.bound) if after else bare
    if before is None:
        return found
    return found._replace(start=before.start, bound=before.bound if found.bound is Bound.EXACT else found.bound)


def _percentage(match: re.Match[str]) -> Candidate:
    """`百分之三十`, `千分之三至五`; `万分之三` is 0.0003, a number without a unit."""
    number = numerals.read(match["part"])
    if match["base"] == "万分之":
        return _bare(match, _of_ten_thousand(number.value))
    percentage = _bare(match, number.value)._replace(bound=number.bound, unit=find_unit(_PER_SIGN[match["base"]], 0))
    if not match["part_max"]:
        return percentage
    return percentage._replace(value_max=numerals.read(match["part_max"]).value, bound=Bound.RANGE)


def _quotient(match: re.Match[str]) -> float | None:
    """`三分之一`, `2/3`."""
    if match["denominator"]:
        top, bottom = numerals.read(match["numerator"]).value or 0, numerals.read(match["denominator"]).value or 1
        return round(top / bottom, 4)
    above, _, below = match["fraction"].partition("/")
    return round(int(above) / int(below), 4) if int(below) else None


def _of_ten_thousand(part: float | None) -> float | None:
    return None if part is None else round(part / 10_000, 8)
