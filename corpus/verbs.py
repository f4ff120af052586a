"""The list of verbs that take what is counted, or an office, as their object."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon


@dataclass(frozen=True, slots=True)
class VerbRow:
    """A row of `verbs.tsv`."""

    word: str
    modifies: bool
    """Whether the verb may also begin a compound."""


@cache
def verbs() -> dict[str, bool]:
    """`verbs.tsv`: each verb whose object is counted, and whether it also opens a compound."""
    return {row.word: row.modifies for row in lexicon.load("verbs", VerbRow)}
