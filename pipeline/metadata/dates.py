"""Dates in the document's own precision: `3月20日`, `5月上旬`, `2023年4月至6月`."""

from __future__ import annotations

import re

from zongji.corpus.chinese_digits import UP_TO_TEN, small_number
from zongji.corpus.records import Period
from zongji.corpus.whole_numbers import whole_number

_NUMBER = rf"(?:\d{{1,2}}|[{UP_TO_TEN}]{{1,3}})"
_YEAR = r"(?:(?:19|20)\d\d|20[xX×*_]{2}|[xX×_]{2,4}|今|去|本|当|明)"
_DATE = re.compile(
    rf"(?:{_YEAR}年)?{_NUMBER}月(?:份)?(?:{_NUMBER}[日号]|[上中下]旬|底|初)?"
    rf"(?:(?:[—–\-~～至到]{{1,2}}(?:{_NUMBER}月)?(?:{_NUMBER}[日号]|[上中下]旬|底)?)(?<![—–\-~～至到]))?"
)
_PART = re.compile(rf"(?:(?P<year>{_YEAR})年)?(?:(?P<month>{_NUMBER})月)?(?:份)?(?:(?P<day>{_NUMBER})[日号])?")
_SEPARATOR = re.compile(r"[—–\-~～至到]{1,2}")


def find_date(text: str) -> str | None:
    """The last date of a text, verbatim; None if it has none."""
    found = None
    for match in _DATE.finditer(text):
        found = match[0]
    return found


def dates_of(date: str, period: Period) -> tuple[str | None, str | None]:
    """First and last day (or month) of a date as ISO strings; a missing year is the document's, if unambiguous.

    Both are None if no year is known.
    """
    parts = [_PART.match(part) for part in _SEPARATOR.split(date, maxsplit=1)]
    if parts[0] is None:
        return None, None
    year = _year(parts[0]["year"], period)
    if year is None:
        return None, None
    first = _iso(year, parts[0]["month"], parts[0]["day"])
    if len(parts) == 1 or parts[1] is None:
        return first, first
    return first, _iso(year, parts[1]["month"] or parts[0]["month"], parts[1]["day"])


def _year(stated: str | None, period: Period) -> str | None:
    if stated is not None and stated.isdecimal():
        return stated
    years = {end[:4] for end in (period.start, period.end) if end}
    if len(years) != 1:
        return None
    year = years.pop()
    return {"去": str(int(year) - 1), "明": str(int(year) + 1)}.get(stated or "", year)


def _iso(year: str, month: str | None, day: str | None) -> str | None:
    """`2023-03-20`, or `2023-03` without a day; None for an impossible date."""
    months, days = _number(month), _number(day)
    if not 1 <= months <= 12 or days > 31:
        return None
    return f"{year}-{months:02d}" + (f"-{days:02d}" if days else "")


def _number(text: str | None) -> int:
    if not text:
        return 0
    number = whole_number(text)
    return small_number(text) if number is None else number
