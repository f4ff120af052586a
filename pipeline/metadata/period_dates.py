"""The first and last day of a period that is stated in words: a year, a part of it, a school's term, a programme."""

from __future__ import annotations

import re
from calendar import monthrange

from zongji.corpus.chinese_digits import DIGITS, in_arabic, small_number
from zongji.corpus.whole_numbers import whole_number
from zongji.pipeline.structure.document_cues import YEAR

PART = (
    r"{part}|第?[一二三四]季度"
    r"|(?:\d{1,2}|[{up_to_ten}]{1,3})月?[—–\-~～至到](?:\d{1,2}|[{up_to_ten}]{1,3})月份?"
    r"|(?:\d{1,2}|[{up_to_ten}]{1,3})月(?:份|(?={month-work}))"
)
"""A part of a year behind its number, as a part of a `WordPattern` of the list of periods."""
Days = tuple[str | None, str | None]
UNKNOWN: Days = (None, None)

_YEARS = re.compile(YEAR)
_MONTHS = re.compile(
    r"年(?P<first>\d{1,2}|[一二三四五六七八九十]{1,3})月?[—–\-~～至到](?P<last>\d{1,2}|[一二三四五六七八九十]{1,3})月"
)
_MONTH = re.compile(r"年(?P<month>\d{1,2}|[一二三四五六七八九十]{1,3})月")
_QUARTER = re.compile("(?P<all>前)?第?(?P<quarter>[一二三四])季度")
_TERM = re.compile("第?(?P<term>[上下一二])学期|(?P<season>[春秋])季?学期")
_PROGRAMME = re.compile("十(?P<number>[一二三四五六])五")
_REPUBLIC = re.compile(r"(?:民国)?(?<!\d)(?P<year>1[0-4]\d) ?年")
_FIRST_PROGRAMME = 1951  # the first year of the first five-year programme would be that of the zeroth


def dates_of_words(words: str) -> Days:
    """First and last day as ISO dates; None if the year is blanked, or not stated."""
    if (programme := _PROGRAMME.search(words)) is not None:
        first = 2001 + 5 * (DIGITS.index(programme["number"]) + 1)
        return f"{first}-01-01", f"{first + 4}-12-31"
    if (republic := _REPUBLIC.match(words)) is not None:
        year = 1911 + int(republic["year"])
        return f"{year}-01-01", f"{year}-12-31"
    stated = [in_arabic(year) for year in _YEARS.findall(words)]
    years = [int(year) for year in stated if year.isdecimal() and len(year) == 4]
    if len(years) != len(stated) or not years:
        return UNKNOWN
    if "学年" in words or "学期" in words:
        return _school_year(words, years)
    return _part_of_year(words, years[0]) or (f"{years[0]}-01-01", f"{years[-1]}-12-31")


def _school_year(words: str, years: list[int]) -> Days:
    """From September to August; the first term ends with January, the second begins with February."""
    first = years[0]
    term = _TERM.search(words)
    if term is None:
        return f"{first}-09-01", f"{first + 1}-08-31"
    if term["season"]:
        return _spring(first) if term["season"] == "春" else _autumn(first)
    if "学年" in words:
        return _autumn(first) if term["term"] in "上一" else _spring(first + 1)
    if term["term"] in "上下":
        return UNKNOWN  # 2023年上学期 is the spring of that year in some provinces, the autumn in others
    return _autumn(first) if term["term"] == "一" else _spring(first)


def _autumn(year: int) -> Days:
    return f"{year}-09-01", f"{year + 1}-01-31"


def _spring(year: int) -> Days:
    return f"{year}-02-01", f"{year}-07-31"


def _part_of_year(words: str, year: int) -> Days | None:
    if "上半年" in words:
        return f"{year}-01-01", f"{year}-06-30"
    if "下半年" in words:
        return f"{year}-07-01", f"{year}-12-31"
    if "暑" in words:
        return f"{year}-07-01", f"{year}-08-31"
    if (months := _MONTHS.search(words)) is not None:
        return _months(year, _number(months["first"]), _number(months["last"]))
    if (month := _MONTH.search(words)) is not None:
        return _months(year, _number(month["month"]), _number(month["month"]))
    if (quarter := _QUARTER.search(words)) is not None:
        last = 3 * _number(quarter["quarter"])
        return _months(year, 1 if quarter["all"] else last - 2, last)
    return None


def _months(year: int, first: int, last: int) -> Days:
    """The first day of one month and the last of another; unknown if a month is out of range."""
    if not 1 <= first <= last <= 12:
        return UNKNOWN
    return f"{year}-{first:02}-01", f"{year}-{last:02}-{monthrange(year, last)[1]:02}"


def _number(text: str) -> int:
    number = whole_number(text)
    return small_number(text) if number is None else number
