"""Zip archives, with the names of their members as their authors saw them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from functools import partial

from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.packages import member, package
from zongji.pipeline.sources.packed import Packed, name_of_bytes

_UTF8_NAMES = 0x800  # APPNOTE 4.4.4, bit 11
_UNICODE_PATH = b"\x75\x70"  # APPNOTE 4.6.9, the name in UTF-8 beside one in an older encoding


def open_zip(data: bytes, task: Task) -> Iterator[Packed]:
    """The files in a zip archive.

    Raises:
        SourceError: if it cannot be opened.
    """
    archive = package(data)
    for info in archive.infolist():
        if not info.is_dir():
            yield Packed(name_of(info), partial(member, archive, info, task))


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's path: as the archive states it in UTF-8, else as its bytes are read.

    zipfile reads unmarked names as code page 437, which gives every byte a character and so can be undone.
    """
    stated = _stated(info.extra)
    if stated is None and not info.flag_bits & _UTF8_NAMES:
        return name_of_bytes(info.orig_filename.split("\0")[0].encode("cp437", "replace"))
    return (stated or info.filename).replace("\\", "/")


def _stated(extra: bytes) -> str | None:
    """The name in the field that Info-ZIP adds: version, checksum of the other name, name."""
    while len(extra) >= 4:
        size = int.from_bytes(extra[2:4], "little")
        if extra[:2] == _UNICODE_PATH and size > 5:
            return extra[9 : 4 + size].decode("utf-8", "replace")
        extra = extra[4 + size :]
    return None
