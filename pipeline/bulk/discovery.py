"""From the paths of a command line to the files of an import, lazily: a billion names do not fit in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from itertools import islice
from pathlib import Path

from zongji.corpus.digests import digest
from zongji.pipeline.reading.inputs import known_extensions


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as listed: its absolute path, size and modification time; -1 and 0 if it cannot be accessed."""

    path: str
    bytes: int = -1
    modified: int = 0

    @property
    def key(self) -> str:
        """The key of its path in the database."""
        return path_key(self.path)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which files to import."""

    paths: Sequence[str] = ()
    file_list: Path | None = None
    """A file with one path per line."""
    globs: Sequence[str] = ()
    """Patterns for names, or for paths if they have a slash; if empty, the known extensions."""
    since: float | None = None
    """Unix time; only files modified then or later."""
    limit: int | None = None
    shard: tuple[int, int] = (1, 1)
    """The i-th of N parts, by path."""
    extensions: frozenset[str] = field(default_factory=known_extensions)


def path_key(path: str) -> str:
    """The key of an absolute path in the database."""
    return digest(os.fsencode(path))


def entries(selection: Selection) -> Iterator[Entry]:
    """The selected files, folders in the order of their names; a path given twice comes twice.

    Raises:
        OSError: if the file list cannot be read.
    """
    found = (_entry(path) for path in _paths(selection) if _in_shard(path, selection.shard))
    since = selection.since
    recent = (entry for entry in found if since is None or entry.modified >= since * 1e9)
    return islice(recent, selection.limit)


def count(selection: Selection) -> int:
    """The number of selected files."""
    if selection.since is None:
        number = sum(1 for path in _paths(selection) if _in_shard(path, selection.shard))
        return number if selection.limit is None else min(number, selection.limit)
    return sum(1 for _ in entries(selection))


def _paths(selection: Selection) -> Iterator[str]:
    for path in selection.paths:
        yield from _below(os.path.abspath(path), selection)
    if selection.file_list is not None:
        with selection.file_list.open("rb") as lines:  # bytes: names need not be UTF-8
            for line in lines:
                if name := line.rstrip(b"\r\n"):
                    yield from _below(os.path.abspath(os.fsdecode(name)), selection)


def _below(path: str, selection: Selection) -> Iterator[str]:
    """A file that was named explicitly; of a folder, the files that match."""
    if not os.path.isdir(path):
        yield path
        return
    yield from (found for found in _walk(path) if _is_meant(found, path, selection))


def _walk(folder: str) -> Iterator[str]:
    """The files below a folder, without hidden ones; links to folders are not followed, they may form a cycle."""
    try:
        with os.scandir(folder) as scanned:
            children = sorted(scanned, key=lambda child: child.name)
    except OSError:
        yield folder  # reading it will fail and say why
        return
    for child in children:
        if child.name.startswith("."):
            continue
        if child.is_dir(follow_symlinks=False):
            yield from _walk(child.path)
        elif child.is_file():
            yield child.path


def _is_meant(path: str, root: str, selection: Selection) -> bool:
    name = os.path.basename(path)
    if not selection.globs:
        return os.path.splitext(name)[1].lower() in selection.extensions
    inside = os.path.relpath(path, root)
    return any(fnmatch(inside if "/" in pattern else name, pattern) for pattern in selection.globs)


def _in_shard(path: str, shard: tuple[int, int]) -> bool:
    number, of = shard
    return of == 1 or int(path_key(path)[:8], 16) % of == number - 1


def _entry(path: str) -> Entry:
    try:
        stat = os.stat(path)
    except OSError:
        return Entry(path)
    return Entry(path, stat.st_size, stat.st_mtime_ns)
