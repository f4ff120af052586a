"""PDF and pictures give running text, and every figure its page and box."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from making import as_pictures, pdf_of
from zongji import extract_bytes
from zongji.corpus.labels import FailureCode, NoticeCode
from zongji.pipeline.sources import Limits, Reading, SourceError, ocr, read
from zongji.pipeline.sources.page import Page, TextRun
from zongji.pipeline.sources.page_order import in_order

pytest_plugins = ("format_files",)

TITLE = "县科协工作总结"
PARAGRAPH = [
    "一年来，县科协共举办各类科普讲座三十六",
    "场，培训农民1860人次，发放科普资料",
    "一万二千份，受到普遍欢迎。",
]


def page(*lines: str, header: str = "", number: str = "") -> list[tuple[float, float, str]]:
    """Lines of a page below one another, the first of each paragraph set in by two characters."""
    placed = [(72.0 + 24 * line.startswith("　"), 740.0 - 20 * place, line.strip()) for place, line in enumerate(lines)]
    margins = [(72.0, 805.0, header), (290.0, 30.0, number)]
    return placed + [line for line in margins if line[2]]


def paragraphs(count: int) -> list[str]:
    """Paragraphs of three lines, twenty characters wide."""
    return [
        line for number in range(count) for line in ("　" + PARAGRAPH[0][:-2], "场，共" + PARAGRAPH[1], PARAGRAPH[2])
    ]


def apart(reading: Reading) -> list[str]:
    return [reading.aligned.text[span.start : span.end] for span in reading.boilerplate]


def test_lines_are_joined_to_paragraphs(font: Path) -> None:
    lines = [
        "　甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未",
        "申酉戌亥共12期。",
        "　甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未",
        "申酉戌亥共13期。",
    ]
    source = read(pdf_of([page(*lines)], font)).aligned.source
    assert source.split("\n")[:2] == [lines[0].strip() + lines[1], lines[2].strip() + lines[3]]


def test_a_paragraph_goes_on_over_the_page(font: Path) -> None:
    pages = [
        page(*["　" + "甲" * 28, "乙" * 30] * 6, header="文件", number="- 1 -"),
        page("丙" * 30, "丁。", *["　" + "甲" * 28, "乙" * 30] * 5, header="文件", number="- 2 -"),
    ]
    found = read(pdf_of(pages, font))
    assert "乙" * 30 + "丙" * 30 + "丁。" in found.aligned.source
    assert sorted(apart(found)) == ["- 1 -", "- 2 -", "文件", "文件"]


def test_two_columns_are_read_one_after_the_other(font: Path) -> None:
    rows = [(left, 700.0 - 20 * row, sign * 16) for row in range(8) for left, sign in ((60.0, "左"), (310.0, "右"))]
    source = read(pdf_of([[(60.0, 760.0, "标题" * 15), *rows]], font)).aligned.source
    assert "".join(source.split()) == "标题" * 15 + "左" * 128 + "右" * 128


def test_cells_without_rules_are_parted_by_tabs(font: Path) -> None:
    rows = [("项目", "场次"), ("讲座", "6")]
    lines = [
        (left, 700.0 - 20 * row, cell)
        for row, cells in enumerate(rows)
        for left, cell in zip((72, 250), cells, strict=True)
    ]
    assert read(pdf_of([lines], font)).aligned.source == "项目\t场次\n讲座\t6\n"


def test_a_ruled_table_keeps_its_cells(saved: Callable[[str, str], Path]) -> None:
    found = read(saved("numbered", "pdf").read_bytes())
    assert (found.encoding, found.tables) == ("pdfium+pdfplumber", 1)
    assert (
        "项目\t场次\t人数（人次）\t场次\t人数（人次）\n科普讲座\t6\t1200\t8\t1300\n技能培训\t12" in found.aligned.source
    )


def test_a_figure_knows_its_page_and_box(font: Path) -> None:
    data = pdf_of([page("第一页的文字写在这里。"), page("一年来，举办讲座36场。")], font)
    (figure,) = (figure for document in extract_bytes(data).documents for figure in document.figures)
    assert figure.place is not None
    assert figure.place.box is not None
    left, top, right, bottom = figure.place.box
    assert figure.page == figure.place.page == 2
    assert (round(left), round(right)) == (pytest.approx(168, abs=2), pytest.approx(194, abs=2))
    assert 841.9 - 755 < top < bottom < 841.9 - 735


def test_characters_drawn_out_of_order_are_read_in_order(font: Path) -> None:
    data = pdf_of([[(72, 700, "抓好"), (156, 700, "工作"), (96, 700, "“五老”队")]], font)
    assert read(data).aligned.source.replace(" ", "") == "抓好“五老”队工作\n"


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_a_page_that_is_turned_is_read_as_it_is_shown(font: Path, turned: int) -> None:
    import pypdfium2  # noqa: PLC0415

    document = pypdfium2.PdfDocument(pdf_of([page("一年来，举办讲座36场。", "培训农民20人。")], font))
    for thing in document[0].get_objects():
        across, up = {0: (0, 0), 90: (595, 0), 180: (595, 842), 270: (0, 842)}[turned]
        matrix = pypdfium2.PdfMatrix().rotate(turned, ccw=True).translate(across, up)
        thing.transform(matrix)
    document[0].gen_content()
    document[0].set_rotation(turned)
    stream = io.BytesIO()
    document.save(stream)
    assert "36场。" in read(stream.getvalue()).aligned.source.split("培训")[0]


def test_an_encrypted_pdf_says_so(font: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption  # noqa: PLC0415

    data = pdf_of([page("总结")], font, encrypt=StandardEncryption("geheim"))
    with pytest.raises(SourceError, match="password-protected"):
        read(data)


def test_a_page_count_that_lies_costs_the_pages_that_are_not_there(font: Path) -> None:
    data = re.sub(rb"/Count 1 ", b"/Count 9 ", pdf_of([page("一年来，举办讲座36场。")], font))
    found = read(data)
    assert "36场" in found.aligned.source
    assert {notice.code for notice in found.notices} == {NoticeCode.UNREADABLE_PAGE}


def test_a_pdf_that_is_cut_off_is_refused_or_recovered(font: Path) -> None:
    data = pdf_of([page(*PARAGRAPH)], font)
    result = extract_bytes(data[: len(data) // 3])
    assert result.failure is not None
    assert result.failure.code is FailureCode.DAMAGED


def test_only_so_many_pages_are_read(font: Path) -> None:
    found = read(pdf_of([page("甲乙丙丁"), page("戊己庚辛")], font), limits=Limits(pages=1))
    assert found.aligned.source == "甲乙丙丁\n"
    assert [notice.code for notice in found.notices] == [NoticeCode.LIMIT_REACHED]


def test_without_a_map_to_unicode_no_text_is_mined(font: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: 'it needs OCR: pip install "zongji[ocr]"')
    data = pdf_of([page(*PARAGRAPH)], font).replace(b"/ToUnicode", b"/ToUnicodX")
    with pytest.raises(SourceError, match=r"page 1 has text in a font .*zongji\[ocr\]"):
        read(data)


def test_a_scanned_page_names_what_would_read_it(font: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "missing", lambda: 'it needs OCR: pip install "zongji[ocr]"')
    with pytest.raises(SourceError, match=r"is an image without text; .*zongji\[ocr\]"):
        read(scan(font))


def scan(font: Path) -> bytes:
    (picture,) = as_pictures(
        pdf_of([page("县科协工作总结", "一年来，举办科普讲座36场，培训农民1860人次。")], font), dots=150
    )
    stream = io.BytesIO()
    picture.save(stream, "PDF", resolution=150)
    return stream.getvalue()


def test_a_scanned_page_is_recognized(font: Path) -> None:
    pytest.importorskip("rapidocr", reason="CHARACTER RECOGNITION IS NOT TESTED; install zongji[ocr]")
    (document,) = extract_bytes(scan(font)).documents
    assert [(figure.value, figure.page) for figure in document.figures] == [(36, 1), (1860, 1)]


def test_ink_where_no_line_was_found_is_told_of() -> None:
    numpy = pytest.importorskip("numpy")
    picture = numpy.full((400, 300), 255, dtype="uint8")
    picture[100:120, 50:250:3] = 0
    picture[200:220, 50:250:3] = 0
    found = (TextRun("一行", 1, 50, 98, 250, 122), 0.99)
    assert list(ocr._missed(picture, [found])) == [(200, 220)]


def test_a_picture_that_is_broken_says_so() -> None:
    with pytest.raises(SourceError, match="image"):
        read(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)


def test_pieces_at_one_height_are_a_line_from_left_to_right() -> None:
    runs = (TextRun("右", 1, 200, 100, 212, 112), TextRun("左", 1, 72, 101, 84, 113), TextRun("上", 1, 72, 80, 84, 92))
    lines = in_order(Page(1, 595, 842, runs))
    assert [getattr(line, "text", "") for line in lines] == ["上", "左\t右"]
