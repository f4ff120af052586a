"""PDF and pictures give running text, and every figure its page and box."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

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


def test_a_title_over_two_columns_may_end_inside_the_left_one(font: Path) -> None:
    rows = [(left, 700.0 - 20 * row, sign * 16) for row in range(8) for left, sign in ((60.0, "左"), (310.0, "右"))]
    source = read(pdf_of([[(200.0, 760.0, "标题" * 6), *rows]], font)).aligned.source
    assert "".join(source.split()) == "标题" * 6 + "左" * 128 + "右" * 128


def drawn(font: Path, draw: Callable[[Any], None]) -> bytes:
    """A page that reportlab draws."""
    from reportlab.pdfbase import pdfmetrics  # noqa: PLC0415
    from reportlab.pdfbase.ttfonts import TTFont  # noqa: PLC0415
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

    pdfmetrics.registerFont(TTFont("song", str(font)))
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=(595, 842))
    canvas.setFont("song", 12)
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def test_a_watermark_written_aslant_is_set_apart(font: Path) -> None:
    def draw(canvas: Any) -> None:  # noqa: ANN401
        canvas.drawString(72, 700, "开办夜校5期，参加学员210人次。")
        canvas.rotate(30)
        for across in (300, 500):
            canvas.drawString(across, 200, "机密材料3份")

    reading = read(drawn(font, draw))
    assert apart(reading) == ["机密材料3份", "机密材料3份"]
    assert reading.aligned.text.startswith("开办夜校5期")


def test_vertical_columns_are_read_from_right_to_left(font: Path) -> None:
    def draw(canvas: Any) -> None:  # noqa: ANN401
        for left, column in ((500, "一夜校情况"), (476, "开办夜校五期，参加学员甚众，"), (452, "反响很好。")):
            for place, character in enumerate(column):
                canvas.drawString(left, 760 - 14 * place, character)

    assert "".join(read(drawn(font, draw)).aligned.text.split()) == "一夜校情况开办夜校五期，参加学员甚众，反响很好。"


def test_the_values_of_a_form_are_read_and_notes_told_of(font: Path) -> None:
    def draw(canvas: Any) -> None:  # noqa: ANN401
        canvas.drawString(72, 700, "上年开办夜校5期，参加学员210人次，情况如下。")
        canvas.acroForm.textfield(name="n", value="Total 38", x=72, y=600, width=200, height=20)
        canvas.textAnnotation("ask Li", (72, 500, 90, 520))

    reading = read(drawn(font, draw))
    assert "Total 38" in reading.aligned.text
    assert [notice.message for notice in reading.notices] == ["page 1 has a note that is not read: ask Li"]


def picture(font: Path, turned: int = 0) -> Any:  # noqa: ANN401
    """A picture of a page, turned by so many degrees to the left."""
    lines = ("镇文化站夜校小结", "今年开办夜校5期，参加学员210人次。", "发放教材190册，聘请教师12名。")
    (found,) = as_pictures(pdf_of([page(*lines)], font), dots=110)
    return found.crop((80, 60, 720, 260)).rotate(turned, expand=True)


def saved(found: Any, kind: str, **options: Any) -> bytes:  # noqa: ANN401
    stream = io.BytesIO()
    found.save(stream, kind, **options)
    return stream.getvalue()


VALUES = [5, 210, 190, 12]


def values(data: bytes) -> list[float | None]:
    return [figure.value for document in extract_bytes(data).documents for figure in document.figures]


@pytest.mark.parametrize("turned", [90, 180, 270])
def test_a_picture_that_lies_or_stands_on_its_head_is_set_upright(font: Path, turned: int) -> None:
    assert values(saved(picture(font, turned), "PNG")) == VALUES


def test_a_picture_is_turned_as_its_camera_was_held(font: Path) -> None:
    found = picture(font, 90)
    exif = found.getexif()
    exif[0x0112] = 6  # the orientation: turn to the right
    assert values(saved(found, "JPEG", exif=exif.tobytes())) == VALUES


def test_a_transparent_ground_is_white_paper(font: Path) -> None:
    found = picture(font)
    layers = found.point(lambda _: 0).convert("RGBA")
    layers.putalpha(found.point(lambda grey: 255 - grey))
    assert values(saved(layers, "PNG")) == VALUES


def strips(font: Path, *, stamped: str = "") -> bytes:
    """A page of three strips of a picture, with a printed line above them."""
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415

    found = picture(font)
    height = found.height / 3

    def draw(canvas: Any) -> None:  # noqa: ANN401
        for number in range(3):
            piece = found.crop((0, int(number * height), found.width, int((number + 1) * height)))
            canvas.drawImage(ImageReader(piece), 0, 842 - 186 * (number + 1), 595, 186)
        canvas.drawString(72, 30, stamped)

    return drawn(font, draw)


def test_a_scan_in_strips_is_one_scan(font: Path) -> None:
    assert values(strips(font)) == VALUES


def test_a_scan_under_a_printed_line_is_read_and_the_line_too(font: Path) -> None:
    reading = read(strips(font, stamped="某地数字档案馆 仅供查阅 未经许可不得转载 第1页"))
    assert "某地数字档案馆" in reading.aligned.text
    assert "210人次" in reading.aligned.text


def test_a_picture_in_a_page_of_text_is_told_of(font: Path) -> None:
    from reportlab.lib.utils import ImageReader  # noqa: PLC0415

    def draw(canvas: Any) -> None:  # noqa: ANN401
        canvas.drawImage(ImageReader(picture(font)), 50, 100, 500, 250)
        for row in range(12):
            canvas.drawString(72, 780 - 20 * row, "今年开办夜校多期，参加学员很多，受到群众欢迎。")

    (notice,) = read(drawn(font, draw)).notices
    assert notice.message == "1 page with pictures that are not searched for text: 1"


def test_a_picture_sent_as_a_word_document_is_read(font: Path) -> None:
    import docx  # noqa: PLC0415

    document = docx.Document()
    document.add_paragraph("关于报送小结的通知")
    document.add_picture(io.BytesIO(saved(picture(font), "PNG")), width=5_000_000)
    stream = io.BytesIO()
    document.save(stream)
    assert values(stream.getvalue()) == VALUES


def test_a_picture_in_a_long_word_document_is_told_of(font: Path) -> None:
    import docx  # noqa: PLC0415

    document = docx.Document()
    document.add_paragraph("今年开办夜校多期，参加学员很多，受到群众欢迎。" * 12)
    document.add_picture(io.BytesIO(saved(picture(font), "PNG")), width=5_400_000, height=3_000_000)
    stream = io.BytesIO()
    document.save(stream)
    (notice,) = read(stream.getvalue()).notices
    assert (notice.code, notice.message) == (NoticeCode.UNSEARCHED_PICTURE, "1 picture not searched for text")
