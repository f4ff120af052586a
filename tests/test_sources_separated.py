"""Tables saved as text, with any separator."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zongji.pipeline.reading.reader import extract_bytes
from zongji.pipeline.sources import Reading, read_text


def table(text: str) -> Reading:
    return read_text(text, name="统计.csv")


@pytest.mark.parametrize("separator", [",", ";", "|", "\t", "，"])
def test_cells_are_parted_by_tabs_whatever_separates_them(separator: str) -> None:
    rows = (("活动", "场次", "人数"), ("夜校", "5", "210"), ("竞赛", "2", "64"))
    reading = table("\n".join(separator.join(row) for row in rows))
    assert reading.aligned.text == "活动\t场次\t人数\n夜校\t5\t210\n竞赛\t2\t64"


def test_a_quoted_cell_keeps_its_separators_and_loses_its_line_ends() -> None:
    reading = table('活动,说明\r\n夜校,"城东,\n城西两处""讲堂"""\r\n')
    assert reading.aligned.text == '活动\t说明\r\n夜校\t城东, 城西两处"讲堂"\r\n'


def test_a_cell_leads_back_to_its_place() -> None:
    source = '活动,人数\n"夜校","210人"\n'
    aligned = table(source).aligned
    start = aligned.text.index("210人")
    span = aligned.origin(start, start + 4)
    assert source[span[0] : span[1]] == "210人"


def test_running_text_in_a_file_called_csv_stays_as_it_is() -> None:
    text = "今年举办夜校5期，参加210人，反响很好。\n明年再办。\n"
    assert table(text).aligned.text == text


def test_numbers_under_headers_are_figures() -> None:
    result = extract_bytes("活动,场次,参加人数\n夜校,5,210\n竞赛,2,64\n".encode(), path="统计.csv")
    found = {(figure.value, figure.category) for document in result.documents for figure in document.figures}
    assert {(5, "sessions"), (210, "participants"), (2, "sessions"), (64, "participants")} <= found


_CELL = st.text("ab夜校12\"', ;\n\t", max_size=6)


@given(st.lists(st.lists(_CELL, min_size=3, max_size=3), min_size=1, max_size=5))
def test_what_csv_wrote_has_as_many_rows(rows: list[list[str]]) -> None:
    stream = io.StringIO()
    csv.writer(stream, quoting=csv.QUOTE_ALL).writerows(rows)
    text = table(stream.getvalue()).aligned.text
    assert [line.count("\t") for line in text.rstrip("\r\n").split("\r\n")] == [2] * len(rows)
