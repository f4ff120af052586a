"""Drafts: what a killed process left goes with the next run, what is being written stays; folders are swapped."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from imports import TEXT, bring_in, write
from killing import environment
from typer.testing import CliRunner, Result
from zongji.cli import app
from zongji.models.store import MANIFEST
from zongji.pipeline.learning.training import written
from zongji.pipeline.sinks.output import replacing, replacing_folder

DATABASE = "--db sqlite:///d.db"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    write(tmp_path, a=TEXT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command: str) -> Result:
    return CliRunner().invoke(app, command.split())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def contents(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in folder.iterdir()}


def killed(command: str, number: signal.Signals = signal.SIGKILL) -> None:
    """Start a command that waits for standard input, and end it once its draft is there."""
    process = subprocess.Popen(
        [sys.executable, "-m", "zongji", *command.split()], stdin=subprocess.PIPE, env=environment()
    )
    while not list(Path().glob(".zongji-draft-*/*")) and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(number)
    process.communicate()


@pytest.mark.parametrize("command", ["extract - -f csv -o out.csv", "restore - -o out.txt"])
def test_the_draft_of_a_killed_process_goes_with_the_next_run(place: Path, command: str) -> None:
    killed(command)
    assert len(list(place.glob(".zongji-draft-*"))) == 1
    assert run(command.replace(" - ", " a.txt ")).exit_code == 0
    assert names(place) == ["a.txt", command.rsplit(maxsplit=1)[-1]]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_other_signals_leave_no_draft_and_the_old_file(place: Path, number: signal.Signals) -> None:
    (place / "out.csv").write_bytes(b"path,old\n")
    killed("extract - -f csv -o out.csv", number)
    assert names(place) == ["a.txt", "out.csv"]
    assert (place / "out.csv").read_bytes() == b"path,old\n"


def test_the_draft_of_a_killed_process_in_a_folder_goes_with_the_next_run(place: Path) -> None:
    bring_in("sqlite:///d.db", "a.txt")
    left = place / "set" / ".zongji-draft-abandoned"
    left.mkdir(parents=True)
    (left / "half.csv").write_text("half")
    assert run(f"export {DATABASE} --relational -o set").exit_code == 0
    assert not left.exists()


def test_a_draft_that_is_being_written_stays(place: Path) -> None:
    with replacing(place / "out") as one, replacing(place / "out") as other:
        one.path.write_text("one")
        other.path.write_text("other")
    assert contents(place)["out"] == "one"
    assert names(place) == ["a.txt", "out"]


def test_only_what_looks_like_a_draft_is_removed(place: Path) -> None:
    (place / "mine").mkdir()
    (place / ".zongji-notes").mkdir()
    (place / ".zongji-draft-link").symlink_to("mine")
    (place / ".zongji-draft-file").touch()
    with replacing(place / "out") as draft:
        draft.path.touch()
    assert names(place) == [".zongji-draft-file", ".zongji-draft-link", ".zongji-notes", "a.txt", "mine", "out"]


def test_a_folder_in_the_way_of_a_file_stops_the_swap_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "set" / "b").mkdir(parents=True)
    (tmp_path / "set" / "a").write_text("old")
    with ExitStack() as swapping:
        draft = swapping.enter_context(replacing_folder(tmp_path / "set"))
        (draft.path / "a").write_text("new")
        (draft.path / "b").write_text("new")
        with pytest.raises(IsADirectoryError, match="set/b"):
            swapping.close()
    assert (tmp_path / "set" / "a").read_text() == "old"


def test_the_file_named_last_is_swapped_last(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moved: list[str] = []
    monkeypatch.setattr("zongji.pipeline.sinks.output._move", lambda draft, _: moved.append(draft.name))
    with replacing_folder(tmp_path, last="b") as draft:
        for name in ("a", "b", "c"):
            (draft.path / name).touch()
    assert moved == ["a", "c", "b"]


# Training


@pytest.fixture
def learning(monkeypatch: pytest.MonkeyPatch) -> None:
    """Training that writes two files at once."""

    def learn(folder: Path, _: object) -> Iterator[str]:
        yield "begun"
        (folder / MANIFEST).write_text('{"format": 1, "models": {}}')
        (folder / "characters.bin").write_text("new")

    monkeypatch.setattr("zongji.pipeline.learning.training.train", learn)


@pytest.fixture
def models(place: Path) -> Path:
    """A folder with models of before, and a note beside them."""
    folder = place / "models"
    folder.mkdir()
    for name in (*written(), "note"):
        (folder / name).write_text("old")
    (folder / MANIFEST).write_text('{"format": 1, "models": {"old": {}}}')
    return folder


@pytest.mark.usefixtures("learning")
def test_files_of_models_that_are_no_longer_used_go_and_others_stay(models: Path) -> None:
    assert run("train -o models").exit_code == 0
    assert contents(models) == {"characters.bin": "new", "note": "old", MANIFEST: '{"format": 1, "models": {}}'}


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), RuntimeError()])
def test_training_that_fails_leaves_the_old_models(
    models: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    def fail(folder: Path, _: object) -> Iterator[str]:
        (folder / "characters.bin").write_text("half")
        yield "begun"
        raise error

    before = contents(models)
    monkeypatch.setattr("zongji.pipeline.learning.training.train", fail)
    assert run("train -o models").exit_code != 0
    assert run("train -o elsewhere").exit_code != 0
    assert contents(models) == before
    assert names(models.parent) == ["a.txt", "models"]


@pytest.mark.usefixtures("learning")
@pytest.mark.parametrize("mine", ["plan.docx", MANIFEST])
def test_models_go_into_a_folder_of_other_things_only_with_overwrite(place: Path, mine: str) -> None:
    folder = place / "folder"
    folder.mkdir()
    (folder / mine).write_text('{"name": "no models"}')
    refused = run("train -o folder")
    assert (refused.exit_code, "--overwrite writes there beside them" in refused.stderr) == (2, True)
    assert names(folder) == [mine]
    assert run("train -o folder --overwrite").exit_code == 0
    assert (folder / "characters.bin").read_text() == "new"


@pytest.mark.usefixtures("learning")
@pytest.mark.parametrize("folder", ["models", "empty", "new/models"])
def test_models_go_into_an_empty_or_new_folder(place: Path, folder: str) -> None:
    (place / "empty").mkdir()
    assert run(f"train -o {folder}").exit_code == 0
    assert names(place / folder) == ["characters.bin", MANIFEST]


@pytest.mark.usefixtures("learning")
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_models_never_replace_a_document_that_is_learned_from(place: Path, link: object) -> None:
    document = "{doc plan}\n{tasks}走访{/}困难户。\n{/doc}\n"
    (place / "gold").mkdir()
    (place / "gold" / "one.txt").write_text(document, encoding="utf-8")
    link(place / "gold" / "one.txt", place / "gold" / "characters.bin")  # type: ignore[operator]
    refused = run("train --corpus gold -o gold --overwrite")
    assert (refused.exit_code, "would overwrite an input" in refused.stderr) == (2, True), refused.stderr
    assert (place / "gold" / "one.txt").read_text(encoding="utf-8") == document


@pytest.mark.usefixtures("learning")
def test_a_file_in_place_of_the_models_folder_is_named(place: Path) -> None:
    result = run("train -o a.txt")
    assert (result.exit_code, "a.txt: cannot be written: Not a directory" in result.stderr) == (1, True), result.stderr
    assert (place / "a.txt").read_text(encoding="utf-8") == TEXT
