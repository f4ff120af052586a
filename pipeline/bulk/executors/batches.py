"""Tasks in batches, a bounded number of them in flight; a failed batch is split into single files.

Shared by the executors that work with futures. Files are small and handing one over costs as much as a tenth of reading
it, hence the batches; if a worker dies, any file of its batch may be the cause, hence the splitting.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any

from zongji.pipeline.bulk.worker import Outcome, Task

MOST_BYTES = 64 * 1024 * 1024  # of files in flight; their rows take a few times as much

Future = Any  # concurrent.futures.Future, or Dask's, which is unrelated
Start = Callable[[Sequence[Task]], Future]
"""Submits a batch to a worker."""
Finish = Callable[[Future, Sequence[Task]], list[Outcome] | None]
"""The outcomes of a finished batch, empty if it was cancelled; None if it failed and must be split."""


class Batches:
    """The tasks that an executor has taken."""

    def __init__(self, size: int, most_tasks: int, start: Start, finish: Finish) -> None:
        """Batches of `size` tasks, with at most about `most_tasks` tasks in flight."""
        self.size, self.most_tasks = size, most_tasks
        self.start, self.finish = start, finish
        self.held: list[Task] = []
        self.under_way: dict[Future, Sequence[Task]] = {}
        self.tasks = self.bytes = 0
        self.done: SimpleQueue[Future] = SimpleQueue()

    def submit(self, task: Task) -> None:
        """Hold a task until a batch is full."""
        self.tasks += 1
        self.bytes += task.bytes
        self.held.append(task)
        if len(self.held) >= self.size:
            self.send()

    def send(self) -> None:
        """Submit the held tasks."""
        held, self.held = self.held, []
        if held:
            self._start(held)

    def _start(self, batch: Sequence[Task]) -> None:
        future = self.start(batch)
        self.under_way[future] = batch
        future.add_done_callback(self.done.put)

    def finished(self, timeout: float) -> list[Outcome]:
        """The outcomes since the last call; waits up to `timeout` seconds for the first batch."""
        self.send()
        outcomes: list[Outcome] = []
        with suppress(Empty):
            outcomes += self._finish(self.done.get(timeout=timeout))
            while True:
                outcomes += self._finish(self.done.get_nowait())
        return outcomes

    def _finish(self, future: Future) -> list[Outcome]:
        batch = self.under_way.pop(future, ())  # absent if it was given up before
        outcomes = self.finish(future, batch) if batch else []
        if outcomes is None:
            self.cut(batch)
            return []
        self.give_back(batch)
        return outcomes

    def cut(self, batch: Sequence[Task]) -> None:
        """Submit each file of a batch by itself."""
        for task in batch:
            self._start([task])

    def give_back(self, batch: Sequence[Task]) -> None:
        """Mark these tasks as finished."""
        self.tasks -= len(batch)
        self.bytes -= sum(task.bytes for task in batch)

    def has_room(self, size: int) -> bool:
        """True if one more file of that size may be submitted; the first one always may."""
        return not self.tasks or (self.tasks < self.most_tasks and self.bytes + size <= MOST_BYTES)

    def drop_held(self) -> None:
        """Drop the held tasks."""
        self.give_back(self.held)
        self.held = []
