"""The unit, category, item and modality that a table gives to its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from zongji.corpus import lexicon
from zongji.corpus.labels import Category, Modality
from zongji.corpus.patterns import WordPattern, Words
from zongji.pipeline.figures import numerals
from zongji.pipeline.figures.categories import category_of_noun
from zongji.pipeline.figures.items import item_of
from zongji.pipeline.figures.table_rows import NUMBER, Cell, Row, Rows, tables
from zongji.pipeline.figures.units import Unit, find_unit, unit_table


@dataclass(frozen=True, slots=True)
class TableNumber:
    """What a table states about a number that fills a cell."""

    unit: Unit | None
    """That of the column or of the cell itself (`6场`); None if the header counts without a measure word."""
    magnitude: int
    """The factor in the header: 10,000 below `金额（万元）`."""
    item: str
    total: bool
    modality: Modality | None
    """That of the header; None if it has no cue."""
    per: str | None = None
    """The base in the header, next to its unit: `学费（元/学期）`."""
    category: Category | None = None
    """That of the header, if it counts without a measure word: 奖品金额, 授课教师."""
    end: int = 0
    """The end of the cell."""
    head: str = ""
    """The header of the column."""
    row: str = ""
    """The name of the row."""


@dataclass(frozen=True, slots=True)
class TableCue:
    """A row of `table_cues.tsv`."""

    word: str
    modality: Modality


@dataclass(frozen=True, slots=True)
class CountColumn:
    """A row of `count_columns.tsv`: the end of a header, and the measure word it implies."""

    ending: str
    unit: str


@dataclass(frozen=True, slots=True)
class Column:
    """What a header says of the bare numbers below it."""

    noun: str
    unit: Unit | None
    magnitude: int
    per: str | None
    category: Category | None
    """Without a measure word: that of the noun."""
    counts_row: bool
    """True if the header only counts (场次, 预算): the row's name says what."""


_HEADER_UNIT = re.compile(r"(?P<noun>[^（(]*)[（(](?:单位[:：])?(?P<unit>[^）)]{1,6})[)）]")
_CAPTION_UNIT = re.compile(r"单位[:：]\s*(?P<unit>[^\s，。；、）)]{1,4})(?![^\s，。；、）)])")
_BARE_COUNTS = WordPattern("table_words", r"(?:20\d\d年?度?|{counting-cue})*(?:{bare-count})(?:数额?|额)?|20\d\d年?度?")
_UNIT_COLUMN = frozenset({"单位", "计量单位"})
_REMARKS = Words("table_words", "remark-column")
_INDEX_COLUMN = Words("table_words", "index-column")
# Columns that name a measurement of the row, not what is counted.
_MEASURES_ROW = WordPattern("table_words", r"^规模$|20\d\d年|{measure-column}")
_RATE_COLUMN = frozenset({"占比", "比重"})  # named by the header, like any column other than a bare count
_PERIOD_NAME = WordPattern(
    "table_words",
    r"第?[一二三四]季度|[0-9一二三四五六七八九十]{1,2}月份?|[上下]半年|第[一二三四五六七八九十]+(?:{period-name})",
)
_GROUP_NAME = WordPattern("unit_classes", "[一二三四五六七八九十]{1,3}(?:{group})")  # 一班, 二组 name rows
_PRIZES = WordPattern("table_words", "{prize-column}|[一-鿿]{2}入围奖")
_MONEY_COLUMN = Words("table_words", "money-column")
_LENGTH_COLUMN = WordPattern("table_words", "{length-column}")
_TOTAL_ROW = Words("table_words", "total-row")
_MAGNITUDE = re.compile(r"[十百千万亿]+(?=.)")
_MARKER = re.compile(r"^(?:[（(]?[0-9一二三四五六七八九十]{1,3}[)）]|[0-9一二三四五六七八九十]{1,3}[、.．])\s*")
_PAIR = 2
_COUNT_ENDS = tuple("数量次人户份件册天时期")
_COUNTED = frozenset({Category.PARTICIPANTS, Category.MATERIALS, Category.ORGANIZATIONS})


def table_numbers(text: str, start: int, end: int) -> dict[int, TableNumber]:
    """Offset of a number in a cell to what the table states about it."""
    part = text[start:end]
    if "\t" not in part and "  " not in part and "|" not in part and "," not in part:
        return {}
    return {place: meaning for table in tables(text, start, end) for place, meaning in _numbers(table)}


