"""The counts of an import so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from zongji.pipeline.bulk.kinds import Kind, kind_of
from zongji.pipeline.bulk.worker import Outcome, State
from zongji.pipeline.reading.walk import LeftOut
from zongji.pipeline.schema.columns import WARNINGS

if TYPE_CHECKING:
    from zongji.pipeline.bulk.gone import Unseen
    from zongji.pipeline.bulk.ledger import Done
    from zongji.pipeline.bulk.planning import Plan

_COUNTED = ("unchanged", "read", "failed_before", "same_content", "moved", "kept", "back", "gone")
_CODE = WARNINGS.names.index("code")


@dataclass(slots=True)
class Tally:
    """Counts of one run."""

    files: int | None = None
    """Number of files; None while unknown. Each is counted once: as read, or as one of the next five."""
    unchanged: int = 0
    """Files done before."""
    failed_before: int = 0
    """Files that failed before and have not changed since."""
    same_content: int = 0
    """Files whose content was read at another path."""
    moved: int = 0
    """Files that lay at another path before."""
    kept: int = 0
    """Files skipped because of `--on-exists skip`."""
    states: Counter[State] = field(default_factory=Counter)
    """Files read, by state; copies of what failed are among them."""
    kinds: dict[str, Kind] = field(default_factory=dict)
    """The failures of this run, by what is the same in their reasons."""
    to_read: int = 0
    """Files that a dry run would read."""
    back: int = 0
    """Files that had been gone: some of those above."""
    gone: int = 0
    """Known files that are not there any more."""
    pruned: int = 0
    """Files that were gone and whose records were deleted."""
    unseen: list[Unseen] = field(default_factory=list)
    """Folders in which nothing could be seen of the files known there."""
    documents: int = 0
    figures: int = 0
    bytes: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)
    """What was left out of folders."""
    warnings: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=monotonic)
    stopped: bool = False

    def settle(self, made: Plan) -> None:
        """Count the files that a plan skips."""
        for name in ("unchanged", "failed_before", "same_content", "moved", "kept", "back"):
            setattr(self, name, getattr(self, name) + getattr(made, name))

    def count_paths(self, done: Sequence[Done]) -> None:
        """Count the copies of what failed as failed; until their content was read, they were the same content."""
        for item in done:
            copies = len(item.entries) - 1
            if item.outcome.state is not State.SUCCESS and copies > 0:
                self.same_content -= copies
                self.states[item.outcome.state] += copies
                self._count_kind(item.outcome, copies)

    def _count_kind(self, outcome: Outcome, files: int = 1) -> bool:
        """Count a failure; true for the first of its kind."""
        kind = kind_of(outcome.state, outcome.reason)
        known = self.kinds.setdefault(kind, Kind(outcome.state.value, outcome.reason, outcome.task.path))
        known.files += files
        return known.files == files

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Count outcomes that are committed."""
        for outcome in outcomes:
            self.states[outcome.state] += 1
            if outcome.state is not State.SUCCESS:
                self._count_kind(outcome)
            self.documents += outcome.count("documents")
            self.figures += outcome.count("figures")
            self.bytes += outcome.task.bytes
            self.warnings.update(row[_CODE] for row in outcome.rows.get(WARNINGS.name, ()))

    @property
    def read(self) -> int:
        """Files read."""
        return self.states.total()

    @property
    def seen(self) -> int:
        """Files done, read or not."""
        return self.read + self.unchanged + self.failed_before + self.same_content + self.moved + self.kept

    @property
    def failures(self) -> int:
        """Files of this run that failed or lost documents."""
        return sum(count for state, count in self.states.items() if state is not State.SUCCESS)

    def facts(self) -> dict[str, int]:
        """The counts as the table of runs has them."""
        counts = {name: getattr(self, name) for name in _COUNTED}
        files = self.seen if not self.stopped else max(self.seen, self.files or 0)
        return counts | {"files": files, "failed": self.failures, "left_out": self.left_out.counts.total()}

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return monotonic() - self.began
