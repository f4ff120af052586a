"""The block in front of a Markdown text that states its title: YAML between `---`, TOML between `+++`."""

from __future__ import annotations

import re
from typing import NamedTuple

from zongji.pipeline.sources.web_metadata import iso_date

_BLOCK = re.compile(r"\ufeff?\s*+(?P<bar>---|\+\+\+)[ \t]*\r?\n(?P<fields>.*?)^(?P=bar)[ \t]*\r?(?:\n|\Z)", re.M | re.S)
_FIELD = r"^(?:%s)[ \t]*[:=：][ \t]*(?P<value>\S[^\r\n]*)"
_TITLE, _DATE, _AUTHOR = (
    re.compile(_FIELD % names, re.MULTILINE | re.IGNORECASE)
    for names in ("title|标题", "date|pubdate|published|created|日期|发布时间", "author|authors|organization|作者|单位")
)
_NAMES_FIELD = re.compile(r"^[\w\-\"']+[ \t]*[:=：]", re.MULTILINE)
_QUOTED = re.compile(r"(?P<mark>[\"'])(?P<text>.*)(?P=mark)(?:[ \t]+#.*)?")
_LONGEST = 8000  # characters of a block; a line of dashes further on ends no front matter


class FrontMatter(NamedTuple):
    """What the block states, and where the text behind it begins: 0 without one."""

    end: int = 0
    title: str | None = None
    date: str | None = None
    author: str | None = None


def front_matter(source: str) -> FrontMatter:
    """The block at the beginning of a source."""
    block = _BLOCK.match(source[:_LONGEST])
    if block is None or not _NAMES_FIELD.match(block["fields"]):
        return FrontMatter()
    title, date, author = (_stated(field, block["fields"]) for field in (_TITLE, _DATE, _AUTHOR))
    return FrontMatter(block.end(), title, iso_date(date or ""), author)


def _stated(field: re.Pattern[str], fields: str) -> str | None:
    found = field.search(fields)
    return _unquoted(found["value"].strip()) if found is not None else None


def _unquoted(value: str) -> str | None:
    quoted = _QUOTED.fullmatch(value)
    return (quoted["text"] if quoted is not None else value).strip() or None
