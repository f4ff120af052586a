"""What an import has come to so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic

from zongji.pipeline.bulk.worker import Outcome, State
from zongji.pipeline.schema.columns import WARNINGS

_CODE = WARNINGS.names.index("code")


@dataclass(slots=True)
class Tally:
    """Counts of one run."""

    files: int | None = None
    """Files that are to be looked at; None while that is not known."""
    unchanged: int = 0
    """Files that were done before."""
    bad_before: int = 0
    """Of these, the ones that failed, and are not tried again."""
    kept: int = 0
    """Files left as they are because of `--on-exists skip`."""
    same_content: int = 0
    """Files whose content is already there from another path."""
    states: Counter[State] = field(default_factory=Counter)
    """Files read, by what became of them."""
    documents: int = 0
    figures: int = 0
    bytes: int = 0
    warnings: Counter[str] = field(default_factory=Counter)
    began: float = field(default_factory=monotonic)
    stopped: bool = False

    def add(self, outcomes: Sequence[Outcome]) -> None:
        """Count outcomes that are safely in the database."""
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
        """Files dealt with, in whatever way."""
        return self.read + self.unchanged + self.kept + self.same_content

    @property
    def failures(self) -> int:
        """Files that gave less than all of their documents, in this run."""
        return sum(count for state, count in self.states.items() if state is not State.SUCCESS)

    @property
    def seconds(self) -> float:
        """Time since the begin."""
        return monotonic() - self.began
