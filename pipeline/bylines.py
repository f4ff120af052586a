"""Lines between a title and the text: an occasion, a subtitle, the number of an issue, who writes or reports."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon


@dataclass(frozen=True, slots=True)
class PostRow:
    """A row of `posts.tsv`."""

    post: str


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    """A row of `organizations.tsv`."""

    suffix: str


_HAN = "[㐀-鿿×xX]"
_DATE = r"[（(]?(?:19|20)\d\d ?年(?:\d{1,2}月(?:\d{1,2}日)?)?[)）]?"
_ISSUE = r"[^。；：:]{0,12}第 ?[\d一二三四五六七八九十]{1,4} ?期(?:[（(].{2,12}[)）])?"
_UNDER_TITLE = re.compile(
    rf"[（(【\[].{{2,40}}[)）】\]]|[—－-]{{1,2}} ?.{{2,40}}|(?:作者|[汇报述职]+人|撰稿|单位|编者|编写)[:： ].{{2,20}}|"
    rf"(?:主办|承办|协办|主编|编印)(?:单位)?[:：].{{2,60}}|{_DATE}|{_ISSUE}|"
    r"(?:19|20)[\dxX×]{2}[—–\-~至]+(?:19|20)[\dxX×]{2}学年度?(?:第?[上下一二]学期)?"
)
_NAME = re.compile(rf"{_HAN}{{2,4}}")
_PLACED = re.compile(rf"{_DATE}|{_ISSUE}")
_BLANKS = re.compile(r"[ \u3000]+")
_SENTENCE = re.compile(r"[。；，,！？!?：:\t|]")
_LONGEST = 50  # characters of a line that names somebody


def stands_under_title(text: str) -> bool:
    """True for a line between a title and the text: a date or occasion in parentheses, a subtitle, an author."""
    if "。" in text or "\t" in text:
        return False
    return bool(_UNDER_TITLE.fullmatch(text)) or is_byline(text)


def is_byline(text: str) -> bool:
    """True for an office or a post with a name, an issue or a date behind a blank: `石桥村卫生室　田芬　2022年12月`."""
    if len(text) > _LONGEST or _SENTENCE.search(text) or " " not in text.replace("\u3000", " "):
        return False
    first, *others = _BLANKS.split(text)
    if all(_PLACED.fullmatch(field) for field in (first, *others)):
        return True
    rest = [field for field in others if not _PLACED.fullmatch(field)]
    if not others or not _names_office(first):
        return False
    return not rest or bool(_NAME.fullmatch("".join(rest)))


def _names_office(field: str) -> bool:
    return field.endswith(_ends()) and field not in _ends()


@cache
def _ends() -> tuple[str, ...]:
    posts = [row.post for row in lexicon.load("posts", PostRow)]
    return (*posts, *(row.suffix for row in lexicon.load("organizations", OrganizationRow)))
