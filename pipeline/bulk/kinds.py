"""Kinds of failures: those with the same reason but for numbers and names count as one."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SPECIFIC = re.compile(r"'[^']*'|\"[^\"]*\"|\S*/\S*|\d[\d.,]*")
_INTERNAL = re.compile(r"(internal error[^:]*: \w+).*", re.DOTALL)
LOST = "part of it could not be read"
"""The reason of a file that is partial without another."""


@dataclass(slots=True)
class Kind:
    """Failures of one kind: their state, the reason and the path of the first, and how many files."""

    state: str
    reason: str | None
    example: str
    files: int = 0


def kind_of(state: str, reason: str | None) -> str:
    """What failures of one kind have in common.

    >>> kind_of("failed", "page 3 of 17 is damaged") == kind_of("failed", "page 5 of 6 is damaged")
    True
    """
    return f"{state}: {_SPECIFIC.sub('…', without_text(reason) or LOST)}"


def without_text(reason: str | None) -> str | None:
    """A reason that quotes no document."""
    return reason and _INTERNAL.sub(r"\1", reason)
