"""The characters of small Chinese numbers, and the values of words made of them.

The strings go into character classes of patterns: `[{UP_TO_TEN}]` is one numeral of a heading, `[{UP_TO_TEN}两]` also
the 两 before a measure word. What else a pattern admits (百, 千, 半, 几) is written there.
"""

from __future__ import annotations

from collections.abc import Mapping

DIGITS = "一二三四五六七八九"
UP_TO_TEN = DIGITS + "十"
ZEROS = "零〇○"
"""The zero of numbers, and two shapes of the zero of years (二〇二三)."""

CAPITALS = "壹贰叁肆伍陆柒捌玖拾"
"""1 to 10 as written on cheques and in some headings."""
STEMS = "甲乙丙丁戊己庚辛壬癸"
BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
PARENTHESIZED = "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩"
CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

VALUES: Mapping[str, int] = dict.fromkeys(ZEROS, 0) | {digit: value for value, digit in enumerate(DIGITS, start=1)}
"""The value of each zero and digit."""
_ARABIC = str.maketrans({digit: str(value) for digit, value in VALUES.items()})
_UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))


def small_number(text: str, values: Mapping[str, int] = VALUES) -> int:
    """The value of `二`, `十二` or `三十一`; 0 for anything else.

    `values` are those of single characters.
    """
    tens, ten, ones = text.partition("十")
    if not ten:
        return values.get(text, 0)
    return values.get(tens, 1) * 10 + values.get(ones, 0)


def in_arabic(text: str) -> str:
    """The text with its Chinese digits replaced one by one: `二〇二三年` is `2023年`."""
    return text.translate(_ARABIC)


def in_chinese(number: int) -> str:
    """A number in Chinese notation: 一, 十, 十二, 一百零五. Beyond 9999 in Arabic digits."""
    if not 0 < number < 10_000:
        return str(number)
    written, zero = "", False
    for unit, name in _UNITS:
        digit, number = divmod(number, unit)
        if digit:
            written += ("零" if zero else "") + DIGITS[digit - 1] + name
            zero = False
        elif written and number:
            zero = True
    return written.removeprefix("一") if written.startswith("一十") else written
