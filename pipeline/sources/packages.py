"""Zip packages (archives and office files): opened, measured before unpacking, and read within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import IO, Any

from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.limits import MEBIBYTE, Task
from zongji.pipeline.sources.reading import SourceError

ENCRYPTED = 0x1  # APPNOTE 4.4.4, bit 0
_CHUNK = MEBIBYTE
SMALL = MEBIBYTE  # bytes; smaller members may have any ratio
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def package(data: bytes) -> zipfile.ZipFile:
    """The zip in these bytes.

    Raises:
        SourceError: if it is no zip that can be opened.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        message = f"it is a zip package that cannot be opened ({error}). It may be incomplete"
        raise SourceError(FailureCode.DAMAGED, message) from error


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, task: Task) -> bytes:
    """A member's bytes.

    Raises:
        SourceError: if it is encrypted or broken, or grows beyond a limit.
    """
    if info.flag_bits & ENCRYPTED:
        message = "it is encrypted. Unpack it first"
        raise SourceError(FailureCode.ENCRYPTED, message)
    try:
        with archive.open(info) as stream:
            return unpacked_from(stream, info.compress_size, task)
    except BROKEN as error:
        raise broken(error) from error


def unpacked_from(stream: IO[bytes], packed_size: int, task: Task) -> bytes:
    """What a stream that unpacks so many bytes gives, in chunks because a header may lie about the size.

    Raises:
        SourceError: if it grows beyond a limit.
        OSError, ValueError, …: if it is broken.
    """
    allowed = max(SMALL, packed_size * task.limits.ratio)
    unpacked = bytearray()
    while piece := stream.read(_CHUNK):
        unpacked += piece
        task.check_size(len(unpacked))
        check_growth(len(unpacked), allowed, task)
    return bytes(unpacked)


def broken(error: Exception) -> SourceError:
    """The error for a member that cannot be unpacked."""
    message = f"it cannot be unpacked ({error or type(error).__name__}). The archive may be damaged"
    return SourceError(FailureCode.DAMAGED, message)


def check_growth(size: int, allowed: int, task: Task) -> None:
    """Raise SourceError if something unpacked to more than the allowed bytes."""
    if size > allowed:
        message = (
            f"it unpacks to more than {task.limits.ratio} times its size, like a zip bomb. "
            "If you trust it, raise --limit ratio=…"
        )
        raise SourceError(FailureCode.TOO_LARGE, message)


def check_package(archive: zipfile.ZipFile, task: Task) -> None:
    """Raise SourceError if an office file would unpack to more than the limits, judging by its headers."""
    for info in archive.infolist():
        task.check_size(info.file_size)
        check_growth(info.file_size, max(SMALL, info.compress_size * task.limits.ratio), task)
    task.check_size(sum(info.file_size for info in archive.infolist()))


def xml(data: bytes) -> tuple[Any, str | None]:
    """The root element of an XML part, and what is wrong with it if it had to be recovered; None if nothing is left.

    No entity is expanded, nothing is fetched. The strict variant's name space (ISO 29500-1) becomes the common one.
    """
    etree = library("lxml.etree", what="office documents")
    options = {"resolve_entities": False, "no_network": True, "load_dtd": False, "remove_comments": True}
    data = data.replace(b"http://purl.oclc.org/ooxml/wordprocessingml/main", _MAIN)
    try:
        return etree.fromstring(data, etree.XMLParser(**options)), None
    except etree.XMLSyntaxError as error:
        problem = str(error)
    try:
        return etree.fromstring(data, etree.XMLParser(**options, recover=True)), problem
    except etree.XMLSyntaxError:
        return None, problem


_MAIN = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
