"""SIGTERM and SIGHUP end a command as an exception does, so that drafts are removed; exit with 128 and the signal.

`zongji import` has its own handlers while it runs, which end it gracefully.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

_SIGNALS = ("SIGTERM", "SIGHUP")  # Windows has no SIGHUP


@contextmanager
def ending_in_good_order() -> Iterator[None]:
    """Turn the signals into SystemExit; one that is ignored, as under nohup, stays so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    owner = os.getpid()

    def end(number: int, _: object) -> NoReturn:
        if os.getpid() != owner:  # a forked worker has nothing to clean up
            os._exit(128 + number)
        raise SystemExit(128 + number)

    caught = [getattr(signal, name) for name in _SIGNALS if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in caught}
    for number, handler in before.items():
        if handler == signal.SIG_DFL:
            signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
