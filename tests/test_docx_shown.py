"""Word documents as Word shows them: tracked changes, struck and raised text, merged cells, parts by relation."""

from __future__ import annotations

import io
import zipfile

import pytest
from zongji.corpus.labels import NoticeCode
from zongji.pipeline.sources.formats import read
from zongji.pipeline.sources.reading import Reading

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def document(body: str, *, part: str = "word/document.xml") -> Reading:
    """The reading of a Word document with this body, its main part under a name."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        override = f'<Override PartName="/{part}" ContentType="{_MAIN}"/>'
        package.writestr("[Content_Types].xml", f'<Types xmlns="{_TYPES}">{override}</Types>')
        relation = f'<Relationship Id="r1" Type="{_OFFICE}/officeDocument" Target="{part}"/>'
        package.writestr("_rels/.rels", f'<Relationships xmlns="{_RELATIONS}">{relation}</Relationships>')
        package.writestr(part, f'<w:document xmlns:w="{_W}"><w:body>{body}</w:body></w:document>')
    return read(stream.getvalue(), name="a.docx")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def cell(*paragraphs: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{''.join(paragraph(run(text)) for text in paragraphs)}</w:tc>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def text_of(body: str) -> str:
    return document(body).aligned.text.strip()


@pytest.mark.parametrize("struck", ["<w:strike/>", "<w:dstrike/>", '<w:strike w:val="1"/>'])
def test_struck_text_is_left_out_and_told_of(struck: str) -> None:
    reading = document(paragraph(run("购置图书"), run("40", struck), run("65册。")))
    assert reading.aligned.text.strip() == "购置图书65册。"
    (notice,) = reading.notices
    assert notice.code is NoticeCode.HIDDEN_CONTENT
    assert notice.message == "2 characters of hidden or struck text ignored"


def test_a_strike_that_is_off_leaves_the_text() -> None:
    assert text_of(paragraph(run("购置图书"), run("65", '<w:strike w:val="0"/>'), run("册。"))) == "购置图书65册。"


@pytest.mark.parametrize("mark", ["1", "[2]", "①", "3,4", "注1"])
def test_the_mark_of_a_note_is_no_part_of_a_number(mark: str) -> None:
    raised = run(mark, '<w:vertAlign w:val="superscript"/>')
    assert text_of(paragraph(run("走访农户120"), raised, run("户。"))) == "走访农户120户。"


@pytest.mark.parametrize(
    ("before", "raised", "shown"), [("硬化场地90m", "2", "²"), ("约3×10", "4", "⁴"), ("第5", "th", "th")]
)
def test_a_raised_exponent_stays(before: str, raised: str, shown: str) -> None:
    assert text_of(paragraph(run(before), run(raised, '<w:vertAlign w:val="superscript"/>'))) == before + shown


def test_a_row_whose_deletion_is_tracked_is_left_out() -> None:
    deleted = '<w:trPr><w:del w:id="1" w:author="a"/></w:trPr>'
    rows = (cell("项目") + cell("场次"), deleted + cell("演练") + cell("9场"), cell("竞赛") + cell("4场"))
    assert text_of(table(*rows)) == "项目\t场次\n竞赛\t4场"


def test_a_number_in_merged_cells_is_stated_once() -> None:
    wide = cell("开办夜校五期", properties='<w:gridSpan w:val="2"/>')
    assert (
        text_of(table(cell("项目") + cell("春季") + cell("秋季"), cell("夜校") + wide)).split("\n")[1]
        == "夜校\t开办夜校五期"
    )


def test_an_ordinal_in_merged_cells_is_a_name_that_is_repeated() -> None:
    wide = cell("第三季度", properties='<w:gridSpan w:val="2"/>')
    rows = (cell("项目") + wide, cell("夜校") + cell("2期") + cell("40人"))
    assert text_of(table(*rows)).split("\n")[0] == "项目\t第三季度\t第三季度"


def test_paragraphs_beside_each_other_are_lines_of_their_own() -> None:
    rows = (cell("序号") + cell("内容") + cell("完成"), cell("1") + cell("植树", "清淤") + cell("600株", "8处"))
    assert text_of(table(*rows)) == "序号\t内容\t完成\n1\t植树\t600株\n\t清淤\t8处"


def test_a_name_broken_into_paragraphs_is_one() -> None:
    rows = (cell("项目", "名称") + cell("参加", "人数"), cell("夜校") + cell("40"))
    assert text_of(table(*rows)) == "项目名称\t参加人数\n夜校\t40"


def test_the_rows_of_a_table_in_a_cell_are_lines_of_their_own() -> None:
    inner = table(cell("植树") + cell("600株"), cell("清淤") + cell("8处"))
    outer = table(cell("单位") + cell("完成"), cell("北河镇") + f"<w:tc><w:tcPr/>{inner}<w:p/></w:tc>")
    assert text_of(outer) == "单位\t完成\n北河镇\n植树\t600株\n清淤\t8处"


def test_the_main_part_is_what_the_package_says_it_is() -> None:
    reading = document(paragraph(run("植树600株。")), part="word/document7.xml")
    assert (reading.format, reading.aligned.text.strip()) == ("docx", "植树600株。")
