"""Closed or full streams and signals: no traceback, the right exit code, no half output."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from imports import TEXT, write

ROOT = Path(__file__).parent.parent
ENVIRONMENT = os.environ | {"PYTHONPATH": str(ROOT / ".dev")}
COMMAND = [sys.executable, "-m", "zongji.cli"]


def shell(folder: Path, command: str, streams: str) -> subprocess.CompletedProcess[str]:
    write(folder, a=TEXT)
    line = f"{' '.join(COMMAND)} {command} {streams}"
    return subprocess.run(
        ["/bin/bash", "-c", line], check=False, cwd=folder, capture_output=True, text=True, env=ENVIRONMENT
    )


@pytest.mark.parametrize("streams", [">/dev/full", ">&-"])
@pytest.mark.parametrize("command", ["--version", "--help", "schema", "extract a.txt", "restore a.txt"])
def test_results_that_cannot_be_written_are_a_sentence_and_exit_one(tmp_path: Path, command: str, streams: str) -> None:
    done = shell(tmp_path, command, streams)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert "zongji: standard output: cannot be" in done.stderr


@pytest.mark.parametrize("streams", ["2>/dev/full", "2>&-"])
@pytest.mark.parametrize(
    "command", ["--version", "extract a.txt", "import . --db sqlite:///x.db", "import . --db sqlite:///x.db --log-json"]
)
def test_messages_that_cannot_be_written_end_nothing(tmp_path: Path, command: str, streams: str) -> None:
    assert shell(tmp_path, command, streams).returncode == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_no_draft(tmp_path: Path, number: signal.Signals) -> None:
    command = [*COMMAND, "extract", "-", "-o", "x.jsonl"]
    process = subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, env=ENVIRONMENT)
    while not list(tmp_path.iterdir()) and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(number)
    assert process.wait(timeout=20) == 128 + number
    assert list(tmp_path.iterdir()) == []
