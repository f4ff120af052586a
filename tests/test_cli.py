"""The command line: output streams, exit codes, and messages that name the file and the reason."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer import Context
from typer.main import get_group
from typer.testing import CliRunner, Result
from zongji.cli import app
from zongji.pipeline.commands.group import LazyGroup

TEXT = "一年来，县科协举办培训班6期，培训农民300余人。其中3月20日在文化广场开展宣传活动1场。\n"
ROOT = Path(__file__).parent.parent
HEAVY = {"jieba", "rjieba", "opencc", "pydantic", "selectolax", "spacy", "sklearn"} | {
    *(
        "jinja2",
        "starlette",
        "uvicorn",
        "sqlalchemy",
        "psycopg",
        "pymysql",
        "pebble",
        "rensa",
        "pyarrow",
        "duckdb",
        "distributed",
        "multiprocessing",
    )
}


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(app, arguments, input=stdin)


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "good.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    path = tmp_path / "empty.txt"
    path.touch()
    return path


def test_a_document_is_one_line_of_json(good: Path) -> None:
    result = run("extract", str(good))
    line = json.loads(result.stdout)
    assert result.exit_code == 0
    assert (line["schema"], line["kind"], line["source"]["format"]) == ("zongji/2", "document", "text")


def test_json_is_not_escaped(good: Path) -> None:
    assert "培训班" in run("extract", str(good)).stdout


def test_a_figure_points_to_its_place_in_the_source(good: Path) -> None:
    figures = json.loads(run("extract", str(good)).stdout)["figures"]
    assert [TEXT[figure["start"] : figure["end"]] for figure in figures][:2] == ["6期", "300余人"]


def test_csv_has_one_row_a_figure(good: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("extract", str(good), "-f", "csv").stdout)))
    assert [row["value"] for row in rows] == ["6", "300", "1"]


def test_csv_begins_with_a_byte_order_mark_on_request(good: Path, tmp_path: Path) -> None:
    target = tmp_path / "figures.csv"
    run("extract", str(good), "-f", "csv", "--bom", "-o", str(target))
    assert target.read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_cell_that_a_spreadsheet_would_run_is_quoted(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("=1+1工作总结\n举办培训班6期，培训农民300余人，发放资料500份。\n", encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(run("extract", str(path), "-f", "csv").stdout)))
    assert all(not row["title"].startswith("=") for row in rows)


def test_rejected_numbers_are_listed_with_reasons(good: Path) -> None:
    rejected = json.loads(run("extract", str(good), "--rejected").stdout)["rejected"]
    assert {rejection["reason"] for rejection in rejected} >= {"date"}


def test_the_restored_text_is_shown_on_request(good: Path) -> None:
    assert json.loads(run("extract", str(good), "--text").stdout)["text"] == TEXT.strip()


def test_standard_input_is_read() -> None:
    result = run("extract", "-", stdin=TEXT.encode("gb18030"))
    assert json.loads(result.stdout)["source"]["encoding"] == "gb18030"


def test_folders_are_walked_and_hidden_files_left_out(good: Path) -> None:
    (good.parent / ".hidden.txt").write_text(TEXT, encoding="utf-8")
    assert len(run("extract", str(good.parent)).stdout.splitlines()) == 1


def test_one_bad_file_costs_itself_alone(good: Path, empty: Path) -> None:
    result = run("extract", str(good), str(empty))
    assert result.exit_code == 3
    assert len(result.stdout.splitlines()) == 1
    assert "empty.txt: it is empty" in result.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "it is empty"), (b"%PDF-1.4 \n\x00\x01", "PDF"), (bytes(range(256)) * 9, "binary")],
)
def test_a_file_that_gives_nothing_is_named_with_its_reason(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "bad.txt"
    path.write_bytes(content)
    result = run("extract", str(path))
    assert result.exit_code == 1
    assert "bad.txt" in result.stderr
    assert said in result.stderr


def test_a_missing_file_is_named() -> None:
    result = run("extract", "nowhere.txt")
    assert (result.exit_code, "nowhere.txt: cannot be read" in result.stderr) == (1, True)


def test_a_folder_without_documents_says_so(tmp_path: Path) -> None:
    result = run("extract", str(tmp_path))
    assert (result.exit_code, "no file with a known extension" in result.stderr) == (1, True)


def test_a_wrong_encoding_that_is_forced_is_refused(good: Path) -> None:
    result = run("extract", str(good), "--encoding", "big5")
    assert (result.exit_code, "it is not big5" in result.stderr) == (1, True)


def test_stray_nul_bytes_warn_and_cost_nothing(tmp_path: Path) -> None:
    path = tmp_path / "nul.txt"
    path.write_bytes(TEXT.replace("举办", "举\0办").encode())
    result = run("extract", str(path))
    assert len(json.loads(result.stdout)["figures"]) == 3
    assert "nul.txt: warning: the text has control characters" in result.stderr


@pytest.mark.parametrize("arguments", [["extract"], ["extract", "x", "-f", "xml"], ["nonsense"]])
def test_wrong_usage_exits_with_two(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 2


def test_an_output_that_cannot_be_written_is_named(good: Path, tmp_path: Path) -> None:
    result = run("extract", str(good), "-o", str(tmp_path / "no" / "where"))
    assert (result.exit_code, "cannot be written" in result.stderr) == (1, True)


def test_restore_prints_the_text(tmp_path: Path) -> None:
    path = tmp_path / "page.txt"
    path.write_text("縣科協(xié)舉辦講座６場", encoding="utf-8")
    assert run("restore", str(path)).stdout == "县科协举办讲座6场\n"


def test_the_schema_names_every_field_of_a_line(good: Path) -> None:
    schema = json.loads(run("schema").stdout)
    line = json.loads(run("extract", str(good)).stdout)
    assert schema["$id"] == "zongji/2"
    assert set(line) == set(schema["required"])


def test_the_version_is_shown() -> None:
    assert run("--version").stdout.startswith("zongji")


def test_a_help_text_imports_nothing_heavy() -> None:
    code = f"import sys, zongji.cli; print(sorted({HEAVY} & sys.modules.keys()))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT / ".dev")}
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert shown.stdout.strip() == "[]"


def test_importing_the_line_reads_no_list() -> None:
    code = (
        "import pkgutil, importlib, zongji.cli, zongji.pipeline, zongji.pipeline.flow, zongji.models\n"
        "from zongji.corpus import lexicon\n"
        "for package in (zongji.pipeline, zongji.models):\n"
        "    for module in pkgutil.walk_packages(package.__path__, package.__name__ + '.'):\n"
        "        importlib.import_module(module.name)\n"
        "print(lexicon.load.cache_info().currsize)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / ".dev")}
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert shown.stdout.strip() == "0"


def test_the_listing_of_commands_makes_no_parser() -> None:
    group = get_group(app)
    assert isinstance(group, LazyGroup)
    assert "extract" in group.get_help(Context(group, info_name="zongji"))
    assert group.made == set()


def test_a_misspelt_command_is_told_what_was_meant() -> None:
    result = CliRunner().invoke(app, ["extarct"])
    assert (result.exit_code, "Did you mean 'extract'" in result.stderr) == (2, True)
