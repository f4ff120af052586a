"""Where an import looks: which known files it would find if they were still there."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from stat import S_ISREG

from zongji.pipeline.bulk.discovery import Selection, exclusion_of, in_shard, listed
from zongji.pipeline.reading.walk import each_once, excluded_name


@dataclass(slots=True)
class Search:
    """Where a selection looks. In a folder that is missing or empty it sees nothing: the share may not be mounted."""

    selection: Selection
    vanished: bool = False
    """Files of such a folder are gone, too."""
    folders: tuple[str, ...] = field(init=False)
    unseen: dict[str, str] = field(default_factory=dict)
    """The given folders in which nothing can be seen, each with the reason."""

    def __post_init__(self) -> None:
        """Look at the folders."""
        given = [path for path in self._named() if os.path.isdir(path)]
        missing = [path for path in map(os.path.abspath, self.selection.paths) if not os.path.lexists(path)]
        self.folders = tuple(each_once([*given, *missing]))
        self.unseen = {} if self.vanished else {folder: why for folder in self.folders if (why := unseen(folder))}

    def holds(self, path: str, modified: int) -> bool:
        """True for a path that it would find as a file, last changed at that time."""
        since = self.selection.since
        if not in_shard(path, self.selection.shard) or (since is not None and modified < since * 1e9):
            return False
        return any(self._finds(folder, path) for folder in self.folders if folder not in self.unseen)

    def missing(self) -> Iterator[str]:
        """The paths given by name at which there is no file, where their folder can be seen."""
        for path in self._named():
            folder = os.path.dirname(path)
            if not os.path.isdir(path) and is_gone(path) and (self.vanished or unseen(folder) is None):
                yield path

    def _named(self) -> Iterator[str]:
        yield from map(os.path.abspath, self.selection.paths)
        yield from map(os.path.abspath, listed(self.selection))

    def _finds(self, folder: str, path: str) -> bool:
        start = os.path.join(folder, "")
        if not path.startswith(start):
            return False
        inside = path[len(start) :]
        *above, name = PurePath(inside).parts
        if any(excluded_name(part, folder=True) for part in above) or excluded_name(name, folder=False):
            return False
        parents = [os.path.join(folder, *above[: number + 1]) for number in range(len(above))]
        return exclusion_of(self.selection.globs, inside) is None and not any(map(os.path.islink, parents))


def unseen(folder: str) -> str | None:
    """Why a folder tells nothing of what is gone from it; None if it does."""
    try:
        with os.scandir(folder) as entries:
            return None if any(not entry.name.startswith(".") for entry in entries) else "it is empty"
    except FileNotFoundError:
        return "it is not there"
    except OSError as error:
        return f"it cannot be opened: {error.strerror or error}"


def is_gone(path: str) -> bool:
    """True if there is no file; not where that cannot be told, as in a folder that cannot be opened."""
    try:
        return not S_ISREG(os.stat(path).st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError as error:
        return error.errno == errno.ELOOP
