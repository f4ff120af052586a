"""Outputs destroy nothing: inputs are refused as targets, and an old output stays until the new one is complete."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from imports import TEXT, bring_in, write
from typer.testing import CliRunner, Result
from zongji.cli import app
from zongji.pipeline.sinks.output import replacing, replacing_folder

ROOT = Path(__file__).parent.parent
OLD = "what was there before"
DATABASE = "sqlite:///d.db"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in: a text, two links to it, and a database."""
    write(tmp_path, a=TEXT)
    (tmp_path / "link.txt").symlink_to("a.txt")
    (tmp_path / "hard.txt").hardlink_to(tmp_path / "a.txt")
    monkeypatch.chdir(tmp_path)
    bring_in(DATABASE, "a.txt")
    return tmp_path


def run(command: str) -> Result:
    return CliRunner().invoke(app, command.split())


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def outputs(folder: Path) -> set[str]:
    """All names but those of the database, which SQLite may still keep open."""
    return {path.name for path in folder.iterdir() if not path.name.startswith("d.db")}


def in_a_process(command: str, *, file_size: int) -> subprocess.CompletedProcess[str]:
    """The command where no file can become larger than `file_size`, as on a full disk."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))

    return subprocess.run(
        [sys.executable, "-m", "zongji", *command.split()],
        check=False,
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT / ".dev")},
        preexec_fn=limit,  # no threads here
    )


@pytest.mark.parametrize("target", ["a.txt", "link.txt", "hard.txt", "./a.txt"])
@pytest.mark.parametrize("command", ["extract a.txt", "restore a.txt", "report a.txt", "extract ."])
def test_an_input_is_refused_as_target(place: Path, command: str, target: str) -> None:
    before = contents(place)
    result = run(f"{command} -o {target} --overwrite")
    assert (result.exit_code, "would overwrite an input" in result.stderr) == (2, True), result.stderr
    assert contents(place) == before


def test_standard_input_is_refused_as_target(place: Path) -> None:
    command = [sys.executable, "-m", "zongji", "extract", "-", "-o", "a.txt"]
    with (place / "a.txt").open("rb") as stream:
        environment = os.environ | {"PYTHONPATH": str(ROOT / ".dev")}
        done = subprocess.run(command, check=False, stdin=stream, capture_output=True, env=environment)
    assert done.returncode == 2
    assert (place / "a.txt").read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("target", ["d.db", "d.db-wal", "d.db-shm", "d.db-journal"])
@pytest.mark.parametrize(
    "command", [f"export --db {DATABASE}", f"export --db {DATABASE} -f duckdb", f"report {DATABASE}"]
)
def test_the_database_is_refused_as_target(place: Path, command: str, target: str) -> None:
    before = contents(place)
    assert run(f"{command} -o {target} --overwrite").exit_code == 2
    assert contents(place) == before


def test_a_report_does_not_replace_an_input_with_a_further_page(place: Path) -> None:
    (place / "r-2.html").write_text(TEXT, encoding="utf-8")
    assert run("report a.txt r-2.html -o r.html --documents 1").exit_code == 2
    assert (place / "r-2.html").read_text(encoding="utf-8") == TEXT


def test_a_table_of_a_set_does_not_replace_the_database(place: Path) -> None:
    bring_in("sqlite:///figures.csv", "a.txt")
    assert run("export --db sqlite:///figures.csv --relational -o .").exit_code == 2
    assert (place / "figures.csv").read_bytes().startswith(b"SQLite")


COMMANDS = [
    "extract a.txt -f jsonl",
    "extract a.txt -f csv",
    "restore a.txt --json",
    "report a.txt",
    f"report {DATABASE}",
    *(f"export --db {DATABASE} -f {name}" for name in ("csv", "jsonl", "parquet", "duckdb", "doccano", "labelstudio")),
]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_of_a_foreign_kind_needs_overwrite(place: Path, command: str) -> None:
    target = place / "precious.docx"
    target.write_bytes(b"PK\x03\x04 precious")
    refused = run(f"{command} -o {target}")
    assert (refused.exit_code, "--overwrite replaces it" in refused.stderr) == (2, True), refused.stderr
    assert target.read_bytes() == b"PK\x03\x04 precious"
    assert run(f"{command} -o {target} --overwrite").exit_code == 0
    assert not target.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("command", COMMANDS)
def test_an_output_of_the_same_command_is_replaced(place: Path, command: str) -> None:
    assert run(f"{command} -o out").exit_code == 0
    first = (place / "out").stat().st_ino
    assert run(f"{command} -o out").exit_code == 0
    assert (place / "out").stat().st_ino != first


@pytest.mark.parametrize(
    ("command", "target"),
    [
        ("extract nofile -f csv", "out.csv"),
        ("extract nofile -f jsonl", "out.jsonl"),
        ("restore nofile", "out.txt"),
        ("report nofile", "out.html"),
        ("export --db sqlite:///nowhere.db", "out.csv"),
    ],
)
def test_nothing_is_written_when_nothing_could_be_done(place: Path, command: str, target: str) -> None:
    before = contents(place)
    assert run(f"{command} -o {target}").exit_code == 1
    assert contents(place) == before
    (place / target).write_text(OLD)
    assert run(f"{command} -o {target}").exit_code == 1
    assert (place / target).read_text() == OLD


def test_no_folder_is_made_without_reviewed_documents(place: Path) -> None:
    assert run(f"export --db {DATABASE} --gold -o new/gold").exit_code == 1
    assert not (place / "new").exists()


@pytest.mark.parametrize("command", ["import nofile", "import -", "import pipe.txt"])
def test_an_import_of_nothing_makes_no_database(place: Path, command: str) -> None:
    os.mkfifo(place / "pipe.txt")
    assert run(f"{command} --db sqlite:///new.db").exit_code in {1, 2}
    assert not (place / "new.db").exists()


@pytest.mark.parametrize(
    ("command", "target", "fails"),
    [
        ("extract a.txt -f csv", "out.csv", "zongji.pipeline.sinks.csv.Csv.close"),
        ("extract a.txt -f jsonl", "out.jsonl", "zongji.pipeline.sinks.jsonl.JsonLines.close"),
        ("restore a.txt", "out.txt", "zongji.pipeline.sinks.restoration.as_text"),
        ("report a.txt", "out.html", "zongji.pipeline.report.writing.render"),
        (f"export --db {DATABASE}", "out.csv", "zongji.pipeline.sinks.tables.CsvFiles.write"),
        (f"export --db {DATABASE} -f parquet", "out", "zongji.pipeline.sinks.tables.ParquetFiles.write"),
        (f"export --db {DATABASE} -f duckdb", "out", "zongji.pipeline.sinks.tables.DuckDb.write"),
        (f"export --db {DATABASE} -f doccano", "out.jsonl", "zongji.pipeline.exchange.writers.Exported.add"),
        (f"export --db {DATABASE} -f labelstudio", "out.json", "zongji.pipeline.exchange.writers.Exported.add"),
    ],
)
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), RuntimeError()])
def test_a_failure_on_the_way_leaves_the_old_file_and_no_half_one(
    place: Path, monkeypatch: pytest.MonkeyPatch, command: str, target: str, fails: str, error: BaseException
) -> None:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    (place / target).write_text(OLD)
    before = outputs(place)
    monkeypatch.setattr(fails, fail)
    assert run(f"{command} -o {target} --overwrite").exit_code != 0
    assert (place / target).read_text() == OLD
    assert outputs(place) == before


@pytest.mark.parametrize("form", ["csv --relational", "brat"])
def test_a_failure_on_the_way_leaves_a_folder_as_it_was(
    place: Path, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    def fail(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    assert run(f"export --db {DATABASE} -f {form} -o set").exit_code == 0
    (place / "set" / "mine.txt").write_text(OLD)
    before = contents(place / "set")
    monkeypatch.setattr("zongji.pipeline.sinks.tables.CsvFiles.write", fail)
    monkeypatch.setattr("zongji.pipeline.exchange.writers.Exported.add", fail)
    run(f"export --db {DATABASE} -f {form} -o set")
    run(f"export --db {DATABASE} -f {form} -o above/other")
    assert contents(place / "set") == before
    assert not (place / "above").exists()


@pytest.mark.parametrize(
    ("command", "target", "file_size"),
    [
        ("extract a.txt -f jsonl", "out.jsonl", 500),
        ("report a.txt", "out.html", 500),
        (f"export --db {DATABASE} -f duckdb", "out.duckdb", 100_000),  # SQLite needs 32 KiB
    ],
)
def test_a_full_disk_is_named_and_leaves_the_old_file(place: Path, command: str, target: str, file_size: int) -> None:
    (place / target).write_text(OLD)
    result = in_a_process(f"{command} -o {target} --overwrite", file_size=file_size)
    assert (result.returncode, target in result.stderr) == (1, True), result.stderr
    assert "Traceback" not in result.stderr
    assert (place / target).read_text() == OLD
    assert not list(place.glob(".*"))


def test_a_link_as_target_stays_a_link(place: Path) -> None:
    (place / "out.csv").symlink_to("real.csv")
    assert run("extract a.txt -f csv -o out.csv").exit_code == 0
    assert (place / "out.csv").is_symlink()
    assert (place / "real.csv").read_bytes().startswith(b"path,")


def test_permissions_of_the_old_file_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.write_text(OLD)
    target.chmod(0o640)
    with replacing(target) as draft:
        draft.path.write_text("new")
    assert (target.read_text(), target.stat().st_mode & 0o777) == ("new", 0o640)


def test_other_files_in_a_target_folder_stay(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text(OLD)
    with replacing_folder(tmp_path) as draft:
        (draft.path / "new").write_text("new")
    assert contents(tmp_path) == {"mine": OLD.encode(), "new": b"new"}


def test_a_pipe_and_a_device_are_written_directly(place: Path) -> None:
    os.mkfifo(place / "pipe")
    with subprocess.Popen([sys.executable, "-c", "print(open('pipe').read())"], stdout=subprocess.PIPE) as reader:
        assert run("extract a.txt -f csv -o pipe").exit_code == 0
        assert reader.communicate()[0].startswith(b"path,")
    assert run("extract a.txt -f csv -o /dev/null").exit_code == 0
    assert not Path("/dev/null").is_file()


def test_standard_output_by_name_goes_where_the_shell_sends_it(place: Path) -> None:
    with (place / "out.txt").open("wb") as stream:
        command = [sys.executable, "-m", "zongji", "extract", "a.txt", "-f", "csv", "-o", "/dev/stdout"]
        environment = os.environ | {"PYTHONPATH": str(ROOT / ".dev")}
        subprocess.run(command, check=True, stdout=stream, env=environment)
        assert os.fstat(stream.fileno()).st_ino == (place / "out.txt").stat().st_ino
    assert (place / "out.txt").read_bytes().startswith(b"path,")


@pytest.mark.parametrize(
    "command",
    [
        *("extract", "restore", "inspect", "report", "trace", "lexicon", "evaluate", "import"),
        *(f"why --db {DATABASE}", f"import-labels --db {DATABASE}"),
    ],
)
@pytest.mark.parametrize("special", ["pipe.txt", "/dev/zero"])
def test_a_pipe_or_device_as_input_is_refused_at_once(place: Path, command: str, special: str) -> None:
    os.mkfifo(place / "pipe.txt")
    result = run(f"{command} {special}")
    assert result.exit_code == 1
    assert "pipe or device" in result.stderr or command.startswith(("why", "evaluate")), result.stderr
