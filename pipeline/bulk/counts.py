"""The counts of an import so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from zongji.pipeline.bulk.worker import Outcome, State
from zongji.pipeline.reading.walk import LeftOut
from zongji.pipeline.schema.columns import WARNINGS

_CODE = WARNINGS.names.index("code")


@dataclass(slots=True)
class Tally:
    """Counts of one run."""

    files: int | None = None
    """Number of files; None while unknown."""
    unchanged: int = 0
    """Files done before."""
    bad_before: int = 0
    """Of these, the ones that failed and are not retried."""
    kept: int = 0
    """Files skipped because of `--on-exists skip`."""
    same_content: int = 0
    """Files whose content was read at another path."""
    states: Counter[State] = field(default_factory=Counter)
    """Files read, by state."""
    documents: int = 0
    figures: int = 0
    bytes: int = 0
    left_out: LeftOut = field(default_factory=LeftOut)
    """What was left out of folders."""
    warnings: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=monotonic)
    stopped: bool = False

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Count outcomes that are committed."""
        for outcome in outcomes:
            self.states[outcome.state] += 1
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
        return self.read + self.unchanged + self.kept + self.same_content

    @property
    def failures(self) -> int:
        """Files of this run that failed or lost documents."""
        return sum(count for state, count in self.states.items() if state is not State.SUCCESS)

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return monotonic() - self.began
