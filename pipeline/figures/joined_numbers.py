"""Digits that belong together although a mark parts them (`2、3条`, `2 00人次`), and those that do not (`4.20次`)."""

from __future__ import annotations

import re
from typing import NamedTuple

from zongji.corpus.labels import Bound, Category
from zongji.pipeline.figures.units import find_unit

_LONGEST_PART = 3  # digits before a blank that may break a number
_PARTS = frozenset("、 ")
_SMALL = frozenset("123456789")
_HAN_BEFORE = re.compile(r"[㐀-鿿：:]")
_BROKEN = re.compile(r"(\d{1,3}) (\d{1,2}|0\d\d)(?![\d.,、])")
_BROKEN_CATEGORIES = frozenset({Category.PARTICIPANTS, Category.MATERIALS, Category.SESSIONS, Category.MONEY})
_LINE_STARTS = frozenset("\n\t")
_LINE_REACH = 120  # chosen: characters of the line above that may hold the marker before
_LONGEST_MARKER = 2  # digits


class Joined(NamedTuple):
    """A number of two parts."""

    end: int
    value: float | int | None
    value_max: float | int | None
    bound: Bound


def joined_number(text: str, start: int, numeral: str) -> Joined | None:
    """The number that a numeral begins, if a mark parts it."""
    end = start + len(numeral)
    if (
        len(numeral) > _LONGEST_PART
        or text[end : end + 1] not in _PARTS
        or not _HAN_BEFORE.match(text[start - 1 : start])
    ):
        return None
    return _two_or_three(text, start, numeral) or _broken(text, start, numeral)


def _two_or_three(text: str, start: int, numeral: str) -> Joined | None:
    """`2、3条` is two to three; not the 3 of a list, whose measure word follows each number."""
    end = start + len("2、3")
    if numeral not in _SMALL or text[start + 1 : start + 2] != "、":
        return None
    upper = text[start + 2 : end]
    if upper not in _SMALL or int(upper) != int(numeral) + 1 or find_unit(text, end) is None:
        return None
    return Joined(end, int(numeral), int(upper), Bound.RANGE)


def _broken(text: str, start: int, numeral: str) -> Joined | None:
    """`2 00人次`: broken by a blank, before a measure word."""
    match = _BROKEN.match(text, start)
    if match is None or match[1] != numeral:
        return None
    unit = find_unit(text, match.end())
    if unit is None or unit.row.category not in _BROKEN_CATEGORIES:
        return None
    return Joined(match.end(), int(match[1] + match[2]), None, Bound.EXACT)


def marker_length(text: str, start: int, numeral: str) -> int:
    """`4.20次` in a line after `3.…` is the 20 of the fourth point: the length of its marker, else 0."""
    marker, _, _ = numeral.partition(".")
    if text[start - 1 : start] not in _LINE_STARTS or not marker.isdecimal():
        return 0
    if len(marker) > _LONGEST_MARKER or int(marker) == 1:
        return 0
    above = text[max(0, start - _LINE_REACH) : start - 1]
    line = above[max(above.rfind("\n"), above.rfind("\t")) + 1 :]
    return len(marker) + 1 if line.startswith((f"{int(marker) - 1}.", f"{int(marker) - 1}．")) else 0
