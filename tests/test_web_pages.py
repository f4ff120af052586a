"""Saved web pages: the main content, its title, and what the page says about it; a page with text is never lost."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from zongji import extract_bytes
from zongji.corpus.labels import NoticeCode
from zongji.corpus.records import Document
from zongji.pipeline.sources import Reading, read_text
from zongji.pipeline.sources.web_metadata import iso_date, without_site

TITLE = "青石县农机局扎实开展春耕备耕服务"
BODY = (
    "3月5日，青石县农机局组织技术人员12人到各乡镇检修农机具，共检修拖拉机86台，为春耕备耕打下了良好基础。",
    "活动期间，该局还举办操作培训班3期，培训机手240余人次，发放安全手册500份，受到广大农民的欢迎。",
    "下一步，该局将继续做好跟踪服务，确保全县春耕生产顺利进行。",
)
BYLINE = "发布时间：2021-03-08 10:20　来源：青石县农机局　作者：王小兰　点击：56次"
MENU = "".join(f"<li><a href={name}>{name}</a></li>" for name in "首页 概况 要闻 公告 政策 服务 互动".split())
RELATED = "".join(f"<li><a href={n}>青石县第{n}次农机安全检查工作会议召开</a> 2021-02-0{n}</li>" for n in range(1, 7))
COMMENTS = "".join(
    f"<div class=comment><b>网友{n}</b><p>说得好，给农机局点赞，希望多来几次。</p></div>" for n in range(6)
)


def paragraphs(lines: tuple[str, ...] = BODY) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def page(body: str, head: str = f"<title>{TITLE}_工作动态_青石县人民政府</title>") -> str:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def documents(source: str) -> tuple[Document, ...]:
    return extract_bytes(source.encode(), path="page.html").documents


def reading(source: str) -> Reading:
    return read_text(source, name="page.html")


def main_lines(source: str) -> list[str]:
    """The lines of the page that its reading takes for the text."""
    found = reading(source)
    text, position, kept = found.aligned.text, 0, []
    for span in found.boilerplate:
        kept.append(text[position : span.start])
        position = span.end
    return [line.strip() for line in "".join([*kept, text[position:]]).split("\n") if line.strip()]


GOVERNMENT = page(
    f"<div id=top>联系我们</div><div class=menu><ul>{MENU}</ul></div><div>首页 &gt; 新闻动态</div>"
    f"<div class=con><h1>{TITLE}</h1><div class=info>{BYLINE}</div>{paragraphs()}</div>"
    f"<div>【打印】【关闭】</div><div class=list><h3>相关推荐</h3><ul>{RELATED}</ul></div>"
    "<div>版权所有：青石县人民政府　京ICP备00000000号</div>"
)
OLD_TABLES = page(
    "<table width=980><tr><td><a href=1>首页</a>|<a href=2>概况</a>|<a href=3>要闻</a></td></tr></table>"
    f"<table><tr><td width=200><table>{RELATED.replace('li>', 'tr>')}</table></td><td><table><tr><td align=center>"
    f"<font size=5><b>{TITLE}</b></font></td></tr><tr><td>{BYLINE}</td></tr><tr><td>"
    f"{'<br>'.join(f'　　{line}' for line in BODY)}</td></tr></table></td></tr></table>"
)
DISCUSSED = page(
    f"<nav>{MENU}</nav><article><h1>{TITLE}</h1><p>分享到微信</p>{paragraphs()}</article>"
    f"<aside>热门排行<ul>{RELATED}</ul></aside><section id=comments>{COMMENTS}</section>"
)
CALLED_NAVIGATION = page(
    f"<ul>{MENU}</ul><div class=footer-main><h1>{TITLE}</h1>{paragraphs()}</div><ul>{RELATED}</ul>"
)
WITH_CONTENTS = page(
    f"<ul>{MENU}</ul><h1>{TITLE}</h1><div class=toc><a href=#1>检修</a><a href=#2>培训</a><a href=#3>打算</a></div>"
    f"<h2 id=1>检修</h2><p>{BODY[0]}</p><h2 id=2>培训</h2><p>{BODY[1]}</p><h2 id=3>打算</h2><p>{BODY[2]}</p>"
)


@pytest.mark.parametrize("source", [GOVERNMENT, OLD_TABLES, DISCUSSED, CALLED_NAVIGATION, WITH_CONTENTS])
def test_an_article_is_one_document_with_its_title(source: str) -> None:
    (document,) = documents(source)
    assert document.title == TITLE
    assert all(line in document.text for line in BODY)
    assert "安全检查工作会议" not in document.text
    assert "网友" not in document.text
    assert [figure.value for figure in document.figures] == [12, 86, 3, 240, 500]


def test_what_stands_around_an_article_is_boilerplate() -> None:
    assert main_lines(GOVERNMENT) == [TITLE, *BODY]


def test_two_lines_of_navigation_do_not_end_a_page() -> None:
    source = page(f"<p>联系我们</p><p>首页 &gt; 新闻动态</p>{paragraphs()}", head="")
    (document,) = documents(source)
    assert all(line in document.text for line in BODY)


def test_a_subtitle_and_an_office_under_the_title_belong_to_the_text() -> None:
    source = page(f"<ul>{MENU}</ul><h1>{TITLE}</h1><p>——记农机下乡活动</p><p>{BYLINE}</p>{paragraphs()}")
    assert main_lines(source) == [TITLE, "——记农机下乡活动", *BODY]


def test_a_first_heading_that_speaks_of_time_belongs_to_the_text() -> None:
    source = page(f"<ul>{MENU}</ul><h1>{TITLE}</h1><p>一、活动时间和地点：</p>{paragraphs()}")
    assert main_lines(source) == [TITLE, "一、活动时间和地点：", *BODY]


def test_tables_and_short_lines_between_paragraphs_stay() -> None:
    table = "<table><tr><td>项目</td><td>台数</td></tr><tr><td>拖拉机</td><td>86</td></tr></table>"
    source = page(
        f"<ul>{MENU}</ul><h1>{TITLE}</h1><p>{BODY[0]}</p><p>检修情况</p>{table}<p>{BODY[1]}</p><p>{BODY[2]}</p>"
    )
    assert main_lines(source) == [TITLE, BODY[0], "检修情况", "项目\t台数", "拖拉机\t86", BODY[1], BODY[2]]


def test_a_page_without_navigation_is_main_content_throughout() -> None:
    source = page(f"<h1>{TITLE}</h1><p>王小兰</p>{paragraphs()}<p>2021年3月8日</p>")
    assert main_lines(source) == [TITLE, "王小兰", *BODY, "2021年3月8日"]


def test_postings_with_their_days_are_a_document_each() -> None:
    titles = ("青石县农机局检修农机具", "白河乡举办机手培训班")
    posts = "".join(
        f"<li>{title} 2021-03-08 09:15<p>{line}</p></li>" for title, line in zip(titles, BODY, strict=False)
    )
    found = documents(page(f"<ul>{MENU}</ul><ul>{posts}</ul>", head=""))
    assert [document.title for document in found] == list(titles)


def test_an_article_in_gb18030_is_read_alike() -> None:
    source = GOVERNMENT.replace("<head>", "<head><meta charset=gb2312>")
    (document,) = extract_bytes(source.encode("gb18030"), path="page.html").documents
    assert document.title == TITLE


def test_offsets_count_in_the_source_of_the_page() -> None:
    (document,) = documents(GOVERNMENT)
    figure = document.figures[1]
    assert GOVERNMENT[figure.start : figure.end] == "86台"


@pytest.mark.parametrize(
    "source",
    [
        page(f"<ul>{MENU}</ul>"),
        page(f"<div>首页 &gt; 新闻动态</div><ul>{RELATED}</ul>"),
        page("<nav>联系我们 技术支持 版权所有</nav>", head=""),
    ],
)
def test_a_page_of_nothing_but_links_is_read_as_a_whole_with_a_warning(source: str) -> None:
    found = documents(source)
    assert found
    assert NoticeCode.WHOLE_PAGE in {notice.code for document in found for notice in document.notices}


PARTS = st.sampled_from(
    [
        *(f"<ul>{MENU}</ul>", f"<p>{BODY[0]}</p>", f"<h1>{TITLE}</h1>", f"<div>{BYLINE}</div>", f"<ul>{RELATED}</ul>"),
        *(
            "<p>首页 &gt; 新闻动态</p>",
            "<p>相关推荐</p>",
            "<p>感谢您阅读</p>",
            "<p>————</p>",
            "<p>一、检修</p>",
            "附件1：",
        ),
        *("<div class=nav>", "<div hidden>", "<form>", "</div>", "</form>", "<table><tr><td>", "<b>总", "<br>"),
        *("<footer>", "</footer>"),
    ]
)


@dataclass(frozen=True)
class Shape:
    """What a made page consists of, so that a failing one can be read."""

    parts: list[str]

    @property
    def source(self) -> str:
        """The page."""
        return page("".join(self.parts))


@example(Shape(["<p>首页 &gt; 新闻动态</p>"]))
@given(st.lists(PARTS, max_size=8).map(Shape))
def test_a_page_that_shows_text_has_a_document(shape: Shape) -> None:
    shown = reading(shape.source).aligned.text.strip()
    assert bool(documents(shape.source)) == bool(shown)


@dataclass(frozen=True)
class About:
    """What a page is expected to say about its text."""

    title: str | None = TITLE
    date: str | None = None
    source: str | None = None
    author: str | None = None


JSON_LD = (
    '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "'
    + TITLE
    + '", "datePublished": "2021-03-08T10:20:00+08:00", "author": {"name": "王小兰"}}]}</script>'
)


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (f"<title>{TITLE}_要闻_青石网</title>", f"<h2>{TITLE}</h2>", About()),
        (f"<title>{TITLE} - 青石县人民政府</title>", "", About()),
        (
            "<title>青石网</title>",
            f"<div>{TITLE}</div><div>{BYLINE}</div>",
            About(date="2021-03-08", source="青石县农机局", author="王小兰"),
        ),
        (
            f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2021/03/08 10:20">'
            '<meta name="ContentSource" content="青石县农机局"><meta name="author" content="a@b.cn">',
            "",
            About(date="2021-03-08", source="青石县农机局"),
        ),
        (
            f'<meta property="og:title" content="{TITLE}">',
            "<time datetime=2021-03-08>昨天</time>",
            About(date="2021-03-08"),
        ),
        (JSON_LD, "", About(date="2021-03-08", author="王小兰")),
        ('<script type="application/ld+json">{"headline": [[[</script>', "", About(title=None)),
    ],
)
def test_a_page_says_title_day_source_and_author(head: str, body: str, expected: About) -> None:
    about = reading(page(f"<ul>{MENU}</ul>{body}{paragraphs()}", head)).web_page
    assert about is not None
    assert About(about.title, about.date, about.source, about.author) == expected


def test_the_title_that_only_the_head_states_is_the_documents() -> None:
    (document,) = documents(page(f"<ul>{MENU}</ul>{paragraphs()}"))
    assert document.title == TITLE
    assert document.text.startswith(BODY[0][:5])


def test_a_title_on_two_lines_is_one() -> None:
    source = page(f"<ul>{MENU}</ul><h1>{TITLE[:8]}<br>{TITLE[8:]}</h1>{paragraphs()}")
    (document,) = documents(source)
    assert document.title == TITLE


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("农机局工作总结_要闻_青石网", "农机局工作总结"),
        ("农机局工作总结-青石网", "农机局工作总结"),
        ("2020-2021学年度工作计划 - 青石中学", "2020-2021学年度工作计划"),
        ("农机局工作总结", "农机局工作总结"),
        ("公告|农机局工作总结|青石网", "农机局工作总结"),
    ],
)
def test_the_site_is_cut_from_a_title(stated: str, title: str) -> None:
    assert without_site(stated) == title


@pytest.mark.parametrize(
    ("text", "date"),
    [("2021年3月8日", "2021-03-08"), ("2021/3/8 10:20", "2021-03-08"), ("2021-13-08", None), ("三月八日", None)],
)
def test_days_are_iso_dates(text: str, date: str | None) -> None:
    assert iso_date(text) == date
