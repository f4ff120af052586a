"""From the paths of a command line to the files of an import; lazy, since a billion names do not fit in memory."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import partial
from itertools import islice
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from zongji.corpus.digests import digest
from zongji.pipeline.reading.walk import LeftOut, Reason, each_once, files_at, unknown_format


@dataclass(frozen=True, slots=True)
class Entry:
    """A file as listed: its absolute path, size and modification time; -1 and 0 if it cannot be read."""

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
    max_files: int | None = None
    shard: tuple[int, int] = (1, 1)
    """The i-th of N parts, by path."""


def path_key(path: str) -> str:
    """The key of an absolute path in the database."""
    return digest(os.fsencode(path))


def entries(selection: Selection, left_out: LeftOut) -> Iterator[Entry]:
    """The selected files, folders in the order of their names; only a path that the file list repeats comes twice.

    Raises:
        OSError: if the file list cannot be read.
    """
    found = (_entry(path) for path in _paths(selection, left_out) if in_shard(path, selection.shard))
    since = selection.since
    recent = found if since is None else _since(found, since * 1e9, left_out)
    return islice(recent, selection.max_files)


def count(selection: Selection) -> int:
    """The number of selected files."""
    ignored = LeftOut()
    if selection.since is None:
        number = sum(1 for path in _paths(selection, ignored) if in_shard(path, selection.shard))
        return number if selection.max_files is None else min(number, selection.max_files)
    return sum(1 for _ in entries(selection, ignored))


def _since(found: Iterator[Entry], nanoseconds: float, left_out: LeftOut) -> Iterator[Entry]:
    for entry in found:
        if entry.modified >= nanoseconds:
            yield entry
        else:
            left_out.add(Reason.SINCE, entry.path)


def _paths(selection: Selection, left_out: LeftOut) -> Iterator[str]:
    """The paths of the selected files; a file given by name is selected, whatever it is called."""
    exclusion = partial(exclusion_of, selection.globs)
    roots = list(each_once(map(os.path.abspath, selection.paths)))
    found = (file for path in roots for file in files_at(path, left_out, exclusion))
    yield from each_once(found) if _overlap(roots) else found
    for path in listed(selection):
        yield from files_at(os.path.abspath(path), left_out, exclusion)


def _overlap(roots: Sequence[str]) -> bool:
    """Whether one of the paths is inside another: only then must the files found be remembered."""
    known = set(roots)
    return any(str(parent) in known for path in roots for parent in Path(path).parents)


def listed(selection: Selection) -> Iterator[str]:
    """The paths in the file list."""
    if selection.file_list is not None:
        with selection.file_list.open("rb") as lines:  # bytes: names need not be UTF-8
            for line in lines:
                if name := line.rstrip(b"\r\n"):
                    yield os.fsdecode(name)


def exclusion_of(globs: Sequence[str], inside: str) -> Reason | None:
    """Why a file of a folder is not selected, by its path inside it."""
    if not globs:
        return unknown_format(inside)
    name = os.path.basename(inside)
    matches = any(fnmatch(inside if "/" in pattern else name, pattern) for pattern in globs)
    return None if matches else Reason.GLOB


def in_shard(path: str, shard: tuple[int, int]) -> bool:
    """Whether a path is in that part."""
    number, of = shard
    return of == 1 or int(path_key(path)[:8], 16) % of == number - 1


def _entry(path: str) -> Entry:
    try:
        stat = os.stat(path)
    except OSError:
        return Entry(path)
    if not (S_ISREG(stat.st_mode) or S_ISDIR(stat.st_mode)):
        return Entry(path)
    return Entry(path, stat.st_size, stat.st_mtime_ns)
