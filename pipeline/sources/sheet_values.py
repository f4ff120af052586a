"""The values of a sheet's cells as the sheet shows them."""

from __future__ import annotations

import datetime

from zongji.pipeline.sources.number_format import formatted


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
            return formatted(value, number_format)
        case _:
            return str(value).strip()
