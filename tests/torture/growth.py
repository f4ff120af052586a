"""Pathological texts at two sizes: the time they take grows with their length, not with its square."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import log
from pathlib import Path

from measuring import Cost, cost
from pathological import TEXTS
from trials import Outcome

FACTOR = 4  # between the two sizes
MOST = 1.2  # the exponent of growth: 1 is linear, 2 is by the square
FIRST, LARGEST = 20_000, 20_000_000  # characters: where the small size begins, and beyond which nothing is measured
LEAST_SECONDS = 0.3  # that the small size takes
SECONDS = 300  # of processor time until a text is given up
_ATTEMPTS = 3  # the least of so many measurements counts, as long as the growth seems too fast


@dataclass(slots=True)
class Growth:
    """Every text of `pathological` by itself, in processes of its own."""

    name: str = "growth"
    trials: int = len(TEXTS)

    def run(self, numbers: Iterable[int], seed: int, folder: Path) -> Iterator[Outcome]:  # noqa: ARG002  # nothing random
        """Measure each text at two sizes."""
        for number in numbers:
            name = list(TEXTS)[number]
            yield _judged(number, name)


def _judged(number: int, name: str) -> Outcome:
    test = f"growth, {name}"
    length, small = _small(name)
    large: Cost | None = None
    for attempt in range(_ATTEMPTS):
        if attempt:
            small = _least(small, cost(name, length, most_seconds=SECONDS))
        large = _least(large, cost(name, FACTOR * length, most_seconds=SECONDS))
        if small is None or large is None:
            return Outcome(number, test, (f"{FACTOR * length:,} characters take more than {SECONDS} s",))
        if _exponent(small.seconds, large.seconds) <= MOST:
            break
    exponent = _exponent(small.seconds, large.seconds)
    note = (
        f"{length:,} → {FACTOR * length:,} characters: {small.seconds:.2f} → {large.seconds:.2f} s, exponent "
        f"{exponent:.2f}; {small.megabytes:.0f} → {large.megabytes:.0f} MB"
    )
    return Outcome(number, test, (f"it grows too fast: {note}",) if exponent > MOST else (), note=note)


def _small(name: str) -> tuple[int, Cost | None]:
    """The first length that takes long enough to be measured, and what it takes."""
    length = FIRST
    while True:
        taken = cost(name, length, most_seconds=SECONDS)
        if taken is None or taken.seconds >= LEAST_SECONDS or FACTOR * length >= LARGEST:
            return length, taken
        length *= 8 if taken.seconds < LEAST_SECONDS / 16 else 2


def _least(before: Cost | None, now: Cost | None) -> Cost | None:
    return min(filter(None, (before, now)), default=None)


def _exponent(small: float, large: float) -> float:
    return log(large / max(small, 1e-6)) / log(FACTOR)
