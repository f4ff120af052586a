"""Progress of an import: a live line in a terminal, plain lines elsewhere, or JSON for machines.

No text of a document is ever shown: for internal errors only the type, because the message may quote the input.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from time import monotonic
from typing import IO, Any

from zongji.corpus.clock import now
from zongji.corpus.wording import counted, readable, visible
from zongji.pipeline.bulk.counts import Tally
from zongji.pipeline.bulk.kinds import LOST, Kind, kind_of, without_text
from zongji.pipeline.bulk.worker import Outcome, State

_MOST_KINDS = 20  # of failures that are shown
_SECONDS = 10.0  # between plain lines


def complaint(outcome: Outcome) -> str:
    """The line that names a failed file, its state and the reason."""
    return visible(f"zongji: {outcome.task.path}: {outcome.state.value}: {without_text(outcome.reason) or LOST}")


class Complaints:
    """Which failures are told as they happen: the first of each kind, or all."""

    def __init__(self, *, verbose: bool = False) -> None:
        """Tell all if `verbose`."""
        self.verbose = verbose
        self.told: set[str] = set()

    def of(self, outcomes: Sequence[Outcome]) -> Iterator[str]:
        """The lines on these outcomes."""
        for outcome in outcomes:
            kind = kind_of(outcome.state, outcome.reason)
            if outcome.state is not State.SUCCESS and (self.verbose or kind not in self.told):
                self.told.add(kind)
                yield complaint(outcome)


def lost_line(reason: str) -> str:
    """That the database is away, and why."""
    return f"zongji: the database is away, trying again: {reason}"


def back_line(seconds: float) -> str:
    """That it is back."""
    return f"zongji: the database is back after {seconds:,.1f} s"


class Lines:
    """A plain line every few seconds, and one per kind of failure."""

    def __init__(self, stream: IO[str], *, verbose: bool = False) -> None:
        """Write to `stream`; if `verbose`, one per failed file."""
        self.stream = stream
        self.complaints = Complaints(verbose=verbose)
        self.next = monotonic() + _SECONDS

    def recorded(self, outcomes: Sequence[Outcome], tally: Tally) -> None:
        """List failures and the progress."""
        for line in self.complaints.of(outcomes):
            self.stream.write(line + "\n")
        if monotonic() >= self.next:
            self.next = monotonic() + _SECONDS
            self.stream.write(f"zongji: {progress_line(tally)}\n")
        self.stream.flush()

    def lost(self, reason: str) -> None:
        """Say that the database is away."""
        self.stream.write(lost_line(reason) + "\n")
        self.stream.flush()

    def back(self, seconds: float) -> None:
        """Say that it is back."""
        self.stream.write(back_line(seconds) + "\n")
        self.stream.flush()

    def close(self) -> None:
        """Nothing to clean up."""


def progress_line(tally: Tally) -> str:
    """Files, figures, rate, time left and failures in one line."""
    files = (
        f"{tally.seen:,} of {counted(tally.files, 'file')}" if tally.files is not None else counted(tally.seen, "file")
    )
    parts = [files, counted(tally.figures, "figure"), f"{rate(tally):,.0f} files/s"]
    if (left := seconds_left(tally)) is not None:
        parts.append(f"{left:,.0f} s left")
    return ", ".join([*parts, f"{tally.failures:,} failed"])


def rate(tally: Tally) -> float:
    """Files per second."""
    return tally.seen / max(tally.seconds, 1e-3)


def seconds_left(tally: Tally) -> float | None:
    """The seconds left at this rate; None while unknown."""
    return (tally.files - tally.seen) / rate(tally) if tally.files is not None and tally.seen else None


class Live:
    """A bar in a terminal."""

    def __init__(self, stream: IO[str], *, verbose: bool = False) -> None:
        """Show it on `stream`; above it one line per kind of failure or, if `verbose`, per failed file."""
        self.complaints = Complaints(verbose=verbose)
        from rich.console import Console  # noqa: PLC0415  # for a terminal only
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

        self.progress = Progress(
            BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=Console(file=stream)
        )
        self.task = self.progress.add_task("", total=None)
        self.progress.start()

    def recorded(self, outcomes: Sequence[Outcome], tally: Tally) -> None:
        """Advance the bar; list failures above it."""
        for line in self.complaints.of(outcomes):
            self.progress.console.print(line, markup=False, highlight=False)
        self.progress.update(self.task, completed=tally.seen, total=tally.files, description=progress_line(tally))

    def lost(self, reason: str) -> None:
        """Say that the database is away."""
        self.progress.console.print(lost_line(reason), markup=False, highlight=False)

    def back(self, seconds: float) -> None:
        """Say that it is back."""
        self.progress.console.print(back_line(seconds), markup=False, highlight=False)

    def close(self) -> None:
        """Leave the terminal as it was."""
        self.progress.stop()


class JsonLog:
    """One JSON object per file and one per transaction."""

    def __init__(self, stream: IO[str]) -> None:
        """Write to `stream`."""
        self.stream = stream

    def recorded(self, outcomes: Sequence[Outcome], tally: Tally) -> None:
        """Each file's outcome, then the progress."""
        for outcome in outcomes:
            self._write("file", _facts(outcome))
        self._write("progress", tally_facts(tally))

    def lost(self, reason: str) -> None:
        """Say that the database is away."""
        self._write("database-lost", {"reason": reason})

    def back(self, seconds: float) -> None:
        """Say that it is back."""
        self._write("database-back", {"seconds": round(seconds, 3)})

    def close(self) -> None:
        """Nothing to clean up."""

    def _write(self, event: str, facts: dict[str, Any]) -> None:
        self.stream.write(json.dumps({"time": now(), "event": event, **facts}) + "\n")
        self.stream.flush()


