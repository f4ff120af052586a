"""Numbers without a measure word: rates in words, decimals, money without a unit, people."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from zongji.corpus.labels import Category
from zongji.corpus.patterns import Words

_RATIO = re.compile(r"[率比][^，。；]{0,8}$")
_SPENT = Words("category_cues", "spent")
_HALVES = frozenset({"一半", "半数"})


class BareNumber(NamedTuple):
    """A number without a measure word: its characters, the category of its noun, the sentence before it."""

    numeral: str
    kind: Category | None
    left: str


Rule = Callable[[BareNumber], Category | None]


def fraction(number: BareNumber) -> Category | None:
    """`三分之一`, `一半`."""
    numeral = number.numeral
    return Category.RATE if "分之" in numeral or "/" in numeral or numeral in _HALVES else None


def decimal(number: BareNumber) -> Category | None:
    """`翻台率1.8` is a rate, `利用系数0.57` is not."""
    if not ("." in number.numeral and number.numeral[-1].isdigit() and number.left):
        return None
    return Category.RATE if _RATIO.search(number.left) else Category.OTHER


def spent(number: BareNumber) -> Category | None:
    """`花了92万`."""
    return Category.MONEY if number.left.endswith(_SPENT.ordered) else None


def by_noun(number: BareNumber) -> Category | None:
    """`近8万市民`: the listed noun that ends the counted phrase."""
    return number.kind


def nothing_said(number: BareNumber) -> Category:  # noqa: ARG001  # asked like the others
    """No cue for what is counted."""
    return Category.OTHER


RULES: tuple[Rule, ...] = (fraction, decimal, spent, by_noun)
"""The first with an answer decides; `nothing_said` is the fallback."""
