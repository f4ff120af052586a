"""Limits of a reader process, and what its exit says about the file it was reading.

Memory is limited once per process, time per file. A reader normally stops in time by itself and reports how far it
came; the alarm ends one that does not, even inside a C library.
"""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TypeVar, cast

from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure
from zongji.pipeline.sources import LIMITS, Limits
from zongji.pipeline.sources.limits import MEBIBYTE

T = TypeVar("T")

LATE = 30.0
"""Seconds after which a process that outlived its alarm is ended from outside: Windows has no alarms."""
_GRACE = 2.0  # seconds that a reader has for stopping by itself; the first file of a format also waits for libraries
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
def alarm(seconds: float) -> Iterator[None]:
    """End this process if the block takes longer."""
    _set_alarm(seconds)
    try:
        yield
    finally:
        _set_alarm(0)


def alarmed(answers: Iterator[T], seconds: float) -> Iterator[T]:
    """Yield the answers one by one; end this process if one of them takes longer."""
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
    """True for the exit code of a process ended by its alarm."""
    return code is not None and code == -getattr(signal, "SIGALRM", 0) != 0


def too_long(limits: Limits) -> Failure:
    """The failure of a file that took too long."""
    message = f"it takes longer than {limits.seconds:,} s; --limit seconds=… raises this"
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
