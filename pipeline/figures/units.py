"""Measure words: the one after a number, an alternative in parentheses, and what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from zongji.corpus import lexicon
from zongji.corpus.labels import Category
from zongji.corpus.patterns import WordPattern, Words


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row of `units.tsv`. If `open`, the counted noun decides the category."""

    unit: str
    category: Category
    open: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitNounRow:
    """A row of `unit_nouns.tsv`."""

    noun: str


class Unit(NamedTuple):
    """A measure word in a text: its name in records, and its end offset."""

    name: str
    row: UnitRow
    end: int


_ALTERNATIVE = re.compile(r"[（(] ?([㐀-鿿]{1,2}) ?[)）]|/([㐀-鿿]{1,2})(?![㐀-鿿])")
_OPTIONAL = re.compile(r" ?[（(]([㐀-鿿]{1,2})[)）] ?")
_PER_MEASURE = WordPattern("unit_classes", "/(?:{per-measure})")  # 42微克/立方米 is one unit of measure
_LETTERS = re.compile("[A-Za-z0-9]")  # 5 stars is no 5 s
_OPENS_OPTIONAL = " (（"
_OPENS_ALTERNATIVE = "(（/"
_PIECES = Words("unit_classes", "piece")  # 2087件/套, but 5元/本
_SYNONYMS = {"％": "%"}


@cache
def unit_table() -> dict[str, UnitRow]:
    """Measure word to its row."""
    return {row.unit: row for row in lexicon.load("units", UnitRow)}


@cache
def _by_first_character() -> dict[str, tuple[UnitRow, ...]]:
    """First character to the measure words that start with it, longest first."""
    ordered = sorted(unit_table().values(), key=lambda row: -len(row.unit))
    return {row.unit[0]: tuple(other for other in ordered if other.unit[0] == row.unit[0]) for row in ordered}


@cache
def _nouns_by_first_character() -> dict[str, tuple[str, ...]]:
    """First character to the nouns that begin with a measure word: `5部门` counts 部门."""
    nouns = [row.noun for row in lexicon.load("unit_nouns", UnitNounRow)]
    return {noun[0]: tuple(other for other in nouns if other[0] == noun[0]) for noun in nouns}


def find_unit(text: str, start: int) -> Unit | None:
    """The longest measure word at `start`, with an alternative in parentheses: `册(份)` is 册/份, `人(次)` 人次."""
    first = text[start : start + 1]
    for row in _by_first_character().get(first, ()):
        if first.isascii() and _LETTERS.match(text, start + len(row.unit)):
            continue
        if text.startswith(row.unit, start) and not text.startswith(_nouns_by_first_character().get(first, ()), start):
            return _with_alternative(text, start + len(row.unit), row)
    if first in _OPENS_OPTIONAL and (optional := _OPTIONAL.match(text, start)) is not None:
        return _optional_first(text, optional)
    return None


def _with_alternative(text: str, end: int, row: UnitRow) -> Unit:
    name = _SYNONYMS.get(row.unit, row.unit)
    following = text[end : end + 1]
    if text.startswith("每秒", end) and row.category is Category.OTHER:
        return Unit(f"{name}每秒", row, end + 2)
    if following not in _OPENS_ALTERNATIVE or not following:
        return Unit(name, row, end)
    table = unit_table()
    if following == "/" and (base := _PER_MEASURE.match(text, end)) is not None:
        return Unit(name + base[0], row, base.end())
    match = _ALTERNATIVE.match(text, end)
    if match is None:
        return Unit(name, row, end)
    other = match[1] or match[2]
    if name + other in table:
        return Unit(name + other, table[name + other], match.end())
    if other in table and (match[1] or {name, other} <= _PIECES.all):
        return Unit(f"{name}/{other}", row, match.end())
    return Unit(name, row, end)


def _optional_first(text: str, optional: re.Match[str]) -> Unit | None:
    """`（场）次`: an optional part before the measure word."""
    table = unit_table()
    unit = find_unit(text, optional.end())
    if unit is None or optional[1] not in table:
        return None
    name = optional[1] + unit.name
    return (
        Unit(name, table[name], unit.end) if name in table else Unit(f"{optional[1]}/{unit.name}", unit.row, unit.end)
    )
