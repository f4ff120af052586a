"""Zip packages (archives and office files): opened, measured before unpacking, and read within limits."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources.extras import library
from zongji.pipeline.sources.limits import MEBIBYTE, Task
from zongji.pipeline.sources.reading import SourceError

ENCRYPTED = 0x1  # APPNOTE 4.4.4, bit 0
_CHUNK = MEBIBYTE
_SMALL = MEBIBYTE  # bytes; smaller members may have any ratio
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)


def package(data: bytes) -> zipfile.ZipFile:
    """The zip in these bytes.

    Raises:
        SourceError: if it is no zip that can be opened.
    """
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        message = f"it is a zip package that cannot be opened ({error}). It may be incomplete"
        raise SourceError(FailureCode.DAMAGED, message) from error


def member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, task: Task) -> bytes:
    """A member's bytes, unpacked in chunks because its header may lie about its size.

    Raises:
        SourceError: if it is encrypted or broken, or grows beyond a limit.
    """
    if info.flag_bits & ENCRYPTED:
        message = "it is encrypted. Unpack it first"
        raise SourceError(FailureCode.ENCRYPTED, message)
    allowed = max(_SMALL, info.compress_size * task.limits.ratio)
    unpacked = bytearray()
    try:
        with archive.open(info) as stream:
            while piece := stream.read(_CHUNK):
                unpacked += piece
                task.check_size(len(unpacked))
                _check_growth(len(unpacked), allowed, task)
    except _BROKEN as error:
        message = f"it cannot be unpacked ({error or type(error).__name__}). The archive may be damaged"
        raise SourceError(FailureCode.DAMAGED, message) from error
    return bytes(unpacked)


def _check_growth(size: int, allowed: int, task: Task) -> None:
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
        _check_growth(info.file_size, max(_SMALL, info.compress_size * task.limits.ratio), task)
    task.check_size(sum(info.file_size for info in archive.infolist()))


def xml(data: bytes) -> tuple[Any, str | None]:
    """The root element of an XML part, and what is wrong with it if it had to be recovered; None if nothing is left.

    No entity is expanded, nothing is fetched. The strict variant's name space (ISO 29500-1) becomes the common one.
    """
    etree = library("lxml.etree", extra="office", what="office documents")
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
