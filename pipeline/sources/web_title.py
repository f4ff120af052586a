"""Which line of a page is its title, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from zongji.pipeline.sources.web_lines import PageLine, letters_of
from zongji.pipeline.sources.web_metadata import SHORTEST

ABOVE = 40  # lines above the text among which the title is looked for
NEAR = 6  # lines above the text among which it is looked for where no title is stated
BELOW = 3  # lines of the text that may be the title
LIST = 20  # letters of a line of links that parts a site's heading from the text below
SHARE = 0.5  # of a stated title's letters that a line must have, where it is no heading

_DAY = r"(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?"
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?"
_BYLINE = re.compile(
    r"(?:来源|出处|稿源|作者|编辑|责编|[发编][布表稿][者人]?|更新|点击|浏览|阅读|人气|访问|字号|字体)"
    r"(?:时间|日期|单位|机构|次数|[数率量])?\s*[:：]"
    r"|(?:时间|日期)[:：]\s*20\d\d-|打印|分享|收藏|关闭|扫一扫|我要评论|跟贴|大\s*中\s*小|https?://|www\."
    rf"|{_DAY}\s*{_CLOCK}"
)
_POSTED = re.compile(rf"(?P<title>.{{6,60}}?)[\s(（\[]+{_DAY}(?:\s*{_CLOCK})?[)）\]]?")
_NUMBERED = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)]?[、.．]")
LONGEST_BETWEEN = 60  # letters of a line between title and text; a longer one is text


@dataclass(frozen=True, slots=True)
class _Match:
    letters: int
    is_heading: bool
    index: int


def title_lines(lines: Sequence[PageLine], titles: Sequence[str], first: int) -> tuple[int, ...]:
    """The indexes of the lines that are the title of the text whose first line is `first`; none where there is none."""
    stated = [letters_of(title) for title in titles]
    window = range(max(0, first - ABOVE), min(first + BELOW, len(lines)))
    matches = [match for index in window if (match := _match(lines[index], index, stated)) is not None]
    if not matches:
        return _unstated(lines, first)
    best = max(matches, key=lambda match: (match.letters, match.is_heading, match.index))
    return tuple(_with_neighbours(lines, best.index, stated))


def _match(line: PageLine, index: int, stated: Sequence[str]) -> _Match | None:
    """What a line has of a stated title, `标题_栏目_网站` included."""
    letters = line.letters
    if len(letters) < SHORTEST or _is_link(line):
        return None
    fitting = [title for title in stated if letters in title or title in letters]
    if not fitting:
        return None
    title = min(fitting, key=len)
    if len(letters) > len(title) + SHORTEST:
        return None  # a sentence that has the title in it
    starts = title.startswith(letters) or letters == title
    if not starts and not line.is_heading and len(letters) < SHARE * len(title):
        return None
    return _Match(len(letters) + (SHORTEST if starts else 0), line.is_heading, index)


def _is_link(line: PageLine) -> bool:
    return line.is_link and not line.is_heading


def _unstated(lines: Sequence[PageLine], first: int) -> tuple[int, ...]:
    """The title of a page that states none which fits: the heading right above the text, or what a byline follows."""
    near = [index for index in range(max(0, first - NEAR), first) if _may_name(lines[index])]
    lists = [index for index in range(max(0, first - NEAR), first) if _is_link_list(lines[index])]
    near = [index for index in near if index > max(lists, default=-1)]
    headings = [index for index in near if lines[index].is_heading]
    above_byline = [index for index in near if _BYLINE.search(lines[index + 1].text)]
    return tuple((headings or above_byline)[-1:])


def _is_link_list(line: PageLine) -> bool:
    return line.is_navigation and line.is_link and len(line.letters) >= LIST


def _may_name(line: PageLine) -> bool:
    return (
        len(line.letters) >= SHORTEST and not line.is_navigation and not line.is_link and not _BYLINE.search(line.text)
    )


def _with_neighbours(lines: Sequence[PageLine], index: int, stated: Sequence[str]) -> Iterator[int]:
    """A title on two lines."""
    for place in (index - 1, index, index + 1):
        if place == index:
            yield place
        elif 0 <= place < len(lines) and len(lines[place].letters) >= SHORTEST and not lines[place].is_link:
            both = sorted((place, index))
            together = "".join(lines[one].letters for one in both)
            if any(together in title for title in stated):
                yield place


def posted_lines(lines: Sequence[PageLine], kept: Set[int]) -> tuple[int, ...]:
    """The titles of several postings below each other: each with its day behind it and a paragraph below."""
    above = sorted(index - 1 for index in kept if index and lines[index].is_prose)
    return tuple(index for index in above if _POSTED.fullmatch(lines[index].text))


def without_day(title: str) -> str:
    """A posting's title without the day that it was posted on: `县农机局春耕备耕 2018-03-05 15:18`."""
    match = _POSTED.fullmatch(title)
    return match["title"] if match else title


def belongs_between(line: PageLine) -> bool:
    """True for what stands between title and text and is of the document: a subtitle, an office, a first heading."""
    if _NUMBERED.match(line.text):
        return True
    return (
        not line.is_link
        and not line.is_navigation
        and len(line.letters) <= LONGEST_BETWEEN
        and not _BYLINE.search(line.text)
    )
