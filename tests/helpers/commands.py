"""Runs the command line in a process of its own, watches it, and ends it when it has shown nothing for too long."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from selectors import EVENT_READ, DefaultSelector

from killing import environment

_WATCHED = 0.2  # seconds from one look at the memory to the next


@dataclass(frozen=True, slots=True)
class Ended:
    """A command that is over."""

    name: str
    code: int
    stdout: str
    stderr: str
    hung: int = 0
    """The seconds that it had shown nothing for when it was killed; 0 if it ended by itself."""
    seconds: float = 0
    megabytes: float = 0
    """Million bytes resident, at most, in that one of its processes that took most."""


def run_command(*arguments: str, silent: int) -> Ended:
    """Run a command, and kill it with its children once it shows nothing on both streams for `silent` seconds."""
    begun = last = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "zongji.cli", *arguments],
        env=environment() | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    shown = {process.stdout: bytearray(), process.stderr: bytearray()}
    hung, megabytes, looked = 0, 0.0, begun
    with DefaultSelector() as streams:
        for stream in shown:
            streams.register(stream, EVENT_READ)
        while streams.get_map():
            for key, _ in streams.select(timeout=_WATCHED):
                data = os.read(key.fd, 1 << 16)
                shown[key.fileobj] += data
                last = time.monotonic()
                if not data:
                    streams.unregister(key.fileobj)
            if time.monotonic() - looked > _WATCHED:
                megabytes, looked = max(megabytes, _most_of(process.pid)), time.monotonic()
            if time.monotonic() - last > silent:
                hung = silent
                kill_session(process.pid)
                break
    code = process.wait()
    stdout, stderr = (bytes(data).decode("utf-8", "backslashreplace") for data in shown.values())
    return Ended(arguments[0], code, stdout, stderr, hung, time.monotonic() - begun, megabytes)


def _most_of(session: int) -> float:
    """The peak of the process of a session that takes most."""
    peaks = [0.0]
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # it has ended
            status = (process / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            found = re.search(r"VmHWM:\s+(\d+) kB", (process / "status").read_text(encoding="utf-8", errors="replace"))
            if int(status[3]) == session and found:  # proc_pid_stat(5), field 6
                peaks.append(int(found[1]) * 1024 / 1e6)
    return max(peaks)


def kill_session(leader: int) -> None:
    """Kill a process that was started with a session of its own, and its children."""
    with suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)