def _numbers(table: Rows) -> Iterator[tuple[int, TableNumber]]:
    match = _CAPTION_UNIT.search(table.before)
    caption = match["unit"] if match else ""
    if not table.heads:
        yield from _labelled(table, caption)
        return
    things = _thing_columns(table)
    for row, label in zip(table.body, _labels(table), strict=True):
        if _is_labelled(row, len(table.heads)):
            yield from _labelled(Rows((), (row,), ""), "")
            continue
        total = any(cell.text.replace(" ", "") in _TOTAL_ROW.all for cell in row)
        columns = list(zip(table.heads, row, strict=False))
        unit_cell = next((cell.text for head, cell in columns if head in _UNIT_COLUMN), "")
        for place, (head, cell) in enumerate(columns):
            number = NUMBER.match(cell.text)
            if number is None or head in _INDEX_COLUMN.all or _GROUP_NAME.fullmatch(cell.text):
                continue
            if number.end() == len(cell.text):
                column = _column(head, caption, unit_cell, thing=place in things)
                meaning = _meaning(column or _row_column(label, caption), head, label, cell, total=total)
            else:
                meaning = _of_quantity(head, label, cell, number.end(), total=total)
            if meaning is not None:
                yield cell.start, meaning


def _is_labelled(row: Row, width: int) -> bool:
    """A row of a name and what it has, below a wider table: `合计` has only one number there."""
    return len(row) == _PAIR < width and row[0].text.replace(" ", "") not in _TOTAL_ROW.all


def _labelled(table: Rows, caption: str) -> Iterator[tuple[int, TableNumber]]:
    """The numbers of rows without a header: `参加人数 | 120`."""
    for name, cell in table.body:
        head = _MARKER.sub("", name.text).rstrip("：:")
        number = NUMBER.match(cell.text)
        if number is None:
            continue
        if number.end() < len(cell.text):
            meaning = _of_quantity(head, "", cell, number.end(), total=head in _TOTAL_ROW.all)
        else:
            meaning = _meaning(_column(head, caption, "", thing=False), head, "", cell, total=head in _TOTAL_ROW.all)
        if meaning is not None:
            yield cell.start, meaning


def _thing_columns(table: Rows) -> frozenset[int]:
    """The columns of bare numbers only: a header that names people or things counts them there."""
    columns = range(len(table.heads))
    bare = dict.fromkeys(columns, False)
    for row in table.body:
        for place, cell in zip(columns, row, strict=False):
            if cell.text and place in bare:
                if NUMBER.fullmatch(cell.text) and len(cell.text) < _LONGEST_COUNT:
                    bare[place] = True
                elif cell.text.strip("-—–/\\无"):
                    del bare[place]
    return frozenset(place for place, some in bare.items() if some)


_LONGEST_COUNT = 7  # chosen: characters; longer ones in a column of names are telephone and other numbers


def _labels(table: Rows) -> Iterator[str]:
    """The name of each row, its first cell that is neither a number nor an index.

    A name that the row above or below has too is that of a group: the cell beside it names the row.
    """
    firsts = [next(_names(table.heads, row), None) for row in table.body]
    around = [None, *(name and name[1] for name in firsts), None]
    for first, row, above, below in zip(firsts, table.body, around, around[2:], strict=False):
        if first is None:
            yield ""
            continue
        place, name = first
        if name in {above, below} or _PERIOD_NAME.fullmatch(name):  # 一季度 | 年货节 | 120
            beside = next(_names(table.heads[: place + 2], row[: place + 2], place + 1), None)
            name = beside[1] if beside else name
        yield _MARKER.sub("", name)


def _names(heads: Sequence[str], row: Row, start: int = 0) -> Iterator[tuple[int, str]]:
    """The cells that may name a row, each with its column."""
    for place, (head, cell) in enumerate(zip(heads[start:], row[start:], strict=False), start):
        if (
            cell.text
            and head not in _INDEX_COLUMN.all
            and _is_name(cell.text)
            and (not start or head not in _REMARKS.all)
        ):
            yield place, cell.text


def _is_name(text: str) -> bool:
    """False for a number and for a quantity: `30箱`, `100米/箱`."""
    number = NUMBER.match(text)
    if number is not None and _GROUP_NAME.fullmatch(text):
        return True
    return number is None or (number.end() < len(text) and find_unit(text, number.end()) is None)


