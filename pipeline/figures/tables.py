"""The unit, item and modality that a table gives to its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon
from zongji.corpus.labels import Category, Modality
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures import numerals
from zongji.pipeline.figures.items import item_of
from zongji.pipeline.figures.table_rows import NUMBER, Cell, Rows, tables
from zongji.pipeline.figures.units import Unit, find_unit, unit_table


@dataclass(frozen=True, slots=True)
class TableNumber:
    """What a table states about a number that fills a cell."""

    unit: Unit | None
    """That of the column or of the cell itself (`6场`); None if a column counts prizes without a measure word."""
    magnitude: int
    """The factor in the header: 10,000 below `金额（万元）`."""
    item: str
    total: bool
    modality: Modality | None
    """That of the header; None if it has no cue."""
    per: str | None = None
    """The base in the header, next to its unit: `学费（元/学期）`."""
    head: str = ""
    """The header of the column."""
    row: str = ""
    """The name of the row."""


@dataclass(frozen=True, slots=True)
class TableCue:
    """A row of `table_cues.tsv`."""

    word: str
    modality: Modality


_HEADER_UNIT = re.compile(r"(?P<noun>[^（(]*)[（(](?:单位[:：])?(?P<unit>[^）)]{1,6})[)）]")
_CAPTION_UNIT = re.compile(r"单位[:：]\s*(?P<unit>[^\s，。；、）)]{1,4})")


@dataclass(frozen=True, slots=True)
class CountColumn:
    """A row of `count_columns.tsv`: the end of a header, and the measure word it implies."""

    ending: str
    unit: str


_BARE_COUNTS = Words("table_words", "bare-count")
_UNIT_COLUMN = frozenset({"单位", "计量单位"})
_INDEX_COLUMN = Words("table_words", "index-column")
# Columns that name a measurement of the row, not what is counted.
_MEASURES_ROW = WordPattern("table_words", r"^规模$|20\d\d年|{measure-column}")
_RATE_COLUMN = frozenset({"占比", "比重"})  # named by the header, like any column other than a bare count
_PERIOD_NAME = WordPattern(
    "table_words",
    r"第?[一二三四]季度|[0-9一二三四五六七八九十]{1,2}月份?|[上下]半年|第[一二三四五六七八九十]+(?:{period-name})",
)
_PRIZES = WordPattern("table_words", "{prize-column}|[一-鿿]{2}入围奖")
_MONEY_COLUMN = Words("table_words", "money-column")
_LENGTH_COLUMN = WordPattern("table_words", "{length-column}")
_TOTAL_ROW = Words("table_words", "total-row")
_MAGNITUDE = re.compile(r"[十百千万亿]+(?=.)")


def table_numbers(text: str, start: int, end: int) -> dict[int, TableNumber]:
    """Offset of a number in a cell to what the table states about it."""
    if "\t" not in text[start:end] and "  " not in text[start:end] and "|" not in text[start:end]:
        return {}
    return {place: meaning for table in tables(text, start, end) for place, meaning in _numbers(table)}


def _numbers(table: Rows) -> Iterator[tuple[int, TableNumber]]:
    caption = _CAPTION_UNIT.search(table.before)
    for row in table.body:
        label = _label(table.heads, row)
        total = any(cell.text in _TOTAL_ROW.all for cell in row)
        columns = list(zip(table.heads, row, strict=False))
        unit_cell = next((cell.text for head, cell in columns if head in _UNIT_COLUMN), "")
        for head, cell in columns:
            number = NUMBER.match(cell.text)
            if number is None or head in _INDEX_COLUMN.all:
                continue
            if number.end() == len(cell.text):
                named = unit_cell or _of_caption(caption["unit"] if caption else "", head)
                meaning = _meaning(head, label, named, total=total)
            else:
                meaning = _of_quantity(head, label, cell.text, number.end(), total=total)
            if meaning is not None:
                yield cell.start + (cell.text[0] in "约近"), meaning


def _of_caption(unit: str, head: str) -> str:
    """The unit above a table if it applies to a column; a unit of money applies to money columns."""
    return unit if not unit.endswith("元") or _without_cue(head).endswith(_MONEY_COLUMN.ordered) else ""


def _label(heads: Sequence[str], row: Sequence[Cell]) -> str:
    """The name of a row: its first cell that is neither a number nor an index."""
    names = [
        cell.text
        for head, cell in zip(heads, row, strict=False)
        if cell.text and head not in _INDEX_COLUMN.all and not NUMBER.fullmatch(cell.text)
    ]
    if len(names) > 1 and _PERIOD_NAME.fullmatch(names[0]):
        return names[1]  # 一季度 | 年货节 | 120
    return names[0] if names else ""


def _of_quantity(head: str, label: str, text: str, end: int, *, total: bool) -> TableNumber | None:
    """What a cell with its own measure word counts: `612本`."""
    unit = find_unit(text, end)
    if unit is None or unit.end != len(text):
        return None
    if unit.row.category is Category.DURATION and not _LENGTH_COLUMN.search(head):
        return None
    if head in _RATE_COLUMN:
        return TableNumber(unit, 1, head, total, _modality(head), head=head, row=label)
    measured = _MEASURES_ROW.search(head) is not None or head in _BARE_COUNTS.all
    item = "" if total and measured else label if measured else head
    return TableNumber(unit, 1, item, total, _modality(head), head=head, row=label)


def _meaning(head: str, label: str, unit_cell: str, *, total: bool) -> TableNumber | None:
    match = _HEADER_UNIT.fullmatch(head)
    noun, unit_text = (match["noun"], match["unit"]) if match else (head, "")
    noun = _without_cue(noun)
    if not unit_text:
        unit_text = _counted_by(noun) or unit_cell
    per = None
    if "元/" in unit_text:
        unit_text, _, per = unit_text.partition("/")
    magnitude = _MAGNITUDE.match(unit_text)
    if magnitude and unit_text not in unit_table():
        unit_text = unit_text[magnitude.end() :]
    if not unit_text and _PRIZES.fullmatch(noun):
        return TableNumber(None, 1, noun, total, _modality(head), head=head, row=label)
    unit = find_unit(unit_text, 0)
    if unit is None or unit.end != len(unit_text):
        return None
    item = label if noun in _BARE_COUNTS.all and not total else item_of(noun, "", unit.name) or noun
    factor = numerals.magnitude_of(magnitude[0]) if magnitude else 1
    return TableNumber(unit, factor, item, total, _modality(head), per, head, label)


def _counted_by(head: str) -> str:
    """The measure word that a header implies, empty if none: 人 for 参训人数."""
    columns = lexicon.load("count_columns", CountColumn)
    return next((column.unit for column in columns if head.endswith(column.ending)), "")


def _without_cue(noun: str) -> str:
    """`计划场次` is 场次; `计划数` and headers that consist of the cue stay."""
    shortened = _cues()[0].sub("", noun, count=1)
    return shortened if noun not in _BARE_COUNTS.all and len(shortened) > 1 and shortened != "数" else noun


def _modality(head: str) -> Modality | None:
    """The modality by the header's cue; the first of several (计划完成场次)."""
    expression, modalities = _cues()
    cue = expression.search(head)
    return modalities[cue[0]] if cue else None


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, Modality]]:
    rows = lexicon.load("table_cues", TableCue)
    return re.compile("|".join(re.escape(row.word) for row in rows)), {row.word: row.modality for row in rows}
