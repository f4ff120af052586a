"""A word to the user while a database is locked by another program."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Timer

_AFTER = 1.5  # seconds


@contextmanager
def saying_if_waiting(what: str) -> Iterator[None]:
    """Say on standard error what is waited for, if entering the block's statements takes longer than a moment."""
    timer = Timer(_AFTER, _say, (what,))
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _say(what: str) -> None:
    with suppress(OSError, ValueError):  # standard error may be closed
        sys.stderr.write(f"zongji: waiting for {what}, which another program is writing\n")
        sys.stderr.flush()
