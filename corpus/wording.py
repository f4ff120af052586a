"""Counts in messages: `1 file`, `2 files`, `1,024 files`."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """The number with its noun, in the plural where it is not one; `noun` is regular: file, copy, match."""
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """The plural of a regular noun."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"
