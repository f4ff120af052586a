"""Whatever a command writes to, it is none of its inputs, nor the database, by whatever name or link."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from imports import TEXT, bring_in, write
from typer.testing import CliRunner, Result
from zongji.cli import app
from zongji.models.store import MANIFEST

WORDS = "kind\tword\tsays\nunit\t箩\tgoods\n"
DATABASE = "--db sqlite:///d.db"
FORMS = ("csv", "jsonl", "parquet", "duckdb", "labelstudio", "doccano", "spacy")


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in: a text, a list of words, models, a database, and links to all of them."""
    write(tmp_path, a=TEXT)
    (tmp_path / "own.tsv").write_text(WORDS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    bring_in("sqlite:///d.db", "a.txt")
    for name in ("a.txt", "own.tsv", "d.db"):
        (tmp_path / f"link-{name}").symlink_to(name)
        (tmp_path / f"hard-{name}").hardlink_to(tmp_path / name)
    return tmp_path


def run(command: str) -> Result:
    return CliRunner().invoke(app, command.split())


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def refused(place: Path, command: str, said: str) -> None:
    """The command is wrong usage, and has changed nothing."""
    before = contents(place)
    result = run(command)
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert contents(place) == before


@pytest.mark.parametrize("target", ["own.tsv", "link-own.tsv", "hard-own.tsv"])
@pytest.mark.parametrize("command", ["extract a.txt -f table", "report a.txt"])
def test_a_list_of_words_is_refused_as_target(
    place: Path, monkeypatch: pytest.MonkeyPatch, command: str, target: str
) -> None:
    monkeypatch.setattr("zongji.pipeline.reading.settings.Settings.add_words", lambda _: None)
    refused(place, f"{command} --lexicon own.tsv -o {target} --overwrite", "would overwrite an input")


@pytest.mark.parametrize("command", ["extract a.txt -f jsonl", "report a.txt"])
def test_a_file_of_the_models_is_refused_as_target(place: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    (place / "models").mkdir()
    (place / "models" / MANIFEST).write_text('{"format": 1, "models": {}}')
    monkeypatch.setattr("zongji.pipeline.reading.settings.Settings.chosen_engine", lambda _: None)
    refused(place, f"{command} --models models -o models/{MANIFEST} --overwrite", "would overwrite an input")


@pytest.mark.parametrize("target", ["d.db", "link-d.db", "hard-d.db", "./d.db-wal"])
@pytest.mark.parametrize("address", ["d.db", "link-d.db"])
@pytest.mark.parametrize("form", FORMS)
def test_the_database_is_refused_as_target_of_every_form(place: Path, form: str, address: str, target: str) -> None:
    refused(place, f"export --db sqlite:///{address} -f {form} -o {target} --overwrite", "would overwrite an input")


@pytest.mark.parametrize(
    ("form", "name"), [("csv --relational", "figures.csv"), ("parquet --relational", "sources.parquet")]
)
@pytest.mark.parametrize("link", [Path.symlink_to, Path.hardlink_to])
def test_the_database_is_refused_as_a_file_of_a_target_folder(place: Path, form: str, name: str, link: object) -> None:
    (place / "set").mkdir()
    link(place / "set" / name, place / "d.db")  # type: ignore[operator]
    refused(place, f"export {DATABASE} -f {form} -o set --overwrite", "would overwrite an input")


@pytest.mark.parametrize("form", ["duckdb", "labelstudio"])
def test_what_is_no_stream_of_bytes_is_not_written_to_a_device(place: Path, form: str) -> None:
    refused(place, f"export {DATABASE} -f {form} -o /dev/null --overwrite", "cannot be written to a pipe or device")


def test_labels_and_their_configuration_need_two_names(place: Path) -> None:
    refused(place, f"export {DATABASE} -f labelstudio -o x.xml --overwrite", "two files would be written there")
    (place / "x.json").symlink_to("x.xml")
    refused(place, f"export {DATABASE} -f labelstudio -o x.json --overwrite", "two files would be written there")


@pytest.mark.parametrize(
    ("form", "target", "name"),
    [
        ("labelstudio", "labels.json", "labels.xml"),
        ("brat", "set", "set/annotation.conf"),
        ("csv --relational", "set", "set/figures.csv"),
        ("parquet --relational", "set", "set/sources.parquet"),
    ],
)
def test_a_further_file_of_a_foreign_kind_needs_overwrite(place: Path, form: str, target: str, name: str) -> None:
    (place / "set").mkdir()
    (place / name).write_bytes(b"PK\x03\x04 precious")
    refused(place, f"export {DATABASE} -f {form} -o {target}", "--overwrite replaces it")
    assert run(f"export {DATABASE} -f {form} -o {target} --overwrite").exit_code == 0
    assert run(f"export {DATABASE} -f {form} -o {target}").exit_code == 0


def test_a_further_page_of_a_foreign_kind_needs_overwrite(place: Path) -> None:
    (place / "plan-2").write_bytes(b"PK\x03\x04 precious")
    (place / "plan-2b").write_bytes(b"PK\x03\x04 never written")
    refused(place, "report a.txt -o plan", "--overwrite replaces it")
    (place / "plan-2").unlink()
    assert run("report a.txt -o plan").exit_code == 0


@pytest.mark.parametrize("given", ["empty.txt", "--file-list empty.txt", "link-empty.txt", "hard-empty.txt"])
def test_an_import_makes_no_database_of_an_input(place: Path, given: str) -> None:
    (place / "empty.txt").touch()
    (place / "link-empty.txt").symlink_to("empty.txt")
    (place / "hard-empty.txt").hardlink_to(place / "empty.txt")
    refused(place, f"import {given} --db sqlite:///empty.txt", "is an input")


def test_an_import_makes_no_database_of_a_text(place: Path) -> None:
    before = contents(place)
    assert run("import . --db sqlite:///a.txt").exit_code == 1
    assert contents(place) == before


@pytest.mark.parametrize("target", ["docs", "nowhere/out.csv", "a.txt/out.csv", "loop"])
def test_a_target_that_cannot_be_one_is_named(place: Path, target: str) -> None:
    (place / "docs").mkdir()
    (place / "loop").symlink_to("loop")
    before = contents(place)
    result = run(f"extract a.txt -f csv -o {target} --overwrite")
    assert (result.exit_code, f"zongji: {target}: cannot be written" in result.stderr) == (1, True), result.stderr
    assert contents(place) == before
    assert not (place / "nowhere").exists()


def test_a_target_in_the_input_folder_is_no_input_of_this_run_and_never_overwritten_as_one(place: Path) -> None:
    assert run("extract . -f table -o out.txt").exit_code == 0
    refused(place, "extract . -f table -o out.txt --overwrite", "would overwrite an input")


def test_a_file_that_may_not_be_written_stays(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (place / "out.csv").write_bytes(b"path,old\n")
    monkeypatch.setattr(os, "access", lambda _, mode: mode != os.W_OK)
    result = run("extract a.txt -f csv -o out.csv")
    assert (result.exit_code, "Permission denied" in result.stderr) == (1, True), result.stderr
    assert (place / "out.csv").read_text() == "path,old\n"
