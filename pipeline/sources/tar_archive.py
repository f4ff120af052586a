"""Tar archives, and what gzip, bzip2 and xz packed: an archive or a single file. Read as a stream, never as a whole."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import PurePath
from typing import IO, Protocol

from zongji.pipeline.sources.detect import kind_of
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.packages import SMALL, broken, check_growth, unpacked_from
from zongji.pipeline.sources.packed import Packed, name_of_bytes

_BROKEN = (tarfile.TarError, OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
_BLOCK = 512  # bytes; of a tar archive
_SHORT = {".tgz": ".tar", ".tbz2": ".tar", ".txz": ".tar"}


def open_tar(data: bytes, task: Task) -> Iterator[Packed]:
    """The files in a tar archive.

    Raises:
        SourceError: if it is broken; the members in front of the break are yielded before.
    """
    return _in_tar(io.BytesIO(data), task)


def open_gzip(data: bytes, task: Task) -> Iterator[Packed]:
    """The files in a tar archive that gzip packed, or the one file.

    Raises:
        SourceError: if it is broken, or grows beyond a limit.
    """
    return _in_stream(gzip.GzipFile(fileobj=io.BytesIO(data)), data, task)


def open_bzip2(data: bytes, task: Task) -> Iterator[Packed]:
    """The same for bzip2."""
    return _in_stream(bz2.BZ2File(io.BytesIO(data)), data, task)


def open_xz(data: bytes, task: Task) -> Iterator[Packed]:
    """The same for xz."""
    return _in_stream(lzma.LZMAFile(io.BytesIO(data)), data, task)


class _Readable(Protocol):
    def read(self, size: int = ..., /) -> bytes: ...


class _Bounded(io.RawIOBase):
    """A stream that may unpack to so many bytes and no more."""

    def __init__(self, stream: _Readable, packed_size: int, task: Task) -> None:
        self._stream, self._task = stream, task
        self._allowed = max(SMALL, packed_size * task.limits.ratio)
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # the type of buffers came with 3.12
        piece = self._stream.read(len(buffer))
        self._read += len(piece)
        check_growth(self._read, self._allowed, self._task)
        buffer[: len(piece)] = piece
        return len(piece)


def _in_stream(stream: _Readable, data: bytes, task: Task) -> Iterator[Packed]:
    bounded = io.BufferedReader(_Bounded(stream, len(data), task), io.DEFAULT_BUFFER_SIZE)
    try:
        first = bounded.peek(_BLOCK)
    except _BROKEN as error:
        raise broken(error) from error
    if kind_of(first) == "tar":
        yield from _in_tar(bounded, task)
    else:
        yield Packed(_unpacked_name(task.name), partial(_rest, bounded, len(data), task))


def _rest(stream: IO[bytes], packed_size: int, task: Task) -> bytes:
    try:
        return unpacked_from(stream, packed_size, task)
    except _BROKEN as error:
        raise broken(error) from error


def _unpacked_name(name: str) -> str:
    """What gzip makes of a file's name: `总结.txt.gz` holds `总结.txt`."""
    path = PurePath(name)
    return path.stem + _SHORT.get(path.suffix.lower(), "") if path.suffix else path.name or "-"


def _in_tar(stream: IO[bytes], task: Task) -> Iterator[Packed]:
    try:
        with tarfile.open(fileobj=stream, mode="r|", encoding="utf-8", errors="surrogateescape") as archive:
            for info in archive:
                if info.isfile():  # no link, no device
                    name = name_of_bytes(info.name.encode("utf-8", "surrogateescape"))
                    yield Packed(name, partial(_member, archive, info, task))
    except _BROKEN as error:
        raise broken(error) from error


def _member(archive: tarfile.TarFile, info: tarfile.TarInfo, task: Task) -> bytes:
    try:
        task.check_size(info.size)
        stream = archive.extractfile(info)
        return b"" if stream is None else unpacked_from(stream, info.size, task)
    except _BROKEN as error:
        raise broken(error) from error
