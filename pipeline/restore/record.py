"""Repairs of damaged or misdecoded bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zongji.corpus.alignment import Edit


class Certainty(StrEnum):
    """How certain a repair is."""

    EXACT = "exact"
    """Damaging it again reproduces the source, and no other likely text does."""
    LIKELY = "likely"
    """Several texts reproduce the source; the model chose."""
    UNRECOVERED = "unrecovered"
    """Nothing found reproduces the source, or a character of it is unknowable: left as it is."""


class Kind(StrEnum):
    """The kind of damage."""

    CUT = "cut-at-mark"
    READING = "reading-inside"
    MISREAD = "misread"


@dataclass(frozen=True, slots=True)
class Repair:
    """One damaged span and its repair."""

    start: int
    end: int
    before: str
    after: str
    kind: Kind
    certainty: Certainty
    confidence: float
    alternatives: tuple[str, ...] = ()
    """Other texts that reproduce the source, likeliest first."""

    @property
    def edit(self) -> Edit:
        """The repair as an edit of the text it was found in."""
        return Edit(self.start, self.end, self.after)
