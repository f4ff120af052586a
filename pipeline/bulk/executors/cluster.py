"""An existing Dask cluster: the same work function, batches of files, the same outcomes.

Each batch is read in a process of the worker's own (`guarded`), where time, memory and blame are decided. Dask itself
moves a batch from a lost worker to another one. A batch that is there whenever workers get lost is split into single
files, and a file that still is becomes the culprit.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic
from typing import Any, Self

from zongji.corpus.extras import required
from zongji.pipeline.bulk.executors import ClusterError
from zongji.pipeline.bulk.executors.batches import Batches, Future
from zongji.pipeline.bulk.program import program_of
from zongji.pipeline.bulk.worker import Outcome, State, Task, Work
from zongji.pipeline.reading.settings import DEFAULTS, Settings

_BATCH = 16  # files per Dask task, whose overhead is about a millisecond
_BATCHES_PER_THREAD = 4  # in flight
_LOOK = 5.0  # seconds between two looks at the scheduler
_ANSWER = 60.0  # seconds that the scheduler, or a worker with a result, has to answer
_SAID = 10.0  # seconds without a worker after which that is said, …
_WORKERLESS = 300.0  # … and after which the import ends
_CLOSE = 5.0  # seconds to take leave of the scheduler


class DaskCluster:
    """Runs the work on the workers of a scheduler."""

    def __init__(self, work: Work, scheduler: str | None, settings: Settings = DEFAULTS) -> None:
        """Connect to the scheduler; its workers use the settings.

        Raises:
            MissingExtraError: if dask.distributed is not installed.
            ClusterError: if the scheduler does not answer, or a worker cannot apply the settings.
        """
        distributed = required("distributed", "cluster")
        from zongji.pipeline.bulk.executors import guarded  # noqa: PLC0415  # needs it, too

        self.work, self.scheduler = work, scheduler
        self.read_all, self.killed = guarded.read_all, distributed.KilledWorker
        try:
            self.client: Any = distributed.Client(scheduler, set_as_default=False)
        except (OSError, ValueError) as error:
            message = f"the Dask scheduler {scheduler} cannot be reached: {error}"
            raise ClusterError(message) from None
        self._check(guarded.refusal, settings)
        self.batches = Batches(_BATCH, _BATCH * _BATCHES_PER_THREAD, self._start, self._finish)
        self.submit, self.has_room = self.batches.submit, self.batches.has_room
        self.seen = monotonic()
        """When there was a worker."""
        self.said = False
        self._look()
        self.suspects: list[Task] = []
        """Files whose workers died. Dask blames all tasks that waited for a worker, so each is retried alone."""
        self.alone: Task | None = None

    def _check(self, refusal: Callable[[Settings, str], str | None], settings: Settings) -> None:
        """Check that every worker has the same version, words and models as this process."""
        answers = self.client.run(refusal, settings, program_of(settings).name, on_error="return")
        for worker, why in sorted(answers.items()):
            if why is not None:
                self.client.close(_CLOSE)
                message = f"worker {worker} {why}" if isinstance(why, str) else _foreign(why)
                raise ClusterError(message)

    def _ask(self, question: Callable[..., Awaitable[Any]]) -> Any:  # noqa: ANN401  # the scheduler's answer
        """The scheduler's answer to a question.

        Raises:
            ClusterError: if there is none.
        """
        try:
            return self.client.sync(question, callback_timeout=_ANSWER)
        except Exception as error:  # whatever its protocol raises, from TimeoutError to CommClosedError
            raise self._lost() from error

    def _lost(self) -> ClusterError:
        message = (
            f"the Dask scheduler {self.scheduler} does not answer any more; what was reported done is in the database: "
            "start the scheduler and run the same command again"
        )
        return ClusterError(message)

    def _look(self) -> None:
        """See that the scheduler is there, and how many workers it has."""
        self.looked = monotonic()
        if self.client.status != "running":
            raise self._lost()
        threads = sum(self._ask(self.client.scheduler.ncores).values())
        self.batches.most_tasks = _BATCH * _BATCHES_PER_THREAD * (threads or 1)
        if threads:
            self.seen, self.said = monotonic(), False
            return
        without = monotonic() - self.seen
        if without > _WORKERLESS:
            message = (
                f"the Dask scheduler {self.scheduler} has had no worker for {without:,.0f} s; what was reported done "
                "is in the database: start workers and run the same command again"
            )
            raise ClusterError(message)
        if without > _SAID and not self.said:
            self.said = True
            left = f"waiting {_WORKERLESS - without:,.0f} s for one"
            print(f"zongji: the Dask scheduler {self.scheduler} has no worker; {left}", file=sys.stderr)

    def _start(self, batch: Sequence[Task]) -> Future:
        try:
            return self.client.submit(self.read_all, self.work, batch, pure=False)
        except Exception as error:  # ClosedClientError is a plain one
            raise self._lost() from error

    def _finish(self, future: Future, batch: Sequence[Task]) -> list[Outcome] | None:
        """The outcomes of a batch, None if it must be split: several workers died of it, or its result got lost."""
        if future.status == "finished":
            try:
                outcomes: list[Outcome] = future.result(timeout=_ANSWER)
            except TimeoutError:
                return None
            except Exception as error:  # cancelled, or whatever the protocol raises
                raise self._lost() from error
            return outcomes
        if future.status != "error":  # what we cancel ourselves does not come here
            raise self._lost()
        death = future.exception(timeout=_ANSWER)
        if not isinstance(death, self.killed):
            raise ClusterError(str(death) if isinstance(death, OSError) else _foreign(death))
        if len(batch) > 1:
            return None
        if batch[0] is not self.alone:
            self.suspects.append(batch[0])
            return []
        return [Outcome(batch[0], State.CRASHED, "the workers that read this file crashed, one after another")]

    def finished(self, timeout: float) -> list[Outcome]:
        """The outcomes since the last call.

        Raises:
            ClusterError: if the scheduler is lost, there is no worker for too long, or one cannot read.
        """
        if monotonic() - self.looked > _LOOK:
            self._look()
        if self.suspects and not self.batches.tasks:
            self.alone = self.suspects.pop()
            self.submit(self.alone)
        return self.batches.finished(timeout)

    def waiting(self) -> int:
        """The number of unfinished tasks."""
        return self.batches.tasks + len(self.suspects)

    def cancel(self) -> None:
        """Drop the tasks that no worker has started."""
        self.batches.drop_held()
        self.suspects.clear()
        running = {key for keys in self._ask(self.client.scheduler.processing).values() for key in keys}
        for future in [future for future in self.batches.under_way if future.key not in running]:
            self.batches.give_back(self.batches.under_way.pop(future))
            future.cancel()

    def __enter__(self) -> Self:
        """The cluster is already running."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Disconnect; unfinished tasks are dropped."""
        self.client.close(_CLOSE)


def _foreign(error: BaseException) -> str:
    """The sentence for an error that is none of ours: the worker has no zongji, or another one."""
    return f"a worker cannot read: {type(error).__name__}: {error}; is zongji installed there, in this version?"
