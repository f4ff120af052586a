"""7z archives, unpacked at once: their files are packed together, and one by one would unpack all for each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from typing import Any

from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.packages import SMALL, broken, check_growth
from zongji.pipeline.sources.packed import Packed
from zongji.pipeline.sources.reading import SourceError


def open_7z(data: bytes, task: Task) -> Iterator[Packed]:
    """The files in a 7z archive.

    Raises:
        SourceError: if py7zr is missing, or the archive is encrypted or broken or goes beyond a limit.
    """
    py7zr = library("py7zr", extra="archives", what="7z archives")
    factory = library("py7zr.io", extra="archives", what="7z archives").BytesIOFactory(task.limits.bytes)
    try:
        with py7zr.SevenZipFile(io.BytesIO(data)) as archive:
            _check(archive, len(data), task)
            names = [info.filename for info in archive.list() if info.is_file]
            archive.extractall(factory=factory)
    except (SourceError, MemoryError):
        raise
    except Exception as error:  # the library raises anything on a broken file
        raise broken(error) from error
    for name in names:
        yield Packed(name.replace("\\", "/"), partial(_read, factory, name))


def _check(archive: Any, packed_size: int, task: Task) -> None:  # noqa: ANN401
    """Raise SourceError if the archive is encrypted, or by its headers beyond a limit."""
    if archive.needs_password():
        message = "it is encrypted. Unpack it first"
        raise SourceError(FailureCode.ENCRYPTED, message)
    size = sum(info.uncompressed for info in archive.list())
    task.check_size(size)
    check_growth(size, max(SMALL, packed_size * task.limits.ratio), task)


def _read(factory: Any, name: str) -> bytes:  # noqa: ANN401
    product = factory.get(name)
    product.seek(0)
    return bytes(product.read())
