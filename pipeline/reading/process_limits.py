"""Limits of a reader process, and what its exit says about the file it was reading.

Memory is limited once per process, time per file. At its limit, a reader is stopped by an error, which keeps what was
read before; one that does not stop, such as in a C library, ends with its process soon after.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from multiprocessing.process import BaseProcess
from threading import Thread
from time import monotonic
from typing import TypeVar, cast

from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure
from zongji.pipeline.sources import LIMITS, Limits, SourceError, scratch
from zongji.pipeline.sources.limits import MEBIBYTE

T = TypeVar("T")

LATE = 30.0
"""Seconds after which a process that outlived its alarm is ended from outside: Windows has no alarms."""
_GRACE = 2.0  # seconds that a reader has for stopping by itself; the first file of a format also waits for libraries
_LAST = 1.0  # seconds that it has at least for what follows its last answer: large texts are given back slowly
_MOST_SECONDS = 1e6  # eleven days; systems reject much larger values
_END = object()


def limit_memory(limits: Limits) -> None:
    """Make allocations of this process fail beyond the limit, if the system supports that."""
    with suppress(ImportError, ValueError, OSError, OverflowError):  # Windows has no such limits
        import resource  # noqa: PLC0415

        most = limits.memory * MEBIBYTE
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def allowed_seconds(limits: Limits, files: int = 1) -> float:
    """The seconds after which a file that is still being read is given up."""
    return min(files * (limits.seconds + _GRACE), _MOST_SECONDS)


@contextmanager
def alarm(seconds: float, limits: Limits, *, ends: bool = True) -> Iterator[None]:
    """Stop the block two seconds before `seconds` are over by an error, which keeps what was read; then this process.

    A block that begins in those last seconds has them, without an error. The process stays if it does not end with it.

    Raises:
        SourceError: at that moment, if this is the main thread.
    """

    def stop(*_: object) -> None:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        _set_timer(_GRACE if ends else 0)
        failure = too_long(limits.seconds)
        raise SourceError(failure.code, failure.message)

    soft = seconds - _GRACE
    with suppress(AttributeError, ValueError):  # Windows has no alarms, other threads get none
        signal.signal(signal.SIGALRM, stop if soft > 0 else signal.SIG_DFL)
        _set_timer(soft if soft > 0 else max(seconds, _LAST))
    try:
        yield
    finally:
        _set_timer(0)


def alarmed(answers: Iterator[T], limits: Limits) -> Iterator[T]:
    """Yield the answers one by one, each within the limit; see `alarm`."""
    while (answer := _next(answers, allowed_seconds(limits), limits)) is not _END:
        yield cast("T", answer)


def alarmed_together(answers: Iterator[T], seconds: float, limits: Limits) -> Iterator[T]:
    """Yield the answers one by one, all within `seconds`, without the time in which nobody asks for the next one."""
    begun = monotonic()
    while (answer := _next(answers, seconds, limits)) is not _END:
        seconds -= monotonic() - begun
        yield cast("T", answer)
        begun = monotonic()


def _next(answers: Iterator[T], seconds: float, limits: Limits) -> T | object:
    with alarm(seconds, limits):
        return next(answers, _END)


def _set_timer(seconds: float) -> None:
    with suppress(AttributeError):  # Windows has none
        signal.setitimer(signal.ITIMER_REAL, seconds)


def end_with_parent() -> None:
    """End this process when the one that started it is gone, even in the middle of a file."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    scratch.remove_own()
    os._exit(1)


def was_alarm(code: int | None) -> bool:
    """True for the exit code of a process ended by its alarm."""
    return code is not None and code == -getattr(signal, "SIGALRM", 0) != 0


def too_long(seconds: float) -> Failure:
    """The failure of a file that took longer than this."""
    message = f"it takes longer than {seconds:,.0f} s; --limit seconds=… raises this"
    return Failure(FailureCode.TIMEOUT, message)


def crashed(code: int | None, limits: Limits) -> Failure:
    """The failure of a file whose reader process ended with this exit code."""
    why = "the file is damaged or malicious"
    if limits.memory < LIMITS.memory:
        why = f"--limit memory={limits.memory} may be too low, or {why}"
    message = f"the reader process crashed on this file ({_ending(code)}); {why}"
    return Failure(FailureCode.CRASHED, message)


def not_started(code: int | None) -> Failure:
    """The failure of a file whose reader process ended with this exit code before it could read anything."""
    message = (
        f"the reader process could not start ({_ending(code)}), so this file was not read; a script needs "
        'if __name__ == "__main__": around its calls'
    )
    return Failure(FailureCode.INTERNAL, message)


def unprepared(error: Exception) -> Failure:
    """The failure of a file whose reader process cannot use its words or models."""
    return Failure(FailureCode.INTERNAL, f"the reader process cannot apply the settings: {error}")


def _ending(code: int | None) -> str:
    if code is None:
        return "it is gone"
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"killed by {signal.Signals(-code).name}"
    return f"killed by signal {-code}"
