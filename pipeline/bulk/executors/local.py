"""A process pool that survives its documents: pebble restarts a worker that hangs or dies.

Measured on 2,000 small files with one worker killed: multiprocessing.Pool hangs, ProcessPoolExecutor breaks; pebble
names the task that killed its worker and continues after 0.06 s.
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from multiprocessing import get_all_start_methods, get_context
from typing import Any, Self

from pebble import ProcessExpired, ProcessPool
from zongji.corpus.lexicon import LexiconError
from zongji.models.store import ArtefactError
from zongji.pipeline.bulk.executors.batches import Batches, Future
from zongji.pipeline.bulk.worker import Outcome, State, Task, Work, refused, timed_out, warm_up
from zongji.pipeline.reading.process_limits import (
    LATE,
    alarmed,
    allowed_seconds,
    crashed,
    end_with_parent,
    limit_memory,
    was_alarm,
)
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.sources import Limits, SourceError, scratch

_BATCH = 8  # files; pebble takes 0.3 ms for a task, a small file 2 ms
_TASKS_PER_WORKER = 256  # in flight; enough that no worker waits while the writer commits
_BATCHES_OF_A_LIFE = 2000  # after which a worker is replaced, against leaks in libraries


_FOR_ALL = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}
"""What a closed terminal or a service manager sends to every process: the main one decides what follows."""

if "forkserver" in get_all_start_methods():
    from multiprocessing.context import ForkServerContext, ForkServerProcess
    from multiprocessing.synchronize import RLock

    class _Process(ForkServerProcess):
        def terminate(self) -> None:
            """End it by the one signal that it does not ignore."""
            self.kill()

    class _Context(ForkServerContext):
        """Keeps the locks of a pool, which gives them up before it ends its last, perhaps just starting workers."""

        Process = _Process

        def __init__(self) -> None:
            super().__init__()
            self.kept: list[RLock] = []

        def RLock(self) -> RLock:  # noqa: N802  # of the base class
            self.kept.append(super().RLock())
            return self.kept[-1]


class LocalProcesses:
    """Runs the work in processes, each file with a time limit, each process with a memory limit."""

    def __init__(self, work: Work, workers: int, settings: Settings = DEFAULTS, batch: int = _BATCH) -> None:
        """`workers` processes, within the limits of the settings and with their words; they take `batch` files each."""
        self.work, self.limits = work, settings.limits
        self.batches = Batches(batch, _TASKS_PER_WORKER * workers, self._start, self._finish)
        self.submit, self.finished = self.batches.submit, self.batches.finished
        self.has_room = self.batches.has_room
        self.context = _context()
        self.pool: Any = ProcessPool(workers, _BATCHES_OF_A_LIFE, _prepare, (settings,), self.context)

    def _start(self, batch: Sequence[Task]) -> Future:
        latest = allowed_seconds(self.limits, len(batch)) + LATE
        return self.pool.schedule(read_all, args=[self.work, batch, self.limits], timeout=latest)

    def _finish(self, future: Future, batch: Sequence[Task]) -> list[Outcome] | None:
        """The outcomes of a batch; a single file that killed its worker is reported."""
        try:
            outcomes: list[Outcome] = future.result()
        except CancelledError:
            return []
        except Exception as error:  # a dead worker, or a result that it could not send back, such as MemoryError
            return None if len(batch) > 1 else [self._death(batch[0], error)]
        return outcomes

    def _death(self, task: Task, error: Exception) -> Outcome:
        """The outcome of a file that killed its worker."""
        code = error.exitcode if isinstance(error, ProcessExpired) else 0
        if isinstance(error, TimeoutError | SourceError) or was_alarm(code):  # the alarm raises SourceError
            return timed_out(task, self.limits)
        if isinstance(error, ProcessExpired):
            return Outcome(task, State.CRASHED, str(crashed(code, self.limits)))
        return Outcome(task, State.CRASHED, f"the reader process gave up: {type(error).__name__}")

    def waiting(self) -> int:
        """The number of unfinished tasks."""
        return self.batches.tasks

    def cancel(self) -> None:
        """Drop the tasks that no worker has started."""
        self.batches.drop_held()
        for future in [future for future in self.batches.under_way if not future.running()]:
            future.cancel()

    def __enter__(self) -> Self:
        """The pool starts with its first task."""
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Stop the workers; their tasks are cancelled, or abandoned after an error."""
        self.pool.stop()
        self.pool.join()
        scratch.remove_abandoned()


def _context() -> Any:  # noqa: ANN401  # of different types on different systems
    """The start method of workers: never fork, which would share this process's database connection."""
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    from multiprocessing import forkserver, resource_tracker  # noqa: PLC0415  # not on every system

    context = _Context()
    context.set_forkserver_preload(["zongji.pipeline.bulk.worker"])
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ())
    try:
        for ensure_running in (resource_tracker.ensure_running, forkserver.ensure_running):
            signal.pthread_sigmask(signal.SIG_BLOCK, _FOR_ALL)  # again: starting the tracker unblocks two of them
            ensure_running()  # the mask is handed down, by the server also to the workers
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return context


def read_all(work: Work, batch: Sequence[Task], limits: Limits) -> list[Outcome]:
    """What a worker does with a batch; its process ends if a file does not stop at its limit."""
    return refused(batch) or list(alarmed(map(work, batch), limits))


def _prepare(settings: Settings) -> None:
    """Prepare a worker: warmed up, deaf to what the main process handles, with limits of time and memory."""
    with suppress(ArtefactError, LexiconError):  # each batch reports this
        warm_up(settings)
    for number in _FOR_ALL:
        signal.signal(number, signal.SIG_IGN)
    with suppress(AttributeError):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
    limit_memory(settings.limits)
    end_with_parent()
