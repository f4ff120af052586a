"""File names and texts that a terminal would run or break, and names that are not UTF-8, in every command's output."""

from __future__ import annotations

import json
import os
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import Result
from imports import TEXT, bring_in
from reviewing import Site
from typer.testing import CliRunner
from zongji.cli import app
from zongji.corpus.wording import readable, visible
from zongji.pipeline.sinks import SINKS

HOSTILE = "\x1b[31m计划\n假\u202e行.txt"
UNDECODED = os.fsdecode("a\xff".encode("latin-1") + b".txt")
COMMANDS = [
    ["extract", "NAME"],
    *(["extract", "-f", sink, "NAME"] for sink in SINKS),
    ["restore", "NAME"],
    ["inspect", "NAME"],
    ["lexicon", "NAME"],
    ["trace", "NAME:2"],
    ["report", "NAME"],
    ["import", "NAME"],
    ["why", "NAME"],
    ["search", "NAME"],
    ["export", "-o", "NAME", "--flat"],
    ["evaluate", "NAME"],
    ["train", "--corpus", "NAME"],
    ["import-labels", "NAME"],
    ["review", "--db", "sqlite:///NAME"],
    ["status", "--db", "sqlite:///NAME"],
    ["extract", "--limit", "NAME"],
    ["extract", "--encoding", "NAME", "a"],
    ["extract", "--lexicon", "NAME", "a"],
    ["extract", "--models", "NAME", "a"],
    ["import", "--file-list", "NAME"],
    ["--NAME"],
    ["NAME"],
]


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, list(arguments))


@pytest.mark.parametrize(
    "command",
    [
        *(["extract", "-f", "table"], ["restore"], ["restore", "--explain"], ["inspect"], ["inspect", "--text"]),
        *(["trace"], ["trace", "--all"], ["trace", "--member", "x"], ["lexicon"], ["report"]),
        *(["import", "--workers", "0", "--verbose"], ["import", "--dry-run"]),
    ],
    ids=" ".join,
)
def test_nothing_about_the_members_of_an_archive_holds_what_a_terminal_obeys(place: Path, command: list[str]) -> None:
    with ZipFile(place / "a.zip", "w") as archive:
        archive.writestr(HOSTILE, TEXT)
        archive.writestr(f"broken{HOSTILE}.docx", b"PK\x03\x04")
        archive.writestr(f"empty{HOSTILE}", "")
    done = run(*command, "a.zip")
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert not {"\x1b", "\u202e"} & set(done.stderr + done.stdout)


def test_a_wide_space_is_shown_as_it_is() -> None:
    assert visible("\u3000一、\x1b\u3000") == "\u3000一、\\x1b\u3000"


@pytest.mark.parametrize("exists", [False, True])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_no_message_holds_what_a_terminal_obeys(place: Path, command: list[str], *, exists: bool) -> None:
    if exists:
        (place / HOSTILE).write_text("首页\n", encoding="utf-8")
    done = run(*(part.replace("NAME", HOSTILE) for part in command))
    assert done.exception is None or isinstance(done.exception, SystemExit)
    assert not {"\x1b", "\u202e"} & set(done.stderr + done.stdout)
    assert "\n假" not in done.stderr


@pytest.mark.parametrize("command", [["why", "NAME"], ["search", "培训"], ["inspect", "NAME"]], ids=" ".join)
def test_no_result_for_people_holds_what_a_terminal_obeys(place: Path, command: list[str]) -> None:
    (place / HOSTILE).write_text(TEXT, encoding="utf-8")
    bring_in("sqlite:///zongji.db", place / HOSTILE)
    done = run(*(part.replace("NAME", HOSTILE) for part in command))
    assert done.exit_code == 0
    assert visible(HOSTILE) in done.stdout


@pytest.mark.parametrize(
    "command",
    [
        ["extract", "-f", "jsonl", UNDECODED],
        ["extract", "-f", "csv", UNDECODED],
        ["restore", "--json", UNDECODED],
        ["inspect", "--json", UNDECODED],
        ["trace", "--json", UNDECODED],
        ["search", "培训"],
        ["why", UNDECODED],
        ["extract", "missing", UNDECODED],
        ["export", "-o", "/dev/stdout"],
        ["export", "-f", "jsonl", "-o", "/dev/stdout"],
    ],
    ids=lambda command: " ".join(command[:3]).encode("ascii", "replace").decode(),
)
def test_a_name_that_is_not_utf8_is_shown_in_one_way(
    place: Path, command: list[str], capfd: pytest.CaptureFixture[str]
) -> None:
    (place / UNDECODED).write_text(TEXT, encoding="utf-8")
    bring_in("sqlite:///zongji.db", place / UNDECODED)
    done = run(*command)
    written = done.stdout + capfd.readouterr().out
    assert "a\\xff.txt" in written.replace("\\\\", "\\")
    assert "udcff" not in written


@pytest.mark.parametrize("source", [[UNDECODED], ["sqlite:///zongji.db"]], ids=["files", "database"])
def test_a_report_shows_a_name_that_is_not_utf8_in_that_way(place: Path, source: list[str]) -> None:
    (place / UNDECODED).write_text(TEXT, encoding="utf-8")
    bring_in("sqlite:///zongji.db", place / UNDECODED)
    assert run("report", *source, "-o", "r.html").exit_code == 0
    page = (place / "r.html").read_text(encoding="utf-8")
    assert "a\\xff.txt" in page.replace("\\\\", "\\")
    assert "udcff" not in page


def test_a_review_shows_a_name_that_is_not_utf8_in_that_way(place: Path) -> None:
    (place / UNDECODED).write_text(TEXT, encoding="utf-8")
    bring_in("sqlite:///zongji.db", place / UNDECODED)
    site = Site("sqlite:///zongji.db").enter()
    pages = [site.client.get(path) for path in (site.any_figure(), "/history")]
    assert [page.status_code for page in pages] == [200, 200]
    assert any("a\\xff.txt" in page.text for page in pages)
    assert "udcff" not in "".join(page.text for page in pages)


def test_bytes_that_are_no_text_are_escaped_as_python_escapes_them() -> None:
    assert readable(UNDECODED) == os.fsencode(UNDECODED).decode("utf-8", "backslashreplace")


def test_the_log_of_an_import_is_json_for_every_name(place: Path) -> None:
    (place / UNDECODED).write_text(TEXT, encoding="utf-8")
    done = run("import", "--log-json", "--workers", "0", UNDECODED)
    events = [json.loads(line) for line in done.stderr.splitlines()]
    assert [event["path"] for event in events if "path" in event] == [str(place / "a\\xff.txt")]
