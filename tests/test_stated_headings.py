"""What a format marks as a heading is one, in the order of levels that the format states."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from docx import Document as WordDocument
from zongji import extract_bytes, extract_text
from zongji.pipeline.sources import Reading, read, read_text

MARKDOWN = """\
# 读书月工作计划

## 阅读推广

为让更多居民走进书屋，拟从下面两处着手，年内全部办成。

#### 阅读角

新设阅读角6个，配齐桌椅和书架，由楼栋长照看。

#### 1. 朗读会

举办朗读会4场，请退休教师领读。

## 设施维护

检修空调12台，更换灯管，做到随坏随修。
"""


def tree(data: bytes | str, *, name: str = "") -> list[tuple[int, str | None]]:
    """Levels and titles of the sections of the first document, without title and paragraphs."""
    result = extract_text(data) if isinstance(data, str) else extract_bytes(data, path=name or "plan")
    document, *_ = result if isinstance(data, str) else result.documents
    return [
        (section.level, section.title) for section in document.sections if section.label != "title" and section.title
    ]


def lines(reading: Reading) -> list[tuple[str, int | None]]:
    """The headings that a format marks, with their depths."""
    return [(reading.aligned.text[h.span.start : h.span.end].strip(), h.depth) for h in reading.headings]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 甲\n文\n### 乙 ###\n", [("甲", 1), ("乙", 3)]),
        ("总结\n====\n\n经过\n---\n文", [("总结", 1), ("经过", 2)]),
        ("一段话。\n接着说\n---\n文", []),
        ("**要点**\n\n文中的**词**", [("要点", None)]),
        ("```\n# 注释\n```\n# 甲", [("甲", 1)]),
        ("> ## 引\n文", [("引", 2)]),
    ],
)
def test_markdown_states_headings(source: str, expected: list[tuple[str, int | None]]) -> None:
    assert lines(read_text(source, name="plan.md")) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<html><h2>甲</h2><p>文</p><h5><b>乙</b></h5></html>", [("甲", 2), ("乙", 5)]),
        ("<html><p><strong>要点</strong>：</p><p>一个<b>词</b></p></html>", [("要点：", None)]),
        ("<html><table><tr><td><b>甲</b></td><td><b>乙</b></td></tr></table></html>", []),
    ],
)
def test_pages_state_headings(source: str, expected: list[tuple[str, int | None]]) -> None:
    assert lines(read_text(source, name="plan.html")) == expected


def test_the_article_of_a_dump_states_headings() -> None:
    body = "<h3>阅读推广</h3><p>" + "为让更多居民走进书屋，新设阅读角，由楼栋长照看。" * 5 + "</p>"
    dump = f"INSERT INTO news (id, title, content) VALUES (1, '书屋工作计划', '{body}');\n"  # noqa: S608  # a dump to read
    assert lines(read_text(dump, name="site.sql")) == [("阅读推广", 3)]


def word(write: Callable[[object], None]) -> bytes:
    """A Word document that a function writes."""
    document, stream = WordDocument(), io.BytesIO()
    write(document)
    document.save(stream)
    return stream.getvalue()


def styled(document: object) -> None:
    document.add_heading("书屋工作计划", 0)  # type: ignore[attr-defined]
    document.add_heading("阅读推广", 1)  # type: ignore[attr-defined]
    document.add_heading("阅读角", 2)  # type: ignore[attr-defined]
    document.add_paragraph("新设阅读角6个，由楼栋长照看。")  # type: ignore[attr-defined]
    document.add_paragraph().add_run("要点").bold = True  # type: ignore[attr-defined]


def test_word_states_headings_by_its_styles() -> None:
    assert lines(read(word(styled))) == [("书屋工作计划", 0), ("阅读推广", 1), ("阅读角", 2), ("要点", None)]


def test_a_paragraph_in_the_style_of_a_heading_is_text() -> None:
    long = "新设阅读角6个，由楼栋长照看，" * 10
    assert lines(read(word(lambda document: document.add_heading(long, 1)))) == []  # type: ignore[attr-defined]


def test_skipped_levels_nest_by_the_depth_really_used() -> None:
    assert tree(MARKDOWN.encode(), name="plan.md") == [(1, "阅读推广"), (2, "阅读角"), (2, "朗读会"), (1, "设施维护")]


def test_a_section_starts_where_its_line_does_with_its_markup() -> None:
    document, *_ = extract_bytes(MARKDOWN.encode(), path="plan.md").documents
    starts = {section.title: MARKDOWN[section.start : section.start + 3] for section in document.sections}
    assert starts["阅读推广"] == "## "


def test_a_numbering_below_a_stated_heading_starts_again_in_the_same_document() -> None:
    source = "# 书屋工作计划\n## 春季\n1. 办展\n2. 借书\n## 秋季\n1. 讲座\n2. 义卖\n"
    assert len(extract_bytes(source.encode(), path="plan.md").documents) == 1


def test_a_numbering_stays_above_the_headings_that_are_styled() -> None:
    def partly(document: object) -> None:
        document.add_paragraph("书屋2024年工作计划")  # type: ignore[attr-defined]
        for title, below in (("一、阅读推广", "（一）办朗读会"), ("二、设施维护", "（二）修空调")):
            document.add_paragraph(title)  # type: ignore[attr-defined]
            document.add_heading(below, 2)  # type: ignore[attr-defined]
            document.add_paragraph("由楼栋长牵头，居民自愿参加，年底前全部完成。")  # type: ignore[attr-defined]

    assert [level for level, _ in tree(word(partly))] == [1, 2, 1, 2]


@pytest.mark.parametrize("bullet", ["- 新设阅读角6个，由楼栋长照看。", "* 修空调", "· 新书上架"])
def test_a_bullet_without_a_head_is_text(bullet: str) -> None:
    assert tree(f"书屋2024年工作计划\n一、阅读推广\n{bullet}\n{bullet}\n二、设施维护\n检修空调12台。\n") == [
        (1, "阅读推广"),
        (1, "设施维护"),
    ]


@pytest.mark.parametrize("bullet", ["- 阅读角：新设6个，由楼栋长照看。", "- **阅读角**\n  新设6个，由楼栋长照看。"])
def test_a_bullet_with_a_head_is_a_section(bullet: str) -> None:
    source = f"# 书屋工作计划\n## 阅读推广\n{bullet}\n"
    assert tree(source.encode(), name="plan.md") == [(1, "阅读推广"), (2, "阅读角")]


def test_deep_and_cyclic_levels_are_read_in_linear_time() -> None:
    source = "# 书屋工作计划\n" + "\n".join(f"{'#' * (1 + index % 6)} 第{index}段\n文" for index in range(3000))
    document, *_ = extract_bytes(source.encode(), path="plan.md").documents
    assert max(section.level for section in document.sections) <= 6


def test_the_highest_heading_at_the_beginning_is_the_title_whatever_its_words() -> None:
    document, *_ = extract_bytes(
        "# 一路有你\n## 阅读推广\n新设阅读角6个。\n## 设施维护\n检修空调。\n".encode(), path="a.md"
    ).documents
    assert document.title == "一路有你"


def test_a_first_line_in_bold_is_the_title() -> None:
    source = "**主要工作任务一览**\n\n# 一、阅读推广\n新设阅读角6个，由楼栋长照看。\n# 二、设施维护\n检修空调。\n"
    document, *_ = extract_bytes(source.encode(), path="a.md").documents
    assert document.title == "主要工作任务一览"


def test_a_line_in_bold_is_a_heading() -> None:
    source = "# 书屋工作计划\n## 阅读推广\n**朗读会**\n\n请退休教师领读。\n\n**全年办会4场，请教师领读，听众300人。**\n"
    assert tree(source.encode(), name="plan.md") == [(1, "阅读推广"), (2, "朗读会")]


def test_where_the_format_marks_headings_no_line_is_one_by_its_shape() -> None:
    source = "# 书屋工作计划\n## 阅读推广\n完善活动流程\n## 设施维护\n检修空调。\n## 志愿服务\n招募志愿者。\n"
    assert [title for _, title in tree(source.encode(), name="plan.md")] == ["阅读推广", "设施维护", "志愿服务"]


def test_a_numbered_row_of_a_table_is_no_heading() -> None:
    assert tree("书屋2024年工作计划\n一、经费预算\n1、购书\t8000元\n2、讲座\t2000元\n") == [(1, "经费预算")]


PLANS = ("春日读书会策划书", "夏夜露天电影活动策划书", "金秋书画展策划书")
PARTS = ("一、活动目的", "二、活动流程", "三、经费预算")


def collection(series: str, title: str, heading: str, titles: Sequence[str] = PLANS) -> list[str | None]:
    """The titles of the documents in a Word file, by the styles of the series' title, theirs, and that of parts."""
    document = WordDocument()
    document.add_paragraph("柳河书屋活动汇编", style=series)
    for each in titles:
        document.add_paragraph(each, style=title)
        for number, part in enumerate(PARTS, start=1):
            document.add_paragraph(part, style=heading)
            document.add_paragraph(f"书屋拟举办活动{number}场，邀请居民{number * 30}人参加，请各组提前准备。")
    stream = io.BytesIO()
    document.save(stream)
    return [each.title for each in extract_bytes(stream.getvalue()).documents]


