"""Word and Excel files give the text that they show, and every figure its paragraph or cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from making import SUMMARY, with_part, workbook
from zongji import extract_bytes, extract_text
from zongji.corpus.labels import NoticeCode
from zongji.corpus.records import Figure, Location
from zongji.pipeline.sources import Reading, SourceError, libreoffice, programs, read, word
from zongji.pipeline.sources.formats import not_empty
from zongji.pipeline.sources.limits import Task
from zongji.pipeline.sources.numbering import FORMATS

pytest_plugins = ("format_files",)

NUMBERED = """县科协2023年工作总结
一年来，县科协认真履行职责。现将有关情况总结如下：
一、工作开展情况
（一）科普宣传
全年举办科普讲座6场。
（二）科普培训
1. 举办实用技术培训班12期。
2. 培训农民800人次。
项目\t计划\t计划\t完成\t完成
项目\t场次\t人数（人次）\t场次\t人数（人次）
科普讲座\t6\t1200\t8\t1300
技能培训\t12\t800\t10\t900
二、存在的问题
经费不足。
"""
Saved = Callable[[str, str], Path]


def reading(path: Path) -> Reading:
    return read(path.read_bytes(), name=path.name)


def shown(figure: Figure) -> tuple[object, ...]:
    return figure.category, figure.value, figure.value_max, figure.unit, figure.item, figure.modality, figure.total


def figures(data: bytes) -> list[Figure]:
    return [figure for document in extract_bytes(data).documents for figure in document.figures]


def test_docx_gives_the_numbers_that_word_shows(numbered: Path) -> None:
    assert reading(numbered).aligned.source == NUMBERED


@pytest.mark.parametrize("extension", ["doc", "odt"])
def test_saved_in_another_format_the_text_is_the_same(saved: Saved, extension: str) -> None:
    assert reading(saved("numbered", extension)).aligned.source == NUMBERED


@pytest.mark.parametrize("extension", ["docx", "doc", "odt", "rtf", "html", "pdf"])
def test_every_format_gives_the_figures_of_the_text(saved: Saved, extension: str) -> None:
    expected = [shown(figure) for document in extract_text(SUMMARY) for figure in document.figures]
    assert [shown(figure) for figure in figures(saved("summary", extension).read_bytes())] == expected


@pytest.mark.parametrize("extension", ["docx", "doc", "odt", "rtf", "html", "pdf"])
def test_every_format_gives_the_sections_of_the_text(saved: Saved, extension: str) -> None:
    (expected,) = extract_text(SUMMARY)
    (found,) = extract_bytes(saved("summary", extension).read_bytes()).documents
    assert [(s.marker, s.title, s.label) for s in found.sections] == [
        (s.marker, s.title, s.label) for s in expected.sections
    ]


def test_a_figure_of_a_docx_knows_its_paragraph_or_its_cell(docx: Path) -> None:
    places = {figure.text: figure.place for figure in figures(docx.read_bytes())}
    assert places["36场"] == Location(paragraph=4)
    assert places["36"] == Location(table=1, cell="C2")


def test_headers_and_footers_are_set_apart(docx: Path) -> None:
    found = reading(docx)
    apart = [found.aligned.text[span.start : span.end] for span in found.boilerplate]
    assert apart == ["1", "县科学技术协会文件"]


def test_a_table_tells_plan_from_result_by_its_header(docx: Path) -> None:
    cells = {
        str(figure.place.cell): figure for figure in figures(docx.read_bytes()) if figure.place and figure.place.cell
    }
    assert {name: (cells[name].value, cells[name].modality.value, cells[name].item) for name in ("B2", "C2")} == {
        "B2": (30, "planned", "科普讲座"),
        "C2": (36, "achieved", "科普讲座"),
    }


@pytest.mark.parametrize("part", ["word/header1.xml", "word/numbering.xml", "word/styles.xml"])
def test_a_broken_part_costs_only_itself(docx: Path, part: str) -> None:
    found = read(with_part(docx.read_bytes(), part, b"<w:broken"))
    assert "科普讲座36场" in found.aligned.source
    assert [notice.code for notice in found.notices] == [NoticeCode.BROKEN_PART]


def test_a_body_that_is_cut_off_is_read_up_to_the_break(docx: Path) -> None:
    import zipfile  # noqa: PLC0415

    body = zipfile.ZipFile(docx).read("word/document.xml")
    cut = body.index("二、存在的问题".encode())
    found = read(with_part(docx.read_bytes(), "word/document.xml", body[:cut]))
    assert "科普讲座36场" in found.aligned.source
    assert [notice.code for notice in found.notices] == [NoticeCode.BROKEN_PART]


def test_a_docx_without_a_body_says_so(docx: Path) -> None:
    with pytest.raises(SourceError, match="body is missing or broken"):
        read(with_part(docx.read_bytes(), "word/document.xml", b"<w:broken"))


def test_entities_are_not_fetched_or_expanded(docx: Path) -> None:
    body = (
        b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>A'
        b"</w:t><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert read(with_part(docx.read_bytes(), "word/document.xml", body)).aligned.source == "A\n1\n县科学技术协会文件\n"


def test_a_text_box_stands_behind_its_paragraph_once(docx: Path) -> None:
    box = "<w:p><w:r><w:t>附：举办讲座9场</w:t></w:r></w:p>"
    body = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body><w:p><w:r><w:t>总结</w:t>'
        f"<mc:AlternateContent><mc:Choice><w:txbxContent>{box}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{box}</w:txbxContent></mc:Fallback></mc:AlternateContent>"
        "</w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del></w:p></w:body></w:document>"
    )
    text = read(with_part(docx.read_bytes(), "word/document.xml", body.encode())).aligned.source
    assert text.startswith("总结\n附：举办讲座9场\n1\n")


@pytest.mark.parametrize(
    ("name", "number", "written"),
    [
        ("decimalEnclosedCircle", 3, "③"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("ideographTraditional", 2, "乙"),
    ],
)
def test_number_formats_of_word(name: str, number: int, written: str) -> None:
    assert FORMATS[name](number) == written


def test_a_doc_without_lists_is_read_by_antiword(antiword: None, saved: Saved) -> None:  # noqa: ARG001
    assert reading(saved("summary", "doc")).encoding == "antiword"


def test_without_any_program_a_doc_names_what_to_install(saved: Saved, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved("summary", "doc")
    monkeypatch.setattr(programs, "found", lambda *_: None)
    with pytest.raises(SourceError, match=r"not installed\. Install LibreOffice|Install antiword or LibreOffice"):
        reading(path)


@pytest.mark.parametrize("kind", ["doc", "rtf", "odt"])
def test_what_libreoffice_would_take_for_text_is_refused(soffice: None, kind: str) -> None:  # noqa: ARG001
    with pytest.raises(SourceError, match=r"LibreOffice cannot read it|is not text|has no text|cannot be opened"):
        not_empty(word.read_by_libreoffice(bytes(range(1, 256)) * 40, Task(), kind=kind))


def test_files_converted_together_are_ready_when_they_are_read(saved: Saved, monkeypatch: pytest.MonkeyPatch) -> None:
    data = [saved(stem, "rtf").read_bytes() for stem in ("summary", "numbered")]
    libreoffice.convert_ahead((("rtf", item) for item in data), seconds=60)
    monkeypatch.setattr(programs, "run", lambda *_, **__: pytest.fail("LibreOffice is started once more"))
    assert all(read(item).encoding == "libreoffice" for item in data)


def test_a_sheet_is_a_table_as_excel_shows_it() -> None:
    assert read(workbook()).aligned.source.split("\n")[2:6] == [
        "项目\t计划\t计划\t完成\t完成",
        "项目\t场次\t经费\t场次\t完成率",
        "科普讲座\t6\t1.5\t8\t133%",
        "技能培训\t12\t3\t10\t83%",
    ]


def test_a_figure_of_a_sheet_knows_its_cell_and_its_unit() -> None:
    found = {figure.place.cell: figure for figure in figures(workbook()) if figure.place}
    assert (found["C5"].value, found["C5"].unit, found["C5"].modality.value) == (15000, "元", "planned")
    assert found["D5"].place == Location(sheet="Sheet", cell="D5")


def test_hidden_sheets_are_set_apart_and_formulas_without_values_reported() -> None:
    found = read(workbook())
    assert [found.aligned.text[span.start : span.end] for span in found.boilerplate] == ["培训999人"]
    assert [notice.code for notice in found.notices] == [NoticeCode.MISSING_VALUES, NoticeCode.HIDDEN_CONTENT]


def test_an_xls_gives_what_its_xlsx_gives(files: Path, soffice: None) -> None:  # noqa: ARG001
    from making import save_on  # noqa: PLC0415

    path = files / "book.xlsx"
    path.write_bytes(workbook())
    (old,) = save_on([path], "xls", files)
    lines = reading(old).aligned.source.split("\n")
    assert lines[:6] == read(workbook()).aligned.source.split("\n")[:6]
    assert lines[6] == "合计\t18\t4.5\t18\t100%"


def two_sheets() -> bytes:
    import openpyxl  # noqa: PLC0415

    book = openpyxl.Workbook()
    for name, rows in (
        ("培训安排", [["青禾镇农民培训安排表"], ["课程", "学时", "人数"], ["果树修剪", 8, 40], ["茶叶加工", 6, 35]]),
        ("物资发放", [["物资", "数量", "单位"], ["宣传册", 500, "册"], ["雨衣", 120, "件"]]),
    ):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_each_sheet_is_a_document_named_by_its_first_row_or_else_its_name() -> None:
    found = extract_bytes(two_sheets()).documents
    assert [document.title for document in found] == ["青禾镇农民培训安排表", "物资发放"]
