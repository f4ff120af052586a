"""The commands around a database: exit codes, messages, logs without text of documents, and stopping."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from imports import EMPTY, OTHER, TEXT, rows, write
from sqlalchemy.exc import SQLAlchemyError
from typer.testing import CliRunner, Result
from zongji.cli import app
from zongji.pipeline.bulk.counts import Tally
from zongji.pipeline.bulk.progress import summary, without_text
from zongji.pipeline.bulk.worker import Outcome, State, Task
from zongji.pipeline.database.errors import DatabaseError

ROOT = Path(__file__).parent.parent


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def bring_in(database: str, *arguments: str | Path) -> Result:
    return run("import", *arguments, "--db", database, "--workers", "0")


@pytest.fixture
def filled(sqlite: str, tmp_path: Path) -> str:
    write(tmp_path, a=TEXT, b=OTHER, c=EMPTY)
    bring_in(sqlite, tmp_path)
    return sqlite


def test_an_import_says_what_it_came_to(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=EMPTY)
    result = bring_in(sqlite, tmp_path)
    assert result.exit_code == 3
    assert result.stdout == ""
    assert "b.txt: failed: contains no document" in result.stderr
    assert re.search(r"2 files in [\d.]+ s: 1 document, 3 figures\n  success +1\n  failed +1", result.stderr)


@pytest.mark.parametrize(
    ("texts", "codes"),
    [({"a": TEXT}, [0, 0]), ({"a": EMPTY}, [1, 0]), ({"a": TEXT, "b": EMPTY}, [3, 0]), ({}, [1, 1])],
)
def test_exit_codes_say_how_it_went(sqlite: str, tmp_path: Path, texts: dict[str, str], codes: list[int]) -> None:
    write(tmp_path, **texts)
    assert [bring_in(sqlite, tmp_path).exit_code for _ in range(2)] == codes


def test_an_unchanged_failure_is_an_error_only_with_strict(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=EMPTY)
    bring_in(sqlite, tmp_path)
    result = bring_in(sqlite, tmp_path)
    assert (result.exit_code, "1 file failed before, unchanged" in result.stderr) == (0, True)
    assert bring_in(sqlite, tmp_path, "--strict").exit_code == 3


def test_an_empty_share_is_named_and_an_error(sqlite: str, tmp_path: Path) -> None:
    for name in ("share", "other"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, a=TEXT if name == "share" else OTHER)
    bring_in(sqlite, tmp_path / "share", tmp_path / "other")
    (tmp_path / "share" / "a.txt").unlink()
    result = bring_in(sqlite, tmp_path / "share", tmp_path / "other")
    assert (result.exit_code, "share: it is empty, although the database knows 1 file" in result.stderr) == (3, True)


def test_many_failures_of_one_kind_are_one_line(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, **{f"b{number:02}": EMPTY + " " * number for number in range(41)}, a=TEXT)
    said = bring_in(sqlite, tmp_path).stderr
    assert said.count("txt: failed: ") == 1
    assert "41 files: failed: contains no document" in said
    assert len(run("status", "--failed", "--db", sqlite).stdout.splitlines()) == 41


def test_every_failure_is_named_on_request(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, b=EMPTY, c=EMPTY + "─")
    said = bring_in(sqlite, tmp_path, "--verbose").stderr
    assert all(f"{name}.txt: failed: " in said for name in "bc")


def test_status_is_json_with_the_counts_of_the_run(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=OTHER, c=EMPTY, d=EMPTY, e=TEXT)
    bring_in(sqlite, tmp_path)
    (tmp_path / "b.txt").unlink()
    bring_in(sqlite, tmp_path)
    found = json.loads(run("status", "--json", "--db", sqlite).stdout)
    assert found["files"] == {"states": {"success": 2, "failed": 2}, "gone": 1, "other_versions": 0}
    assert [kind["files"] for kind in found["failures"]] == [2]
    last, first = found["runs"]
    assert (first["files"], first["read"], first["failed"], first["same_content"]) == (5, 4, 2, 1)
    assert (last["files"], last["unchanged"], last["failed_before"], last["gone"]) == (4, 2, 2, 1)


def test_a_dry_run_says_what_would_be_done_and_touches_nothing(sqlite: str, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write(folder, a=TEXT, b=OTHER)
    assert "read  " in bring_in(sqlite, folder, "--dry-run").stdout
    assert not (tmp_path / "test.db").exists()
    bring_in(sqlite, folder)
    (folder / "a.txt").rename(folder / "z.txt")
    (folder / "b.txt").unlink()
    write(folder, c=TEXT.replace("6期", "7期"))
    before = rows(sqlite, "sources"), rows(sqlite, "runs")
    lines = [json.loads(line) for line in bring_in(sqlite, folder, "--dry-run", "--log-json").stdout.splitlines()]
    steps = {(line["action"], Path(line["path"]).name) for line in lines[:-1]}
    assert steps == {("read", "c.txt"), ("move", "z.txt"), ("gone", "b.txt")}
    assert (lines[-1]["read"], lines[-1]["moved"], lines[-1]["gone"]) == (1, 1, 1)
    assert (rows(sqlite, "sources"), rows(sqlite, "runs")) == before


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["x", "--shard", "3/2"],
        ["x", "--shard", "a"],
        ["x", "--limit", "5"],
        ["x", "--max-files", "0"],
        ["x", "--timeout", "5"],
        ["x", "--memory", "5"],
        ["x", "--scheduler", "tcp://nowhere:1"],
        ["x", "--executor", "dask", "--scheduler", "tcp://nowhere:1"],
        ["x", "--executor", "dask"],
        ["x", "--on-exists", "maybe"],
    ],
)
def test_wrong_usage_exits_with_two(sqlite: str, arguments: list[str]) -> None:
    assert bring_in(sqlite, *arguments).exit_code == 2


@pytest.mark.parametrize("command", [["status"], ["why", "x"], ["search", "x"], ["export", "-o", "x"]])
def test_a_database_that_is_not_there_is_named(tmp_path: Path, command: list[str]) -> None:
    result = run(*command, "--db", f"sqlite:///{tmp_path / 'no.db'}")
    assert (result.exit_code, "no such database" in result.stderr) == (1, True)
    assert not (tmp_path / "no.db").exists()


def test_a_list_that_is_not_there_is_named(sqlite: str, tmp_path: Path) -> None:
    result = bring_in(sqlite, "--file-list", tmp_path / "no")
    assert (result.exit_code, "no such file" in result.stderr) == (2, True)


def test_the_log_holds_facts_and_no_text(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=EMPTY)
    result = bring_in(sqlite, tmp_path, "--log-json")
    lines = [json.loads(line) for line in result.stderr.splitlines()]
    files = {Path(line["path"]).name: (line["state"], line["figures"]) for line in lines if line["event"] == "file"}
    assert files == {"a.txt": ("success", 3), "b.txt": ("failed", 0)}
    assert lines[-1]["states"] == {"success": 1, "failed": 1}
    assert not re.search("[一-鿿]", result.stderr)


def test_an_internal_error_is_logged_without_what_it_quotes() -> None:
    reason = "internal error, please report it with the file: ValueError: 培训农民\n300人"
    assert without_text(reason) == "internal error, please report it with the file: ValueError"


def test_a_summary_has_the_ten_most_frequent_warnings() -> None:
    tally = Tally()
    rows = {"warnings": [("x", 0, None, f"code-{number:02}", "", 0, 0) for number in range(12) for _ in range(number)]}
    tally.add([Outcome(Task("a", "b", 1, "1"), State.SUCCESS, rows=rows)])
    assert re.findall(r"code-\d\d", summary(tally)) == [f"code-{number:02}" for number in range(11, 1, -1)]


def test_status_counts_states_records_and_runs(filled: str) -> None:
    shown = run("status", "--db", filled).stdout
    assert re.search(r"success +2\n +failed +1", shown)
    assert re.search(r"documents +2", shown)
    assert re.search(r"original +2", shown)
    assert "1  done, from" in shown


def test_why_tells_the_story_of_a_file(filled: str, tmp_path: Path) -> None:
    shown = run("why", tmp_path / "a.txt", "--db", filled).stdout
    assert str(tmp_path / "a.txt") in shown
    assert "success" in shown
    assert "text in utf-8" in shown
    assert "临河镇2023年工作总结" in shown
    assert re.search(r"2 sessions", shown)


def test_why_tells_what_a_failure_was(filled: str, tmp_path: Path) -> None:
    assert "because contains no document" in run("why", tmp_path / "c.txt", "--db", filled).stdout


def test_why_sees_that_a_file_has_changed_or_gone(filled: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("anders", encoding="utf-8")
    (tmp_path / "b.txt").unlink()
    assert "the file has changed since" in run("why", tmp_path / "a.txt", "--db", filled).stdout
    assert "the file cannot be read now" in run("why", tmp_path / "b.txt", "--db", filled).stdout


def test_why_knows_a_content_at_another_path(filled: str, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.txt").write_text(TEXT, encoding="utf-8")
    assert (
        "not imported under this path, but its content was"
        in run("why", tmp_path / "elsewhere.txt", "--db", filled).stdout
    )


def test_why_says_that_a_file_is_unknown(filled: str) -> None:
    assert run("why", "nowhere.txt", "--db", filled).exit_code == 1


def test_search_shows_where_words_stand(filled: str, tmp_path: Path) -> None:
    shown = run("search", "讲座", "--db", filled).stdout
    assert str(tmp_path / "b.txt") in shown
    assert "举办讲座12场" in shown


def test_search_says_that_nothing_was_found(filled: str) -> None:
    assert run("search", "气象", "--db", filled).exit_code == 1


def test_export_writes_a_file(filled: str, tmp_path: Path) -> None:
    result = run("export", "--db", filled, "-o", tmp_path / "out.csv", "--bom", "--category", "participants")
    assert "figure_rows: 2 rows" in result.stderr
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfpath,")


def test_export_refuses_an_unknown_category(filled: str) -> None:
    assert run("export", "--db", filled, "-o", "x", "--category", "nonsense").exit_code == 2


def test_export_names_a_target_that_cannot_be_written(filled: str, tmp_path: Path) -> None:
    assert run("export", "--db", filled, "-o", tmp_path / "no" / "out.csv").exit_code == 1


def started(folder: Path, database: str) -> subprocess.Popen[str]:
    """A real import in a process of its own."""
    command = [sys.executable, "-m", "zongji.cli", "import", str(folder), "--db", database, "--workers", "2"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / ".dev")}
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)


def until_something_is_done(folder: Path, database: str) -> None:
    """Wait until the import has written something."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if (folder / "test.db").exists() and ("success",) in _states(database):
            return
        time.sleep(0.02)


def _states(database: str) -> list[tuple[object, ...]]:
    """The states of files; empty until all tables exist."""
    try:
        return rows(database, "files", "state")
    except (DatabaseError, SQLAlchemyError):
        return []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_an_import_in_good_order(sqlite: str, tmp_path: Path, number: signal.Signals) -> None:
    write(tmp_path, **{f"a{index:04}": TEXT.replace("6期", f"{index}期") for index in range(4000)})
    process = started(tmp_path, sqlite)
    until_something_is_done(tmp_path, sqlite)
    process.send_signal(number)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 128 + number
    assert "run the same command to continue" in said
    assert rows(sqlite, "runs", "state") == [("stopped",)]


def test_a_second_ctrl_c_stops_at_once(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, **{f"a{index:04}": TEXT.replace("6期", f"{index}期") for index in range(4000)})
    process = started(tmp_path, sqlite)
    until_something_is_done(tmp_path, sqlite)
    process.send_signal(signal.SIGINT)
    time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert "stopping" in said
