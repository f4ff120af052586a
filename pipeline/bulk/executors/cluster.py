"""An existing Dask cluster: the same work function, batches of files, the same outcomes.

Dask itself moves a batch from a lost worker to another one. A batch that keeps killing workers is split into single
files, and a file that still does is the culprit. Dask cannot stop a task that hangs, so its worker is restarted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from time import monotonic
from typing import Any, Self

from zongji.corpus.extras import required
from zongji.pipeline.bulk.executors.batches import Batches, Future
from zongji.pipeline.bulk.program import name_after_loading, program_of
from zongji.pipeline.bulk.worker import Outcome, State, Task, Work, refused, timed_out
from zongji.pipeline.reading.process_limits import allowed_seconds
from zongji.pipeline.reading.settings import DEFAULTS, Settings

_BATCH = 16  # files per Dask task, whose overhead is about a millisecond
_BATCHES_PER_THREAD = 4  # in flight
_LATE = 5.0  # seconds beyond its limit after which a batch is given up; also the interval of checks
_RESTART = 30.0  # seconds that restarting a worker may take


class DaskCluster:
    """Runs the work on the workers of a scheduler."""

    def __init__(self, work: Work, scheduler: str | None, settings: Settings = DEFAULTS) -> None:
        """Connect to the scheduler; its workers use the settings, but the memory limit of Dask.

        Raises:
            MissingExtraError: if dask.distributed is not installed.
            OSError: if the scheduler does not answer, or a worker cannot apply the settings.
        """
        self.client: Any = required("distributed", "cluster").Client(scheduler, set_as_default=False)
        self.work, self.limits = work, settings.limits
        self.seconds = allowed_seconds(settings.limits)
        self._check(settings)
        threads = sum(self.client.nthreads().values()) or 1
        self.batches = Batches(_BATCH, _BATCH * _BATCHES_PER_THREAD * threads, self._start, self._finish)
        self.submit, self.has_room = self.batches.submit, self.batches.has_room
        self.begun: dict[str, float] = {}
        """When each Dask task was first seen running, by its key."""
        self.looked = monotonic()
        self.given_up: list[Outcome] = []
        self.suspects: list[Task] = []
        """Files whose workers died. Dask blames all tasks that waited for a worker, so each is retried alone."""
        self.alone: Task | None = None

    def _check(self, settings: Settings) -> None:
        """Check that every worker has the same version, words and models as this process."""
        ours = program_of(settings).name
        answers = self.client.run(name_after_loading, settings, on_error="return")
        for worker, answer in sorted(answers.items()):
            if isinstance(answer, Exception):
                message = f"worker {worker} cannot apply the settings: {answer}"
            elif answer != ours:
                message = (
                    f"worker {worker} has version {answer} of zongji, not {ours}: install the same version, words and "
                    "models there, and restart it"
                )
            else:
                continue
            self.client.close()
            raise OSError(message)

    def _start(self, batch: Sequence[Task]) -> Future:
        return self.client.submit(read_all, self.work, batch, pure=False)

    def _finish(self, future: Future, batch: Sequence[Task]) -> list[Outcome] | None:
        """The outcomes of a batch; status `error` means that it killed several workers."""
        self.begun.pop(future.key, None)
        if future.status == "finished":
            outcomes: list[Outcome] = future.result()
            return outcomes
        if future.status == "cancelled":
            return []
        if len(batch) > 1:
            return None
        if batch[0] is not self.alone:
            self.suspects.append(batch[0])
            return []
        return [Outcome(batch[0], State.CRASHED, "the workers that read this file crashed, one after another")]

    def finished(self, timeout: float) -> list[Outcome]:
        """The outcomes since the last call."""
        if monotonic() - self.looked > min(_LATE, self.seconds / 2):
            self._end_hanging()
        if self.suspects and not self.batches.tasks:
            self.alone = self.suspects.pop()
            self.submit(self.alone)
        given_up, self.given_up = self.given_up, []
        return given_up + self.batches.finished(0 if given_up else timeout)

    def _end_hanging(self) -> None:
        """Restart the workers whose batch exceeded the time of all of its files."""
        self.looked = monotonic()
        late = dict(self._late())
        for future, batch in [(key, batch) for key, batch in self.batches.under_way.items() if key.key in late]:
            self._give_up(future, batch)
        if late:
            with suppress(TimeoutError):
                self.client.restart_workers(sorted(set(late.values())), timeout=_RESTART)

    def _late(self) -> Iterator[tuple[str, str]]:
        """The keys of Dask tasks that take too long, with their workers."""
        sizes = {future.key: len(batch) for future, batch in self.batches.under_way.items()}
        threads = self.client.nthreads()
        for worker, keys in self.client.processing().items():
            running = tuple(keys)[: threads.get(worker, 1)]  # the others are still queued
            for key in sizes.keys() & set(running):
                begun = self.begun.setdefault(key, self.looked)
                if self.looked - begun > self.seconds * sizes[key] + _LATE:
                    yield key, worker

    def _give_up(self, future: Future, batch: Sequence[Task]) -> None:
        """Retry the files of an overdue batch one by one; a single one times out."""
        del self.batches.under_way[future]
        self.begun.pop(future.key, None)
        future.cancel(force=True)
        if len(batch) > 1:
            self.batches.cut(batch)
            return
        self.batches.give_back(batch)
        self.given_up.append(timed_out(batch[0], self.limits))

    def waiting(self) -> int:
        """The number of unfinished tasks."""
        return self.batches.tasks + len(self.given_up) + len(self.suspects)

    def cancel(self) -> None:
        """Drop the tasks that no worker has started."""
        self.batches.drop_held()
        self.suspects.clear()
        running = {key for keys in self.client.processing().values() for key in keys}
        for future in [future for future in self.batches.under_way if future.key not in running]:
            self.batches.give_back(self.batches.under_way.pop(future))
            future.cancel()

    def __enter__(self) -> Self:
        """The cluster is already running."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Disconnect; unfinished tasks are dropped."""
        self.client.close()


def read_all(work: Work, batch: Sequence[Task]) -> list[Outcome]:
    """What a Dask worker does with a batch. One that joined later still needs the words and models."""
    return refused(batch) or [work(task) for task in batch]
