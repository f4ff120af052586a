"""Numbers of more digits than Python reads, tables of more cells than fit: no file fails, and time stays linear."""

from __future__ import annotations

import html
import sys
from time import process_time

import pytest
from zongji.corpus.character_references import unescaped
from zongji.corpus.records import Location
from zongji.corpus.whole_numbers import whole_number
from zongji.pipeline.figures.numerals import read
from zongji.pipeline.reading.inputs import Blob
from zongji.pipeline.reading.reader import extract_bytes, restored
from zongji.pipeline.sinks import SINKS
from zongji.pipeline.sinks.options import Options
from zongji.pipeline.sources.grid import Cell, grid_of, write_table
from zongji.pipeline.sources.locations import Composer
from zongji.pipeline.trace.places import parsed

TEXT = "临河镇2023年工作总结\n一、主要工作\n举办培训班6期，培训农民{}人。\n"
NUMERALS = [
    "1" * 5000,
    "九" * 6000 + "亿" * 3000,
    "亿" * 300_000,
    "1" * 5000 + ".5",
    "九千" * 9000,
    "3," * 5000,
]


@pytest.mark.parametrize("sink", SINKS)
@pytest.mark.parametrize("numeral", NUMERALS, ids=lambda text: text[:3])
def test_a_number_larger_than_any_is_written_without_its_value(
    numeral: str, sink: str, capsys: pytest.CaptureFixture[str]
) -> None:
    result = extract_bytes(TEXT.format(numeral).encode())
    assert result.failure is None
    writer = SINKS[sink](sys.stdout, Options())
    writer.write(result)
    writer.close()
    assert "6" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        "{}年{}月{}日",
        "第{}次会议",
        "{}、总结",
        "（{}）总结",
        "{}年上半年",
        "百分之{}",
        "{}/{}以上",
        "{}至{}人",
        "{}.{}.{}版",
    ],
)
def test_digits_without_end_fail_no_document(words: str) -> None:
    assert extract_bytes(TEXT.format(300).encode() + words.replace("{}", "1" * 5000).encode()).failure is None


@pytest.mark.parametrize(
    "page",
    [
        "<html><title>{}</title><body><p>{}</p></html>",
        "<html><head><meta name=ArticleTitle content='{}'><meta name=author content='{}'></head><body>{}</body></html>",
        "<p title='{}'>{}</p><pre>{}</pre>",
        "{}",
    ],
)
@pytest.mark.parametrize("reference", ["&#{};", "&#{}", "&#x{};"])
def test_character_references_without_end_fail_no_page(page: str, reference: str) -> None:
    text = page.replace("{}", "举办培训班6期。" + reference.format("9" * 5000))
    assert extract_bytes(text.encode()).failure is None
    assert next(restored(Blob("x.html", text.encode()))).failure is None


@pytest.mark.parametrize(
    "text",
    ["&#38;", "&#000000000000065;", "&#65", "&#0;", "&#000000000000;", "&#1114111;", "&#1114112;", "&#999999999999;1"],
)
def test_character_references_mean_what_they_mean_in_html(text: str) -> None:
    assert unescaped(text) == html.unescape(text)


@pytest.mark.parametrize("numeral", ["9" * 101, "亿" * 20, "9" * 5000])
def test_a_number_of_more_than_a_hundred_digits_has_no_value(numeral: str) -> None:
    assert read(numeral).value is None


def test_a_number_of_thirty_digits_has_its_value() -> None:
    assert read("9" * 30).value == 10**30 - 1


@pytest.mark.parametrize("text", ["", "x", "²", "-1", "1.5", "1" * 19, "1" * 5000, None])
def test_what_is_no_whole_number_is_none(text: str | None) -> None:
    assert whole_number(text) is None


def test_a_line_number_of_endless_digits_is_part_of_the_path() -> None:
    assert parsed(f"a.txt:{'1' * 5000}")[1] is None


def seconds(columns: int, rows: int = 1) -> float:
    cells = [(row, column, Cell((f"格{column}",), Location())) for row in range(rows) for column in range(columns)]
    begun = process_time()
    write_table(Composer(), grid_of(cells))
    return process_time() - begun


@pytest.mark.alone
def test_a_row_of_many_cells_takes_linear_time() -> None:
    seconds(1000)
    assert seconds(40_000) < 8 * max(seconds(10_000), 0.02)


def test_a_stray_cell_in_the_last_row_and_column_costs_nothing() -> None:
    composer = Composer()
    places = {(0, 0): "项目", (0, 1): "人数", (10**6, 16_383): "5"}
    write_table(composer, grid_of([(*place, Cell((text,), Location())) for place, text in places.items()]))
    assert composer.text.startswith("项目\t人数")


def test_a_merged_area_over_everything_is_not_repeated() -> None:
    assert len(grid_of([(0, 0, Cell(("全",), Location(), 10**6, 10**4))])) == 1
