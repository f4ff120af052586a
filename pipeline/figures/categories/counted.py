"""The input of the rules, and how they cut it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from zongji.corpus.labels import Category
from zongji.corpus.records import Figure
from zongji.pipeline.figures.units import UnitRow

GOODS = frozenset({Category.MATERIALS, Category.OTHER, None})
_TO_LAST_MARK = re.compile(r"(?s:.*)(?:[，。；：;:\n]|,(?![0-9]))")
_TO_LAST_STOP = re.compile(r"(?s:.*)[。；：;:\n]")


class Counted(NamedTuple):
    """The input of the rules: a measure word, the noun it counts, and the text around the number."""

    unit: str
    row: UnitRow
    noun: str
    kind: Category | None  # of the noun alone
    clause: str  # before the number, from the last punctuation mark on: a list with 、 is one clause
    left: str
    right: str
    before: Figure | None  # the figure before it in the sentence


Rule = Callable[[Counted], Category | None]


def last_clause(text: str) -> str:
    """The text after the last punctuation mark other than 、."""
    return _behind(_TO_LAST_MARK, text)


def last_sentence(text: str) -> str:
    """The text after the last mark that ends a sentence or clause."""
    return _behind(_TO_LAST_STOP, text)


def _behind(up_to: re.Pattern[str], text: str) -> str:
    match = up_to.match(text)
    return text[match.end() :] if match else text
