"""What a page says about its text in `<title>`, `<meta>`, JSON-LD and `<time>`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from zongji.corpus.character_references import unescaped
from zongji.pipeline.sources.html_tags import Tag, attributes_of, tags

# Names and properties of `<meta>` as sites use them, the surest first. ArticleTitle, PubDate and ContentSource are
# what the rules for government sites prescribe (国办发〔2017〕47号).
TITLES = ("articletitle", "og:title", "twitter:title")
DATES = ("pubdate", "publishdate", "article:published_time", "og:release_date", "publish_time", "datepublished", "date")
SOURCES = ("contentsource", "source", "mediaid", "og:site_name", "sitename")
AUTHORS = ("author", "article:author", "og:article:author")

_SEPARATOR = re.compile(r"\s*[_|｜–—]+\s*|\s+[-:：]+\s+|(?<!\d)-+|-+(?!\d)|\s*(?:::|>>|»)\s*")
_DATE = re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})")
_NO_NAME = re.compile(r"[@\d]")  # what templates leave in the author's place
_LONGEST = 300  # characters of a title
SHORTEST = 4  # characters of a title; less is a column's name (首页, 正文)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a page states, as it states it: titles with the surest first, then by field what was found first."""

    titles: tuple[str, ...]
    date: str | None
    source: str | None
    author: str | None


def stated_by(source: str, markup: Sequence[Tag]) -> Stated:
    """What the page states about itself. Never raises."""
    elements = list(_elements(source, markup))
    meta = _meta(elements)
    linked = _json_ld(elements)
    title = next((text for tag, text in elements if tag.name == "title"), "")
    times = (attributes_of(tag).get("datetime", "") for tag, _ in elements if tag.name == "time")
    titles = [*_named(meta, TITLES), *linked["headline"], title]
    return Stated(
        tuple(dict.fromkeys(text for text in map(_shown, titles) if len(text) >= SHORTEST)),
        next(filter(None, map(iso_date, [*_named(meta, DATES), *linked["datePublished"], *times])), None),
        next(_named(meta, SOURCES), None),
        next((name for name in [*_named(meta, AUTHORS), *linked["author"]] if not _NO_NAME.search(name)), None),
    )


def without_site(title: str) -> str:
    """A title without the names of column and site behind it: `某某工作总结_工作动态_某某网`."""
    first = next((part for part in _SEPARATOR.split(title) if len(part) >= SHORTEST), title)
    return first if len(first) * 3 >= len(title) else title


def iso_date(text: str) -> str | None:
    """The first date of a text, `2023-03-05`; None where it has none."""
    match = _DATE.search(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups())
    return f"{year}-{month:02}-{day:02}" if 1 <= month <= 12 and 1 <= day <= 31 else None


def _elements(source: str, markup: Iterable[Tag]) -> Iterator[tuple[Tag, str]]:
    """Tags with their text where they are one piece, those in the head as well."""
    for tag in markup:
        if tag.name == "head":
            inside = source[tag.start + len("<head>") : tag.end]
            yield from _elements(inside, tags(inside))
        elif tag.name in {"title", "script"}:
            yield tag, source[tag.start : tag.end]
        elif tag.name in {"meta", "time"}:
            yield tag, ""


def _meta(elements: Iterable[tuple[Tag, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag, _ in elements:
        if tag.name == "meta":
            attributes = attributes_of(tag)
            name = attributes.get("name") or attributes.get("property") or attributes.get("itemprop") or ""
            content = _shown(attributes.get("content", ""))
            if name and content:
                found.setdefault(name.lower(), content)
    return found


def _named(meta: dict[str, str], names: Iterable[str]) -> Iterator[str]:
    return (meta[name] for name in names if name in meta)


def _shown(text: str) -> str:
    """A value as a browser shows it, without the tags of its element."""
    text = text[text.find(">") + 1 : text.rfind("<")] if text.startswith("<") else text
    return " ".join(unescaped(text).split())[:_LONGEST]


def _json_ld(elements: Iterable[tuple[Tag, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {"headline": [], "datePublished": [], "author": []}
    for tag, text in elements:
        opening = text[: text.find(">") + 1]
        if tag.name == "script" and "ld+json" in opening:
            for item in _items(text[len(opening) : text.rfind("<")]):
                for field, values in found.items():
                    values.extend(_texts(item.get(field)))
    return found


def _items(text: str) -> Iterator[dict[str, object]]:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return
    for item in loaded if isinstance(loaded, list) else [loaded]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (node for node in (graph if isinstance(graph, list) else ()) if isinstance(node, dict))


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        value = value.get("name")
    if isinstance(value, list):
        return [text for item in value[:1] for text in _texts(item)]
    return [value] if isinstance(value, str) and value else []
