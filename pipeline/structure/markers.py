"""The markers that open a heading or an item, and the numbers they state."""

from __future__ import annotations

import re
from enum import IntEnum

from zongji.corpus.chinese_digits import CAPITALS, PARENTHESIZED, STEMS, UP_TO_TEN, small_number


class MarkerKind(IntEnum):
    """Kinds of markers, from those that usually stand highest."""

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
    KEYED = 15  # no marker, with a colon in front of its text: 活动主题：


_LETTERS = "ABCDEFGHIJ"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ"
_PARTS = "任务|重点|措施|举措|行动|活动|步骤|目标|亮点|做法|环节|板块|专题|经验"  # 任务一：
_NUMBER = rf"[{UP_TO_TEN}]{{1,3}}"
_ALONE = r"[ \u3000](?=[㐀-鿿“《]|20\d\d年)"  # behind a number that has a blank in place of a mark: `一　方向`
MARKER = re.compile(
    rf"""
    (?:(?P<line>^[ \t]*(?:\#+[ ])?) | (?<=[。；;：:！？!?，,、”》）).\s]))
    (?:
        (?P<PART>第(?:{_NUMBER}|\d{{1,2}})(?:部分|章|编|阶段))
      | (?P<ARTICLE>第{_NUMBER}节)
      | (?P<HAN>(?:{_NUMBER}|[{CAPITALS}{_ROMAN}])[ ]?(?:、|[．.](?!\d))|(?<![^\n])(?:{_NUMBER}|[{CAPITALS}]){_ALONE})
      | (?P<HAN_PARENTHESES>[（(][ ]?{_NUMBER}[ ]?[)）]、?|(?<=\n){_NUMBER}[)）]|[{PARENTHESIZED}])
      | (?P<STEM>(?<![^\n])[{STEMS}{_LETTERS}][、．.])
      | (?P<DECIMAL>(?<![^\n])\d{{1,2}}[.．]\d{{1,2}}[ ](?=[㐀-鿿])(?!万|亿|元|公[里斤顷]|[米吨亩]|平方|百分|个|%)
          |\d{{1,2}}(?:[.．]\d{{1,2}}){{1,2}}(?:[、.．][ ]?|[ ](?=[㐀-鿿])|(?=[㐀-鿿]))
          (?![万亿元公米吨亩个人户%倍千百斤度平位名次场期天小分]))
      | (?P<ARABIC>\d{{1,2}}[ ]?(?:[、．]|\.(?![\dA-Za-z]))(?!\d)
          |(?<![^\n])\d{{1,2}}(?:{_ALONE}|[.、](?=\d{{1,2}}:\d\d)|/[ ]?(?=[㐀-鿿])))
      | (?P<ARABIC_PARENTHESES>[（(][ ]?\d{{1,2}}[ ]?[)）]、?|\d{{1,2}}[)）])
      | (?P<CIRCLED>[①-⑳⑴-⒇])
      | (?P<NTH>(?:(?:第|其)[{UP_TO_TEN}]|第[{UP_TO_TEN}][步件条点]|[{UP_TO_TEN}]者)(?=[，,、：:])
          |(?<![^\n])第[{UP_TO_TEN}](?:(?=[ \u3000][㐀-鿿])|步(?=[（(]))
          |(?<![^\n])(?:{_PARTS})[{UP_TO_TEN}](?=[：:、]))
      | (?P<COUNTED>{_NUMBER}(?:是|要|则(?=[，,])|[看怕抓查比促改问防强]))
      | (?P<ORDER>首先|其次|再次|再者|最后)
      | (?P<DASH>(?:(?:——|--|—)(?![-—])|[-*+][ ]|[●◆■★☆▲△◇○◎□•·※▪➢➤►▶✦√]))
    )[ \t]*
    """,
    re.VERBOSE | re.MULTILINE,
)
DIGITS = {
    character: value
    for characters in (UP_TO_TEN, CAPITALS, STEMS, _LETTERS, _ROMAN, PARENTHESIZED)
    for value, character in enumerate(characters, start=1)
}
_ORDER = {"首先": 1, "其次": 2, "再次": 3, "再者": 3, "最后": 4}


def number_of(marker: str, kind: MarkerKind) -> int:
    """The ordinal a marker states; dashes have none and count as 0."""
    if kind is MarkerKind.ORDER:
        return _ORDER[marker]
    if kind is MarkerKind.CIRCLED:
        return ord(marker) - (0x2460 if marker < "⑴" else 0x2474) + 1
    if digits := re.findall(r"\d+", marker):
        return int(digits[-1])
    return small_number("".join(character for character in marker if character in DIGITS), DIGITS)
