"""Standard output and error that are closed, full or gone: messages never end a command, lost results are an error."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from zongji.corpus.wording import visible

_NOTHING_DONE = 1


@contextmanager
def steady_streams() -> Iterator[None]:
    """Make standard error forgiving; report at the end if standard output could not be written.

    Raises:
        SystemExit: with 1, if a file, or standard output, could not be written.
    """
    _reopen_closed()
    if isinstance(sys.stderr, io.TextIOWrapper):
        sys.stderr = _forgiving()
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        with suppress(OSError):  # what is buffered is lost; flushed once more at exit, it would be a traceback
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        subject = "standard output" if error.filename is None else os.fsdecode(error.filename)
        sys.stderr.write(f"zongji: {visible(subject)}: cannot be read or written: {error.strerror or error}\n")
        raise SystemExit(_NOTHING_DONE) from None


def _reopen_closed() -> None:
    """Occupy closed descriptors, which the next file opened would get: standard output then fails."""
    for number, mode in ((0, os.O_WRONLY), (1, os.O_RDONLY), (2, os.O_WRONLY)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, mode)  # the lowest free number is this one
    if sys.stdout is None:
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = _forgiving()


class _Forgiving(io.FileIO):
    """A file that takes everything, also where it has no place for it."""

    def write(self, data: object) -> int:
        """Write, or lose, all bytes."""
        try:
            return super().write(data) or 0  # type: ignore[arg-type]
        except OSError:
            return memoryview(data).nbytes  # type: ignore[arg-type]


def _forgiving() -> io.TextIOWrapper:
    buffer = io.BufferedWriter(_Forgiving(2, "w", closefd=False))
    return io.TextIOWrapper(buffer, "utf-8", "backslashreplace", line_buffering=True)
