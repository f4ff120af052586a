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
    CAPITAL = 3  # 壹、 Ⅰ、
    HAN = 4  # 一、
    HAN_PARENTHESES = 5  # (一)
    STEM = 6  # 甲、 甲）
    ARABIC = 7  # 1、
    DECIMAL = 8  # 1.2
    ARABIC_PARENTHESES = 9  # (1)
    HALF_PARENTHESIS = 10  # 1)
    CIRCLED = 11  # ①
    UPPER = 12  # A. A：
    LOWER = 13  # a) a.
    NTH = 14  # 第一， 第一步， 其一， 任务一：
    COUNTED = 15  # 一是
    ORDER = 16  # 首先
    DASH = 17  # ——
    TIMED = 18  # no marker, but a part of the time: 第一周, 十月
    BARE = 19  # no marker at all
    KEYED = 20  # no marker, with a colon before its text: 活动主题：
    LEAD_IN = 21  # no marker, a line before its list: 做了以下工作：


_LETTERS = "ABCDEFGHIJ"
_SMALL = _LETTERS.lower()
_THIRD = "参"  # the capital 叁 in its old shape
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_NUMBER = rf"[{UP_TO_TEN}]{{1,3}}"
_ALONE = r"[ \u3000](?=[㐀-鿿“《]|20\d\d年)"  # after a number followed by a blank instead of a mark: `一　方向`
MARKER = WordPattern(
    "heading_cues",
    r"""(?xm)
    (?:(?P<line>^[ \t\u3000]*(?:\#+[ ])?) | (?<=[。；;：:！？!?，,、”》）).\s]) | (?<=[㐀-鿿])(?={glued}[㐀-鿿]))
    (?:
        (?P<PART>第(?:{number}|\d{1,2})(?:{part}))
      | (?P<ARTICLE>第{number}节)
      | (?P<CAPITAL>[{capitals}{third}{roman}][ ]?(?:、|[．.](?!\d))|(?(line)[{capitals}{third}]{alone}|(?!)))
      | (?P<HAN>{number}[ ]?(?:、|[．.](?!\d))|(?(line){number}{alone}|(?!)))
      | (?P<HAN_PARENTHESES>[（(][ ]?{number}[ ]?[)）]、?|(?<=\n){number}[)）]|[{parenthesized}])
      | (?P<STEM>[{stems}](?:[、．）)](?![{stems}])|(?(line)[.：:]|(?!))))
      | (?P<UPPER>[{letters}](?:[、．）)](?![A-Za-z])|\.(?![\dA-Za-z.])|(?(line)[：:](?![\dA-Za-z])|(?!))))
      | (?P<LOWER>[{small}](?:[）)](?![A-Za-z])|(?(line)[.、．](?![\dA-Za-z])|(?!))))
      | (?P<DECIMAL>(?(line)\d{1,2}[.．]\d{1,2}[ ](?=[㐀-鿿])(?!{measure})|(?!))
          |\d{1,2}(?:[.．]\d{1,2}){1,2}(?:[、.．][ ]?|[ ](?=[㐀-鿿])|(?=[㐀-鿿]))
          (?!{measure-close}|{of_month}))
      | (?P<ARABIC>\d{1,2}[.．、](?=\d{1,2}{of_month}|\d{4}年|(?<=、)\d(?!\d{0,2}[、.．]))
          |(?(line)\d{1,2}[：:](?=[㐀-鿿])|(?!))
          |\d{1,2}[ ]?(?:[、．]|\.(?![\dA-Za-z]))(?!\d)
          |(?(line)\d{1,2}(?:{alone}|[.、](?=\d{1,2}:\d\d)|/[ ]?(?=[㐀-鿿]))|(?!)))
      | (?P<ARABIC_PARENTHESES>[（(][ ]?\d{1,2}[ ]?[)）]、?)
      | (?P<HALF_PARENTHESIS>\d{1,2}[)）])
      | (?P<CIRCLED>[①-⑳⑴-⒇])
      | (?P<NTH>(?:(?:第|其)[{up_to_ten}]|第[{up_to_ten}][步件条点]|[{up_to_ten}]者)(?=[，,、：:])
          |(?(line)第[{up_to_ten}](?:(?=[ \u3000][㐀-鿿])|步(?=[（(]))|(?!))
          |(?(line)(?:{numbered})[{up_to_ten}](?=[：:、])|(?!)))
      | (?P<COUNTED>{number}(?:是|要|则(?=[，,])|{counted-verb}))
      | (?P<ORDER>{order-1}|{order-2}|{order-3}|{order-4})
      | (?P<DASH>(?:(?:——|--|—)(?![-—])|[-*+][ ]|[●◆■★☆▲△◇○◎□•·※▪➢➤►▶✦√]))
    )[ \t]*
    """,
    number=_NUMBER,
    alone=_ALONE,
    letters=_LETTERS,
    roman=_ROMAN,
    small=_SMALL,
    third=_THIRD,
    glued=r"(?:1[.．、]|[（(][一1][)）])",
    of_month=r"月(?:\d{1,2}日|[份底初]|[上中下]旬)",
)
DIGITS = {
    character: value
    for characters in (UP_TO_TEN, CAPITALS, STEMS, _LETTERS, _SMALL, _ROMAN, PARENTHESIZED)
    for value, character in enumerate(characters, start=1)
} | {_THIRD: 3}
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
