"""LibreOffice leaves nothing when what started it is stopped or killed; a full or missing /tmp is told."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import namedtuple
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from killing import environment
from zongji.corpus.labels import FailureCode
from zongji.pipeline.reading.reader import extract_bytes
from zongji.pipeline.sources import libreoffice, programs, scratch

RTF = rb"{\rtf1\ansi 2023 }"
HANGING = '#!/bin/sh\necho x > "$TMPDIR/left-$$"\n(exec sleep {seconds}) &\nexec sleep {seconds}\n'
"""A program that writes a temporary file, has a child, and never ends."""
Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with an empty one for temporary files, `tmp`, and files that need programs."""
    (tmp_path / "tmp").mkdir()
    (tmp_path / "bin").mkdir()
    (tmp_path / "a.rtf").write_bytes(RTF)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)
    scratch._own.cache_clear()
    libreoffice._profile.cache_clear()
    yield tmp_path
    scratch._own.cache_clear()
    libreoffice._profile.cache_clear()
    programs.found.cache_clear()


def program(place: Path, name: str, script: str) -> None:
    """Put a program in front of those that are installed."""
    path = place / "bin" / name
    path.write_text(script)
    path.chmod(0o755)


def begun(place: Path, command: str, seconds: str) -> subprocess.Popen[bytes]:
    """Start a command, and wait until its program hangs."""
    path = {"PATH": f"{place / 'bin'}:{os.environ['PATH']}"}
    process = subprocess.Popen([sys.executable, "-m", "zongji", *command.split()], env=environment() | path)
    until(lambda: running(seconds) == 2)
    return process


def running(seconds: str) -> int:
    command = ("pgrep", "-cxf", f"sleep {seconds}")
    found = subprocess.run(command, capture_output=True, check=False)
    return int(found.stdout)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    assert holds()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_program_and_its_files_are_gone_when_the_command_is(place: Path, number: signal.Signals) -> None:
    seconds = f"95.{number.value}"
    program(place, "soffice", HANGING.format(seconds=seconds))
    process = begun(place, "extract a.rtf -f csv -o x.csv", seconds)
    process.send_signal(number)
    process.communicate(timeout=60)
    until(lambda: running(seconds) == 0)
    if number == signal.SIGKILL:
        time.sleep(0.5)  # the reader's process notices
        scratch.remove_abandoned()
    until(lambda: not list((place / "tmp").iterdir()))
    assert not (place / "x.csv").exists()


def test_a_program_that_is_late_leaves_no_files(place: Path) -> None:
    program(place, "soffice", HANGING.format(seconds="96.25"))
    path = {"PATH": f"{place / 'bin'}:{os.environ['PATH']}"}
    command = [sys.executable, "-m", "zongji", "extract", "a.rtf", "--limit", "seconds=2"]
    done = subprocess.run(command, env=environment() | path, capture_output=True, text=True, check=False)
    assert (done.returncode, "--limit seconds=… raises this" in done.stderr) == (1, True), done.stderr
    until(lambda: running("96.25") == 0)
    assert not list((place / "tmp").iterdir())


def test_a_full_disk_for_temporary_files_is_told_when_a_program_fails(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(place, "soffice", "#!/bin/sh\nexit 1\n")
    monkeypatch.setenv("PATH", f"{place / 'bin'}:{os.environ['PATH']}")
    programs.found.cache_clear()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1 << 20, 1 << 20, 0))
    failure = extract_bytes(RTF).failure
    assert failure is not None
    assert failure.code is FailureCode.UNREADABLE
    assert f"{place / 'tmp'} does not take them: {os.strerror(errno.ENOSPC)}; make room there" in failure.message


def test_a_missing_folder_for_temporary_files_is_told(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(place, "soffice", "#!/bin/sh\nexit 1\n")
    monkeypatch.setenv("PATH", f"{place / 'bin'}:{os.environ['PATH']}")
    programs.found.cache_clear()
    monkeypatch.setattr(tempfile, "tempdir", str(place / "nowhere"))
    failure = extract_bytes(RTF).failure
    assert failure is not None
    assert f"{place / 'nowhere'} does not take them: No such file or directory" in failure.message


def test_sockets_of_killed_instances_go_and_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "_SOCKETS", tmp_path)
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    name = f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_"
    sockets = [socket.socket(socket.AF_UNIX) for _ in range(3)]
    for kind, one in zip(("dead", "live", "new"), sockets, strict=True):
        one.bind(name + kind)
        os.utime(name + kind, (0, 0)) if kind != "new" else None
    sockets[1].listen()
    monkeypatch.setattr(libreoffice, "_SOCKETS", Path())
    libreoffice._remove_dead_sockets()
    assert sorted(path.name.removeprefix(name) for path in tmp_path.iterdir()) == ["live", "new"]
    for one in sockets:
        one.close()
