"""Records as a program carries them on: dicts, rows, a DataFrame; the same as the files that `extract` writes."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest
import zongji
from zongji.pipeline.sinks.csv import Csv
from zongji.pipeline.sinks.jsonl import JsonLines
from zongji.pipeline.sinks.options import Options

TEXT = (
    "临河镇2023年工作总结\n一、主要工作\n3月20日在文化广场举办培训班2至3期，培训农民300余人。落实“三项制度”。\n"
    "二、其他\n发放资料××份，奖励10元/人。\n"
)


@pytest.fixture(scope="module")
def document() -> zongji.Document:
    (found,) = zongji.extract_bytes(TEXT.encode(), path="总结.txt").documents
    return found


@pytest.mark.parametrize("options", [{}, {"rejected": True}, {"text": True}])
def test_a_document_as_a_dict_is_its_json_line(document: zongji.Document, options: dict[str, bool]) -> None:
    stream = io.StringIO()
    JsonLines(stream, Options(**options)).write(zongji.Result("", (document,)))
    assert document.to_dict(**options) == json.loads(stream.getvalue())


@pytest.mark.parametrize("kind", ["sections", "figures", "activities", "checks"])
def test_a_record_as_a_dict_is_its_part_of_the_line(document: zongji.Document, kind: str) -> None:
    assert [record.to_dict() for record in getattr(document, kind)] == document.to_dict()[kind]


def plainness(value: object) -> set[type]:
    """The types of all values in plain data."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return {type(value)}.union(*map(plainness, inner))


def test_plain_data_is_plain(document: zongji.Document) -> None:
    found = plainness(document.to_dict(rejected=True, text=True))
    assert found <= {dict, list, str, int, float, bool, type(None)}


def test_a_place_as_a_dict_leaves_out_what_a_format_has_no_notion_of() -> None:
    assert zongji.Location(line=3).to_dict() == {"line": 3}


def test_rows_are_those_of_the_csv(document: zongji.Document) -> None:
    stream = io.StringIO()
    Csv(stream, Options()).write(zongji.Result("", (document,)))
    rows = [
        {name: "" if value is None else str(value) for name, value in row.items()}
        for row in zongji.figure_rows(document)
    ]
    assert rows == list(csv.DictReader(io.StringIO(stream.getvalue())))


@pytest.fixture
def pandas() -> None:
    """The library, without which these tests are skipped."""
    pytest.importorskip("pandas", reason="DATAFRAMES ARE NOT TESTED; install zongji[pandas]")


def test_without_pandas_the_extra_is_named(document: zongji.Document, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(zongji.MissingExtraError, match=r'pip install "zongji\[pandas\]"'):
        zongji.to_dataframe([document])


@pytest.mark.usefixtures("pandas")
def test_a_dataframe_has_the_columns_of_the_csv(document: zongji.Document) -> None:
    frame = zongji.to_dataframe([document])
    assert tuple(frame.columns) == zongji.FIGURE_COLUMNS
    assert list(frame["text"]) == ["2至3期", "300余人", "××份", "10元"]


@pytest.mark.usefixtures("pandas")
def test_numbers_of_a_dataframe_are_numbers(document: zongji.Document) -> None:
    frame = zongji.to_dataframe([document])
    types = frame.dtypes.astype(str)
    assert {name: types[name] for name in ("value", "value_max", "page", "start", "end", "total", "confidence")} == {
        "value": "float64", "value_max": "float64", "page": "Int64", "start": "int64", "end": "int64", "total": "bool",
        "confidence": "float64",
    }  # fmt: skip
    assert frame["value_max"].tolist()[0] == 3
    assert frame["value"].isna().tolist() == [False, False, True, False]
    assert frame["start"][0] == TEXT.index("2至3期")


@pytest.mark.usefixtures("pandas")
def test_dates_of_a_dataframe_are_text_and_what_is_not_known_is_missing(document: zongji.Document) -> None:
    dates = zongji.to_dataframe([document])["date"]
    assert dates[0] == "3月20日"
    assert dates.isna()[3]


def as_results(document: zongji.Document) -> object:
    failed = zongji.Result("b.txt", failure=zongji.Failure(zongji.FailureCode.EMPTY, "it is empty"))
    return iter([zongji.Result("a.txt", (document,)), failed])


@pytest.mark.parametrize(
    "given",
    [
        lambda document: document,
        lambda document: (document,),
        lambda document: zongji.Result("", (document,)),
        as_results,
    ],
    ids=["a document", "documents", "a result", "an iterator of results"],
)
@pytest.mark.usefixtures("pandas")
def test_a_dataframe_is_made_of(document: zongji.Document, given: Callable[[zongji.Document], Any]) -> None:
    assert len(zongji.to_dataframe(given(document))) == len(document.figures)


@pytest.mark.usefixtures("pandas")
def test_a_dataframe_of_nothing_has_the_same_columns_and_types(document: zongji.Document) -> None:
    assert zongji.to_dataframe([]).dtypes.equals(zongji.to_dataframe(document).dtypes)


@pytest.mark.usefixtures("pandas")
def test_a_number_beyond_every_float_is_missing_in_a_dataframe() -> None:
    frame = zongji.to_dataframe(zongji.extract_text(f"县科协工作总结\n一年来，发放资料{'9' * 400}份。"))
    assert list(frame["text"].str.len()) == [401]
    assert frame["value"].isna()[0]
