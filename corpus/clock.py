"""The present time in UTC, as ISO 8601."""

from __future__ import annotations

from datetime import UTC, datetime


def now() -> str:
    """To the millisecond, as databases and logs store it: `2026-03-01T09:30:00.125+00:00`."""
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def now_to_the_second() -> str:
    """To the second: `2026-03-01T09:30:00+00:00`."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def now_for_readers() -> str:
    """To the minute, for people: `2026-03-01 09:30 UTC`."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")
