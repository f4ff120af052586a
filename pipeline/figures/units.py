"""Measure words: the one that follows a number, an alternative in parentheses, and what it counts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from zongji.corpus import lexicon
from zongji.corpus.labels import Category


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A row of `units.tsv`. Where `open`, the counted noun decides what is counted."""

    unit: str
    category: Category
    open: bool
    note: str = ""


class Unit(NamedTuple):
    """A measure word found in a text: its name in records, and where it ends."""

    name: str
    row: UnitRow
    end: int


# Nouns that begin with a character that is a measure word elsewhere: 5部门, 3科室.
_OPENED = tuple(
    "部门 部委 部分 部队 部长 科室 科普 科协 科技 科学 科级 班级 班子 组织 组长 家庭 家长 家属 家企 处室 处级 门店 门诊 门户 道路 方面 面积 面向 点位 点对 级别 行业 行政 口岸 "
    "头部 本科 段落 集团 集体 集中 集镇 户外 户籍 期间 期末 期满 株洲 场馆 场所 人民 人口 人群 节日 节能 节约 节水 节点 节庆 片区 版块 版面 层面 层级 层次 类别 类型 种植 种类 样品 样板 "
    "间接 座谈 支持 支部 支行 支农 支教 本级 本职 本土 条件 条例 条款 块状 张家 件数 幅度 篇幅 部署 套餐 份额 批准 批示 站点 角度 分别 分类 分管 分钟内 度假 周边 周围 日常 年底 年初 年末 年轻 年龄 年级 "
    "把关 把握 顶层 床上 根据 根本 车间 车辆 车位 包括 包装 包村 桥梁 步骤 字样 句子 例如 起点 起草 票据 笔者 单位 单元 股份 股室 排名 排查 行动 行为 眼科 席位 餐饮 碗筷".split()
)
_ALTERNATIVE = re.compile(r"[（(] ?([㐀-鿿]{1,2}) ?[)）]|/([㐀-鿿]{1,2})(?![㐀-鿿])")
_OPTIONAL = re.compile(r" ?[（(]([㐀-鿿]{1,2})[)）] ?")
_PER_MEASURE = re.compile(r"/(?:立方米|平方米|平方公里|升|公里|小时|秒|公顷)")  # 42微克/立方米 is one unit of measure
_NOUNS = {
    noun[0]: tuple(other for other in _OPENED if other[0] == noun[0]) for noun in _OPENED
}
_OPENS_OPTIONAL = " (（"
_OPENS_ALTERNATIVE = "(（/"
_SYNONYMS = {"％": "%"}


@cache
def unit_table() -> dict[str, UnitRow]:
    """Measure word to its row."""
    return {row.unit: row for row in lexicon.load("units", UnitRow)}


@cache
def _by_first_character() -> dict[str, tuple[UnitRow, ...]]:
    """First character to the measure words that start with it, the longest first."""
    ordered = sorted(unit_table().values(), key=lambda row: -len(row.unit))
    return {row.unit[0]: tuple(other for other in ordered if other.unit[0] == row.unit[0]) for row in ordered}


def find_unit(text: str, start: int) -> Unit | None:
    """The longest measure word at `start`, with an alternative in parentheses: `册(份)` is 册/份, `人(次)` 人次."""
    first = text[start : start + 1]
    for row in _by_first_character().get(first, ()):
        if text.startswith(row.unit, start) and not text.startswith(_NOUNS.get(first, ()), start):
            return _with_alternative(text, start + len(row.unit), row)
    if first in _OPENS_OPTIONAL and (optional := _OPTIONAL.match(text, start)) is not None:
        return _optional_first(text, optional)
    return None


def _with_alternative(text: str, end: int, row: UnitRow) -> Unit:
    name = _SYNONYMS.get(row.unit, row.unit)
    following = text[end : end + 1]
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
    if match[1] and other in table:
        return Unit(f"{name}/{other}", row, match.end())
    return Unit(name, row, end)


def _optional_first(text: str, optional: re.Match[str]) -> Unit | None:
    """`（场）次`: an optional part in front of the measure word."""
    table = unit_table()
    unit = find_unit(text, optional.end())
    if unit is None or optional[1] not in table:
        return None
    name = optional[1] + unit.name
    return Unit(name, table[name], unit.end) if name in table else Unit(f"{optional[1]}/{unit.name}", unit.row, unit.end)
