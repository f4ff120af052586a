"""A toy baseline: a number, a magnitude, a measure word of a table. No context, no decoys, no bounds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

UNITS = (
    "人次 人 名 位 户次 户 场次 场 次 期 班次 节 堂 届 轮 份 册 本 张 条 幅 块 件 套 台 篇 部 枚 批 "
    "个 家 所 处 支 座 间 项 类 种 起 例 笔 辆 只 株 吨 公斤 亩 公顷 平方米 平方公里 公里 米 元 "
    "% ％ 个百分点 倍 成 天 小时 个小时 分钟 课时 学时 周 个月"
).split()
_DIGITS = {
    digit: value
    for value, pair in enumerate(["零〇", "一", "二两", "三", "四", "五", "六", "七", "八", "九"])
    for digit in pair
}
_STEPS = {"十": 10, "百": 100, "千": 1000}
_MAGNITUDES = {"": 1, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_UNIT = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
_FIGURE = re.compile(rf"(\d[\d,]*(?:\.\d+)?|[零〇一二两三四五六七八九十百千]+)([百千万亿]?)[多余]?(?:{_UNIT})")


class Found(NamedTuple):
    """A figure found by a competitor: its span in code points, its value and the upper value of a range."""

    start: int
    end: int
    value: float | None
    value_max: float | None = None


def read(text: str) -> list[Found]:
    """Every number with a measure word after it."""
    return list(_matches(text))


def _matches(text: str) -> Iterator[Found]:
    for match in _FIGURE.finditer(text):
        number = match[1].replace(",", "")
        value = float(number) if number[0] not in _DIGITS and number[0] not in _STEPS else _spoken(number)
        yield Found(*match.span(), value * _MAGNITUDES[match[2]])


def _spoken(numeral: str) -> float:
    """The value of a numeral below 10,000 in characters."""
    total, digit = 0, 0
    for sign in numeral:
        if sign in _STEPS:
            total, digit = total + (digit or 1) * _STEPS[sign], 0
        else:
            digit = _DIGITS[sign]
    return float(total + digit)
