"""The markers of headings and items, and their numbers."""

from __future__ import annotations

import re
from enum import IntEnum

from zongji.corpus.chinese_digits import CAPITALS, PARENTHESIZED, STEMS, UP_TO_TEN, small_number
from zongji.corpus.patterns import WordPattern, words_for
from zongji.corpus.whole_numbers import whole_number


class MarkerKind(IntEnum):
    """Kinds of markers, usually highest level first."""

    PART = 1  # 第一部分, 第一章
    ARTICLE = 2  # 第一节
    HAN = 3  # 一、 壹、
    HAN_PARENTHESES = 4  # (一)
    STEM = 5  # 甲、 A、
    ARABIC = 6  # 1、
    DECIMAL = 7  # 1.2
    ARABIC_PARENTHESES = 8  # (1)
    CIRCLED = 9  # ①
    NTH = 10  # 第一， 第一步， 其一， 任务一：
    COUNTED = 11  # 一是
    ORDER = 12  # 首先
    DASH = 13  # ——
    BARE = 14  # no marker at all
    KEYED = 15  # no marker, with a colon before its text: 活动主题：


_LETTERS = "ABCDEFGHIJ"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_NUMBER = rf"[{UP_TO_TEN}]{{1,3}}"
_ALONE = r"[ \u3000](?=[㐀-鿿“《]|20\d\d年)"  # after a number followed by a blank instead of a mark: `一　方向`
MARKER = WordPattern(
    "heading_cues",
    r"""(?xm)
    (?:(?P<line>^[ \t]*(?:\#+[ ])?) | (?<=[。；;：:！？!?，,、”》）).\s]))
    (?:
        (?P<PART>第(?:{number}|\d{1,2})(?:{part}))
      | (?P<ARTICLE>第{number}节)
      | (?P<HAN>(?:{number}|[{capitals}{roman}])[ ]?(?:、|[．.](?!\d))|(?<![^\n])(?:{number}|[{capitals}]){alone})
      | (?P<HAN_PARENTHESES>[（(][ ]?{number}[ ]?[)）]、?|(?<=\n){number}[)）]|[{parenthesized}])
      | (?P<STEM>(?<![^\n])[{stems}{letters}][、．.])
      | (?P<DECIMAL>(?<![^\n])\d{1,2}[.．]\d{1,2}[ ](?=[㐀-鿿])(?!{measure})
          |\d{1,2}(?:[.．]\d{1,2}){1,2}(?:[、.．][ ]?|[ ](?=[㐀-鿿])|(?=[㐀-鿿]))
          (?!{measure-close}))
      | (?P<ARABIC>\d{1,2}[ ]?(?:[、．]|\.(?![\dA-Za-z]))(?!\d)
          |(?<![^\n])\d{1,2}(?:{alone}|[.、](?=\d{1,2}:\d\d)|/[ ]?(?=[㐀-鿿])))
      | (?P<ARABIC_PARENTHESES>[（(][ ]?\d{1,2}[ ]?[)）]、?|\d{1,2}[)）])
      | (?P<CIRCLED>[①-⑳⑴-⒇])
      | (?P<NTH>(?:(?:第|其)[{up_to_ten}]|第[{up_to_ten}][步件条点]|[{up_to_ten}]者)(?=[，,、：:])
          |(?<![^\n])第[{up_to_ten}](?:(?=[ \u3000][㐀-鿿])|步(?=[（(]))
          |(?<![^\n])(?:{numbered})[{up_to_ten}](?=[：:、]))
      | (?P<COUNTED>{number}(?:是|要|则(?=[，,])|{counted-verb}))
      | (?P<ORDER>{order-1}|{order-2}|{order-3}|{order-4})
      | (?P<DASH>(?:(?:——|--|—)(?![-—])|[-*+][ ]|[●◆■★☆▲△◇○◎□•·※▪➢➤►▶✦√]))
    )[ \t]*
    """,
    number=_NUMBER,
    alone=_ALONE,
    letters=_LETTERS,
    roman=_ROMAN,
)
DIGITS = {
    character: value
    for characters in (UP_TO_TEN, CAPITALS, STEMS, _LETTERS, _ROMAN, PARENTHESIZED)
    for value, character in enumerate(characters, start=1)
}
_ORDER = ("order-1", "order-2", "order-3", "order-4")


def number_of(marker: str, kind: MarkerKind) -> int:
    """The ordinal of a marker; dashes count as 0."""
    if kind is MarkerKind.ORDER:
        return next(number for number, use in enumerate(_ORDER, start=1) if marker in words_for("heading_cues", use))
    if kind is MarkerKind.CIRCLED:
        return ord(marker) - (0x2460 if marker < "⑴" else 0x2474) + 1
    if digits := re.findall(r"\d+", marker):
        return whole_number(digits[-1]) or 0
    return small_number("".join(character for character in marker if character in DIGITS), DIGITS)