@pytest.mark.parametrize("series", ["Title", "Heading 1", "Normal"])
def test_titles_below_the_title_of_a_series_begin_documents(series: str) -> None:
    assert collection(series, "Heading 2", "Heading 3") == list(PLANS)


def test_a_title_of_a_series_as_high_as_those_below_is_none_of_them() -> None:
    assert collection("Heading 1", "Heading 1", "Heading 2") == list(PLANS)


def test_titles_of_any_words_begin_documents_where_each_heads_its_own_numbering() -> None:
    titles = ("春日读书会", "夏夜电影", "金秋书画展")
    assert collection("Title", "Heading 1", "Heading 2", titles) == list(titles)


def test_headings_with_the_words_of_a_section_are_parts_of_one() -> None:
    assert len(collection("Title", "Heading 1", "Heading 2", ("工作回顾", "存在的问题", "下一步打算"))) == 1


def test_numbered_headings_are_parts_of_one() -> None:
    assert (
        len(collection("Title", "Heading 1", "Heading 2", ("（一）春日读书会", "（二）夏夜电影", "（三）书画展"))) == 1
    )


def test_the_halves_of_a_report_are_parts_of_it() -> None:
    assert len(collection("Title", "Heading 1", "Heading 2", ("2022年工作总结", "2023年工作计划"))) == 1


def test_a_plain_title_above_headings_that_are_numbered_anew_begins_a_document() -> None:
    assert collection("Normal", "Normal", "Heading 1")[1:] == list(PLANS[1:])
