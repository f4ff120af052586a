"""Runs the command line in a process of its own, and ends it when it has shown nothing for too long."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from selectors import EVENT_READ, DefaultSelector

from killing import environment


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that is over."""

    name: str
    code: int
    stdout: str
    stderr: str
    hung: int = 0
    """The seconds that it had shown nothing for when it was killed; 0 if it ended by itself."""


def run_command(*arguments: str, silent: int) -> Ended:
    """Run a command, and kill it with its children once it shows nothing on both streams for `silent` seconds."""
    process = subprocess.Popen(
        [sys.executable, "-m", "zongji.cli", *arguments],
        env=environment() | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    shown = {process.stdout: bytearray(), process.stderr: bytearray()}
    hung = 0
    with DefaultSelector() as streams:
        for stream in shown:
            streams.register(stream, EVENT_READ)
        last = time.monotonic()
        while streams.get_map():
            for key, _ in streams.select(timeout=1):
                data = os.read(key.fd, 1 << 16)
                shown[key.fileobj] += data
                last = time.monotonic()
                if not data:
                    streams.unregister(key.fileobj)
            if time.monotonic() - last > silent:
                hung = silent
                kill_session(process.pid)
                break
    code = process.wait()
    stdout, stderr = (bytes(data).decode("utf-8", "backslashreplace") for data in shown.values())
    return Ended(arguments[0], code, stdout, stderr, hung)


def kill_session(leader: int) -> None:
    """Kill a process that was started with a session of its own, and its children."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
