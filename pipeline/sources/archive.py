"""Zip archives: their members one by one, with names as their authors saw them, and archives in archives.

Nothing is written to disk: a member's path is a name, however many `..` are in it.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure
from zongji.corpus.wording import counted
from zongji.pipeline.sources.detect import ZIP, kind_of
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.packages import member, package
from zongji.pipeline.sources.reading import SourceError

EXTENSIONS = (".zip",)
_UTF8_NAMES = 0x800  # APPNOTE 4.4.4, bit 11
_UNICODE_PATH = b"\x75\x70"  # APPNOTE 4.6.9, the name in UTF-8 beside one in an older encoding
_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "~$")  # left in folders by systems and programs

_TOO_SHORT = 0.1  # seconds for a member; the alarm of the process may ring a moment before the time is over


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path (empty for the archive itself), and its bytes or why they cannot be read."""

    path: str
    data: bytes = b""
    failure: Failure | None = None


@dataclass
class _Budget:
    """What is left of an archive's limits, nested archives included."""

    members: int
    unpacked: int = field(default=0)


def members(data: bytes, task: Task) -> Iterator[Member]:
    """The members of a zip archive, in its order; one that cannot be read carries a failure.

    Raises:
        Nothing: an archive that cannot be opened is one member with a failure.
    """
    return _members(data, task, "", task.limits.nesting, _Budget(task.limits.members))


def _members(data: bytes, task: Task, prefix: str, nesting: int, budget: _Budget) -> Iterator[Member]:
    try:
        archive = package(data)
    except SourceError as error:
        yield Member(prefix.rstrip("/"), failure=error.failure)
        return
    for info in archive.infolist():
        path = prefix + name_of(info)
        if info.is_dir() or _is_litter(path):
            continue
        if task.seconds_left < _TOO_SHORT:
            limit = f"the archive's {task.limits.seconds:,} s are over: this and what follows in it was not read"
            failure = Failure(FailureCode.TIMEOUT, f"{limit}; --limit seconds=… raises this")
            yield Member(path, failure=failure)
            return
        if budget.members <= 0:
            verb = "is" if task.limits.members == 1 else "are"
            most = counted(task.limits.members, "member")
            limit = f"only {most} of an archive {verb} read; --limit members=… raises this"
            yield Member(path, failure=Failure(FailureCode.TOO_LARGE, limit))
            return
        budget.members -= 1
        yield from _member(archive, info, path, task, nesting, budget)


def _member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, path: str, task: Task, nesting: int, budget: _Budget
) -> Iterator[Member]:
    try:
        data = member(archive, info, task)
        budget.unpacked += len(data)
        _check_total(budget, task)
    except SourceError as error:
        yield Member(path, failure=error.failure)
        return
    if not data.startswith(ZIP) or kind_of(data) != "zip":
        yield Member(path, data)
    elif nesting > 0:
        yield from _members(data, task, f"{path}/", nesting - 1, budget)
    else:
        yield Member(path, failure=Failure(FailureCode.TOO_LARGE, _too_deep(task.limits.nesting)))


def _too_deep(nesting: int) -> str:
    if nesting == 0:
        return "archives inside archives are not opened (--limit nesting=0)"
    return f"archives inside archives are opened {nesting} deep; unpack it first, or raise --limit nesting=…"


_TOTAL = 16  # times the bytes of one file, for all that an archive unpacks to


def _check_total(budget: _Budget, task: Task) -> None:
    if budget.unpacked > _TOTAL * task.limits.bytes:
        message = f"the archive unpacks to more than {_TOTAL * task.limits.bytes:,} bytes; --limit bytes=… raises this"
        raise SourceError(FailureCode.TOO_LARGE, message)


def _is_litter(path: str) -> bool:
    return any(path.startswith(litter) or f"/{litter}" in path for litter in _LITTER)


def name_of(info: zipfile.ZipInfo) -> str:
    """A member's path: UTF-8 where the archive says so or where it can be nothing else, else GBK (and what it grew to).

    zipfile reads unmarked names as code page 437, which gives every byte a character and so can be undone.
    """
    name = _stated(info.extra) or info.filename
    if name == info.filename and not info.flag_bits & _UTF8_NAMES:
        raw = name.encode("cp437", "replace")
        name = _utf8_of(raw) or _decoded(raw, "gb18030") or name
    return name.replace("\\", "/")


def _utf8_of(raw: bytes) -> str | None:
    """The name in UTF-8, unless that is chance: two bytes of GBK may pass for a letter, three do not for Chinese."""
    name = _decoded(raw, "utf-8")
    return None if name is None or (not name.isascii() and max(name) < "\u0800") else name


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _stated(extra: bytes) -> str | None:
    """The name in the field that Info-ZIP adds: version, checksum of the other name, name."""
    while len(extra) >= 4:
        size = int.from_bytes(extra[2:4], "little")
        if extra[:2] == _UNICODE_PATH and size > 5:
            return _decoded(extra[9 : 4 + size], "utf-8")
        extra = extra[4 + size :]
    return None
