"""Bytes become the text they were written from, or a reason why not."""

from __future__ import annotations

import codecs
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from zongji.corpus.labels import NoticeCode
from zongji.pipeline.sources import FORMATS, SourceError, read, read_text

SIMPLIFIED = (
    "一年来，县科协在县委、县政府的正确领导下，紧紧围绕全县中心工作，认真履行职责。",
    "今年共举办各类实用技术培训班6期，培训农民492人次，印发宣传资料14000余册。",
    "社区志愿者每周六上午到养老院打扫卫生、陪老人聊天，深受老人们的欢迎。",
    "公司全年实现销售收入三千二百万元，同比增长百分之十五，超额完成年度目标。",
    "图书馆新增图书八千册，办理借书证六百张，全年接待读者四万人次。",
)
TRADITIONAL = (
    "一年來，縣科協在縣委、縣政府的正確領導下，緊緊圍繞全縣中心工作，認真履行職責。",
    "今年共舉辦各類實用技術培訓班6期，培訓農民492人次，印發宣傳資料14000餘冊。",
    "社區志願者每週六上午到養老院打掃衛生、陪老人聊天，深受老人們的歡迎。",
    "公司全年實現銷售收入三千二百萬元，同比增長百分之十五，超額完成年度目標。",
    "圖書館新增圖書八千冊，辦理借書證六百張，全年接待讀者四萬人次。",
)
WRITTEN = [
    ("utf-8", SIMPLIFIED),
    ("utf-8-sig", SIMPLIFIED),
    ("gb18030", SIMPLIFIED),
    ("gb18030", TRADITIONAL),
    ("big5", TRADITIONAL),
    ("utf-16", SIMPLIFIED),
    ("utf-16-le", SIMPLIFIED),
    ("utf-16-be", TRADITIONAL),
    ("utf-32", SIMPLIFIED),
]


def codes(data: bytes, *, encoding: str | None = None) -> list[NoticeCode]:
    return [notice.code for notice in read(data, encoding=encoding).notices]


@st.composite
def windows(draw: st.DrawFn, sentences: tuple[str, ...], shortest: int) -> str:
    """A stretch of running text."""
    text = "".join(sentences)
    start = draw(st.integers(0, len(text) - shortest))
    return text[start : draw(st.integers(start + shortest, len(text)))]


@pytest.mark.parametrize(("encoding", "sentences"), WRITTEN)
@given(data=st.data())
def test_short_text_comes_back_from_any_encoding(
    encoding: str, sentences: tuple[str, ...], data: st.DataObject
) -> None:
    text = data.draw(windows(sentences, 8))
    assert read(text.encode(encoding)).aligned.source == text


@pytest.mark.parametrize(("encoding", "sentences"), WRITTEN)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_long_text_comes_back_with_its_line_ends(encoding: str, sentences: tuple[str, ...], line_end: str) -> None:
    text = line_end.join(sentences * 400)
    assert read(text.encode(encoding)).aligned.source == text


@pytest.mark.parametrize(("encoding", "sentences"), WRITTEN)
def test_decoding_by_the_reported_name_gives_the_source(encoding: str, sentences: tuple[str, ...]) -> None:
    data = "".join(sentences).encode(encoding)
    reading = read(data)
    assert data.decode(reading.encoding) == reading.aligned.source


@pytest.mark.parametrize(("encoding", "sentences"), WRITTEN[:5])
@given(data=st.data())
def test_one_bad_byte_leaves_the_decision_and_the_rest(
    encoding: str, sentences: tuple[str, ...], data: st.DataObject
) -> None:
    text = "\n".join(sentences)
    clean = text.encode(encoding)
    place = data.draw(st.integers(3, len(clean)))
    reading = read(clean[:place] + b"\xff" + clean[place:])
    source = reading.aligned.source
    assert reading.encoding == read(clean).encoding
    (notice,) = [notice for notice in reading.notices if notice.code is NoticeCode.UNDECODABLE_BYTES]
    assert set(source[notice.start : notice.end]) == {"\ufffd"}
    assert text.startswith(source[: notice.start])
    assert text.endswith(source[notice.end + 2 :])
    assert notice.end - notice.start <= 4


