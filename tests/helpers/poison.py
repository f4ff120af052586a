"""Work that fails if a file's text says so. In a separate module, for workers to import."""

from __future__ import annotations

import ctypes
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

from zongji.pipeline.bulk.worker import Outcome, State, Task
from zongji.pipeline.bulk.worker import work as read


def work(task: Task) -> Outcome:
    """The real work, or the failure named by the file's first word."""
    word = Path(task.path).read_text(encoding="utf-8").split()[0]
    if word == "exit":
        os._exit(7)
    if word == "segfault":
        ctypes.string_at(0)
    if word == "killed":
        os.kill(os.getpid(), signal.SIGKILL)
    if word == "hang":
        while True:
            pass
    if word == "memory":
        bytearray(64 * 1024**3)
    if word == "raise":
        message = "not for a worker to raise"
        raise RuntimeError(message)
    return read(task) if word != "quick" else quick(task)


def quick(task: Task) -> Outcome:
    """An empty result, at no cost."""
    return Outcome(task, State.SUCCESS)


def slow(task: Task) -> Outcome:
    """Nothing found, after a while."""
    time.sleep(0.05)
    return replace(quick(task), milliseconds=50)
