"""Every command finds the same files in a folder, in the same order, and says what it left out."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from conftest import DEEP
from imports import TEXT, bring_in, rows
from typer.testing import CliRunner
from zongji.cli import app
from zongji.corpus.wording import counted
from zongji.pipeline.bulk.discovery import Selection, entries
from zongji.pipeline.reading import walk
from zongji.pipeline.reading.walk import LeftOut, Reason, files_at, files_of

FOUND = ["a/b.txt", "a/c.md", "a.txt", "b.TXT"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with something of every kind in it."""
    for number, name in enumerate(
        (*FOUND, "a/x.bak", "b.xml", "c.bak", "d", "~$b.docx", ".~b.docx", ".hidden.txt", ".git/a.txt")
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT.replace("6期", f"{number}期"), encoding="utf-8")
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "p.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "a" / "up").symlink_to(tmp_path)
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    (tmp_path / "gone.txt").symlink_to("nowhere")
    os.mkfifo(tmp_path / "pipe.txt")
    return tmp_path


def relative(files: list[str], folder: Path) -> list[str]:
    return [str(Path(file).relative_to(folder)) for file in files]


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    return result.exit_code, result.stdout, result.stderr


def test_files_are_found_folder_by_folder_in_the_order_of_their_names(folder: Path) -> None:
    assert relative(files_of([str(folder)], LeftOut()), folder) == FOUND


def test_the_import_finds_what_extract_finds(folder: Path) -> None:
    found = [entry.path for entry in entries(Selection(paths=(str(folder),)), LeftOut())]
    assert relative(found, folder) == FOUND


def test_a_file_named_twice_is_read_once_in_its_first_place(folder: Path) -> None:
    named = [str(folder / "a.txt"), str(folder), str(folder / "a"), f"{folder}/a/../a.txt", "-", "-"]
    wanted = ["a.txt", "a/b.txt", "a/c.md", "b.TXT"]
    assert files_of(named, LeftOut()) == [*(str(folder / name) for name in wanted), "-"]
    found = [entry.path for entry in entries(Selection(paths=named[:4]), LeftOut())]
    assert relative(found, folder) == wanted


@pytest.mark.parametrize(("number", "said"), [(6, ".0 1, .1 1, .2 1, .3 1, .4 1, .5 1)"), (7, ".4 1, …)")])
def test_a_sixth_extension_is_shown_instead_of_an_ellipsis(number: int, said: str) -> None:
    left_out = LeftOut()
    for extension in range(number):
        left_out.add(Reason.FORMAT, f"a.{extension}")
    assert str(left_out.line()).endswith(said)


def test_what_is_left_out_is_counted_by_reason_and_extension(folder: Path) -> None:
    left_out = LeftOut()
    files_of([str(folder)], left_out)
    assert left_out.line() == (
        "left out 4 files of unknown format (.bak 2, .xml 1, no extension 1), 2 lock files (~$…), 1 hidden file, "
        "1 hidden folder, 1 folder beside a saved page (…_files), 1 linked folder, 2 broken links, "
        "1 special file (pipe, device)"
    )


def test_nothing_is_said_where_nothing_is_left_out() -> None:
    assert LeftOut().line() is None


def test_a_file_that_is_named_is_read_whatever_it_is_called(folder: Path) -> None:
    named = [str(folder / name) for name in ("c.bak", "~$b.docx", ".hidden.txt")]
    assert files_of(named, LeftOut()) == named


@pytest.mark.parametrize(("root", "found"), [(".", "a/b.txt"), ("./a", "a/b.txt"), ("a/", "a/b.txt")])
def test_paths_are_shown_as_they_were_named(
    folder: Path, monkeypatch: pytest.MonkeyPatch, root: str, found: str
) -> None:
    monkeypatch.chdir(folder)
    assert files_of([root], LeftOut())[0] == found


def test_a_folder_that_cannot_be_opened_stands_for_itself(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def refusing(path: str) -> object:
        if Path(path).name == "a":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(walk.os, "scandir", refusing)
    assert relative(files_of([str(folder)], LeftOut()), folder) == ["a", "a.txt", "b.TXT"]


def test_folders_may_be_nested_deeper_than_python_recurses(deep: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (deep / DEEP / "a.txt").touch()
    monkeypatch.chdir(deep)
    assert files_of(["."], LeftOut()) == [f"{DEEP}/a.txt"]


def test_files_are_found_one_by_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    real = os.scandir
    monkeypatch.setattr(walk.os, "scandir", lambda path: opened.append(path) or real(path))
    assert next(files_at(str(folder), LeftOut())) == str(folder / "a" / "b.txt")
    assert opened == [str(folder), str(folder / "a")]


def test_extensions_without_end_are_counted_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walk, "_MOST_EXTENSIONS", 2)
    left_out = LeftOut()
    for name in ("a.1", "b.2", "c.3", "d.4", "e.1"):
        left_out.add(Reason.FORMAT, name)
    assert left_out.line() == "left out 5 files of unknown format (.1 2, others 2, .2 1)"


@pytest.mark.parametrize(
    "command", [["extract"], ["restore"], ["inspect"], ["report", "-o", "{}/r.html"], ["import", "--workers", "0"]]
)
def test_every_command_says_what_it_left_out(
    folder: Path, tmp_path_factory: pytest.TempPathFactory, command: list[str]
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    database = ["--db", f"sqlite:///{elsewhere}/test.db"] if command[0] == "import" else []
    code, _, said = run(*(part.format(elsewhere) for part in command), folder, *database)
    assert code == 0
    assert "zongji: left out 4 files of unknown format (.bak 2, .xml 1, no extension 1), 2 lock files (~$…)" in said


def test_the_log_of_an_import_has_what_was_left_out(folder: Path, sqlite: str) -> None:
    _, _, said = run("import", folder / "a", "--db", sqlite, "--workers", "0", "--log-json")
    assert json.loads(said.splitlines()[-1])["left_out"] == {"format": 1, "linked_folder": 1}


def test_an_import_says_what_patterns_and_dates_left_out(folder: Path, sqlite: str) -> None:
    os.utime(folder / "a.txt", (1, 1))
    options = ("--glob", "*.txt", "--since", "2020-01-01", "--db", sqlite, "--workers", "0")
    assert re.search(r"\d files not matching --glob, 1 file older than --since", run("import", folder, *options)[2])
    assert rows(sqlite, "sources", "path") == [(str(folder / "a" / "b.txt"),)]


def test_a_run_with_patterns_takes_up_where_it_left_off(folder: Path, sqlite: str) -> None:
    bring_in(sqlite, folder, max_files=1)
    tally = bring_in(sqlite, folder)
    assert (tally.unchanged, tally.read) == (1, 3)


def test_our_own_report_in_a_folder_is_no_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    first, second = (CliRunner().invoke(app, ["report", "."]) for _ in range(2))
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "left out 1 report made by zongji" in second.stderr


@pytest.mark.parametrize(
    ("number", "noun", "said"),
    [(1, "file", "1 file"), (0, "file", "0 files"), (2, "copy", "2 copies"), (1024, "match", "1,024 matches")],
)
def test_counts_agree_with_their_nouns(number: int, noun: str, said: str) -> None:
    assert counted(number, noun) == said