def test_a_damaged_pair_in_utf16_leaves_the_decision_and_the_rest() -> None:
    data = bytearray("".join(SIMPLIFIED).encode("utf-16-le"))
    data[21] = 0xDC
    reading = read(bytes(data))
    assert reading.encoding == "utf-16-le"
    assert reading.aligned.source == "".join(SIMPLIFIED)[:10] + "\ufffd" + "".join(SIMPLIFIED)[11:]


def test_neighbouring_bad_bytes_are_one_place_and_many_places_are_counted() -> None:
    reading = read((SIMPLIFIED[0].encode() + b"\xff\xff") * 50)
    places = [notice for notice in reading.notices if notice.code is NoticeCode.UNDECODABLE_BYTES]
    assert len(places) == 20
    assert places[0].end - places[0].start == 2
    assert "place 1 of 50" in places[0].message


def test_a_replacement_character_of_the_file_itself_is_no_bad_byte() -> None:
    assert codes(f"{SIMPLIFIED[0]}\ufffd".encode()) == []
    assert codes(f"{SIMPLIFIED[0]}\ufffd".encode() + b"\xff") == [NoticeCode.UNDECODABLE_BYTES]


def page(charset: str, sentences: tuple[str, ...]) -> str:
    return f'<html><head><meta charset="{charset}"></head><body><p>{"</p><p>".join(sentences)}</p></body></html>'


@pytest.mark.parametrize(
    ("declared", "written", "sentences", "encoding"),
    [
        ("gb2312", "big5", TRADITIONAL, "big5"),
        ("big5", "gb18030", SIMPLIFIED, "gb18030"),
        ("gb2312", "utf-8", SIMPLIFIED, "utf-8"),
        ("utf-8", "gb18030", SIMPLIFIED, "gb18030"),
        ("iso-8859-1", "gb18030", SIMPLIFIED, "gb18030"),
        ("no-such-charset", "gb18030", SIMPLIFIED, "gb18030"),
        ("hex", "gb18030", SIMPLIFIED, "gb18030"),
    ],
)
def test_a_wrong_declaration_is_overruled(
    declared: str, written: str, sentences: tuple[str, ...], encoding: str
) -> None:
    text = page(declared, sentences)
    reading = read(text.encode(written))
    assert (reading.encoding, reading.aligned.source) == (encoding, text)
    (notice,) = reading.notices
    assert notice.code is NoticeCode.DECLARED_ENCODING_WRONG
    assert text[notice.start : notice.end] == declared


@pytest.mark.parametrize(
    ("declared", "written", "sentences"),
    [("gb2312", "gb18030", TRADITIONAL), ("gbk", "gb18030", SIMPLIFIED), ("big5", "big5", TRADITIONAL)],
)
def test_a_right_declaration_is_no_news(declared: str, written: str, sentences: tuple[str, ...]) -> None:
    assert codes(page(declared, sentences).encode(written)) == []


def test_a_declaration_decides_where_the_text_is_too_short() -> None:
    text = '<meta charset="shift_jis"><p>会議</p>'
    assert read(text.encode("shift_jis")).aligned.source == text


def test_an_xml_declaration_counts() -> None:
    text = f'<?xml version="1.0" encoding="ISO-8859-1"?><html><p>{SIMPLIFIED[0]}</p></html>'
    assert codes(text.encode("gb18030")) == [NoticeCode.DECLARED_ENCODING_WRONG]


def test_chinese_behind_a_long_head_of_ascii_is_found() -> None:
    text = f"<html><script>{'var a = 1; ' * 20000}</script><p>{TRADITIONAL[0]}</p></html>"
    assert read(text.encode("big5")).aligned.source == text


@pytest.mark.parametrize("name", ["gb2312", "GBK", "cp936", "x-gbk", "GB18030"])
def test_gb2312_and_gbk_are_read_as_gb18030(name: str) -> None:
    text = "朱镕基总理，㐀，喆"
    reading = read(text.encode("gb18030"), encoding=name)
    assert (reading.encoding, reading.aligned.source) == ("gb18030", text)


@pytest.mark.parametrize("text", ["開會日期３～５日", "恒裏粧"])
def test_big5_is_what_windows_writes(text: str) -> None:
    assert read(text.encode("cp950"), encoding="big5").aligned.source == text


