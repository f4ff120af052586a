"""Whole numbers written in digits. Text may hold any number of digits; Python refuses to read more than 4,300."""

from __future__ import annotations

_MOST = 18  # digits; what fits into 64 bits


def whole_number(text: str | None) -> int | None:
    """The number that decimal digits of any script state; None for other text, and for more than 18 digits."""
    return int(text) if text is not None and len(text) <= _MOST and text.isdecimal() else None
