"""External programs that read old formats: found, run with a timeout, and ended with all that they started."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources.reading import SourceError

_STOPPED_WITHIN = 5  # seconds that a killed program takes at most

# The program with a watcher beside it, which waits for the end of its pipe and then kills the session. A program's
# children, as LibreOffice has, and a killed caller leave no other way to end all that was started.
_WATCHED = 'exec 3<&0; { read -r _ <&3; kill -9 0; } >/dev/null 2>&1 & exec "$@" 3<&- </dev/null'
_NOT_STARTED = (126, 127)  # POSIX, the status of a shell that cannot execute a program


@dataclass(frozen=True, slots=True)
class Ran:
    """A program's output and exit status."""

    output: bytes
    errors: bytes
    status: int


@cache
def found(*names: str) -> str | None:
    """The path of the first of these programs that is installed."""
    return next((path for path in map(shutil.which, names) if path), None)


def run(command: Sequence[str], *, seconds: float, environment: Mapping[str, str] | None = None) -> Ran:
    """Run a program to its end, with empty standard input.

    Raises:
        SourceError: if it takes longer, or cannot be started.
    """
    reading, writing = os.pipe()
    try:
        process = _started(command, reading, {**os.environ, **(environment or {})})
    except OSError as error:
        os.close(writing)
        raise SourceError(FailureCode.MISSING_PROGRAM, _not_started(command, error.strerror or str(error))) from error
    finally:
        os.close(reading)
    try:
        output, errors = process.communicate(timeout=max(seconds, 0.1))
    except subprocess.TimeoutExpired:
        name = os.path.basename(command[0])
        message = f"{name} took longer than {seconds:.0f} s; --limit seconds=… raises this"
        raise SourceError(FailureCode.TIMEOUT, message) from None
    finally:
        os.close(writing)
        process.communicate(timeout=_STOPPED_WITHIN)
    if process.returncode in _NOT_STARTED:
        raise SourceError(FailureCode.MISSING_PROGRAM, _not_started(command, said(errors)))
    return Ran(output, errors, process.returncode)


def said(written: bytes) -> str:
    """What a program wrote, on one line."""
    return " ".join(written.decode(errors="replace").split())


def _started(command: Sequence[str], reading: int, environment: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The program in a session of its own, which ends when the pipe's other end is closed, however that comes about."""
    return subprocess.Popen(  # noqa: S603  # the command is ours, the file's name too
        ("/bin/sh", "-c", _WATCHED, "sh", *command),
        stdin=reading,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )


def _not_started(command: Sequence[str], why: str) -> str:
    return f"{os.path.basename(command[0])} cannot be started: {why}"
