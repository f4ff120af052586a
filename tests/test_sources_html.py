"""A page becomes the text a browser shows, and each character knows its place."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from zongji.pipeline.sources import Reading, read_text

PROSE = "一年来，县科协在县委的领导下，认真履行职责，各项工作取得了明显成效。" * 8
TAGS = ("p", "div", "b", "br", "table", "tr", "td", "pre", "a", "script", "head", "body", "nav", "form", "li", "select")
FRAGMENTS = (
    [f"<{tag}>" for tag in TAGS]
    + [f"</{tag}>" for tag in TAGS]
    + ["<a href=x>", "<div class='nav'>", "<b hidden>", "<!--", "-->", "<![CDATA[", "]]>", "<?x", "<form", "<", ">"]
    + ["&amp;", "&nbsp;", "&#", "&#0;", "&#xD800;", "&", ";", '"', "'", "="]
    + ["总", "结", " ", "\n", "\t", "\r\n", "\0", "\ud800", "\ufffd"]
)
SOUP = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map("".join)


def html(source: str) -> Reading:
    return read_text(source, name="page.html")


def text(source: str) -> str:
    return html(source).aligned.text


def boilerplate(source: str) -> list[str]:
    reading = html(source)
    return [reading.aligned.text[span.start : span.end] for span in reading.boilerplate]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>一</p><p>二</p>", "一\n二"),
        ("一<br>二<br/><br />三", "一\n二\n\n三"),
        ("<p>一<br></p><p></p>\n<p>二</p>", "一\n二"),
        ("<p>一?/p>\n<p>二</p>", "一?\n二"),  # the `<` went with a damaged byte
        ("<p>一?strong class='x'>二</strong></p>", "一?二"),
        ("<p>一?a>b?x/p></p>", "一?a>b?x/p>"),
        ("<div>甲   乙\n\t丙 </div>", "甲 乙 丙"),
        ("甲<b> 乙</b> <i> 丙</i>", "甲 乙 丙"),
        ("甲<b>乙</b>丙", "甲乙丙"),
        ("<pre>甲  乙\n 丙</pre>丁", "甲  乙\n 丙\n丁"),
        ("甲&nbsp;&nbsp;乙&#160;丙", "甲  乙 丙"),
        ("A&amp;B &lt;3&gt; &ldquo;总&#32467;&#x603B;&rdquo; &hellip;", "A&B <3> “总结总” …"),
        ("&amp;nbsp; &nosuch; R&D", "&nbsp; &nosuch; R&D"),
        ("<ul><li>一<li>二</ul>", "一\n二"),
        ("<h1>题</h1>文<hr>文", "题\n文\n文"),
    ],
)
def test_lines_blanks_and_entities_are_those_of_the_page(source: str, expected: str) -> None:
    assert text(source) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<table><tr><td>项目</td><td>人数</td></tr><tr><td>培训</td><td>20</td></tr></table>", "项目\t人数\n培训\t20"),
        ("<table><tr><th>一<th>二<tr><td>三<td>四</table>后", "一\t二\n三\t四\n后"),
        ("<table><tr><td><p>一</p></td><td><p>二</p></td></tr></table>", "一\t二"),
        ("<table><tr><td>一</td><td></td><td>三</td></tr><tr><td></td><td>二</td></tr></table>", "一\t\t三\n\t二"),
        ("<table><tr><td>一<p>续</p></td><td>二</td></tr></table>", "一\n续\t二"),
        (
            "<table><tr><td>甲<table><tr><td>一</td><td>二</td></tr></table></td><td>乙</td></tr></table>",
            "甲\n一\t二\t乙",
        ),
    ],
)
def test_cells_are_parted_by_tabs_and_rows_by_line_ends(source: str, expected: str) -> None:
    assert text(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "<html><head><title>题</title><style>p{}</style></head><body>文</body></html>",
        "文<script>if (a < b) document.write('<p>无</p>')</script>",
        "文<!-- <p>无</p> -->",
        "文<noscript>请启用脚本</noscript>",
        "文<div style='display: none'>隐</div>",
        "文<span hidden>隐</span>",
        "文<![if !IE]><![endif]><?php x ?>",
    ],
)
def test_what_no_browser_shows_is_not_in_the_text(source: str) -> None:
    assert text(source) == "文"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("文<!-- 未完", "文<!-- 未完"),
        ("文<script>未完", "文未完"),
        ("a < b，<3人，<某某>", "a < b，<3人，<某某>"),
        ("<a title='a > b' href=\"x>y\">文</a>", "文"),
        ('<a title="x>文</a>后', "文后"),
        ("<head><title>题</title><body>文", "文"),
        ("</p></div>文</table>", "文"),
    ],
)
def test_broken_markup_loses_no_text(source: str, expected: str) -> None:
    assert text(source) == expected


@pytest.mark.parametrize(
    "part",
    [
        "<nav>首页 新闻</nav>",
        "<footer>版权所有</footer>",
        "<header>某某网</header>",
        "<aside>热门</aside>",
        "<form>搜索</form>",
        "<div class='main-nav'>首页</div>",
        "<div id=leftMenu>首页</div>",
        "<div class=breadcrumb>当前位置</div>",
        "<ul class='list related-posts'><li>相关</ul>",
        "<div class=copyright>备案号</div>",
        "<div role=navigation>首页</div>",
        "<ul><li><a href=1>甲</a><li><a href=2>乙</a><li><a href=3>丙</a></ul>",
        "<p><a href=1>上一篇</a> | <a href=2>下一篇</a> | <a href=3>返回</a></p>",
        "<nav><div><div>首页</nav>",
    ],
)
def test_navigation_is_told_apart_and_kept(part: str) -> None:
    source = f"{part}<div><p>{PROSE}</p></div>"
    (found,) = boilerplate(source)
    assert text(source) == f"{found}\n{PROSE}"


@pytest.mark.parametrize(
    "source",
    [
        f"<form id=aspnetForm><p>{PROSE}</p></form>",
        f"<div class=sidebar-layout><p>{PROSE}</p></div><p>尾</p>",
        f"<article><header><h1>题</h1></header><p>{PROSE}</p></article>",
        f"<p>{PROSE}<a href=1>链接</a></p>",
        f"<a name=top><p>{PROSE}<p>{PROSE}",
        f"<a href=1><p>{PROSE}<p>{PROSE}<p>{PROSE}",
    ],
)
def test_the_text_of_the_page_is_no_navigation(source: str) -> None:
    assert boilerplate(source) == []


def test_navigation_in_several_places_is_several_stretches() -> None:
    source = f"<nav>首页</nav><nav>新闻</nav><p>{PROSE}</p><footer>版权</footer>"
    assert boilerplate(source) == ["首页\n新闻", "版权"]


def test_a_large_page_is_judged_in_stretches() -> None:
    source = f"<nav>首页</nav><p>{PROSE}</p>" * 2000
    assert len(boilerplate(source)) == 2000


def test_a_character_leads_back_through_markup_and_entities() -> None:
    source = "<p>培训<b>4&#57;2</b>人&nbsp;次</p>"
    aligned = html(source).aligned
    assert aligned.text == "培训492人 次"
    assert source[slice(*aligned.origin(2, 5))] == "4&#57;2"
    assert source[slice(*aligned.origin(6, 7))] == "&nbsp;"


@given(SOUP)
def test_every_kept_character_is_the_one_at_its_place(source: str) -> None:
    aligned = html(source).aligned
    for place, character in enumerate(aligned.text):
        start, end = aligned.origin(place, place + 1)
        stands = source[start:end]
        assert stands == character or "&" in stands or character in " \t\n"


@example("<nav>&nbsp;")
@given(SOUP)
def test_navigation_lies_in_the_text_in_order(source: str) -> None:
    reading = html(source)
    ends = [place for span in reading.boilerplate for place in (span.start, span.end)]
    assert ends == sorted(ends)
    assert all(span.start < span.end <= len(reading.aligned.text) for span in reading.boilerplate)


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_any_text_is_read(source: str) -> None:
    assert html(source).format == "html"


def test_struck_text_is_left_out() -> None:
    styled = '<span style="text-decoration: line-through">3</span>5次'
    page = f"<html><p>购置图书<del>40</del>65册，<s>十</s>九场，{styled}。</p>"
    assert read_text(page).aligned.text == "购置图书65册，九场，5次。"


def test_the_mark_of_a_note_is_no_part_of_a_number_and_an_exponent_stays() -> None:
    assert (
        read_text("<html><p>走访120<sup>[1]</sup>户，硬化90m<sup>2</sup>。</p>").aligned.text == "走访120户，硬化90m²。"
    )
