"""What a Dask worker does with a batch: it has the files read in a process of its own, file by file.

A worker may have several threads, while readers of PDFs allow one; and a file that hangs, crashes or takes all memory
ends that process, neither the worker nor anybody's good name. Such processes wait a minute for the next batch.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import current_process
from threading import Lock, Timer
from time import monotonic

from distributed import get_worker
from zongji.pipeline.bulk.executors.local import LocalProcesses
from zongji.pipeline.bulk.program import program_of
from zongji.pipeline.bulk.worker import Outcome, Task, Work
from zongji.pipeline.reading.settings import Settings

_IDLE = 60.0  # seconds after which a process that has nothing to read ends
_POLL = 1.0  # seconds to wait for an outcome at a time

_Kind = tuple[Work, Settings]
_idle: list[tuple[float, _Kind, LocalProcesses]] = []
"""The processes that nobody uses, with the time of their last use, the latest last."""
_lock = Lock()


def read_all(work: Work, batch: Sequence[Task]) -> list[Outcome]:
    """The outcomes of a batch.

    Raises:
        OSError: naming this worker, if it has another version, words or models than the import.
    """
    with _process((work, batch[0].settings), batch[0].program) as executor:
        for task in batch:
            executor.submit(task)
        outcomes: list[Outcome] = []
        while executor.waiting():
            outcomes += executor.finished(_POLL)
    return outcomes


@contextmanager
def _process(kind: _Kind, program: str) -> Iterator[LocalProcesses]:
    """A process for this thread alone, an idle one if there is any; it is idle afterwards."""
    with _lock:
        index = next((index for index in reversed(range(len(_idle))) if _idle[index][1] == kind), None)
        executor = _idle.pop(index)[2] if index is not None else None
    if executor is None:
        executor = _started(kind, program)
    try:
        yield executor
    except BaseException:
        executor.__exit__(None, None)
        raise
    with _lock:
        _idle.append((monotonic(), kind, executor))
    timer = Timer(_IDLE, _end_idle)
    timer.daemon = True
    timer.start()


def _started(kind: _Kind, program: str) -> LocalProcesses:
    work, settings = kind
    if (why := refusal(settings, program)) is not None:
        message = f"worker {get_worker().address} {why}"
        raise OSError(message)
    current_process().daemon = False  # a nanny's worker is daemonic, which would forbid it processes of its own
    return LocalProcesses(work, 1, settings, batch=1)


def refusal(settings: Settings, program: str) -> str | None:
    """Why this worker cannot read for the import: it has another version, words or models; None if it can."""
    try:
        ours = program_of(settings).name
    except OSError as error:
        return f"cannot apply the settings: {error}"
    if ours != program:
        return (
            f"has version {ours} of zongji, not {program}: install the same version, words and models there, and "
            "restart it"
        )
    return None


def _end_idle() -> None:
    """End the processes that have been idle for too long."""
    with _lock:
        old = [item for item in _idle if monotonic() - item[0] >= _IDLE]
        _idle[:] = [item for item in _idle if item not in old]
    for _, _, executor in old:
        executor.__exit__(None, None)
