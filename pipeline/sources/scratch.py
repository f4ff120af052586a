"""Temporary files for programs that read old formats: all in one folder of this process, which no end leaves behind.

A normal end, an exception or Ctrl-C removes the folder; what a killed process left goes when the next one that needs a
folder starts, or when the process that started it notices.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from multiprocessing.util import Finalize
from pathlib import Path

from zongji.corpus.labels import FailureCode
from zongji.corpus.locks import locked
from zongji.pipeline.sources.reading import SourceError

_NAME = re.compile(r"zongji-(\d+)-.*")
_LEAST_FREE = 1 << 20  # bytes; programs that fail with less on the disk fail because of that


@contextmanager
def folder() -> Iterator[Path]:
    """A new folder, which is gone after the block.

    Raises:
        SourceError: if there is none, or the block cannot write to it.
    """
    try:
        with tempfile.TemporaryDirectory(dir=own(), ignore_cleanup_errors=True) as name:
            yield Path(name)
    except OSError as error:
        raise SourceError(FailureCode.UNREADABLE, _refusal(error)) from error


def own() -> Path:
    """This process's folder.

    Raises:
        SourceError: if it cannot be made.
    """
    try:
        return _own()
    except OSError as error:
        raise SourceError(FailureCode.UNREADABLE, _refusal(error)) from error


@cache
def _own() -> Path:
    remove_abandoned()
    made = Path(tempfile.mkdtemp(prefix=f"zongji-{os.getpid()}-"))
    lock = locked(made)
    Finalize(None, _remove, args=(made, lock), exitpriority=1)  # runs in child processes too, atexit does not
    return made


def check_free() -> None:
    """Raise SourceError if a program may have failed because the disk with the temporary files is full."""
    if shutil.disk_usage(own()).free < _LEAST_FREE:
        raise SourceError(FailureCode.UNREADABLE, _refusal(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))))


def remove_own() -> None:
    """Remove this process's folder before the process is ended without its usual cleaning."""
    if _own.cache_info().currsize:
        shutil.rmtree(_own(), ignore_errors=True)


def remove_abandoned() -> None:
    """Remove the folders of processes that were killed."""
    with suppress(OSError):
        for found in Path(tempfile.gettempdir()).glob("zongji-*-*"):
            match = _NAME.fullmatch(found.name)
            if match and not _is_alive(int(match[1])) and (lock := locked(found)) is not None:
                _remove(found, lock)


def _remove(found: Path, lock: int | None) -> None:
    shutil.rmtree(found, ignore_errors=True)
    if lock is not None:
        os.close(lock)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _refusal(error: OSError) -> str:
    try:
        where = tempfile.gettempdir()
    except OSError:
        where = os.environ.get("TMPDIR", "/tmp")  # noqa: S108  # named, not used
    return (
        f"reading it needs temporary files, but {where} does not take them: {error.strerror or error}; make room there "
        "or set TMPDIR to another folder"
    )
