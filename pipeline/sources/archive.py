"""Archives and mail: their members one by one, and archives in archives.

Nothing is written to disk: a member's path is a name, however many `..` are in it. A new kind is a module that yields
`Packed` members and a line in `CONTAINERS`, its first bytes in `detect.py`.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import cast

from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure
from zongji.corpus.wording import counted
from zongji.pipeline.sources.detect import kind_of
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.packed import Packed
from zongji.pipeline.sources.reading import SourceError

_LITTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "~$")  # left in folders by systems and programs

_TOO_SHORT = 0.1  # seconds for a member; the alarm of the process may ring a moment before the time is over


@dataclass(frozen=True, slots=True)
class Container:
    """A kind of file that holds files: its extensions, and what yields them."""

    extensions: tuple[str, ...]
    open: Callable[[bytes, Task], Iterator[Packed]]
    nests: bool = True
    """Whether opening one inside another counts as a nested archive; a letter cannot grow."""


def _later(module: str, function: str) -> Callable[[bytes, Task], Iterator[Packed]]:
    """An opener whose module is imported on first use."""

    def opener(data: bytes, task: Task) -> Iterator[Packed]:
        open_it = getattr(importlib.import_module(f"zongji.pipeline.sources.{module}"), function)
        return cast("Iterator[Packed]", open_it(data, task))

    return opener


CONTAINERS: dict[str, Container] = {
    "zip": Container((".zip",), _later("zip_archive", "open_zip")),
    "tar": Container((".tar",), _later("tar_archive", "open_tar")),
    "gzip": Container((".gz", ".tgz"), _later("tar_archive", "open_gzip")),
    "bzip2": Container((".bz2", ".tbz2"), _later("tar_archive", "open_bzip2")),
    "xz": Container((".xz", ".txz"), _later("tar_archive", "open_xz")),
    "7z": Container((".7z",), _later("seven_zip", "open_7z")),
    "mail": Container((".eml",), _later("mail", "open_mail"), nests=False),
}


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
    """The members of a container, in its order; one that cannot be read carries a failure.

    Raises:
        Nothing: an archive that cannot be opened is one member with a failure.
    """
    return _members(data, task, "", task.limits.nesting, _Budget(task.limits.members))


def _members(data: bytes, task: Task, prefix: str, nesting: int, budget: _Budget) -> Iterator[Member]:
    try:
        for packed in CONTAINERS[kind_of(data) or ""].open(data, task):
            path = prefix + packed.path
            if _is_litter(path):
                continue
            if (over := _over(task, budget)) is not None:
                yield Member(path, failure=over)
                return
            budget.members -= 1
            yield from _member(packed, path, task, nesting, budget)
    except SourceError as error:
        yield Member(prefix.rstrip("/"), failure=error.failure)


def _over(task: Task, budget: _Budget) -> Failure | None:
    """Why nothing more of the archive is read; None if more may be."""
    if task.seconds_left < _TOO_SHORT:
        limit = f"the archive's {task.limits.seconds:,} s are over: this and what follows in it was not read"
        return Failure(FailureCode.TIMEOUT, f"{limit}; --limit seconds=… raises this")
    if budget.members <= 0:
        verb = "is" if task.limits.members == 1 else "are"
        most = counted(task.limits.members, "member")
        return Failure(FailureCode.TOO_LARGE, f"only {most} of an archive {verb} read; --limit members=… raises this")
    return None


def _member(packed: Packed, path: str, task: Task, nesting: int, budget: _Budget) -> Iterator[Member]:
    try:
        data = packed.read()
        budget.unpacked += len(data)
        _check_total(budget, task)
    except SourceError as error:
        yield Member(path, failure=error.failure)
        return
    container = CONTAINERS.get(kind_of(data) or "")
    if container is None:
        yield Member(path, data)
    elif nesting > 0 or not container.nests:
        yield from _members(data, task, f"{path}/", nesting - container.nests, budget)
    else:
        yield Member(path, failure=Failure(FailureCode.TOO_LARGE, _too_deep(task.limits.nesting)))


def _too_deep(nesting: int) -> str:
    if nesting == 0:
        return "archives inside archives are not opened (--limit nesting=0)"
    return f"archives inside archives are opened {nesting} deep; unpack it first, or raise --limit nesting=…"


TOTAL = 16  # times the bytes of one file, for all that an archive unpacks to


def _check_total(budget: _Budget, task: Task) -> None:
    if budget.unpacked > TOTAL * task.limits.bytes:
        message = f"the archive unpacks to more than {TOTAL * task.limits.bytes:,} bytes; --limit bytes=… raises this"
        raise SourceError(FailureCode.TOO_LARGE, message)


def _is_litter(path: str) -> bool:
    return any(path.startswith(litter) or f"/{litter}" in path for litter in _LITTER)
