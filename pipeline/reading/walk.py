"""The walk through folders: which files are read, in which order, and what is left out and why.

A file given by name is always read. In a folder, files are read in the order of their names, folder by
folder, if their extension is that of a known format. Links to folders are not followed: they may form a cycle.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from zongji.corpus.wording import counted
from zongji.pipeline.reading.inputs import STANDARD_INPUT
from zongji.pipeline.sources import BINARIES, FORMATS
from zongji.pipeline.sources.archive import CONTAINERS

_LOCKS = ("~$", ".~")  # Word and Excel; WPS and LibreOffice
_SAVED_PAGE = ("_files", ".files")  # browsers' names for the folder next to a saved page
_HEAD = 4096  # bytes of a page that hold its title
_REPORT = "<title>总计报告 zongji report".encode()  # as pipeline/report/report.html.jinja has it
_SHOWN_EXTENSIONS = 5  # or one more: the last one is no longer than "…"
_MOST_EXTENSIONS = 1000  # that are listed by name: names may end in anything
_OTHER = "others"


class Reason(Enum):
    """Why an entry of a folder is left out: its kind, and what a message adds to that."""

    FORMAT = "file", " of unknown format"
    LOCK = "lock file", " (~$…)"
    HIDDEN_FILE = "hidden file", ""
    HIDDEN_FOLDER = "hidden folder", ""
    OWN_REPORT = "report", " made by zongji"
    SAVED_PAGE = "folder", " beside a saved page (…_files)"
    LINKED_FOLDER = "linked folder", ""
    BROKEN_LINK = "broken link", ""
    SPECIAL = "special file", " (pipe, device)"
    GLOB = "file", " not matching --glob"
    SINCE = "file", " older than --since"


@dataclass(slots=True)
class LeftOut:
    """What a walk left out, counted by reason; files of unknown format also by extension."""

    counts: Counter[Reason] = field(default_factory=Counter)
    extensions: Counter[str] = field(default_factory=Counter)

    def add(self, reason: Reason, name: str) -> None:
        """Count a file or folder."""
        self.counts[reason] += 1
        if reason is Reason.FORMAT:
            extension = os.path.splitext(name)[1].lower() or "no extension"
            known = extension in self.extensions or len(self.extensions) < _MOST_EXTENSIONS
            self.extensions[extension if known and extension.isprintable() else _OTHER] += 1

    def line(self) -> str | None:
        """What was left out, as a message; None if nothing was."""
        said = [counted(self.counts[why], why.value[0]) + why.value[1] + self._by_extension(why) for why in self._why()]
        return f"left out {', '.join(said)}" if said else None

    def facts(self) -> dict[str, int]:
        """The counts by reason, for machines."""
        return {reason.name.lower(): self.counts[reason] for reason in self._why()}

    def _why(self) -> list[Reason]:
        return [reason for reason in Reason if self.counts[reason]]

    def _by_extension(self, reason: Reason) -> str:
        if reason is not Reason.FORMAT:
            return ""
        more = len(self.extensions) > _SHOWN_EXTENSIONS + 1
        most = self.extensions.most_common(_SHOWN_EXTENSIONS if more else None)
        return f" ({', '.join(f'{name} {number:,}' for name, number in most)}{', …' if more else ''})"


Exclusion = Callable[[str], Reason | None]
"""Why a file is left out, by its path inside the given folder; None if it is read."""


@cache
def known_extensions() -> frozenset[str]:
    """The extensions of all formats, in lower case, with their dots."""
    texts = (form.extensions for form in FORMATS.values())
    others = (form.extensions for form in BINARIES.values())
    archives = (container.extensions for container in CONTAINERS.values())
    return frozenset().union(*texts, *others, *archives)


def unknown_format(path: str) -> Reason | None:
    """Exclude files without a known extension."""
    return None if os.path.splitext(path)[1].lower() in known_extensions() else Reason.FORMAT


def files_of(paths: Iterable[str], left_out: LeftOut) -> list[str]:
    """The files to read, each once: those given by name, and those found in the given folders."""
    return list(each_once(file for path in each_once(paths) for file in files_at(path, left_out)))


def each_once(paths: Iterable[str]) -> Iterator[str]:
    """The paths without those that lead to the same place as an earlier one."""
    seen = set()
    for path in paths:
        key = path if path == STANDARD_INPUT else os.path.abspath(path)
        if key not in seen:
            seen.add(key)
            yield path


def files_at(path: str, left_out: LeftOut, exclusion: Exclusion = unknown_format) -> Iterator[str]:
    """The file itself, or the files below a folder, one by one."""
    if path == STANDARD_INPUT or not os.path.isdir(path):
        return iter((path,))
    return _below("" if Path(path) == Path() else str(Path(path)), left_out, exclusion)


def _below(root: str, left_out: LeftOut, exclusion: Exclusion) -> Iterator[str]:
    """The files below a folder; a folder that cannot be opened is yielded itself: reading it reports why."""
    inside = len(os.path.join(root, ""))
    waiting = [iter((_Found(root, is_folder=True),))]  # the remaining entries of each folder on the way down
    while waiting:
        found = next(waiting[-1], None)
        if found is None:
            waiting.pop()
            continue
        reason = found.reason
        if reason is None and not found.is_folder:
            reason = exclusion(found.path[inside:]) or _own_report(found.path)
        if reason is not None:
            left_out.add(reason, found.path)
        elif found.is_folder and (children := _children(found.path)) is not None:
            waiting.append(children)
        else:
            yield found.path or os.curdir


def _own_report(path: str) -> Reason | None:
    """Excludes the pages of `zongji report`, which repeat what other files state."""
    if not path.lower().endswith((".html", ".htm")):
        return None
    try:
        with Path(path).open("rb") as stream:
            return Reason.OWN_REPORT if _REPORT in stream.read(_HEAD) else None
    except OSError:
        return None  # reading it reports why


class _Found(NamedTuple):
    """An entry of a folder."""

    path: str
    is_folder: bool = False
    reason: Reason | None = None
    """Why it is left out, regardless of its content."""


def _children(folder: str) -> Iterator[_Found] | None:
    """The entries of a folder, in the order of names; None if it cannot be opened."""
    try:
        with os.scandir(folder or os.curdir) as scanned:
            children = sorted(scanned, key=lambda child: child.name)
    except OSError:
        return None
    return (_found(child, os.path.join(folder, child.name)) for child in children)


def excluded_name(name: str, *, folder: bool) -> Reason | None:
    """Why an entry of a folder is left out because of its name."""
    if folder:
        if name.startswith("."):
            return Reason.HIDDEN_FOLDER
        return Reason.SAVED_PAGE if name.endswith(_SAVED_PAGE) else None
    if name.startswith(_LOCKS):
        return Reason.LOCK
    return Reason.HIDDEN_FILE if name.startswith(".") else None


def _found(child: os.DirEntry[str], path: str) -> _Found:
    is_folder = _is(child.is_dir, follow_symlinks=False)
    reason = excluded_name(child.name, folder=is_folder)
    if is_folder or reason is not None:
        return _Found(path, is_folder and reason is None, reason)
    if _is(child.is_file):
        return _Found(path)
    if _is(child.is_dir):
        return _Found(path, reason=Reason.LINKED_FOLDER)
    return _Found(path, reason=Reason.BROKEN_LINK if child.is_symlink() else Reason.SPECIAL)


def _is(asked: Callable[..., bool], **how: bool) -> bool:
    """The answer; False if the system cannot tell, as for a link to itself."""
    try:
        return asked(**how)
    except OSError:
        return False
