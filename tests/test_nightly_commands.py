"""The nightly import and what tells of it, through the command line; two at once, and one that is killed on the way."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from imports import EMPTY, OTHER, TEXT, bring_in, rows, write
from killing import command, environment
from test_nightly import archive, gone
from typer.testing import CliRunner, Result
from zongji.cli import app

__all__ = ["archive"]  # a fixture

KILLED = """
import os, signal, sys
from zongji.cli import app
from zongji.pipeline.bulk import gone
gone.MOST_KEYS = 4
mark, times = gone._mark, []
def killed(connection, sources):
    mark(connection, sources)
    times.append(1)
    if len(times) == 2:
        os.kill(os.getpid(), signal.SIGKILL)
gone._mark = killed
app(prog_name="zongji", args=sys.argv[1:])
"""


def zongji(*arguments: str | Path, database: str) -> Result:
    return CliRunner().invoke(app, [str(word) for word in arguments], env={"ZONGJI_DB": database})


def night(database: str, *arguments: str | Path) -> Result:
    return zongji("import", *arguments, "--workers", "0", database=database)


def status(database: str) -> dict[str, object]:
    return dict(json.loads(zongji("status", "--json", database=database).stdout))


def test_a_file_that_is_gone_is_listed_and_pruned_on_request(database: str, archive: Path) -> None:
    first, _ = write(archive, a=TEXT, b=OTHER)
    assert night(database, archive).exit_code == 0
    first.unlink()
    assert night(database, archive).exit_code == 0
    assert zongji("status", "--gone", database=database).stdout.splitlines() == [str(first)]
    assert json.loads(zongji("status", "--gone", "--json", database=database).stdout) == {"path": str(first)}
    assert len(rows(database, "documents")) == 2
    assert night(database, archive, "--prune").exit_code == 0
    assert zongji("status", "--gone", database=database).stdout == ""
    assert (len(rows(database, "documents")), len(rows(database, "sources"))) == (1, 1)


def test_a_folder_that_vanished_marks_nothing_unless_told(database: str, archive: Path) -> None:
    write(archive, a=TEXT)
    assert night(database, archive).exit_code == 0
    archive.rename(archive.parent / "away")
    said = night(database, archive)
    assert (said.exit_code, "--vanished does that" in said.output, gone(database)) == (1, True, set())
    night(database, archive, "--vanished")
    assert gone(database) == {"a.txt"}


def test_a_renamed_file_keeps_its_records(database: str, archive: Path) -> None:
    (old,) = write(archive, a=TEXT)
    night(database, archive)
    before = rows(database, "figures")
    new = old.rename(archive / "b.txt")
    said = night(database, archive)
    assert (said.exit_code, rows(database, "figures"), rows(database, "sources", "path")) == (0, before, [(str(new),)])
    assert rows(database, "runs", "id", "read", "moved", "gone")[-1][1:] == (0, 1, 0)


def test_an_unchanged_file_that_failed_is_an_error_only_if_strict(database: str, archive: Path) -> None:
    write(archive, a=TEXT, b=EMPTY)
    codes = [night(database, archive, *options).exit_code for options in ((), (), ("--strict",), ("--retry-failed",))]
    assert codes == [3, 0, 3, 3]


def test_the_counts_of_status_are_those_of_the_run(database: str, archive: Path) -> None:
    files = write(archive, a=TEXT, b=OTHER, c=EMPTY, d=TEXT, e=TEXT.replace("6期", "7期"))
    night(database, archive)
    files[0].rename(archive / "f.txt")
    files[1].unlink()
    night(database, archive)
    found = status(database)
    (run, *_) = found["runs"]  # type: ignore[misc]
    states = found["files"]["states"]  # type: ignore[index]
    assert sum(states.values()) == run["files"] == 4
    assert states["failed"] == run["failed"] + run["failed_before"] == 1
    assert found["files"]["gone"] == run["gone"] == 1  # type: ignore[index]
    assert found["records"]["documents"] + found["records"]["gone_documents"] == len(rows(database, "documents"))  # type: ignore[index]


def test_two_nights_at_once_mark_what_is_gone_once(database: str, archive: Path) -> None:
    files = write(archive, **{f"a{number}": TEXT.replace("6期", f"{number}期") for number in range(12)})
    bring_in(database, archive)
    for path in files[:6]:
        path.unlink()
    files[6].rename(archive / "moved.txt")
    words = command(archive, database, "--workers", "0")
    running = [subprocess.Popen(words, env=environment(), stderr=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120)[1] for process in running]
    assert ([process.returncode for process in running], "Traceback" in "".join(said)) == ([0, 0], False), said
    assert gone(database) == {path.name for path in files[:6]}
    assert (len(rows(database, "sources")), len(rows(database, "documents"))) == (12, 12)
    assert bring_in(database, archive).gone == 0


def test_a_night_that_is_killed_while_it_marks_what_is_gone_is_finished_by_the_next(
    database: str, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("zongji.pipeline.bulk.gone.MOST_KEYS", 4)
    files = write(archive, **{f"a{number:02}": TEXT.replace("6期", f"{number}期") for number in range(12)})
    bring_in(database, archive)
    for path in files[:10]:
        path.unlink()
    words = [sys.executable, "-c", KILLED, *command(archive, database, "--workers", "0")[3:]]
    done = subprocess.run(words, env=environment(), stderr=subprocess.PIPE, check=False)
    assert (done.returncode, len(gone(database))) == (-signal.SIGKILL, 4), done.stderr
    assert bring_in(database, archive).gone == 6
    marks = dict(rows(database, "documents", "sha256", "gone"))
    lying = {sha256 for sha256, mark in rows(database, "sources", "sha256", "gone") if mark is None}
    assert {sha256 for sha256, mark in marks.items() if mark is None} == lying
    assert (len(lying), len(marks)) == (2, 12)
    assert {state for _, state in rows(database, "runs", "id", "state")} == {"done", "killed"}
