"""Every output that a spreadsheet may open, whoever writes it: no cell in it is run, the names of files included."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from imports import TEXT, bring_in
from typer.testing import CliRunner
from zongji.cli import app
from zongji.corpus.lexicon import SourcedWord
from zongji.pipeline.commands import lexicon
from zongji.pipeline.exchange.formats import WRITERS
from zongji.pipeline.learning.lexicon_use import ListUse
from zongji.pipeline.schema import columns
from zongji.pipeline.schema.columns import Column, Kind, Relation
from zongji.pipeline.sinks import SINKS
from zongji.pipeline.sinks.tables import TABLE_WRITERS

SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
RUN = frozenset({"csv"})
"""The formats of all registries that spreadsheets run cells of."""
NOT_RUN = frozenset(
    {
        *("jsonl", "labelstudio", "doccano"),  # JSON
        *("parquet", "duckdb", "spacy"),  # typed
        *("brat", "gold", "table"),  # texts
    }
)
RELATIONS = (*columns.RECORDS, columns.SOURCES)
GOLD = "{doc plan}\n{title}青石县科协2023年计划{/}\n{tasks}走访{/}困难户三户。\n{/doc}\n"


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder to be in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.stderr
    return result.stdout


def run_cells(table: str) -> list[str]:
    """The cells of a CSV that a spreadsheet would run."""
    cells = [cell for row in csv.reader(io.StringIO(table, newline="")) for cell in row]
    assert cells
    return [cell for cell in cells if cell.startswith(SIGNS)]


def test_of_every_format_it_is_known_whether_spreadsheets_run_it() -> None:
    assert {*SINKS, *TABLE_WRITERS, *WRITERS} == RUN | NOT_RUN


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("relation", RELATIONS, ids=lambda relation: relation.name)
@pytest.mark.parametrize("name", RUN & TABLE_WRITERS.keys())
def test_no_table_of_a_database_holds_a_cell_that_is_run(
    tmp_path: Path, name: str, relation: Relation, sign: str
) -> None:
    with TABLE_WRITERS[name](tmp_path / "table", single=True, bom=False) as writer:
        writer.begin(relation.name, relation.columns)
        writer.write([[_hostile(column, sign) for column in relation.columns]])
        writer.end()
    assert not run_cells((tmp_path / "table").read_text(encoding="utf-8"))


def _hostile(column: Column, sign: str) -> object:
    """What a document, or the name of its file, may bring into a column."""
    return {Kind.INTEGER: 5, Kind.NUMBER: 2.5, Kind.FLAG: True}.get(column.kind, f"{sign}x")


@pytest.mark.parametrize("sign", ["=", "+", "@", "＝", "\t"])
@pytest.mark.parametrize("options", [[], ["--rejected"]])
def test_the_name_of_a_file_is_not_run_in_a_csv(place: Path, sign: str, options: list[str]) -> None:
    (place / f"{sign}1+1.txt").write_text(TEXT, encoding="utf-8")
    assert not run_cells(run("extract", f"{sign}1+1.txt", "-f", "csv", *options))


@pytest.mark.parametrize("options", [["--flat"], ["--flat", "--bom"]])
def test_an_organization_that_is_a_formula_is_not_run_in_an_export(place: Path, options: list[str]) -> None:
    (place / "a.txt").write_text(f"=HYPERLINK(1)\n{TEXT}\n@计划举办讲座6场。\n", encoding="utf-8")
    bring_in("sqlite:///d.db", "a.txt")
    run("export", "--db", "sqlite:///d.db", "-o", "x.csv", *options)
    assert not run_cells((place / "x.csv").read_text(encoding="utf-8-sig"))


def test_the_name_of_an_annotated_document_begins_no_line_of_an_evaluation(place: Path) -> None:
    (place / "=1+1.txt").write_text(GOLD, encoding="utf-8")
    for option in ("--numerals", "--errors"):
        lines = run("evaluate", "=1+1.txt", option).splitlines()
        assert any("1+1.txt" in line for line in lines) or option == "--errors"
        assert not [line for line in lines if line.lstrip().startswith(SIGNS)]


def test_no_cell_of_a_table_of_words_is_run() -> None:
    use = ListUse("units", 2, (SourcedWord(3, "=1+1", "@here"), SourcedWord(4, "\t箩", "-")))
    lines = list(lexicon._table([use], unused=True))
    assert [line.split("\t") for line in lines] == [
        ["units.tsv:3", "'=1+1", "'@here"],
        ["units.tsv:4", "'\\t箩", "'-"],
    ]
