"""What the parts of the suite share: a trial is something done to the program, known by its number and a seed."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

SEED = 20  # any; the number of a trial and the seed decide everything that is random in it
COMPLAINTS = ("Traceback (most recent call last)", "internal error", "Exception ignored", "Fatal Python error")
"""What no output of the program may hold."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one trial."""

    number: int
    test: str
    """The row of the table in which it counts."""
    faults: tuple[str, ...] = ()
    tries: int = 1
    hits: int | None = None
    """How many of them found something to disturb; None where all do."""
    note: str = ""
    """What was measured; the last one stands in the table."""


class Part(Protocol):
    """A part of the suite."""

    name: str
    trials: int
    """How many there are; they have the numbers from 0."""

    def run(self, numbers: Iterable[int], seed: int, folder: Path) -> Iterator[Outcome]:
        """The outcome of each trial as it ends; the folder is to work in."""


def chance_of(seed: int, number: int) -> random.Random:
    """The random generator of a trial."""
    return random.Random(f"{seed}:{number}")  # noqa: S311  # nothing secret


def complaints(output: str) -> list[str]:
    """The lines of an output that no user should ever see."""
    return [line.strip()[:300] for line in output.split("\n") if any(word in line for word in COMPLAINTS)]
