"""Any text is read without an error, and everything found is where its offsets say."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from zongji import Document, DocumentType, FailureCode, Result, extract_bytes, extract_text

PIECES = (
    "一、", "二、", "三、", "（一）", "(二)", "1、", "2.", "3．", "1.2", "(1)", "①", "②", "一是", "二是", "首先",
    "其次", "第一部分", "第二，", "——", "篇一：", "篇二", "第一篇", "*******", "\f", "# ", "工作总结", "工作计划",
    "2023年", "二〇二三年", "20xx年", "3月20日", "14:30", "现将有关情况总结如下：", "为进一步", "今年以来，",
    "总之，", "主要工作", "存在的问题", "下一步打算", "1", "0", "200", "１２", "1,200", "5 000", "1.2万", "3万4千",
    "两千三百多", "百余", "三四十", "半", "三分之一", "0/0", "百分之", "千分之", "1/2以上", "九成", "XX", "__", "××",
    "○○", "若干", "约", "近", "不少于", "以上", "左右", "余", "多", "人", "人次", "名", "场", "期", "份", "册(份)",
    "（场）次", "万元", "%", "％", "个", "个半小时", "天", "元/人", "每个乡镇", "人均", "共", "其中", "累计", "举办",
    "培训班", "讲座", "发放", "资料", "在文化广场", "由", "主办", "协(xié)會", "學", "裏", "? ?? ?", "- 3 -",
    "第 3 页", "，", "。", "；", "：", "、", "“", "”", "《", "》", "\"", "‘", "(", "）", "【", "】", "|", "\t", "  ",
    " ", "\u3000", "\u00a0", "\n", "\r\n", "\r", "\u2028", "\x85", "\x00", "\x0b", "\x1b", "\ufeff", "\ufffd",
    "\ud800", "\udfff", "\U0001f600", "\u0301", "&nbsp;", "<br>", "首页 > 范文", "相关推荐", "http://a.cn/1",
)  # fmt: skip
MIXTURES = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)
ANY_TEXT = st.text(st.characters(), max_size=200)
WITH_SURROGATES = st.text(st.characters(categories=["Cs", "Cc", "Lo", "Nd", "Zs", "Po"]), max_size=120)
TEXTS = MIXTURES | ANY_TEXT | WITH_SURROGATES
SURROGATE = "\ud800"  # OpenCC, ahocorasick_rs and rjieba take none
BOILERPLATE_ALONE = "首页 > 范文"
BOUND_AT_THE_END = "一、1人以上"
WRITTEN = (
    "临河镇2023年工作总结\n今年以来，我镇扎实推进各项工作，现将情况总结如下：\n一、主要工作\n举办培训班6期，培训农民480人次，发放资料1.2万份。\n"
    "二、存在的问题\n力量不足，办法不多，制度还不完善。\n"
)


def spans(document: Document) -> list[tuple[int, int]]:
    """The places of everything that was found in a document."""
    return [(found.start, found.end) for found in (*document.sections, *document.figures, *document.rejected)]


def is_internal(result: Result) -> bool:
    """True for a failure that is our fault."""
    return result.failure is not None and result.failure.code is FailureCode.INTERNAL


@given(TEXTS)
@settings(max_examples=200, deadline=None)
@example(SURROGATE)
@example(BOILERPLATE_ALONE)
@example(BOUND_AT_THE_END)
@example("\x00")
@example("")
@example("一、\n一、\n一、")
def test_no_text_raises(text: str) -> None:
    assert isinstance(extract_text(text), tuple)


@given(MIXTURES)
@settings(max_examples=200, deadline=None)
def test_documents_lie_inside_the_text_one_behind_another(text: str) -> None:
    places = [place for document in extract_text(text) for place in (document.start, document.end)]
    assert places == sorted(places)
    assert all(0 <= place <= len(text) for place in places)


@given(MIXTURES)
@example("一、\u2028")
@settings(max_examples=200, deadline=None)
def test_everything_found_lies_inside_its_document(text: str) -> None:
    outside = [
        span
        for document in extract_text(text)
        for span in spans(document)
        if not document.start <= span[0] <= span[1] <= document.end
    ]
    assert outside == []


@given(MIXTURES)
@settings(max_examples=200, deadline=None)
def test_sections_are_sorted_and_end_behind_their_start(text: str) -> None:
    for document in extract_text(text):
        starts = [section.start for section in document.sections]
        assert starts == sorted(starts)
        assert all(section.start <= section.end for section in document.sections)


@given(MIXTURES)
@settings(max_examples=200, deadline=None)
def test_a_section_lies_inside_its_parent_one_level_below(text: str) -> None:
    for document in extract_text(text):
        known = {section.id: section for section in document.sections}
        pairs = [(known[section.parent], section) for section in document.sections if section.parent is not None]
        assert all(parent.start <= section.start <= section.end <= parent.end for parent, section in pairs)
        assert all(parent.level + 1 == section.level for parent, section in pairs)


@given(MIXTURES)
@settings(max_examples=200, deadline=None)
def test_figures_and_rejected_numbers_are_in_order_and_never_overlap(text: str) -> None:
    for document in extract_text(text):
        places = sorted((found.start, found.end) for found in (*document.figures, *document.rejected))
        assert all(end <= start for (_, end), (start, _) in pairwise(places))


@given(MIXTURES)
@settings(max_examples=200, deadline=None)
def test_a_figure_covers_no_more_of_the_source_than_its_words_and_their_damage(text: str) -> None:
    for document in extract_text(text):
        assert all(figure.text for figure in document.figures)
        assert all(0 < figure.end - figure.start <= len(figure.text) + 40 for figure in document.figures)


@given(MIXTURES)
@settings(max_examples=200, deadline=None)
def test_a_range_has_its_lower_end_first(text: str) -> None:
    figures = [figure for document in extract_text(text) for figure in document.figures if figure.value_max is not None]
    assert all(figure.value is not None and figure.value < figure.value_max for figure in figures)


@given(MIXTURES)
@settings(max_examples=200, deadline=None)
def test_records_name_only_records_of_their_document(text: str) -> None:
    for document in extract_text(text):
        figures, sections = [{found.id for found in side} for side in (document.figures, document.sections)]
        assert {name for activity in document.activities for name in activity.figures} <= figures
        assert {name for check in document.checks for name in check.figures} <= figures
        assert {figure.section for figure in document.figures} <= sections | {None}


@given(MIXTURES, MIXTURES)
@settings(max_examples=100, deadline=None)
def test_the_same_text_gives_the_same_records_whatever_was_read_between(text: str, other: str) -> None:
    first = extract_text(text)
    extract_text(other)
    assert extract_text(text) == first


@given(st.lists(MIXTURES, min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_identifiers_do_not_depend_on_the_order_of_files(texts: list[str]) -> None:
    forward = [[document.document_id for document in extract_text(text)] for text in texts]
    backward = [[document.document_id for document in extract_text(text)] for text in reversed(texts)]
    assert forward == backward[::-1]


@given(st.lists(MIXTURES, min_size=1, max_size=3))
@settings(max_examples=60, deadline=None)
def test_identifiers_of_a_file_are_all_different(texts: list[str]) -> None:
    identifiers = [document.document_id for document in extract_text("\n".join([WRITTEN, *texts, WRITTEN]))]
    assert len(identifiers) == len(set(identifiers))


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
@example(b"")
@example(b"\x00")
@example(b"\xff\xfe")
@example(b"\xfe\xff\xd8\x00")
@example(b"\xef\xbb\xbf")
def test_no_bytes_raise(data: bytes) -> None:
    result = extract_bytes(data)
    assert result.documents or result.failure


@given(st.binary(max_size=300))
@settings(max_examples=200, deadline=None)
@example(BOILERPLATE_ALONE.encode())
@example(BOUND_AT_THE_END.encode())
def test_no_bytes_are_an_internal_error(data: bytes) -> None:
    assert not is_internal(extract_bytes(data))


@given(MIXTURES, st.sampled_from(["utf-8", "utf-16", "gb18030", "big5", "utf-8-sig"]))
@settings(max_examples=150, deadline=None)
@example(BOILERPLATE_ALONE, "gb18030")
@example(BOUND_AT_THE_END, "gb18030")
def test_no_encoded_text_is_an_internal_error(text: str, encoding: str) -> None:
    assert not is_internal(extract_bytes(text.encode(encoding, "replace")))


@given(MIXTURES, st.sampled_from(["a.md", "a.html", "a.txt", "a"]))
@settings(max_examples=150, deadline=None)
@example(BOILERPLATE_ALONE, "a.html")
@example(BOUND_AT_THE_END, "a.md")
def test_no_format_is_an_internal_error(text: str, name: str) -> None:
    assert not is_internal(extract_bytes(text.encode("utf-8", "replace"), path=name))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030", "utf-8-sig"])
def test_an_encoded_text_gives_the_records_of_the_text(encoding: str) -> None:
    found = extract_bytes(WRITTEN.encode(encoding)).documents[0]
    expected = extract_text(WRITTEN)[0]
    figures = tuple(replace(figure, place=None) for figure in found.figures)
    plain = replace(found, source=expected.source, document_id=expected.document_id, place=None, figures=figures)
    assert plain == expected


def test_the_type_of_a_document_is_one_of_the_vocabulary() -> None:
    assert extract_text(WRITTEN)[0].doc_type is DocumentType.SUMMARY


def test_a_text_of_blanks_holds_no_document() -> None:
    assert extract_text(" \n\t\u3000\n") == ()


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\ufeff", "\ufffd", "\ud800"])  # noqa: PT014  # no duplicates
def test_a_stray_mark_costs_no_figure(mark: str) -> None:
    text = WRITTEN.replace("今年以来", f"今年{mark}以来")
    assert [figure.text for figure in extract_text(text)[0].figures] == ["6期", "480人次", "1.2万份"]
