"""How likely a text is as Chinese: its log probability, character by character.

Of several ways to decode the same bytes, the one whose text is the most probable is the right one: each way turns the
bytes into exactly one text, so the probabilities can be compared however many characters each text has.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cache
from importlib.resources import files
from math import log

# Natural logarithms of the probability of one character, by the first code point of each range. Estimated from the
# share each range has in Chinese plans, not trained; what decides are differences of five and more.
RANGES = (
    (0x0000, -14.0),  # controls
    (0x0009, -5.0),  # tab and line ends
    (0x000E, -14.0),
    (0x0020, -5.0),  # ASCII
    (0x007F, -14.0),
    (0x00A0, -9.5),  # Latin-1, Latin letters with marks (pinyin)
    (0x0250, -13.0),
    (0x0370, -11.0),  # Greek, Cyrillic
    (0x0530, -14.0),
    (0x2010, -9.0),  # punctuation, letterlike signs
    (0x2150, -8.0),  # Ⅰ → ① ■ ★
    (0x2660, -12.0),
    (0x3000, -8.0),  # CJK punctuation
    (0x3040, -11.0),  # kana
    (0x3100, -12.0),
    (0x3200, -10.0),  # ㈠
    (0x3400, -17.0),  # Han, extension A
    (0x4E00, -14.5),  # Han that stand in no list of common ones
    (0x9FA6, -17.0),
    (0xAC00, -13.0),  # Hangul
    (0xD800, -18.0),  # surrogates (our mark of a bad byte), private use
    (0xF900, -16.0),
    (0xFE30, -10.0),  # vertical and small forms
    (0xFE70, -14.0),
    (0xFF01, -7.5),  # full-width forms
    (0xFF61, -13.0),
    (0xFFE0, -9.0),
    (0xFFF0, -18.0),  # U+FFFD
)
RANGE_STARTS = tuple(start for start, _ in RANGES)

PUNCTUATION = {"，": -2.8, "。": -3.6, "、": -3.6, "：": -5.0, "；": -5.0} | dict.fromkeys("“”（）《》", -5.0)
PUNCTUATION |= dict.fromkeys("？！‘’—…·【】　％", -7.0)

# In jieba's word list the character of rank r makes up 0.25 / (r + 30) of all Han (fits within 15 % up to rank 1000).
HAN_SHARE = 0.85 * 0.25
RANK_SHIFT = 30
TRADITIONAL_PENALTY = log(4)  # one text in five is in traditional characters

LEVEL_ONE = -10.5  # 3,755 common characters of GB 2312 (rows 16-55), less the frequent ones
BIG5_COMMON = -11.5  # 5,401 common characters of Big5 (A440-C67E)


def log_likelihood(text: str) -> float:
    """The natural logarithm of the probability of the text; 0 for an empty one."""
    return sum(count * _weight(character) for character, count in Counter(text).items())


@cache
def _weight(character: str) -> float:
    known = PUNCTUATION.get(character) or _frequent_han().get(character)
    if known is not None:
        return known
    if "\u4e00" <= character <= "\u9fa5":
        return _weight_of_han(character)
    return RANGES[bisect_right(RANGE_STARTS, ord(character)) - 1][1]


def _weight_of_han(character: str) -> float:
    if b"\xb0" <= character.encode("gb2312", "ignore")[:1] <= b"\xd7":
        return LEVEL_ONE
    if b"\xa4" <= character.encode("big5", "ignore")[:1] <= b"\xc6":
        return BIG5_COMMON
    return RANGES[RANGE_STARTS.index(0x4E00)][1]


@cache
def _frequent_han() -> dict[str, float]:
    """The 800 most frequent characters (jieba's word list and a page of plans), simplified and traditional."""
    lines = (files("zongji.pipeline.sources") / "frequent_han.txt").read_text("utf-8").splitlines()
    simplified, traditional = ("".join(half) for half in zip(*(line.split("\t") for line in lines), strict=True))
    weights = {
        character: log(HAN_SHARE / (rank + RANK_SHIFT)) - TRADITIONAL_PENALTY
        for rank, character in enumerate(traditional)
    }
    return weights | {character: log(HAN_SHARE / (rank + RANK_SHIFT)) for rank, character in enumerate(simplified)}
