"""From a path to bytes: archives are unpacked, `-` is standard input."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import IO

from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure
from zongji.pipeline.sources import Limits, SourceError
from zongji.pipeline.sources.archive import CONTAINERS, members
from zongji.pipeline.sources.detect import kind_of
from zongji.pipeline.sources.limits import Task

STANDARD_INPUT = "-"
_PORTION = 1 << 20  # bytes


@dataclass(frozen=True, slots=True)
class Blob:
    """The bytes of a file or archive member, or the reason why they cannot be read."""

    path: str
    data: bytes = b""
    failure: Failure | None = None
    member: str | None = None
    begun: float = field(default_factory=monotonic, compare=False)
    """When the time of an archive began."""


def blob_of(path: str, limits: Limits) -> Blob:
    """The bytes of a file, or of standard input for `-`."""
    begun = monotonic()
    try:
        data = standard_input(limits.bytes) if path == STANDARD_INPUT else _bytes_of(Path(path), limits)
    except OSError as error:
        return Blob(path, failure=Failure(FailureCode.UNREADABLE, f"cannot be read: {error.strerror or error}"))
    except SourceError as error:
        return Blob(path, failure=error.failure)
    return Blob(path, data, begun=begun)


def check_regular(path: Path | str, advice: str = "") -> None:
    """Reject a pipe or device, which may never end; `advice` goes behind the reason.

    Raises:
        OSError: if it is one, or does not exist.
    """
    mode = os.stat(path).st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):  # reading a folder reports that it is one
        raise OSError(errno.EINVAL, f"it is a pipe or device{advice}", str(path))


def _bytes_of(path: Path, limits: Limits) -> bytes:
    check_regular(path, f"; pass {STANDARD_INPUT} to read standard input")
    task = Task(limits=limits)
    size = path.stat().st_size
    task.check_size(size)
    with path.open("rb") as stream:
        data = _up_to(stream, limits.bytes + 1, first=size + 1)
    task.check_size(len(data))
    return data


def _up_to(stream: IO[bytes], most: int, *, first: int) -> bytes:
    """The bytes of a stream, at most so many: `first` of them at once, and whatever it may have grown by since.

    The memory for a portion is taken before it is read: a portion of the whole limit would cost each file that much.
    """
    portions, left, asked = [], most, first
    while left and (portion := stream.read(min(left, asked))):
        portions.append(portion)
        left, asked = left - len(portion), _PORTION
    return b"".join(portions)


def unpacked(blob: Blob, limits: Limits) -> Iterator[Blob]:
    """A file, or the members of an archive, which are unpacked lazily."""
    if blob.failure is not None or kind_of(blob.data) not in CONTAINERS:
        yield blob
        return
    found, path = False, blob.path
    for member in members(blob.data, Task(path, limits, blob.begun)):
        found = True
        yield Blob(path, member.data, member.failure, member.path or None)
    if not found:
        yield Blob(path, failure=Failure(FailureCode.EMPTY, "the archive contains no files"))


def standard_input(most: int) -> bytes:
    """The bytes of standard input, at most one more than `most`."""
    return _up_to(sys.stdin.buffer, most + 1, first=_PORTION)