def test_an_override_that_ruins_the_text_is_refused() -> None:
    with pytest.raises(SourceError, match="it is not utf-8"):
        read(SIMPLIFIED[0].encode("gb18030"), encoding="utf-8")


def test_an_override_that_gives_another_text_is_obeyed_with_a_warning() -> None:
    reading = read("".join(SIMPLIFIED).encode("utf-8")[:300], encoding="utf-16-le")
    assert reading.encoding == "utf-16-le"
    assert "looks like utf-8" in reading.notices[0].message


def test_a_right_override_is_obeyed_without_a_word() -> None:
    assert codes(SIMPLIFIED[0].encode("gb18030"), encoding="gbk") == []


@pytest.mark.parametrize("name", ["utf-99", "", "hex", "rot13", "undefined", "a\0b", "idna"])
def test_an_unknown_override_is_refused(name: str) -> None:
    with pytest.raises(SourceError, match="unknown encoding"):
        read(b"abc", encoding=name)


@pytest.mark.parametrize("encoding", [None, "utf-8", "utf-8-sig"])
def test_a_byte_order_mark_is_not_text(encoding: str | None) -> None:
    assert read(codecs.BOM_UTF8 + "总结".encode(), encoding=encoding).aligned.source == "总结"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04\x14\x00", "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00", "compound file"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"GIF89a", "image"),
        (b"\x1f\x8b\x08", "gzip archive.*unpack it"),
        (b"Rar!\x1a\x07\x01\x00", "RAR archive.*unpack it"),
        (bytes(range(256)) * 8, "binary data.*zongji doctor"),
        (b"\x7fELF\x02\x01\x01" + b"\x00" * 64, "binary data.*zongji doctor"),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, said: str) -> None:
    with pytest.raises(SourceError, match=said):
        read(data)


@pytest.mark.parametrize("data", [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="it is empty"):
        read(data)


def test_a_file_of_white_space_is_refused_as_that() -> None:
    with pytest.raises(SourceError, match="it has only white space"):
        read(b" \r\n\t")


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le"])
def test_a_stray_control_character_is_kept_with_a_warning(encoding: str) -> None:
    text = SIMPLIFIED[0][:10] + "\0" + SIMPLIFIED[0][10:]
    reading = read(text.encode(encoding))
    assert reading.aligned.source == text
    (notice,) = reading.notices
    assert (notice.code, notice.start, notice.end) == (NoticeCode.CONTROL_CHARACTERS, 10, 11)


@settings(deadline=None)  # `{\rtf` starts LibreOffice
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        reading = read(data)
    except SourceError:
        return
    assert not any("\ud800" <= character <= "\udfff" for character in reading.aligned.source)
    assert all(0 <= notice.start <= notice.end <= len(reading.aligned.source) for notice in reading.notices)


@pytest.mark.parametrize("name", ["", "a.html", "a.md", "a.txt"])
@pytest.mark.parametrize("text", ["", "\ud800", "<p>\udc00</p>", "**\udfff**\0"])
def test_any_decoded_text_is_read(text: str, name: str) -> None:
    reading = read_text(text, name=name)
    assert (reading.encoding, reading.aligned.source) == ("str", text)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("<!DOCTYPE html><p>总结", "a.txt", "html"),
        ("\n<!-- x -->\n<html><body>总结", "a.md", "html"),
        ("<p>一</p><p>二</p>三<br>四", "", "html"),
        ("总结", "a.HTM", "html"),
        ("网页里的 <p> 和 <br> 都是标签，</p> 也是。", "a.txt", "text"),
        ("# 总结", "a.md", "markdown"),
        ("# 总结", "a.txt", "text"),
        ("# 总结", "", "text"),
    ],
)
def test_the_format_is_told_by_content_then_by_name(text: str, name: str, expected: str) -> None:
    assert read_text(text, name=name).format == expected
    assert expected in FORMATS


def test_importing_the_package_imports_no_detector_and_no_parser() -> None:
    program = (
        "import sys, zongji.pipeline.sources as sources; sources.read('总结'.encode());"
        "print({'selectolax', 'resiliparse', 'chardetng_py'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, env=_path())
    assert done.stdout.strip() == "set()"


def _path() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(filter(None, sys.path)), "PYTHONIOENCODING": "utf-8"}
