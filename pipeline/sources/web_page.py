"""A web page: its readable text, which of it is the main content, and what the page says about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import groupby

from zongji.corpus.labels import NoticeCode
from zongji.corpus.records import Notice, Span
from zongji.pipeline.sources.html import shown
from zongji.pipeline.sources.html_tags import tags
from zongji.pipeline.sources.main_content import MainContent, main_content
from zongji.pipeline.sources.reading import PageMetadata, Readable
from zongji.pipeline.sources.web_lines import PageLine, lines_of_page
from zongji.pipeline.sources.web_metadata import Stated, iso_date, stated_by, without_site
from zongji.pipeline.sources.web_title import belongs_between, posted_lines, title_lines

_END = r"(?=[\s|｜(（)）\]】]|发[稿布]|时间|日期|作者|责任?编|编辑|点击|浏览|(?:19|20)\d\d[-/.年]|$)"
_SOURCE = re.compile(rf"(?:来源|稿源|出处)\s*[:：]\s*([^\s|｜:：@]{{2,30}}?){_END}")
_AUTHOR = re.compile(rf"(?:作者|记者|撰稿|供稿)\s*[:：]\s*(?!责任?编)([^\s|｜:：@]{{2,30}}?){_END}")
NEAR = 6  # lines around the title that may hold the byline


def read_html(source: str) -> Readable:
    """The readable text of a page, with what is not its main content told apart. Never raises."""
    markup = tuple(tags(source))
    page = shown(source, markup)
    lines = lines_of_page(page)
    if not lines:
        return Readable(page.aligned, headings=page.stated)
    stated = stated_by(source, markup)
    titles = [*stated.titles, *map(without_site, stated.titles)]
    main = main_content(source, page, lines, titles)
    titled = title_lines(lines, titles, _first_paragraph(lines, main))
    kept = _with_title(lines, main, titled)
    posted = () if titled else posted_lines(lines, kept)
    kept = kept.union(posted)
    apart = tuple(_outside(lines, kept))
    notices = (_guessed(len(source)),) if main.guessed else ()
    about = _metadata(lines, stated, titled, min(kept))
    if posted:
        about = replace(about, title_lines=_spans(lines[index] for index in posted))
    return Readable(page.aligned, apart, notices, about, headings=page.stated)


def _first_paragraph(lines: Sequence[PageLine], main: MainContent, behind: int = -1) -> int:
    """The first line of prose in the main content, behind a line; its first line where there is none."""
    prose = (index for index in sorted(main.lines) if index > behind and lines[index].is_prose)
    return next(prose, min(main.lines))


def _with_title(lines: Sequence[PageLine], main: MainContent, titled: Sequence[int]) -> frozenset[int]:
    """The main content with its title, and without what is the site's between it and the first paragraph."""
    if not titled:
        return main.lines
    between = range(titled[-1] + 1, _first_paragraph(lines, main, titled[-1]))
    kept = {index for index in between if belongs_between(lines[index])}
    text = {index for index in main.lines if index >= titled[0] and index not in between}
    return frozenset(text.union(titled, kept))


def _outside(lines: Sequence[PageLine], kept: Set[int]) -> Iterator[Span]:
    """The stretches of lines that are not kept."""
    for is_kept, run in groupby(range(len(lines)), key=lambda index: index in kept):
        if not is_kept:
            indexes = list(run)
            yield Span(lines[indexes[0]].start, lines[indexes[-1]].end)


def _spans(lines: Iterable[PageLine]) -> tuple[Span, ...]:
    return tuple(Span(line.start, line.end) for line in lines)


def _guessed(length: int) -> Notice:
    message = "its main content could not be told from navigation: the whole page was read"
    return Notice(NoticeCode.WHOLE_PAGE, message, 0, length)


def _metadata(lines: Sequence[PageLine], stated: Stated, titled: Sequence[int], first: int) -> PageMetadata:
    """What head and byline state; the title as the text has it, else as the page states it."""
    at = titled[-1] if titled else first
    byline = " ".join(line.text for line in lines[max(0, at - 1) : at + NEAR] if not line.is_prose)
    title = "".join(lines[index].text for index in titled) or next(map(without_site, stated.titles), None)
    source, author = _SOURCE.search(byline), _AUTHOR.search(byline)
    return PageMetadata(
        title=title,
        title_lines=_spans(lines[index] for index in titled),
        date=stated.date or iso_date(byline),
        source=source[1] if source else stated.source,
        author=author[1] if author else stated.author,
    )
