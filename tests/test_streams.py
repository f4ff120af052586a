"""Closed or full streams and signals: no traceback, the right exit code, no half output."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from imports import TEXT, bring_in, write
from typer.testing import CliRunner
from zongji.cli import app

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


GOLD = "{doc plan}\n{title}青石县科协2023年计划{/}\n{tasks}走访{/}困难户[3户 households 3 planned]。\n{/doc}\n"
DATABASE = "--db sqlite:///d.db"
"""Of the folder that `stored` makes."""


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a text, an annotated one, a database and labels."""
    folder = tmp_path_factory.mktemp("stored")
    write(folder, a=TEXT)
    (folder / "gold").mkdir()
    (folder / "gold" / "one.txt").write_text(GOLD, encoding="utf-8")
    database = f"sqlite:///{folder}/d.db"
    bring_in(database, folder / "a.txt")
    labels = CliRunner().invoke(
        app, ["export", "--db", database, "-f", "labelstudio", "-o", str(folder / "labels.json")]
    )
    assert labels.exit_code == 0
    return folder


@pytest.mark.parametrize(
    "command",
    [
        *("inspect a.txt", "trace a.txt", "lexicon a.txt", "doctor", "evaluate gold"),
        *(
            f"status {DATABASE}",
            f"why {DATABASE} a.txt",
            f"search {DATABASE} 培训",
            f"export {DATABASE} -o /dev/stdout",
        ),
    ],
)
def test_every_command_tells_of_results_that_cannot_be_written(stored: Path, command: str) -> None:
    done = shell(stored, command, ">/dev/full")
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    assert "No space left on device" in done.stderr


@pytest.mark.parametrize("command", ["extract a.txt -f jsonl", "schema", "trace a.txt --json"])
def test_a_reader_that_goes_away_ends_a_command_without_a_traceback(stored: Path, command: str) -> None:
    done = shell(stored, command, "| true; exit ${PIPESTATUS[0]}")
    assert (done.returncode in {0, 1}, "Traceback" in done.stderr) == (True, False), done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "report a.txt -o r.html",
        f"export {DATABASE} -o x.csv",
        f"import-labels {DATABASE} labels.json",
        f"import a.txt --force --dry-run {DATABASE}",
    ],
)
def test_every_command_goes_on_where_its_messages_cannot_be_written(stored: Path, command: str) -> None:
    assert shell(stored, command, "2>/dev/full").returncode == 0


@pytest.mark.parametrize("command", ["extract nowhere.txt", "extract --nonsense", f"why {DATABASE} nowhere.txt"])
def test_a_failure_keeps_its_code_where_nothing_can_be_written(stored: Path, command: str) -> None:
    assert shell(stored, command, ">/dev/full 2>/dev/full").returncode == (2 if "--nonsense" in command else 1)


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
    assert process.wait(timeout=60) == 128 + number
    assert list(tmp_path.iterdir()) == []
