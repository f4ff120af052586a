"""Unknown names, wrong numbers and impossible combinations: one sentence, exit 2 or 1, nothing written."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from imports import TEXT, bring_in, write
from typer.testing import CliRunner
from zongji.cli import app
from zongji.pipeline.database.connection import connect
from zongji.pipeline.reading.process_limits import crashed
from zongji.pipeline.sources import Limits, extras


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
        ("extract a.txt -o x --limit pages=many", "limit pages='many': give a whole number from 1 to"),
        ("extract a.txt -o x --limit seconds=0", "limit seconds=0: give a whole number from 1 to"),
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
        ("extract a.txt -o x --engine rules --models empty", "the engine 'rules' takes no models"),
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
        ("import a.txt --db sqlite:///x.db --file-list nowhere", "--file-list nowhere: no such file"),
        ("import --db sqlite:///x.db --file-list /dev/zero", "--file-list /dev/zero: it is a pipe or device"),
        ("extract a.txt -o x --lexicon /dev/zero", "--lexicon /dev/zero: it is a pipe or device"),
        ("extract a.txt -o x --models /dev/zero", "--models /dev/zero: there is no manifest.json in it"),
        ("import a.txt --db sqlite:///x.db --force --on-exists skip", "give only one"),
        ("lexicon a.txt --list units --list foo", "unknown list 'foo'"),
        ("lexicon a.txt --limit foo=1", "unknown limit 'foo'"),
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
        ("import empty --db sqlite:///x.db", "empty: no file with a known extension"),
        ("import . --glob *.x --db sqlite:///x.db", "no file matches --glob"),
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
        ("--year 2031", "the database has no document of the year 2031; leave out --year 2031"),
        ("--organization 气象局", "no organization with '气象局' in its name; leave out --organization 气象局"),
        ("--year 2023 --year 2031", "the database has no document of the year 2031"),
    ],
)
def test_a_filter_that_nothing_meets_is_named(place: Path, sqlite: str, options: str, said: str) -> None:
    bring_in(sqlite, place)
    code, message = run(f"export --db {sqlite} -o x.csv {options}")
    assert (code, said in message) == (1, True), message
    assert not (place / "x.csv").exists()


@pytest.mark.parametrize("command", ["evaluate gold", "train -o models --corpus gold"])
def test_an_annotated_document_that_is_not_utf8_is_named(place: Path, command: str) -> None:
    (place / "gold").mkdir()
    (place / "gold" / "b.txt").write_text(TEXT, encoding="gb18030")
    code, message = run(command)
    assert (code, "gold/b.txt: not UTF-8; save it as UTF-8 text" in message) == (1, True), message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[]", "it holds no labels"),
        ("", "it holds no labels"),
        ('{"text": "x"}\n{oops', "line 2: not JSON"),
        ("[1,\n2,,]", "line 2: not JSON"),
        ('{"label": []}', "line 1: 'text' is missing; expected are"),
        ('[{"data": {}, "annotations": [{"result": []}]}]', "task 1: 'text' is missing; expected are"),
        ("[" * 200_000, "line 1: nested too deeply"),
        ('{"text": "x"}\n' + '{"text":' * 100_000, "line 2: nested too deeply"),
        ('{"text": "x", "label": [[NaN, 1, "sessions"]]}', "line 1: it holds a number that is none"),
        ('{"text": "x", "label": [[0, -Infinity, "sessions"]]}', "line 1: it holds a number that is none"),
        ('{"text": "x", "label": [[0, 1e999, "sessions"]]}', "line 1: a field has an unexpected value"),
        (f'{{"text": "x", "label": [[0, {"9" * 5000}, "sessions"]]}}', "line 1: it holds a number that is none, or of"),
        ('{"text": "\\ud800", "label": []}', "line 1: a field has an unexpected value"),
        ('{"text": 5, "label": []}', "line 1: a field has an unexpected value"),
        ('{"text": "x", "document_id": {"a": 1}}', "line 1: a field has an unexpected value"),
    ],
)
def test_labels_that_are_no_export_are_refused_with_their_place(
    place: Path, sqlite: str, content: str, said: str
) -> None:
    connect(sqlite, create=True).dispose()
    (place / "labels.json").write_text(content, encoding="utf-8")
    code, message = run(f"import-labels labels.json --db {sqlite}")
    assert (code, said in message) == (1, True), message


def test_a_file_that_is_no_database_is_called_so(place: Path) -> None:
    (place / "x.db").write_bytes(b"no database" * 1000)
    assert run("status --db sqlite:///x.db") == (1, "zongji: error: sqlite:///x.db: it is not an SQLite database\n")


def test_a_low_limit_of_memory_is_named_where_a_reader_crashes() -> None:
    assert "--limit memory=60 may be too low" in crashed(-6, Limits(memory=60)).message
    assert "--limit" not in crashed(-6, Limits()).message


def test_a_library_that_does_not_fit_into_memory_is_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str) -> None:
        message = f"{name}.so: failed to map segment from shared object"
        raise ImportError(message)

    monkeypatch.setattr(extras.importlib, "import_module", refuse)
    with pytest.raises(MemoryError):
        extras.library("lxml.etree", extra="office", what="office documents")


@pytest.mark.parametrize(
    ("limit", "said"),
    [
        ("nesting=0", "archives inside archives are not opened (--limit nesting=0)"),
        ("members=1", "only 1 member of an archive is read; --limit members=… raises this"),
    ],
)
def test_what_a_limit_leaves_of_an_archive_is_told(place: Path, limit: str, said: str) -> None:
    inner = BytesIO()
    for target, names_in in ((inner, {"a.txt": TEXT.encode()}), (place / "a.zip", {"b.zip": None, "a.txt": b"x"})):
        with ZipFile(target, "w") as archive:
            for name, data in names_in.items():
                archive.writestr(name, inner.getvalue() if data is None else data)
    assert said in run(f"extract a.zip --limit {limit}")[1]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("b.jpg", b"\xff\xd8\xffx", "it is an image that cannot be read. It may"),
        ("b.pdf", b"%PDF-1.4\nx", "format error)). It may"),
        ("b.txt", b" \n\n", "it has only white space"),
    ],
)
def test_a_damaged_file_is_described_without_internals(place: Path, name: str, data: bytes, said: str) -> None:
    (place / name).write_bytes(data)
    code, message = run(f"extract {name}")
    assert (code, said in message) == (1, True), message


def test_a_report_of_a_database_without_documents_is_refused(place: Path, sqlite: str) -> None:
    connect(sqlite, create=True).dispose()
    code, message = run(f"report {sqlite} -o r.html")
    assert (code, "it contains no documents" in message) == (1, True)
    assert not (place / "r.html").exists()