def _of_quantity(head: str, label: str, cell: Cell, end: int, *, total: bool) -> TableNumber | None:
    """What a cell with its own measure word counts: `612本`."""
    text = cell.text
    unit = find_unit(text, end + (text[end : end + 1] == " "))
    if unit is None or (unit.end != len(text) and text[unit.end] not in "/（(+"):
        return None
    if unit.row.category is Category.DURATION and not _LENGTH_COLUMN.search(head):
        return None
    per = text[unit.end + 1 :] if text[unit.end : unit.end + 1] == "/" else None
    item = head if head in _RATE_COLUMN or not _measures(head) else "" if total else label
    stop = cell.start + len(text)
    return TableNumber(
        unit, 1, item or head * (not label and not total), total, _modality(head), per, None, stop, head, label
    )


def _measures(head: str) -> bool:
    """True for a column whose cells are what the row has, not things that the header names."""
    if head in _REMARKS.all:
        return True
    return _MEASURES_ROW.search(head) is not None or _LENGTH_COLUMN.search(head) is not None or _counts_row(head)


def _meaning(column: Column | None, head: str, label: str, cell: Cell, *, total: bool) -> TableNumber | None:
    """What a bare number counts."""
    if column is None:
        return None
    item = "" if column.counts_row and total else label if column.counts_row and label else column.noun
    end = cell.start + len(cell.text)
    return TableNumber(
        column.unit, column.magnitude, item, total, _modality(head), column.per, column.category, end, head, label
    )


@lru_cache(maxsize=4096)
def _column(head: str, caption: str, unit_cell: str, *, thing: bool) -> Column | None:
    """What a header says of bare numbers; None if nothing."""
    match = _HEADER_UNIT.fullmatch(head)
    noun, unit_text = (match["noun"], match["unit"]) if match else (head, "")
    counts_row = _counts_row(noun)
    noun = _without_cue(noun)
    money = noun.endswith(_MONEY_COLUMN.ordered) or (
        counts_row and not noun.endswith(_COUNT_ENDS)
    )  # 2021年实际, below a caption of money
    unit_text = unit_text or _counted_by(noun) or unit_cell or _of_caption(caption, money=money)
    per = None
    if "元/" in unit_text:
        unit_text, _, per = unit_text.partition("/")
    if not unit_text:
        category = _category(noun, money=noun.endswith(_MONEY_COLUMN.ordered), thing=thing)
        return Column(noun, None, 1, None, category, counts_row) if category else None
    magnitude = _MAGNITUDE.match(unit_text)
    if magnitude and unit_text not in unit_table():
        unit_text = unit_text[magnitude.end() :]
    unit = find_unit(unit_text, 0)
    if unit is None or unit.end != len(unit_text):
        return None
    factor = numerals.magnitude_of(magnitude[0]) if magnitude else 1
    return Column(item_of(noun, "", unit.name) or noun, unit, factor, per, None, counts_row)


def _row_column(label: str, caption: str) -> Column | None:
    """What the row's name says where the header says nothing: 培训人数（人） below the years."""
    column = _column(label, caption, "", thing=False) if label else None
    if column is None or column.counts_row:
        return None
    match = _HEADER_UNIT.fullmatch(label)
    return replace(column, noun=match["noun"] if match else label)


def _category(noun: str, *, money: bool, thing: bool) -> Category | None:
    """The category of a header without a measure word."""
    if _PRIZES.fullmatch(noun):
        return Category.AWARDS
    if money:
        return Category.MONEY
    category = category_of_noun(noun) if thing else None
    return category if category in _COUNTED else None


def _of_caption(unit: str, *, money: bool) -> str:
    """The unit above a table if it applies to a column; a unit of money applies to money columns."""
    return unit if money or not unit.endswith("元") else ""


def _counts_row(noun: str) -> bool:
    return _BARE_COUNTS.fullmatch(noun) is not None


def _counted_by(head: str) -> str:
    """The measure word that a header implies, empty if none: 人 for 参训人数."""
    columns = lexicon.load("count_columns", CountColumn)
    return next((column.unit for column in columns if head.endswith(column.ending)), "")


def _without_cue(noun: str) -> str:
    """`计划场次` is 场次; `计划数` and headers that consist of the cue stay."""
    shortened = _cues()[0].sub("", noun, count=1)
    return shortened if not _counts_row(noun) and len(shortened) > 1 and shortened != "数" else noun


def _modality(head: str) -> Modality | None:
    """The modality by the header's cue; the first of several (计划完成场次)."""
    expression, modalities = _cues()
    cue = expression.search(head)
    return modalities[cue[0]] if cue else None


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, Modality]]:
    rows = lexicon.load("table_cues", TableCue)
    return re.compile("|".join(re.escape(row.word) for row in rows)), {row.word: row.modality for row in rows}
