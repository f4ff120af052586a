"""Imported records are exported, all or filtered, in every format."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow.parquet
import pytest
from imports import OTHER, TEXT, bring_in, rows, write
from zongji import extract_bytes
from zongji.pipeline.database.connection import connect
from zongji.pipeline.exchange.tables import Filters, export_tables
from zongji.pipeline.schema import columns
from zongji.pipeline.schema.rows import FIGURE_COLUMNS, figure_rows
from zongji.pipeline.sinks.cells import defused

FORMATS = ("csv", "jsonl", "parquet", "duckdb")


def exported(database: str, target: Path, output_format: str, *, flat: bool = True, **filters: Any) -> dict[str, int]:  # noqa: ANN401
    with connect(database).connect() as connection:
        return export_tables(connection, target, output_format, Filters(**filters), flat=flat)


def of_csv(path: Path) -> list[dict[str, object]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def of_jsonl(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def of_parquet(path: Path) -> list[dict[str, object]]:
    return list(pyarrow.parquet.read_table(path).to_pylist())


def of_duckdb(path: Path) -> list[dict[str, object]]:
    with duckdb.connect(str(path)) as connection:
        result = connection.execute("select * from figure_rows")
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


READERS: dict[str, Callable[[Path], list[dict[str, object]]]] = {
    "csv": of_csv,
    "jsonl": of_jsonl,
    "parquet": of_parquet,
    "duckdb": of_duckdb,
}


@pytest.mark.parametrize("output_format", FORMATS)
def test_one_flat_table_has_the_rows_of_extract(database: str, tmp_path: Path, output_format: str) -> None:
    (path,) = write(tmp_path, a=TEXT)
    bring_in(database, path)
    target = tmp_path / "out"
    assert exported(database, target, output_format) == {"figure_rows": 3}
    expected = list(figure_rows(extract_bytes(TEXT.encode(), path=str(path)).documents[0]))
    plain = (lambda value: "" if value is None else str(value)) if output_format == "csv" else (lambda value: value)
    assert [{name: row[name] for name in FIGURE_COLUMNS} for row in READERS[output_format](target)] == [
        {name: plain(value) for name, value in row.items()} for row in expected
    ]


@pytest.mark.parametrize("output_format", ["csv", "jsonl", "parquet"])
def test_the_relational_set_is_a_file_a_table(sqlite: str, tmp_path: Path, output_format: str) -> None:
    bring_in(sqlite, *write(tmp_path, a=TEXT, b=OTHER))
    counts = exported(sqlite, tmp_path / "out", output_format, flat=False)
    tables = [*(relation.name for relation in columns.RECORDS), "sources"]
    assert list(counts) == tables
    assert counts == {name: len(rows(sqlite, name)) for name in tables}
    written = {name: len(READERS[output_format](tmp_path / "out" / f"{name}.{output_format}")) for name in tables}
    assert written == counts


def test_a_duckdb_file_has_all_tables(sqlite: str, tmp_path: Path) -> None:
    bring_in(sqlite, *write(tmp_path, a=TEXT, b=OTHER))
    exported(sqlite, tmp_path / "out", "duckdb", flat=False)
    with duckdb.connect(str(tmp_path / "out")) as connection:
        asked = "select sum(value) from figures join documents on figures.document_id = documents.id where year = 2022"
        assert connection.execute(asked).fetchall() == [(7012.0,)]


def test_an_existing_file_is_replaced(sqlite: str, tmp_path: Path) -> None:
    bring_in(sqlite, *write(tmp_path, a=TEXT))
    for _ in range(2):
        exported(sqlite, tmp_path / "out", "duckdb")
    assert len(of_duckdb(tmp_path / "out")) == 3


@pytest.mark.parametrize(
    ("filters", "number"),
    [
        ({}, 6),
        ({"years": (2023,)}, 3),
        ({"years": (2022, 2023)}, 6),
        ({"years": (1999,)}, 0),
        ({"organizations": ("临河",)}, 3),
        ({"organizations": ("%",)}, 0),
        ({"categories": ("participants",)}, 2),
        ({"categories": ("participants",), "years": (2022,)}, 1),
    ],
)
@pytest.mark.parametrize("flat", [True, False])
def test_filters_choose(database: str, tmp_path: Path, filters: dict[str, Any], number: int, *, flat: bool) -> None:
    bring_in(database, *write(tmp_path, a=TEXT, b=OTHER))
    counts = exported(database, tmp_path / "out", "jsonl", flat=flat, **filters)
    assert counts["figure_rows" if flat else "figures"] == number


def test_copies_are_left_out_on_request(sqlite: str, tmp_path: Path) -> None:
    bring_in(sqlite, *write(tmp_path, a=TEXT, b=TEXT + " "))
    assert exported(sqlite, tmp_path / "out", "csv")["figure_rows"] == 6
    assert exported(sqlite, tmp_path / "out", "csv", copies=False)["figure_rows"] == 3


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1＋1"])
def test_a_cell_that_a_spreadsheet_would_run_is_defused(text: str) -> None:
    assert defused(text) == f"'{text}"


def test_a_number_is_no_formula() -> None:
    assert defused(-1) == -1


def test_parts_in_databases_of_their_own_are_one_table_in_duckdb(sqlite: str, tmp_path: Path) -> None:
    paths = write(tmp_path, **{f"a{number}": TEXT.replace("6期", f"{number}期") for number in range(1, 11)})
    for number in (1, 2):
        part = sqlite.replace("test.db", f"part-{number}.db")
        bring_in(part, *paths, shard=(number, 2))
        exported(part, tmp_path / "parts" / str(number), "parquet", flat=False)
    asked = f"select sum(value) from '{tmp_path}/parts/*/figures.parquet' where unit = '期'"  # noqa: S608
    assert duckdb.sql(asked).fetchall() == [(55.0,)]
