"""No table that we write holds a cell that a spreadsheet would run, and every cell can be read back."""

from __future__ import annotations

import csv
import io
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zongji.corpus.labels import Reason
from zongji.corpus.records import Document, Rejection
from zongji.pipeline.reading.reader import Result, extract_bytes
from zongji.pipeline.sinks.cells import Cells, as_it_was, defused
from zongji.pipeline.sinks.csv import Csv
from zongji.pipeline.sinks.options import Options

SIGNS = "=+-@\t\r\n＝＋－＠"
TEXT = "临河镇2023年工作总结\n3月20日在文化广场开展宣传活动1场，培训农民300余人。\n"


def hostile(sign: str) -> Document:
    """A document with the sign in front of every text that the input decides."""
    (document,) = extract_bytes(TEXT.encode(), path=f"{sign}a.txt").documents
    figures = tuple(
        replace(
            figure,
            **{
                field.name: sign + str(getattr(figure, field.name))
                for field in fields(figure)
                if type(getattr(figure, field.name)) is str and field.name not in {"id", "section", "activity"}
            },
        )
        for figure in document.figures
    )
    activities = tuple(
        replace(one, name=f"{sign}x", place=f"{sign}x", organizer=f"{sign}x", date_text=f"{sign}x")
        for one in document.activities
    )
    rejected = (Rejection(0, 1, f"{sign}1", Reason.DATE),)
    named = replace(document, title=f"{sign}x", organization=f"{sign}x")
    return replace(named, figures=figures, activities=activities, rejected=rejected)


@pytest.mark.parametrize("rejected", [False, True])
@pytest.mark.parametrize("sign", SIGNS)
def test_no_column_begins_with_what_a_spreadsheet_runs(sign: str, *, rejected: bool) -> None:
    stream = io.StringIO()
    Csv(stream, Options(rejected=rejected)).write(Result("x", (hostile(sign),)))
    rows = list(csv.reader(io.StringIO(stream.getvalue(), newline="")))
    assert len(rows) > 1
    assert not [cell for row in rows for cell in row if cell.startswith(tuple(SIGNS))]


@pytest.mark.parametrize("text", [" =1", '"=1', "'=1", "\u3000＝1", "\ufeff@x", "=cmd|' /C calc'!A0"])
def test_what_imports_drop_in_front_of_a_formula_hides_none(text: str) -> None:
    assert defused(text) == f"'{text}"


@given(st.text(alphabet=f"{SIGNS}'\" a1\u3000"))
def test_a_defused_cell_is_read_back(text: str) -> None:
    assert as_it_was(str(defused(text))) == text


def test_numbers_stay_numbers() -> None:
    stream = io.StringIO()
    Cells(stream).row([-5, -2.6, "-5", None])
    assert stream.getvalue() == "-5,-2.6,'-5,\r\n"
