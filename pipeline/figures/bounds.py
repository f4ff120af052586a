"""Approximation words next to a number: 约 近 超过 不少于 before it, 余 多 以上 左右 after it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from zongji.corpus import lexicon
from zongji.corpus.labels import Bound


@dataclass(frozen=True, slots=True)
class BoundWord:
    """A row of `bounds.tsv`: a word, the bound it states, and its side of the number."""

    word: str
    bound: Bound
    position: str
    not_after: str = ""
    """Characters before it that make it another word: 最近, 附近."""


class Found(NamedTuple):
    """The side of the number."""

    start: int
    end: int
    bound: Bound


def bound_before(text: str, start: int) -> Found | None:
    """The longest approximation word that ends at `start`."""
    end = start - 1 if text[start - 1 : start] == " " else start
    if text[end - 1 : end] not in _edges("before"):
        return None
    for length in range(_longest("before"), 0, -1):
        word = _words("before").get(text[max(0, end - length) : end]) if end >= length else None
        if word is not None and not (end > length and text[end - length - 1] in word.not_after):
            return Found(end - length, start, word.bound)
    return None


def bound_after(text: str, end: int) -> Found | None:
    """The longest approximation word that starts at `end`."""
    if text[end : end + 1] not in _edges("after"):
        return None
    for length in range(_longest("after"), 0, -1):
        word = _words("after").get(text[end : end + length])
        if word is not None:
            return Found(end, end + len(word.word), word.bound)
    return None


@cache
def _words(position: str) -> dict[str, BoundWord]:
    return {row.word: row for row in lexicon.load("bounds", BoundWord) if row.position == position}


@cache
def _edges(position: str) -> frozenset[str]:
    """The characters of these words that touch the number: most numbers have none of them there."""
    return frozenset(word[-1 if position == "before" else 0] for word in _words(position))


@cache
def _longest(position: str) -> int:
    return max(map(len, _words(position)))
