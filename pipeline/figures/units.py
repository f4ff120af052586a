"""Measure words: the one that follows a number, an alternative in parentheses, and what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon
from zongji.corpus.labels import Category


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row of `units.tsv`. Where `open`, the counted noun decides what is counted."""

    unit: str
    category: Category
    open: bool
    note: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A measure word found in a text: its name in records, and where it ends."""

    name: str
    row: UnitRow
    end: int


_ALTERNATIVE = re.compile(r"[（(] ?([㐀-鿿]{1,2}) ?[)）]|/([㐀-鿿]{1,2})(?![㐀-鿿])")
_OPTIONAL = re.compile(r" ?[（(]([㐀-鿿]{1,2})[)）] ?")
_SYNONYMS = {"％": "%"}


@cache
def unit_table() -> dict[str, UnitRow]:
    """Measure word to its row."""
    return {row.unit: row for row in lexicon.load("units", UnitRow)}


@cache
def _longest() -> int:
    return max(map(len, unit_table()))


def find_unit(text: str, start: int) -> Unit | None:
    """The longest measure word at `start`, with an alternative in parentheses: `册(份)` is 册/份, `人(次)` 人次."""
    table = unit_table()
    if (optional := _OPTIONAL.match(text, start)) is not None:
        return _optional_first(text, optional, table)
    for length in range(min(_longest(), len(text) - start), 0, -1):
        row = table.get(text[start : start + length])
        if row is not None:
            return _with_alternative(text, start + length, row, table)
    return None


def _with_alternative(text: str, end: int, row: UnitRow, table: dict[str, UnitRow]) -> Unit:
    name = _SYNONYMS.get(row.unit, row.unit)
    match = _ALTERNATIVE.match(text, end) if text[end : end + 1] in ("(", "（", "/") else None
    if match is None:
        return Unit(name, row, end)
    other = match[1] or match[2]
    if name + other in table:
        return Unit(name + other, table[name + other], match.end())
    if match[1] and other in table:
        return Unit(f"{name}/{other}", row, match.end())
    return Unit(name, row, end)


def _optional_first(text: str, optional: re.Match[str], table: dict[str, UnitRow]) -> Unit | None:
    """`（场）次`: an optional part in front of the measure word."""
    unit = find_unit(text, optional.end())
    if unit is None or optional[1] not in table:
        return None
    name = optional[1] + unit.name
    return Unit(name, table[name], unit.end) if name in table else Unit(f"{optional[1]}/{unit.name}", unit.row, unit.end)
