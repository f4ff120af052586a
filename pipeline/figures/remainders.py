"""What follows a measure word and still belongs to its number: `七成|八`, `十元|三角八分`, `三天|三夜`."""

from __future__ import annotations

import re

from zongji.corpus.chinese_digits import DIGITS, UP_TO_TEN
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures import numerals
from zongji.pipeline.figures.units import Unit, find_unit

_HALVED = Words("unit_classes", "halved")  # 两吨半; lengths of time and 成 too
_DECIMAL_UNITS = frozenset("成块")
_HALF = WordPattern("number_words", "半(?!{not-half})")
_NIGHTS = re.compile(rf"[{UP_TO_TEN}两]{{1,2}}[夜晚]")  # 三天三夜, 三天两夜
_TENTHS = {character: round(0.1 * tenth, 1) for tenth, character in enumerate(DIGITS, start=1)}
_SMALL_CHANGE = re.compile(rf"([{DIGITS}\d])角(?:([{DIGITS}\d])分)?")


def with_remainder(text: str, unit: Unit, value: float | int | None) -> tuple[float | int | None, int]:
    """The value with what follows the measure word, and the end offset of that."""
    end = unit.end
    if value is None:
        return value, end
    if unit.name == "元":
        return _money(text, end, value)
    tenth = _TENTHS.get(text[end : end + 1]) if unit.name in _DECIMAL_UNITS else None
    if tenth and not _counts_on(text, end + 1):
        value, end = value + tenth, end + 1
    halved = unit.row.category == "duration" or unit.name == "成"
    if halved and text.startswith("半", end):
        return value + 0.5, end + 1
    if unit.name in _HALVED.all and _HALF.match(text, end):
        return value + 0.5, end + 1
    if unit.name == "天" and (nights := _NIGHTS.match(text, end)) is not None:
        return value, nights.end()
    return value, end


def _money(text: str, end: int, value: float | int) -> tuple[float | int, int]:
    """`伍仟元|整`, `十元|三角八分`."""
    if text.startswith("整", end):
        return value, end + 1
    change = _SMALL_CHANGE.match(text, end)
    if change is None:
        return value, end
    tenths, hundredths = (numerals.read(part).value or 0 if part else 0 for part in change.groups())
    return round(value + tenths / 10 + hundredths / 100, 2), change.end()


def _counts_on(text: str, end: int) -> bool:
    """True if the digit before `end` is a separate number: `38块|一斤`."""
    return text[end : end + 1] in numerals.MAGNITUDES or find_unit(text, end) is not None
