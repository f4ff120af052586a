"""The articles in a dump of a site's database: of each row its title and its content, the other columns set apart.

Content is HTML inside the text of SQL or JSON: escapes and tags are undone, each character left leads to the source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from zongji.corpus.alignment import Aligned, Edit
from zongji.corpus.records import Span
from zongji.pipeline.sources.dump_rows import Value, json_rows, sql_rows
from zongji.pipeline.sources.html import shown
from zongji.pipeline.sources.html_tags import tags
from zongji.pipeline.sources.reading import Part, Readable, StatedHeading
from zongji.pipeline.sources.web_metadata import iso_date

SQL_EXTENSIONS = (".sql",)
JSON_EXTENSIONS = (".json", ".jsonl", ".ndjson")

_SAMPLE = 64 * 1024
_INSERT = re.compile(r"^[ \t]*+insert\s+into\b[^;'\"]{1,2000}?\bvalues\b\s*+\(", re.IGNORECASE | re.MULTILINE)
_OBJECT = re.compile(r'\s*+(?:\[\s*+)?\{\s*+"')
_HAN = re.compile("[㐀-鿿]")
_ESCAPED_HAN = re.compile(r"\\u[4-9][0-9a-fA-F]{3}")
_MARKUP = re.compile(r"</?[a-zA-Z]|&[#a-zA-Z]")
# Set by hand, for articles as sites of offices and schools have them; not tuned by measurement.
_FEWEST_OF_CONTENT = 60  # Chinese characters; …
_FEWEST_WHERE_NAMED = 20  # … in a column of contents
_FEWEST_OF_TITLE, _LONGEST_TITLE = 3, 80
_TITLES = re.compile(r"title|subject|headline|标题|biaoti")
_LONGEST_TIME = 32  # characters of a date with its time of day
_TIME = re.compile(
    r"(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?"
)
_PUBLISHED = re.compile(r"publi|pubdate|post|release|issue|发布|发表")
_CONTENTS = re.compile(r"content|body|text|detail|内容|正文|neirong")

_SQL_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_JSON_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "0": ""}


class _Article(NamedTuple):
    title: Value | None
    content: Value
    date: str | None
    """When the row says that it was published or made."""


def looks_like_sql(text: str) -> bool:
    """True for a text that inserts rows into a table and holds an article among them."""
    return _INSERT.search(text[:_SAMPLE]) is not None and next(_articles(sql_rows(text), text), None) is not None


def looks_like_json(text: str) -> bool:
    """True for objects of JSON, one of which holds an article."""
    return _OBJECT.match(text) is not None and next(_articles(json_rows(text), text), None) is not None


def read_sql(source: str) -> Readable:
    """The articles of an SQL dump; each is a document of its own. Never raises."""
    return _read(source, sql_rows, _sql_edits)


def read_json(source: str) -> Readable:
    """The same of JSON, whatever its nesting."""
    return _read(source, json_rows, _json_edits)


def _json_edits(text: str) -> Iterator[Edit]:
    for escape in _JSON_ESCAPE.finditer(text):
        if escape[0][1] == "u":
            yield Edit(*escape.span(), json.loads(f'"{escape[0]}"'))
        else:
            yield Edit(*escape.span(), _CONTROLS.get(escape[0][1], escape[0][1]))


def _sql_edits(text: str) -> Iterator[Edit]:
    for escape in _SQL_ESCAPE.finditer(text):
        yield Edit(*escape.span(), _CONTROLS.get(escape[1], escape[1]) if escape[1] else "'")


def _articles(rows: Iterable[Sequence[Value]], source: str) -> Iterator[_Article]:
    """The rows that hold an article."""
    for row in rows:
        if (content := _content_of(row, source)) is not None:
            yield _Article(_title_of(row, content, source), content, _date_of(row, content, source))


def _content_of(row: Sequence[Value], source: str) -> Value | None:
    """The longest text of a row, if it is long enough; one in a column of contents goes first."""
    named = [value for value in row if _CONTENTS.search(value.column)]
    longest = max(named or row, key=lambda value: value.end - value.start, default=None)
    fewest = _FEWEST_WHERE_NAMED if named else _FEWEST_OF_CONTENT
    return longest if longest is not None and _han(longest, source) >= fewest else None


def _title_of(row: Sequence[Value], content: Value, source: str) -> Value | None:
    """The text in a column of titles, else the first short one in Chinese before the content, else behind it."""
    short = [
        value
        for value in row
        if value.end - value.start <= _LONGEST_TITLE and _han(value, source) >= _FEWEST_OF_TITLE and value != content
    ]
    named = [value for value in short if _TITLES.search(value.column)]
    return next(iter((*named, *sorted(short, key=lambda value: value.start > content.start))), None)


def _date_of(row: Sequence[Value], content: Value, source: str) -> str | None:
    """The day in a column of publication, else the first day that is all that a value holds."""
    short = [value for value in row if value.end - value.start <= _LONGEST_TIME and value != content]
    dated = [value for value in short if _TIME.fullmatch(source, value.start, value.end)]
    named = [value for value in dated if _PUBLISHED.search(value.column)]
    return next((iso_date(source[value.start : value.end]) for value in (*named, *dated)), None)


def _han(value: Value, source: str) -> int:
    """The number of Chinese characters, written as they are or as JSON escapes them."""
    text = source[value.start : value.end]
    return len(_HAN.findall(text)) + len(_ESCAPED_HAN.findall(text))


def _read(
    source: str, rows: Callable[[str], Iterable[list[Value]]], unescaped: Callable[[str], Iterator[Edit]]
) -> Readable:
    writer = _Writer(source, unescaped)
    for article in sorted(_articles(rows(source), source), key=lambda article: article.content.start):
        writer.write(article)
    return writer.finished()


class _Writer:
    """Writes articles as lines of their own, and what is between them apart, as edits of the source."""

    def __init__(self, source: str, unescaped: Callable[[str], Iterator[Edit]]) -> None:
        self.source, self.unescaped = source, unescaped
        self.edits: list[Edit] = []
        self.apart: list[Span] = []
        self.parts: list[Part] = []
        self.headings: list[StatedHeading] = []
        self.position = self.length = 0  # in the source, in the text written

    def write(self, article: _Article) -> None:
        """Write an article behind the last one, its title only if it stands in front; nothing inside the last one."""
        title, content, date = article
        leads = title is not None and title.start < content.start
        if (title if title is not None and leads else content).start <= self.position:
            return
        if title is None or not leads:
            stated = None if title is None else self._readable(title)[0].text
            self.parts.append(Part(self._value(content), title=stated, date=date))
        else:
            first = self._value(title)
            self.parts.append(Part(Span(first.start, self._value(content).end), (first,), date=date))

    def _value(self, value: Value) -> Span:
        """Write a value on lines of its own; returns where it stands."""
        self._set_apart(value.start)
        aligned, headings = self._readable(value)
        self.edits += (Edit(value.start + e.start, value.start + e.end, e.text) for e in aligned.edits())
        begin, self.length = self.length, self.length + len(aligned.text)
        self.headings += (
            StatedHeading(Span(begin + heading.span.start, begin + heading.span.end), heading.depth)
            for heading in headings
        )
        self.position = value.end
        return Span(begin, self.length)

    def _readable(self, value: Value) -> tuple[Aligned, tuple[StatedHeading, ...]]:
        """A value without escapes and tags, and the headings in it."""
        aligned = Aligned.of(self.source[value.start : value.end])
        aligned = aligned.apply(list(self.unescaped(aligned.text)))
        if not _MARKUP.search(aligned.text):
            return aligned, ()
        page = shown(aligned.text, tuple(tags(aligned.text)))
        return aligned.apply(list(page.aligned.edits())), page.stated

    def _set_apart(self, end: int) -> None:
        if self.position:
            self._break(self.position)
        begin, self.length = self.length, self.length + end - self.position
        self.apart.append(Span(begin, self.length))
        if end < len(self.source):
            self._break(end)

    def _break(self, place: int) -> None:
        self.edits.append(Edit(place, place, "\n"))
        self.length += 1

    def finished(self) -> Readable:
        """What was written, and the rest of the source apart; a source in Chinese without an article as it stands."""
        if not self.parts and len(_HAN.findall(self.source)) >= _FEWEST_OF_CONTENT:
            return Readable(Aligned.of(self.source))
        self._set_apart(len(self.source))
        aligned = Aligned.of(self.source).apply(self.edits)
        return Readable(aligned, tuple(self.apart), parts=tuple(self.parts), headings=tuple(self.headings))
