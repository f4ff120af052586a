"""What is known of a repair of damaged or wrongly read bytes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from zongji.corpus.alignment import Edit


class Certainty(StrEnum):
    """How far a repair can be trusted."""

    EXACT = "exact"
    """Damaged forward it gives back what stands there, and no other text that does is at all likely."""
    LIKELY = "likely"
    """So does another text; the model chose between them."""
    UNRECOVERED = "unrecovered"
    """Nothing found gives back what stands there, or a sign of it cannot be known: left as it is."""


class Kind(StrEnum):
    """What befell a place."""

    CUT = "cut-at-mark"
    READING = "reading-inside"
    MISREAD = "misread"


@dataclass(frozen=True, slots=True)
class Repair:
    """One damaged place: where it stands, and what it was."""

    start: int
    end: int
    before: str
    after: str
    kind: Kind
    certainty: Certainty
    confidence: float
    alternatives: tuple[str, ...] = ()
    """Other texts that are damaged to the same, the likeliest first."""

    @property
    def edit(self) -> Edit:
        """The repair as an edit of the text it was found in."""
        return Edit(self.start, self.end, self.after)
