"""The values of a sheet's cells as the sheet shows them."""

from __future__ import annotations

import datetime
import re

_LITERAL = re.compile(r'"([^"]*)"')


def shown(value: object, number_format: str) -> str:
    """A cell's value as its sheet shows it: 12 for 12.0, 85% for 0.85, a date in Chinese."""
    match value:
        case bool():
            return "是" if value else "否"
        case datetime.datetime() | datetime.date():
            time = f"{value:%H:%M}" if isinstance(value, datetime.datetime) and (value.hour or value.minute) else ""
            return f"{value.year}年{value.month}月{value.day}日{time}"
        case datetime.time() | datetime.timedelta():
            return str(value)
        case int() | float():
            return _number(value, number_format)
        case _:
            return str(value).strip()


def _number(value: float, number_format: str) -> str:
    """A number with the percent sign and unit of its number format (`0"人"`)."""
    first = number_format.split(";", maxsplit=1)[0]
    unit = "".join(_LITERAL.findall(first)).strip()
    bare = _LITERAL.sub("", first)
    if "%" in bare:
        return f"{_plain(value * 100)}%"
    return _plain(value) + unit


def _plain(value: float) -> str:
    """Fifteen digits, as Excel keeps them, without an exponent or a trailing zero."""
    text = f"{value:.15g}"
    if "e" in text:
        text = f"{value:.6f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
