"""Temporary files and the programs that use them are gone after every kind of end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from zongji.corpus.labels import FailureCode
from zongji.corpus.locks import locked
from zongji.pipeline.sources import programs, scratch
from zongji.pipeline.sources.reading import SourceError

BUSY = """
import sys
from zongji.pipeline.sources import programs, scratch
with scratch.folder() as folder:
    (folder / "file").write_text("x")
    print("ready", flush=True)
    programs.run(("sh", "-c", "sleep {number} & exec sleep {number}"), seconds=60)
"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An own folder for temporary files."""
    made = tmp_path / "tmp"
    made.mkdir()
    monkeypatch.setenv("TMPDIR", str(made))
    monkeypatch.setattr(tempfile, "tempdir", None)
    scratch._own.cache_clear()
    yield made
    scratch._own.cache_clear()


def _busy(number: str) -> subprocess.Popen[str]:
    script = BUSY.replace("{number}", number)
    process = subprocess.Popen(
        (sys.executable, "-c", script), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    _until(lambda: _running(number) == 2)
    return process


def _running(number: str) -> int:
    """How many processes sleep for this time, which is that of one test: others may run beside it."""
    command = ("pgrep", "-cxf", f"sleep {number}")
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(found.stdout)


def _until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not holds() and time.monotonic() < end:
        time.sleep(0.05)
    assert holds()


def test_a_block_leaves_no_files(place: Path) -> None:
    with scratch.folder() as folder:
        assert folder.is_relative_to(place)
    assert not folder.exists()


def test_an_exception_leaves_no_files(place: Path) -> None:
    with pytest.raises(ZeroDivisionError), scratch.folder() as folder:
        raise ZeroDivisionError
    assert folder.is_relative_to(place)
    assert not folder.exists()


def test_ctrl_c_leaves_no_files_and_no_programs(place: Path) -> None:
    process = _busy(f"91.{os.getpid()}")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    _until(lambda: _running(f"91.{os.getpid()}") == 0)
    assert not list(place.iterdir())


@pytest.mark.parametrize("number", ["SIGTERM", "SIGALRM", "SIGKILL"])
def test_a_killed_process_leaves_no_programs_and_the_next_one_removes_its_files(place: Path, number: str) -> None:
    seconds = f"92.{signal.Signals[number].value}{os.getpid()}"
    process = _busy(seconds)
    process.send_signal(signal.Signals[number])
    process.communicate(timeout=60)
    _until(lambda: _running(seconds) == 0)
    assert list(place.iterdir())
    scratch.remove_abandoned()
    assert not list(place.iterdir())


def test_the_files_of_a_living_process_stay(place: Path) -> None:
    process = _busy(f"93.{os.getpid()}")
    try:
        scratch.remove_abandoned()
        assert list(place.iterdir())
    finally:
        process.kill()
        process.communicate()


def test_the_files_of_a_process_that_only_seems_dead_stay(place: Path) -> None:
    """In a container, processes have other numbers."""
    kept = place / "zongji-999999999-kept"
    kept.mkdir()
    lock = locked(kept)
    scratch.remove_abandoned()
    assert kept.exists()
    assert lock is not None
    os.close(lock)
    scratch.remove_abandoned()
    assert not kept.exists()


def test_a_program_that_is_late_ends_with_its_children() -> None:
    seconds = f"94.{os.getpid()}"
    with pytest.raises(SourceError):
        programs.run(("sh", "-c", f"sleep {seconds} & exec sleep {seconds}"), seconds=0.3)
    _until(lambda: _running(seconds) == 0)


def test_a_program_that_cannot_be_started_says_so(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="nothing cannot be started") as caught:
        programs.run((str(tmp_path / "nothing"),), seconds=5)
    assert caught.value.failure.code is FailureCode.MISSING_PROGRAM


def test_no_place_for_temporary_files_is_a_failure_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    scratch._own.cache_clear()
    monkeypatch.setattr(tempfile, "tempdir", "/proc/none")
    with (
        pytest.raises(SourceError, match=r"/proc/none does not take them.*set TMPDIR to another folder"),
        scratch.folder(),
    ):
        pass


def test_a_full_disk_is_a_failure_with_advice(place: Path) -> None:
    with pytest.raises(SourceError, match=f"{place}.*No space left"), scratch.folder():
        Path("/dev/full").write_text("x")
