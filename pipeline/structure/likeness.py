"""Whether two titles are worded alike: how they begin or end, their numbers aside, or what stands before a colon."""

from __future__ import annotations

import re
from itertools import takewhile

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.pipeline.structure import document_cues

_NUMBER = re.compile(rf"\d+|[{UP_TO_TEN}]+")
_HAN = re.compile("[㐀-鿿]")
_HALVES = re.compile("——|[:：]")
# Set by hand, with tests/cases/collections.txt in view.
_FEWEST = 3  # characters that both have in common at their beginning or end
_FEWEST_HAN = 2  # Chinese characters among them
_LONGEST_HEAD = 8  # characters of a name before a colon


def are_alike(title: str, other: str) -> bool:
    """True for `第一站：…` and `第二站：…`, `红石镇：…` and `黑山镇：…`, `…大坪小学` and `…沙坝小学`."""
    one, two = (_NUMBER.sub("0", text.strip("《》 ")) for text in (title, other))
    begun = _shared(one, two)
    if len(begun) >= _FEWEST and len(_HAN.findall(begun)) >= _FEWEST_HAN:
        return True
    ends = [document_cues.without_kind(text)[::-1] for text in (one, two)]
    return len(_shared(*ends)) >= _FEWEST or _halves_alike(one, two)


def are_same_but_numbers(title: str, other: str) -> bool:
    """True for `驻村日志（第12期）` and `驻村日志（第13期）`."""
    one, two = (_NUMBER.sub("0", text) for text in (title, other))
    return one == two and title != other and len(_HAN.findall(one)) > _FEWEST


def _shared(one: str, two: str) -> str:
    """The beginning that both have in common."""
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False))
    return "".join(character for character, _ in pairs)


def _halves_alike(one: str, two: str) -> bool:
    """True if both have a name before a colon or behind a dash that ends alike."""
    first, second = (_HALVES.split(text, maxsplit=1) for text in (one, two))
    if len(first) < 2 or len(second) < 2:
        return False
    heads_alike = max(len(first[0]), len(second[0])) <= _LONGEST_HEAD and first[0][-1:] == second[0][-1:] != ""
    return heads_alike or first[1][-2:] == second[1][-2:]
