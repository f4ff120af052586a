"""External programs that read old formats: found, run with a timeout, and killed with their children."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources.reading import SourceError

_STOPPED_WITHIN = 5  # seconds a program gets to exit


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
    try:
        process = subprocess.Popen(  # noqa: S603  # the command is ours, the file's name too
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**os.environ, **(environment or {})},
            start_new_session=True,
        )
    except OSError as error:
        message = f"{os.path.basename(command[0])} cannot be started: {error.strerror or error}"
        raise SourceError(FailureCode.MISSING_PROGRAM, message) from error
    try:
        output, errors = process.communicate(timeout=max(seconds, 0.1))
    except subprocess.TimeoutExpired:
        _stop(process)
        name = os.path.basename(command[0])
        message = f"{name} took longer than {seconds:.0f} s; --limit seconds=… raises this"
        raise SourceError(FailureCode.TIMEOUT, message) from None
    return Ran(output, errors, process.returncode)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """Kill a program and its children: LibreOffice is a script that starts another program."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=_STOPPED_WITHIN)
