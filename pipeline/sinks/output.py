"""Outputs that destroy nothing: a draft in a hidden folder next to the target, moved over it once complete.

On any failure the old file stays and the draft is removed; that of a killed process goes when the next one writes
there. Pipes, devices and standard output are written directly.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from zongji.corpus.locks import locked

_HIDDEN = ".zongji-"  # the beginning of the hidden folder's name
_PREFIX = f"{_HIDDEN}draft-"
_UNLOCKED = f"{_HIDDEN}new-"  # before it is locked
_MANY = 100  # files; more are written to disk by one sync of the system instead of one each


@dataclass(slots=True)
class Draft:
    """What is written in place of a target."""

    path: Path
    dropped: bool = False

    def drop(self) -> None:
        """Leave the target as it was: there is nothing to write."""
        self.dropped = True


@contextmanager
def replacing(target: Path) -> Iterator[Draft]:
    """A file to write, which replaces `target` at the end; after an exception the target is as it was.

    A link is followed: what it leads to is replaced.

    Raises:
        OSError: naming the target, if it cannot be written.
    """
    with _naming(target):
        if is_special(target):
            yield Draft(target)
            return
        final = Path(os.path.realpath(target))
        if final.is_dir():
            raise _error(errno.EISDIR, target)
        if final.exists() and not os.access(final, os.W_OK):
            raise _error(errno.EACCES, target)
        with _hidden_folder(final.parent) as folder:
            draft = Draft(folder / final.name)
            yield draft
            if not draft.dropped:
                _sync(draft.path)
                _move(draft.path, final)
                _sync(final.parent)


@contextmanager
def replacing_folder(target: Path, *, last: str = "", stale: Collection[str] = ()) -> Iterator[Draft]:
    """A folder of files to write, which becomes `target` at the end; in an existing folder, other files stay.

    There, the file named `last` is replaced after all others, and `stale` ones that were not written again are removed.

    Raises:
        OSError: naming the target, if it cannot be written.
    """
    with _naming(target):
        final = Path(os.path.realpath(target))
        if final.exists() and not final.is_dir():
            raise _error(errno.ENOTDIR, target)
        with _parents(final), _hidden_folder(final if final.exists() else final.parent) as folder:
            draft = Draft(folder / final.name)
            draft.path.mkdir()
            yield draft
            if not draft.dropped:
                _sync_all(draft.path)
                _move_folder(draft.path, final, last, stale)


def is_special(target: Path) -> bool:
    """True for what cannot be replaced: a pipe, a device, or the file that is this program's standard output."""
    try:
        found = target.stat()
    except OSError:
        return False
    return not (stat.S_ISREG(found.st_mode) or stat.S_ISDIR(found.st_mode)) or _is_open(found)


def _is_open(found: os.stat_result) -> bool:
    for number in (1, 2):
        with suppress(OSError):  # closed
            if os.path.samestat(found, os.fstat(number)):
                return True
    return False


@contextmanager
def _hidden_folder(parent: Path) -> Iterator[Path]:
    _remove_abandoned(parent)
    folder, lock = Path(tempfile.mkdtemp(prefix=_UNLOCKED, dir=parent)), None
    try:
        lock = locked(folder)
        folder = folder.rename(parent / folder.name.replace(_UNLOCKED, _PREFIX))
        yield folder
    finally:
        _remove(folder, lock)


def _remove_abandoned(parent: Path) -> None:
    """Remove the drafts of processes that were killed."""
    with suppress(OSError):
        for found in parent.glob(f"{_PREFIX}*"):
            if (lock := locked(found)) is not None:
                _remove(found, lock)


def _remove(folder: Path, lock: int | None) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    if lock is not None:
        os.close(lock)


@contextmanager
def _parents(final: Path) -> Iterator[None]:
    """Make the folders above; those that stay empty are removed again."""
    missing = [folder for folder in final.parents if not folder.exists()]
    final.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield
    finally:
        for folder in missing:
            with suppress(OSError):  # in use now
                folder.rmdir()


@contextmanager
def _naming(target: Path) -> Iterator[None]:
    """Name the target in errors, not the draft or what a link leads to."""
    try:
        yield
    except OSError as error:
        name = None if error.filename is None else os.fsdecode(error.filename)
        if name is not None and _HIDDEN not in name and name != os.path.realpath(target):
            raise
        raise OSError(error.errno, error.strerror or str(error), str(target)) from error


def _error(number: int, target: Path) -> OSError:
    return OSError(number, os.strerror(number), str(target))


def _move(draft: Path, final: Path) -> None:
    with suppress(FileNotFoundError):
        draft.chmod(stat.S_IMODE(final.stat().st_mode))
    draft.replace(final)


def _move_folder(draft: Path, final: Path, last: str, stale: Collection[str]) -> None:
    if not final.exists():
        draft.rename(final)
        _sync(final.parent)
        return
    names = sorted(path.name for path in draft.iterdir())
    for name in names:
        if (final / name).is_dir():
            raise _error(errno.EISDIR, final / name)
    for name in sorted(names, key=lambda name: name == last):
        _move(draft / name, final / name)
    for name in set(stale).difference(names):
        (final / name).unlink(missing_ok=True)
    _sync(final)


def _sync_all(folder: Path) -> None:
    paths = list(folder.iterdir())
    if len(paths) > _MANY:
        os.sync()
        return
    for path in paths:
        _sync(path)


def _sync(path: Path) -> None:
    """Wait until a file or folder is on the disk; some file systems cannot do that for folders."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError:
        if not path.is_dir():
            raise
    finally:
        os.close(descriptor)
