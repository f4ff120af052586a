"""Days, months and stretches of days as texts state them, read into numbers.

`2016年3月2日至4月9日`, `5月10—12日`, `2020.6.1-6.7`, `二〇一九年三月五日`, `2019-03-05`, `20190305`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from typing import NamedTuple

from zongji.corpus.chinese_digits import UP_TO_TEN, ZEROS, in_arabic, small_number
from zongji.corpus.whole_numbers import whole_number

_HAN = f"{UP_TO_TEN}{ZEROS}"
_YEAR = rf"(?:(?:19|20)\d\d|[二一][{_HAN}]{{3}}|20[xX×*_○]{{2}}|[xX×*_○]{{2,4}})"
_MONTH = rf"(?:1[0-2]|0?[1-9]|十[一二]?|[{UP_TO_TEN}])"
_DAY = rf"(?:[12]\d|3[01]|0?[1-9]|三十一?|二?十[{UP_TO_TEN[:-1]}]?|[{UP_TO_TEN}])"
_CLOCK = r"(?:[（(](?:周|星期)[一二三四五六日天][)）])?(?:[上下]午|晚上?|\d{1,2}[:：]\d\d(?:[:：]\d\d)?)?"
_UNTIL = r" ?[—–\-~～至到]{1,2} ?"
_WORDS = (
    rf"(?:(?P<y>{_YEAR}) ?年 ?)?(?P<m>{_MONTH}) ?月(?:份|(?P<third>[上中下])旬|(?P<vague>底|初))?"
    rf"(?: ?(?P<d>{_DAY}) ?(?:(?P<named>[日号])(?:{_CLOCK})|(?={_UNTIL}{_DAY} ?[日号])))?"
    rf"(?:{_UNTIL}(?:(?P<y2>{_YEAR}) ?年 ?)?"
    rf"(?:(?P<m2>{_MONTH}) ?月(?: ?(?P<d2>{_DAY}) ?[日号])?|(?P<d3>{_DAY}) ?[日号]))?"
)
_FIGURES = (
    rf"(?<![\d.])(?P<fy>(?:19|20)\d\d)(?P<mark>[\-./])(?P<fm>0?[1-9]|1[0-2])(?P=mark)(?P<fd>0?[1-9]|[12]\d|3[01])(?!\d)"
    rf"(?:{_UNTIL}(?:(?P<fy2>(?:19|20)\d\d)(?P=mark))?(?P<fm2>0?[1-9]|1[0-2])(?P=mark)(?P<fd2>0?[1-9]|[12]\d|3[01])(?!\d))?"
)
_PACKED = r"(?<!\d)(?P<py>(?:19|20)\d\d)(?P<pm>0[1-9]|1[0-2])(?P<pd>0[1-9]|[12]\d|3[01])(?!\d)"
_DATE = re.compile(f"(?<![\\d{_HAN}])(?:{_WORDS})|{_FIGURES}|{_PACKED}")
_THIRDS = {"上": ("01", "10"), "中": ("11", "20"), "下": ("21", "")}
_EARLIEST, _LATEST = 1900, 2100


class Stretch(NamedTuple):
    """A day, a month, or all from one to another, as stated. What is not stated is None."""

    start: int
    end: int
    text: str
    year: str | None
    """In Arabic digits; blanked ones (`20xx`) as they stand."""
    month: int
    day: int | None
    last_year: str | None
    last_month: int | None
    last_day: int | None
    is_vague: bool = False
    """True for a part of a month without days: 5月底."""
    third: str | None = None
    """上, 中 or 下, of a third of a month: 5月下旬."""

    @property
    def is_long(self) -> bool:
        """True for a stretch with two ends."""
        return self.last_month is not None

    def first(self, year: str | None = None) -> str | None:
        """Its first day or month, `2023-03-05` or `2023-03`; `year` is taken if it states none."""
        return _iso(self.year or year, self.month, self.day)

    def days(self, year: str | None = None) -> tuple[str | None, str | None]:
        """First and last day."""
        begun = None if self.is_vague else self.year or year
        first = _iso(begun, self.month, self.day)
        last = _iso(self.last_year or begun, self.last_month or self.month, self.last_day if self.is_long else self.day)
        if first is None or last is None:
            return None, None
        if self.third and not self.is_long:
            return f"{first}-{_THIRDS[self.third][0]}", f"{first}-{_THIRDS[self.third][1] or _last_day(last)[-2:]}"
        return (first if self.day else f"{first}-01"), (last if len(last) > len("2023-03") else _last_day(last))


def stretches(text: str) -> Iterator[Stretch]:
    """The dates in a text, in order; a bare number is none."""
    for match in _DATE.finditer(text):
        if match["m"]:
            last_month = match["m2"] or (match["d3"] and match["m"])
            yield Stretch(
                *match.span(),
                match[0],
                match["y"] and in_arabic(match["y"]),
                _number(match["m"]),
                _number(match["d"]) if match["d"] else None,
                match["y2"] and in_arabic(match["y2"]),
                _number(last_month) if last_month else None,
                _number(match["d2"] or match["d3"]) if match["d2"] or match["d3"] else None,
                match["vague"] is not None,
                match["third"],
            )
        elif match["fy"]:
            last_month = match["fm2"]
            yield Stretch(
                *match.span(),
                match[0],
                match["fy"],
                int(match["fm"]),
                int(match["fd"]),
                match["fy2"],
                int(last_month) if last_month else None,
                int(match["fd2"]) if last_month else None,
            )
        else:
            yield Stretch(*match.span(), match[0], match["py"], int(match["pm"]), int(match["pd"]), None, None, None)


def _number(text: str) -> int:
    number = whole_number(text)
    return small_number(text) if number is None else number


def _iso(year: str | None, month: int, day: int | None) -> str | None:
    """The date, or None if the year is unknown or there is no such day."""
    number = whole_number(year)
    if number is None or not _EARLIEST <= number <= _LATEST or not 1 <= month <= 12:
        return None
    if day is None:
        return f"{number}-{month:02}"
    return f"{number}-{month:02}-{day:02}" if 1 <= day <= monthrange(number, month)[1] else None


def _last_day(month: str) -> str:
    year, number = month.split("-")
    return f"{month}-{monthrange(int(year), int(number))[1]:02}"
