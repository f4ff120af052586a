"""Tables typed as text: the unit and the item that a header gives to the bare numbers below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zongji.corpus.labels import Category
from zongji.pipeline.figures import numerals
from zongji.pipeline.figures.items import item_of
from zongji.pipeline.figures.units import Unit, find_unit, unit_table


@dataclass(frozen=True, slots=True)
class TableNumber:
    """What a table says about the bare number in one of its cells."""

    unit: Unit | None
    """None where a column counts prizes without a measure word."""
    magnitude: int
    """What the header multiplies numbers by: 10,000 below `金额（万元）`."""
    item: str
    total: bool


@dataclass(frozen=True, slots=True)
class _Cell:
    start: int
    text: str


_LINE = re.compile(r"[^\n]+")
_LONGEST_ROW = 400  # characters; a longer line is running text
_GAP = re.compile(r"\S {2,}(?=\S)")
_NUMBER = re.compile(rf"(?:约|近)?(?:{numerals.NUMERAL}|{numerals.BLANK})(?:余|多)?")
_SEPARATORS = {"\t": re.compile(r"\t"), "|": re.compile(r"\|"), "  ": re.compile(r" {2,}")}
_DASHES = re.compile(r"[-—–/|:\s]*")
_HEADER_UNIT = re.compile(r"(?P<noun>[^（(]*)[（(](?:单位[:：])?(?P<unit>[^）)]{1,6})[)）]")
_COUNT_COLUMNS = {
    "人数": "人",
    "场次": "场次",
    "次数": "次",
    "期数": "期",
    "场数": "场",
    "户数": "户",
    "份数": "份",
    "件数": "件",
    "册数": "册",
    "金额": "元",
    "课时": "课时",
    "人次": "人次",
    "天数": "天",
    "班次": "班次",
    "期次": "期",
    "学时": "学时",
}
_BARE_COUNTS = frozenset(
    {
        "场次",
        "次数",
        "期数",
        "场数",
        "数量",
        "期次",
        "班次",
        "场",
        "次",
        "期",
        "课时",
        "计划数",
        "完成数",
        "单价",
        "小计",
    }
)
_UNIT_COLUMN = frozenset({"单位", "计量单位"})
_INDEX_COLUMN = frozenset({"序号", "编号", "No.", "NO."})
# Columns that say what was measured of the row, not what is counted.
_MEASURES_ROW = re.compile(
    r"^规模$|总量|数量|单价|小计|金额|价格|费用|[完达]成|同比|环比|增[长幅减]|[占比]|计划|目标|实际|预算|标准|合计|[上本今去]年|20\d\d年|指标|经费"
)
_PRIZES = re.compile(r"(?:[一二三特]等|[金银铜]|优[秀胜]|[一-鿿]{2}入围)奖|[金银铜]牌")
_CAPTION = re.compile(r"单位[:：] ?(?P<unit>[十百千万亿]?元)")
_MONEY_COLUMN = re.compile(r"(?:投资|金额|经费|资金|预算|收入|支出|产值|费用?|合计|小计|补助|决算)$")
_CAPTION_REACH = 60  # characters in front of a table in which its unit is named
_TOTAL_ROW = re.compile(r"合 ?计|总 ?计|共计|小计")
_MAGNITUDE = re.compile(r"[十百千万亿]+(?=.)")


def table_numbers(text: str, start: int, end: int) -> dict[int, TableNumber]:
    """Offset of a bare number in a cell to what the table says about it."""
    if "\t" not in text[start:end] and "  " not in text[start:end] and "|" not in text[start:end]:
        return {}
    found: dict[int, TableNumber] = {}
    for table in _tables(text, start, end):
        first = table[0][0].start
        caption = _CAPTION.search(text, max(start, first - _CAPTION_REACH), first)
        found.update(_numbers(table, caption["unit"] if caption else ""))
    return found


def _tables(text: str, start: int, end: int) -> Iterator[list[list[_Cell]]]:
    """Runs of neighbouring rows, each a list of cells."""
    run: list[list[_Cell]] = []
    last_end = -2
    for row in _LINE.finditer(text, start, end):
        if row.end() - row.start() > _LONGEST_ROW or not _is_row(row[0]):
            continue
        if row.start() > last_end + 1 and run:
            yield run
            run = []
        cells = _cells(row)
        if not all(_DASHES.fullmatch(cell.text) for cell in cells):
            run.append(cells)
        last_end = row.end()
    if run:
        yield run


def _is_row(line: str) -> bool:
    """True for a line of cells parted by tabs, by bars, or by two gaps of blanks."""
    return "\t" in line or line.count("|") >= 2 or ("  " in line and len(_GAP.findall(line)) >= 2)


def _cells(row: re.Match[str]) -> list[_Cell]:
    cells, position, line = [], 0, row[0]
    separator = next(mark for mark in _SEPARATORS if mark in line)
    for gap in [*_SEPARATORS[separator].finditer(line), None]:
        stop = gap.start() if gap else len(line)
        content = line[position:stop]
        cells.append(_Cell(row.start() + position + len(content) - len(content.lstrip()), content.strip()))
        position = gap.end() if gap else stop
    return cells[1:] if separator == "|" and not cells[0].text else cells


def _numbers(table: Sequence[list[_Cell]], caption: str) -> Iterator[tuple[int, TableNumber]]:
    header = table[0]
    if len(table) < 2 or any(_NUMBER.fullmatch(cell.text) for cell in header if cell.text):
        return
    for row in table[1:]:
        label = _label(header, row)
        total = any(_TOTAL_ROW.fullmatch(cell.text) for cell in row)
        unit_cell = next((cell.text for head, cell in zip(header, row, strict=False) if head.text in _UNIT_COLUMN), "")
        for head, cell in zip(header, row, strict=False):
            number = _NUMBER.match(cell.text)
            if number is None or head.text in _INDEX_COLUMN:
                continue
            if number.end() == len(cell.text):
                named = unit_cell or (caption if _MONEY_COLUMN.search(head.text) else "")
                meaning = _meaning(head.text, label, named, total=total)
            else:
                meaning = _meaning_of_quantity(head.text, label, cell.text, number.end(), total=total)
            if meaning is not None:
                yield cell.start + (cell.text[0] in "约近"), meaning


def _label(header: Sequence[_Cell], row: Sequence[_Cell]) -> str:
    """The name of a row: its first cell that is neither a number nor an index."""
    for head, cell in zip(header, row, strict=False):
        if cell.text and head.text not in _INDEX_COLUMN and not _NUMBER.fullmatch(cell.text):
            return cell.text
    return ""


def _meaning_of_quantity(head: str, label: str, text: str, end: int, *, total: bool) -> TableNumber | None:
    """What a cell counts that holds a measure word of its own: `612本`."""
    unit = find_unit(text, end)
    if unit is None or unit.end != len(text) or unit.row.category is Category.DURATION:
        return None
    measured = _MEASURES_ROW.search(head) is not None or head in _BARE_COUNTS
    item = "" if total and measured else label if measured else head
    return TableNumber(unit, 1, item, total)


def _meaning(head: str, label: str, unit_cell: str, *, total: bool) -> TableNumber | None:
    match = _HEADER_UNIT.fullmatch(head)
    noun, unit_text = (match["noun"], match["unit"]) if match else (head, "")
    if not unit_text:
        unit_text = next((unit for name, unit in _COUNT_COLUMNS.items() if noun.endswith(name)), "") or unit_cell
    magnitude = _MAGNITUDE.match(unit_text)
    if magnitude and unit_text not in unit_table():
        unit_text = unit_text[magnitude.end() :]
    if not unit_text and _PRIZES.fullmatch(noun):
        return TableNumber(None, 1, noun, total)
    unit = find_unit(unit_text, 0)
    if unit is None or unit.end != len(unit_text):
        return None
    item = label if noun in _BARE_COUNTS and not total else item_of(noun, "", unit.name) or noun
    return TableNumber(unit, numerals.magnitude_of(magnitude[0]) if magnitude else 1, item, total)
