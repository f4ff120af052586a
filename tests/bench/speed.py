"""How long everybody takes for the same text, and how time grows with it."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from time import process_time

from entries import YARDSTICK, Loaded, Run
from texts import Text, of_size, size

BUDGET = 20.0  # seconds for the repetitions of one entry: the slowest takes 6 for one
MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Speed:
    """One entry's speed. `ratio` is its time over the yardstick's in the same round, the median of all rounds."""

    name: str
    version: str
    status: str
    rounds: int = 0
    first: float | None = None
    seconds: float | None = None
    characters_per_second: float | None = None
    megabytes_per_second: float | None = None
    ratio: float | None = None
    peak_megabytes: float | None = None


@dataclass(frozen=True, slots=True)
class Pass:
    """One text: its size, the time taken, and the number of figures found (with none, the time is meaningless)."""

    megabytes: float
    seconds: float
    figures: int


@dataclass(frozen=True, slots=True)
class Growth:
    """How much longer a tenfold text takes; where one of the two failed, `status` has the error and they are None."""

    name: str
    status: str
    small: Pass | None = None
    large: Pass | None = None

    @property
    def ratio(self) -> float | None:
        """10 is linear."""
        return self.large.seconds / self.small.seconds if self.large and self.small else None


def speeds(text: Text, entries: Sequence[Loaded], *, rounds: int, peaks: dict[str, float | None]) -> list[Speed]:
    """A row for every entry: one pass to warm up, then rounds in which everybody has a turn, so that noise hits all."""
    tried = {entry.name: _first(entry.run, text.parts) for entry in entries if entry.run is not None}
    first = {name: seconds for name, seconds in tried.items() if isinstance(seconds, float)}
    runs = {entry.name: entry.run for entry in entries if entry.name in first and entry.run is not None}
    planned = {name: max(1, min(rounds, int(BUDGET / seconds))) for name, seconds in first.items()}
    times: dict[str, list[float]] = {name: [] for name in runs}
    gc.freeze()  # what others have loaded is not for our collector to walk through
    for done in range(rounds):
        for name, run in runs.items():
            if done < planned[name]:
                times[name].append(timed(run, text.parts))
    gc.unfreeze()
    return [
        _speed(text, entry, first[entry.name], times, peaks.get(entry.name))
        if entry.name in first
        else Speed(entry.name, entry.version, str(tried.get(entry.name, entry.status)))
        for entry in entries
    ]


def _first(run: Run, parts: Sequence[str]) -> float | str:
    """The seconds of the warm-up pass, or its error."""
    try:
        return timed(run, parts)
    except Exception as error:  # one who cannot read this text is listed so
        return failure(error)


def timed(run: Run, parts: Sequence[str]) -> float:
    """Seconds of processor time for one pass: other work on the machine disturbs it less than the clock's."""
    gc.collect()
    start = process_time()
    for part in parts:
        run(part)
    return process_time() - start


def _speed(text: Text, entry: Loaded, first: float, times: dict[str, list[float]], peak: float | None) -> Speed:
    own, yardstick = times[entry.name], times.get(YARDSTICK, [])
    seconds = median(own)
    return Speed(
        name=entry.name,
        version=entry.version,
        status=entry.status,
        rounds=len(own),
        first=first,
        seconds=seconds,
        characters_per_second=text.characters / seconds,
        megabytes_per_second=text.megabytes / seconds,
        ratio=median(mine / theirs for mine, theirs in zip(own, yardstick, strict=False)) if yardstick else None,
        peak_megabytes=peak,
    )


def growths(entry: Loaded, parts: Sequence[str], *, unit: int = MEGABYTE) -> list[Growth]:
    """One unit of text against ten, as documents and without a line break.

    The smaller text must be larger than what the caches hold, or its second run finds everything there.
    """
    sizes = (unit, 10 * unit)
    return [
        _growth("documents", entry, *(of_size(parts, target) for target in sizes)),
        _growth("one line", entry, *(of_size(parts, target, one_line=True) for target in sizes)),
    ]


def _growth(name: str, entry: Loaded, small: str, large: str) -> Growth:
    if entry.run is None or entry.entry.found is None:
        return Growth(name, entry.status)
    run, found = entry.run, entry.entry.found
    try:
        counts = [sum(1 for _ in found(run(text))) for text in (small, large)]
    except Exception as error:  # the other measurements are still wanted
        return Growth(name, failure(error))
    gc.freeze()
    seconds = [median(timed(run, [text]) for _ in range(times)) for text, times in ((small, 3), (large, 1))]
    gc.unfreeze()
    passes = [Pass(size(text) / 1e6, seconds[place], counts[place]) for place, text in enumerate((small, large))]
    return Growth(name, "ok", *passes)


def failure(error: Exception) -> str:
    """The column in place of a status."""
    return f"failed: {type(error).__name__}: {error}"
