"""Locks on folders that the system drops with their process, however that ends: what can be locked was left behind."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def locked(folder: Path) -> int | None:
    """Lock a folder; closing the descriptor unlocks it.

    None if another process has it, such as one in a container with process numbers of its own, or there are no locks.
    """
    with suppress(ImportError, OSError):  # Windows has no such locks, nor have some network file systems
        import fcntl  # noqa: PLC0415

        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            raise
        return handle
    return None
