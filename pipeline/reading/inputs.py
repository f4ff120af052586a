"""From the paths of a command line to files and their bytes: folders walked, archives unpacked, `-` standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Failure
from zongji.pipeline.sources import BINARIES, FORMATS, Limits, SourceError
from zongji.pipeline.sources.archive import EXTENSIONS as ARCHIVES
from zongji.pipeline.sources.archive import members
from zongji.pipeline.sources.detect import ZIP, kind_of
from zongji.pipeline.sources.limits import Task

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True)
class Blob:
    """The bytes of a file, or of a member of an archive, or the reason why they cannot be had."""

    path: str
    data: bytes = b""
    failure: Failure | None = None
    member: str | None = None


def files_of(paths: Sequence[str]) -> list[str]:
    """The files to read: each named file, and in folders every file with an extension that a format names, sorted."""
    return [file for path in paths for file in _files(path)]


def known_extensions() -> frozenset[str]:
    """The extensions that a format names, in small letters, with their dots."""
    texts = (form.extensions for form in FORMATS.values())
    others = (form.extensions for form in BINARIES.values())
    return frozenset(ARCHIVES).union(*texts, *others)


def _files(path: str) -> Iterator[str]:
    if path == STANDARD_INPUT or not Path(path).is_dir():
        yield path
        return
    extensions = known_extensions()
    for found in sorted(Path(path).rglob("*")):
        if found.suffix.lower() in extensions and found.is_file() and not _is_hidden(found, path):
            yield str(found)


def _is_hidden(found: Path, root: str) -> bool:
    """What begins with a dot, the lock files (`~$…`) that Word leaves, and what browsers save beside a page."""
    *folders, name = found.relative_to(root).parts
    return (
        name.startswith(("~$", "."))
        or any(folder.startswith(".") for folder in folders)
        or any(folder.endswith(("_files", ".files")) for folder in folders)
    )


def blob_of(path: str, limits: Limits) -> Blob:
    """The bytes of a file, or of standard input for `-`."""
    try:
        data = standard_input(limits.bytes) if path == STANDARD_INPUT else _bytes_of(Path(path), limits)
    except OSError as error:
        return Blob(path, failure=Failure(FailureCode.UNREADABLE, f"cannot be read: {error.strerror or error}"))
    except SourceError as error:
        return Blob(path, failure=error.failure)
    return Blob(path, data)


def _bytes_of(path: Path, limits: Limits) -> bytes:
    Task(limits=limits).check_size(path.stat().st_size)
    return path.read_bytes()


def blobs_of(path: str, limits: Limits) -> Iterator[Blob]:
    """A file, or the members of an archive. The members are unpacked one by one, as they are asked for."""
    blob = blob_of(path, limits)
    return blobs_in(blob.data, path, limits) if blob.failure is None else iter((blob,))


def blobs_in(data: bytes, path: str, limits: Limits) -> Iterator[Blob]:
    """The same for bytes at hand."""
    if not data.startswith(ZIP) or kind_of(data) != "zip":
        yield Blob(path, data)
        return
    found = False
    for member in members(data, Task(path, limits)):
        found = True
        yield Blob(path, member.data, member.failure, member.path or None)
    if not found:
        yield Blob(path, failure=Failure(FailureCode.EMPTY, "it is an archive without any file in it"))


def standard_input(most: int) -> bytes:
    """The bytes of standard input, one more than `most` at the utmost."""
    return sys.stdin.buffer.read(most + 1)
