"""Markdown loses its markup and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zongji.corpus.alignment import Aligned
from zongji.pipeline.reading.reader import extract_bytes
from zongji.pipeline.sources import read_text

SOUP = st.lists(
    st.sampled_from([*"*_`~[]()!\\|>#-+: \n总结a1", "**", "__", "```\n", "\r\n", "|---|\n", "](u)"]), max_size=60
)


def aligned(source: str) -> Aligned:
    return read_text(source, name="plan.md").aligned


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("# 总结\n## 一、成效 ##\n", "总结\n一、成效\n"),
        ("**重点**工作与 *次要* 工作", "重点工作与 次要 工作"),
        ("__重点工作__：培训", "重点工作：培训"),
        ("* 甲\n+ 乙\n- 丙\n  * 丁", "- 甲\n- 乙\n- 丙\n  - 丁"),
        ("> 引用\n> > **再引**", "引用\n再引"),
        ("```\n# 不变 **x**\n```\n后", "# 不变 **x**\n后"),
        ("前 `a*b*` 后", "前 a*b* 后"),
        ('见[通知](http://x/a(b) "题")。', "见通知。"),
        ("图![示意](x.png)后", "图后"),
        ("[![图](x.png)](http://y)", ""),
        ("| 项目 | 人数 |\n|:---|---:|\n| 培训 | **20** |\n后", "项目\t人数\n培训\t20\n后"),
        ("项目|人数\n-|-\n培训|20", "项目\t人数\n培训\t20"),
        ("| 一 | 二 | 三 |\n|---|---|---|\n| a\\|b | | |\n", "一\t二\t三\na|b\t\t\n"),
        (r"5\*3 \# \_", "5*3 # _"),
        ("总结\n====\n文\n\n---\n文", "总结\n文\n\n文"),
        ("**一**\r\n# 二\r\n", "一\r\n二\r\n"),
    ],
)
def test_markup_is_removed(source: str, expected: str) -> None:
    assert aligned(source).text == expected


@pytest.mark.parametrize(
    "source",
    [
        "参加__人，__区，发放__册",
        "共__人",
        "培训 __ 人，发放 __ 册",
        "张**、李**、王**等",
        "张**和李**，王**",
        "5*3*2米",
        "#标签 不是标题",
        "1. 一\n2. 二",
        "甲|乙",
        "参加____人\n____\n",
        "数组[1](见下 文)",
        "一 - 二",
    ],
)
def test_what_is_no_markup_stays(source: str) -> None:
    assert aligned(source).text == source


def test_a_character_leads_back_through_markup() -> None:
    source = "# 举办**培训**[6期](x)\n"
    text = aligned(source)
    assert text.text == "举办培训6期\n"
    assert source[slice(*text.origin(4, 6))] == "6期"


@given(SOUP)
def test_any_text_is_read_and_every_character_is_the_one_at_its_place(pieces: list[str]) -> None:
    text = aligned("".join(pieces))
    for place, character in enumerate(text.text):
        start, end = text.origin(place, place + 1)
        assert text.source[start:end] == character or character in "-\t"


FRONT = '---\ntitle: "青禾小学植树纪实"\ndate: 2021-03-06\ntags: [活动, 2021]\n---\n'
TEXT = (
    "3月5日，青禾小学在操场举办植树活动，师生600余人参加。\n\n## 准备\n\n备好树苗120棵。\n\n## 经过\n\n各班分区栽种。\n"
)


@pytest.mark.parametrize("front", [FRONT, FRONT.replace("---", "+++").replace(": ", " = "), "\ufeff" + FRONT])
def test_front_matter_is_no_text_and_gives_the_title(front: str) -> None:
    (document,) = extract_bytes((front + TEXT).encode(), path="a.md").documents
    assert (document.title, document.text.startswith("3月5日")) == ("青禾小学植树纪实", True)


@pytest.mark.parametrize("front", ["---\ntitle: 植树\n", "---\n\n---\n", "---\n正文从这里开始\n---\n"])
def test_what_never_ends_or_names_no_field_is_no_front_matter(front: str) -> None:
    assert read_text(front + TEXT, name="a.md").parts == ()


def test_a_table_in_html_is_rows_as_a_browser_shows_them() -> None:
    source = (
        "# 预算\n<table>\n<tr><td><p>项目</p></td><td>额</td></tr>\n<tr><td>讲座</td><td>20元</td></tr>\n</table>\n后"
    )
    assert aligned(source).text == "预算\n项目\t额\n讲座\t20元\n后"


@pytest.mark.parametrize("source", ["<table><tr><td>甲", "</table>甲</table>", "<table>" * 50 + "甲" + "</table>" * 49])
def test_a_table_that_does_not_end_is_text(source: str) -> None:
    assert "甲" in aligned(f"{source}\n乙").text


def test_single_tags_go_and_their_text_stays() -> None:
    assert aligned("<u>**甲**</u>：<font color=red>乙</font><br/>丙<!-- 注 -->，a<b").text == "甲：乙 丙，a<b"


def test_a_text_with_markdown_headings_is_markdown_whatever_tags_it_holds() -> None:
    source = "# 预算\n<table><tr><td>讲座</td><td>20元</td></tr></table>\n<p>说明</p><p>另附</p>\n# 总结\n完成"
    assert read_text(source, name="plan.txt").format == "markdown"


def test_a_page_is_a_page_whatever_headings_stand_in_it() -> None:
    assert read_text("<html><body><pre>\n# 一\n# 二\n</pre></body></html>").format == "html"
