"""Unknown names, wrong numbers and impossible combinations: one sentence, exit 2 or 1, nothing written."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import TEXT, bring_in, write
from typer.testing import CliRunner
from zongji.cli import app
from zongji.pipeline.database.connection import connect


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in, with a text and an empty folder."""
    write(tmp_path, a=TEXT)
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(command: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, command.split())
    return result.exit_code, result.stderr


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("extract a.txt -o x --limit foo=1", "unknown limit 'foo'; known: bytes, pages, ocr_pages"),
        ("extract a.txt -o x --limit 5", "--limit '5' is not NAME=NUMBER"),
        ("extract a.txt -o x --limit pages=many", "--limit pages=many: give a whole number from 1 to"),
        ("extract a.txt -o x --limit seconds=0", "--limit seconds=0: give a whole number from 1 to"),
        ("extract a.txt -o x --limit memory=99999999999999999999999", "give a whole number from 1 to"),
        ("extract a.txt -o x --encoding klingon", "unknown encoding 'klingon'"),
        ("extract a.txt -o x --encoding hex", "unknown encoding 'hex'"),
        ("extract a.txt -o x --engine oracle", "unknown engine 'oracle'; known: linear, rules"),
        ("extract a.txt -o x --models empty", "--models empty: there is no manifest.json in it"),
        ("extract a.txt -o x --lexicon nowhere.tsv", "--lexicon nowhere.tsv: no such file"),
        ("extract a.txt -o x --lexicon empty", "--lexicon empty: it is a folder"),
        ("extract a.txt -o x --lexicon a.txt", "a.txt, line 1: the columns are"),
        ("status --db oracle://x/y", "unknown kind of database; supported are sqlite"),
        ("search x --db mssql://x/y", "unknown kind of database"),
        ("import a.txt --db oracle+oracledb://x/y", "unknown kind of database"),
        ("report oracle://x/y", "unknown kind of database"),
        ("review --db foo", "not a database address"),
        ("status --db mysql+nothing://x/y", "leave it out: mysql://"),
        ("status --db postgresql://u:secret@127.0.0.1:notaport/x", "postgresql://u:***@127.0.0.1:notaport/x: not a"),
        ("extract a.txt -o x --engine rules --models empty", "--engine rules uses no models"),
        ("extract a.txt -o x --bom", "--bom is for -f csv"),
        ("extract a.txt -o x -f csv --text", "--text is for -f jsonl and -f table"),
        ("restore a.txt -o x --json --diff", "give only one of"),
        ("inspect a.txt --text --json", "not both"),
        ("import --db sqlite:///x.db", "name files or folders, or give --file-list"),
        ("import a.txt --db sqlite:///x.db --shard 3/2", "--shard '3/2' is not I/N"),
        ("import a.txt --db sqlite:///x.db --executor dask", "must be given together"),
        ("import a.txt --db sqlite:///x.db --scheduler tcp://x:1", "must be given together"),
        ("import a.txt --db sqlite:///x.db --executor dask --scheduler tcp://x:1 --workers 2", "--workers is for"),
        ("import a.txt --db sqlite:///x.db --limit 5", "--max-files N stops after that many files"),
        ("import a.txt --db sqlite:///x.db --limit foo=5", "unknown limit 'foo'"),
        ("import a.txt --db sqlite:///x.db --timeout 5", "--limit seconds=…"),
        ("import a.txt --db sqlite:///x.db --memory 5", "--limit memory=…"),
        ("import a.txt --db sqlite:///x.db --engine oracle", "unknown engine 'oracle'"),
        ("report -", "standard input"),
        ("report a.txt sqlite:///x.db", "or one database"),
        ("report sqlite:///x.db --encoding gbk", "are for files"),
        ("report a.txt --limit foo=1", "unknown limit 'foo'"),
        ("review --limit foo=1", "unknown limit 'foo'"),
        ("evaluate a.txt --numerals --json", "--numerals cannot be combined"),
        ("export -o x --gold -f csv", "give either --gold or -f csv"),
        ("export -o x -f doccano --category nonsense", "leave out --category"),
        ("export -o x --gold --relational --bom --year 2023", "leave out --flat or --relational, --bom, --year"),
        ("export -o x -f jsonl --bom", "--bom is for -f csv"),
        ("export -o x --category nonsense", "unknown category 'nonsense'; known: participants"),
    ],
)
def test_wrong_usage_is_refused_in_a_sentence_and_nothing_is_written(place: Path, command: str, said: str) -> None:
    code, message = run(command)
    assert (code, said in message) == (2, True), message
    assert names(place) == ["a.txt", "empty"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("extract empty -o x", "no file with a known extension"),
        ("report empty", "no file with a known extension"),
        ("import empty --db sqlite:///x.db", "no file to read"),
        ("import --file-list nowhere --db sqlite:///x.db", "No such file"),
        ("evaluate empty", "no annotated documents"),
        ("evaluate a.txt", "no annotated documents"),
        ("evaluate nowhere", "there is no such file or folder"),
        ("report sqlite:///x.db", "no such database"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is_written(place: Path, command: str, said: str) -> None:
    code, message = run(command)
    assert (code, said in message) == (1, True), message
    assert names(place) == ["a.txt", "empty"]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--year 2031", "the database has no document of 2031"),
        ("--organization 气象局", "no organization with '气象局' in its name"),
        ("--year 2023 --year 2031", "the database has no document of 2031"),
    ],
)
def test_a_filter_that_nothing_meets_is_named(place: Path, sqlite: str, options: str, said: str) -> None:
    bring_in(sqlite, place)
    code, message = run(f"export --db {sqlite} -o x.csv {options}")
    assert (code, said in message) == (1, True), message
    assert not (place / "x.csv").exists()


def test_a_report_of_a_database_without_documents_is_refused(place: Path, sqlite: str) -> None:
    connect(sqlite, create=True).dispose()
    code, message = run(f"report {sqlite} -o r.html")
    assert (code, "it contains no documents" in message) == (1, True)
    assert not (place / "r.html").exists()