def _facts(outcome: Outcome) -> dict[str, Any]:
    return {
        "path": readable(outcome.task.path),
        "sha256": outcome.task.sha256,
        "state": outcome.state.value,
        "reason": without_text(outcome.reason),
        "format": outcome.format,
        "encoding": outcome.encoding,
        "bytes": outcome.task.bytes,
        "documents": outcome.count("documents"),
        "figures": outcome.count("figures"),
        "milliseconds": outcome.milliseconds,
    }


def tally_facts(tally: Tally) -> dict[str, Any]:
    """The counts of a run as plain data."""
    return {
        "files": tally.files,
        "seen": tally.seen,
        "unchanged": tally.unchanged,
        "failed_before": tally.failed_before,
        "same_content": tally.same_content,
        "moved": tally.moved,
        "kept": tally.kept,
        "back": tally.back,
        "gone": tally.gone,
        "pruned": tally.pruned,
        "unseen": [asdict(folder) for folder in tally.unseen],
        "states": {state.value: number for state, number in tally.states.items()},
        "documents": tally.documents,
        "figures": tally.figures,
        "warnings": dict(tally.warnings),
        "left_out": tally.left_out.facts(),
        "seconds": round(tally.seconds, 3),
    }


def kind_line(kind: Kind) -> str:
    """A kind of failure with the number of files and the first of them."""
    reason = without_text(kind.reason) or LOST
    return f"{counted(kind.files, 'file')}: {kind.state}: {reason} ({kind.example})"


def summary(tally: Tally) -> str:
    """The summary of a run, for people: counts by state and the ten most frequent warnings."""
    found = f"{counted(tally.documents, 'document')}, {counted(tally.figures, 'figure')}"
    lines = [f"{counted(tally.seen, 'file')} in {tally.seconds:,.1f} s: {found}"]
    counts = [(state.value, tally.states[state]) for state in State if tally.states[state]]
    counts += [
        ("unchanged", tally.unchanged),
        ("failed before, unchanged", tally.failed_before),
        ("same content as another", tally.same_content),
        ("moved", tally.moved),
        ("left unchanged", tally.kept),
    ]
    lines += [f"  {name:24} {number:>10,}" for name, number in counts if number]
    others = [("gone", tally.gone), ("back again", tally.back), ("pruned", tally.pruned)]
    if any(number for _, number in others):
        lines.append("known files")
        lines += [f"  {name:24} {number:>10,}" for name, number in others if number]
    several = sorted((kind for kind in tally.kinds.values() if kind.files > 1), key=lambda kind: -kind.files)
    if several:
        lines.append("failures by kind; zongji status --failed lists the files")
        lines += [f"  {kind_line(kind)}" for kind in several[:_MOST_KINDS]]
    if tally.failed_before:
        before = counted(tally.failed_before, "file")
        lines.append(
            f"{before} failed before, unchanged; zongji status --failed lists them, --retry-failed reads them again"
        )
    if tally.warnings:
        lines.append("most frequent warnings")
        lines += [f"  {code:24} {number:>10,}" for code, number in tally.warnings.most_common(10)]
    if tally.stopped:
        lines.append("stopped; run the same command to continue")
    return "\n".join(lines)
