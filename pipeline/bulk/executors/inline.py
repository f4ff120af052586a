"""Runs in this process: for debugging, or where no processes can be started.

A file is stopped at its limit of seconds where Python can stop it. Memory has no limit here, which would hold for the
import itself, too; and a file that crashes the reader ends the import.
"""

from __future__ import annotations

from collections import deque
from typing import Self

from zongji.pipeline.bulk.worker import Outcome, Task, Work, timed_out
from zongji.pipeline.reading.process_limits import alarm, allowed_seconds
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.sources import SourceError


class Inline:
    """Reads one file at each call of `finished`."""

    def __init__(self, work: Work, settings: Settings = DEFAULTS) -> None:
        """Run `work` on each task, in this process with the words of the settings.

        Raises:
            ArtefactError: if the models cannot be used.
            LexiconError: if the words cannot be added.
        """
        settings.load()
        self.work, self.limits = work, settings.limits
        self.tasks: deque[Task] = deque()

    def submit(self, task: Task) -> None:
        """Take a task."""
        self.tasks.append(task)

    def finished(self, timeout: float) -> list[Outcome]:  # noqa: ARG002  # nothing to wait for
        """The outcome of the next task."""
        return [self._outcome(self.tasks.popleft())] if self.tasks else []

    def _outcome(self, task: Task) -> Outcome:
        try:
            with alarm(allowed_seconds(self.limits), self.limits, ends=False):
                return self.work(task)
        except SourceError:  # the alarm, outside of what keeps the results
            return timed_out(task, self.limits)

    def has_room(self, size: int) -> bool:  # noqa: ARG002
        """One task at a time."""
        return not self.tasks

    def waiting(self) -> int:
        """The number of unfinished tasks."""
        return len(self.tasks)

    def cancel(self) -> None:
        """Drop all tasks."""
        self.tasks.clear()

    def __enter__(self) -> Self:
        """Nothing to start."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Nothing to end."""
