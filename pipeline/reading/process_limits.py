"""What keeps a process that reads files within its limits, and what its end says of the file that it was reading.

Memory is limited once a process, time file by file. A reader that keeps its time stops by itself and says how far it
came; the alarm ends one that does not, even inside a library in C.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar, cast

from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure
from zongji.pipeline.sources import Limits
from zongji.pipeline.sources.limits import MEBIBYTE

T = TypeVar("T")

LATE = 30.0
"""Seconds after which a process is ended from outside that its own alarm did not end: Windows has no alarms."""
_GRACE = 0.2  # share of its time that a reader may take to stop by itself, …
_LEAST_GRACE, _MOST_GRACE = 5.0, 60.0  # … in seconds; the first file of its kind waits for libraries, too
_MOST_SECONDS = 1e6  # eleven days; systems refuse much larger ones
_END = object()


def limit_memory(limits: Limits) -> None:
    """Have allocations of this process fail beyond the limit, where the system can see to it."""
    with suppress(ImportError, ValueError, OSError, OverflowError):  # Windows has no such limits
        import resource  # noqa: PLC0415

        most = limits.memory * MEBIBYTE
        resource.setrlimit(resource.RLIMIT_DATA, (most, most))


def allowed_seconds(limits: Limits, files: int = 1) -> float:
    """The seconds after which files that are still being read are given up."""
    grace = min(max(_LEAST_GRACE, _GRACE * limits.seconds), _MOST_GRACE)
    return min(files * (limits.seconds + grace), _MOST_SECONDS)


@contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """Ends this process where the block takes longer."""
    _set_alarm(seconds)
    try:
        yield
    finally:
        _set_alarm(0)


def alarmed(answers: Iterator[T], seconds: float) -> Iterator[T]:
    """The answers one by one; ends this process where one of them takes longer."""
    while True:
        with alarm(seconds):
            answer = next(answers, _END)
        if answer is _END:
            return
        yield cast("T", answer)


def _set_alarm(seconds: float) -> None:
    with suppress(AttributeError):  # Windows has none
        signal.setitimer(signal.ITIMER_REAL, seconds)


def was_alarm(code: int | None) -> bool:
    """True for the exit code of a process that its alarm ended."""
    return code is not None and code == -getattr(signal, "SIGALRM", 0) != 0


def too_long(limits: Limits) -> Failure:
    """Why a file was given up that took too long."""
    message = f"it takes longer than {limits.seconds:,} s; --limit seconds=… raises this"
    return Failure(FailureCode.TIMEOUT, message)


def crashed(code: int | None) -> Failure:
    """Why a file was given up whose reader ended with this exit code."""
    message = f"the reader process crashed on this file ({_ending(code)}); the file is damaged, or made to harm"
    return Failure(FailureCode.CRASHED, message)


def _ending(code: int | None) -> str:
    if code is None:
        return "it is gone"
    if code >= 0:
        return f"exit code {code}"
    with suppress(ValueError):
        return f"killed by {signal.Signals(-code).name}"
    return f"killed by signal {-code}"
