"""Markdown to its text: the markup is deleted, each character left leads back to the source.

Conservative: unclear markup stays, because plans blank out numbers and names with the same signs (`__人`, `张**`).
Bullets stay, as `- `; the rows of a table become lines with their cells separated by tabs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping

from zongji.corpus.alignment import Aligned, Edit
from zongji.corpus.records import Span
from zongji.pipeline.sources.front_matter import front_matter
from zongji.pipeline.sources.markdown_html import html_tables, single_tags
from zongji.pipeline.sources.reading import Part, Readable, StatedHeading

EXTENSIONS = (".md", ".markdown")

# Each rule covers what it has handled with this character, so that offsets stay the same for the next one.
COVER = "\ufffc"

_FENCED = re.compile(
    r"^(?P<open> {0,3}(?P<bar>`{3,}+|~{3,}+)[^`\n]*+(?:\n|\Z)).*?(?P<close>^ {0,3}(?P=bar)[`~]*[ \t]*+(?:\n|\Z)|\Z)",
    re.MULTILINE | re.DOTALL,
)
_CODE = re.compile(r"(?<!`)(?P<bar>`++)(?P<code>[^`\n]++)(?P=bar)(?!`)")
_ESCAPED = re.compile(r"\\[!-/:-@\[-`{-~]")

_QUOTE = re.compile(r"^(?: {0,3}> ?)+", re.MULTILINE)
_RULE = re.compile(rf"^{COVER}* {{0,3}}(?:={{3,}}|-{{3,}}|\*{{3,}})[ \t\r]*(?:\n|\Z)", re.MULTILINE)  # `___` is a blank
_HEADING = re.compile(rf"^{COVER}*( {{0,3}}#{{1,6}}[ \t]+)[^\n]*", re.MULTILINE)
_UNDERLINED = re.compile(  # a single line, so that a rule below a paragraph makes no heading of it
    rf"(?<![^\n\r]\n)(?<![^\n\r]\r\n)^{COVER}* {{0,3}}(?![-*+>] |\d{{1,3}}[.)])[^\s|][^\n|]{{0,60}}\n"
    rf"{COVER}* {{0,3}}(?:(?P<double>={{2,}})|-{{3,}})[ \t\r]*$",
    re.MULTILINE,
)
_BOLD = re.compile(rf"^[{COVER} \t]*(?:[-*+] +)?(?P<mark>\*\*|__)(?=\S)[^*_\n]+(?P=mark)[：:]?[ \t\r]*$", re.MULTILINE)
_HEADING_END = re.compile(r"(?<![ \t])[ \t]+#+[ \t\r]*$")
_BULLET = re.compile(rf"^{COVER}*[ \t]*([*+])(?=[ \t])", re.MULTILINE)

_DELIMITERS = r"(?=[^\n]*\|)[ \t]*+\|?(?:[ \t]*+:?-++:?[ \t]*+\|?)++[ \t\r]*+"
_TABLE = re.compile(
    rf"^(?P<header>[^\n|]*+\|[^\n]*+\n)(?P<rule>{COVER}*+{_DELIMITERS}(?:\n|\Z))(?P<rows>(?:[^\n|]*+\|[^\n]*+(?:\n|\Z))*+)",
    re.MULTILINE,
)
_BAR = re.compile(r"(?:(?<![ \t])[ \t]+)?\|[ \t]*")

_TARGET = r"\([^()\s]*(?:\([^()\s]*\))?(?:[ \t]+\"[^\"\n]*\")?\)"
_IMAGE = re.compile(rf"!\[[^\[\]\n]*\]{_TARGET}")
_LINK = re.compile(rf"\[(?P<text>[^\[\]\n]*)\]{_TARGET}")

_STRONG = re.compile(r"(\*\*)(?=\S)(?:[^*\n]|(?<!\*)\*(?!\*))+(?<=\S)\*\*")
_STRONG_UNDERSCORES = re.compile(r"(?<![_\w])(__)(?=[^\s_])[^_\n]{2,}(?<=[^\s_])__(?![_\w])")
_EMPHASIS = re.compile(r"(?<![*\w])(\*)(?=[^\s*])[^*\n]+(?<=[^\s*])\*(?![*\w])")
_STRIKE = re.compile(r"(~~)(?=\S)[^~\n]+(?<=\S)~~")


def read_markdown(source: str) -> Readable:
    """The text without its markup, the front matter set apart. What has front matter is one document."""
    about = front_matter(source)
    begin = about.end
    edits, text = _literal(source, begin)
    marked = _marked(text)
    for rule in RULES:
        found = list(rule(text))
        edits += found
        text = _covered(text, ((edit.start, edit.end) for edit in found))
    aligned = Aligned.of(source).apply(sorted(edits, key=lambda edit: (edit.start, edit.end)))
    headings = tuple(_stated(aligned, marked))
    if not begin:
        return Readable(aligned, headings=headings)
    whole = Part(Span(begin, len(aligned.text)), title=about.title, date=about.date, author=about.author)
    return Readable(aligned, (Span(0, begin),), parts=(whole,), headings=headings)


def _marked(text: str) -> dict[int, int | None]:
    """Where lines begin in the source that are headings, and how deep they are."""
    text = _covered(text, (quote.span() for quote in _QUOTE.finditer(text)))
    depths: dict[int, int | None] = {bold.start(): None for bold in _BOLD.finditer(text)}
    depths |= {line.start(): 1 if line["double"] else 2 for line in _UNDERLINED.finditer(text)}
    return depths | {heading.start(): heading[1].count("#") for heading in _HEADING.finditer(text)}


def _stated(aligned: Aligned, marked: Mapping[int, int | None]) -> Iterator[StatedHeading]:
    """The same as lines of the readable text."""
    begins = sorted(marked)
    for line in _TEXT_LINE.finditer(aligned.text):
        begin = bisect_right(begins, aligned.origin(*line.span())[0]) - 1
        if begin >= 0 and "\n" not in aligned.source[begins[begin] : aligned.origin(*line.span())[0]]:
            yield StatedHeading(Span(*line.span()), marked[begins[begin]])


def _literal(source: str, begin: int) -> tuple[list[Edit], str]:
    """Edits of code marks and escapes behind the front matter, and the text with all literal parts covered."""
    edits: list[Edit] = []
    blocks = list(_FENCED.finditer(source, begin))
    for block in blocks:
        edits += (Edit(*block.span("open"), ""), Edit(*block.span("close"), ""))
    text = _covered(source, [(0, begin), *(block.span() for block in blocks)])
    tables = list(html_tables(text, begin))
    edits += (edit for _, shown in tables for edit in shown)
    text = _covered(text, ((span.start, span.end) for span, _ in tables))
    for code in _CODE.finditer(text):
        edits += _around(code.span(), len(code["bar"]))
    text = _covered(text, (code.span() for code in _CODE.finditer(text)))
    edits += (Edit(sign.start(), sign.start() + 1, "") for sign in _ESCAPED.finditer(text))
    return edits, _covered(text, (sign.span() for sign in _ESCAPED.finditer(text)))


def _quotes(text: str) -> Iterator[Edit]:
    return (Edit(*quote.span(), "") for quote in _QUOTE.finditer(text))


def _rules(text: str) -> Iterator[Edit]:
    """Lines of dashes, stars or equals signs, under a heading or between sections."""
    return (Edit(rule.end() - len(rule[0].lstrip(COVER)), rule.end(), "") for rule in _RULE.finditer(text))


def _tables(text: str) -> Iterator[Edit]:
    """Tabs between the cells of a row, nothing around it, and no row of dashes."""
    for table in _TABLE.finditer(text):
        yield from _rows(text, *table.span("header"))
        start, end = table.span("rule")
        yield Edit(end - len(text[start:end].lstrip(COVER)), end, "")
        yield from _rows(text, *table.span("rows"))


def _rows(text: str, start: int, end: int) -> Iterator[Edit]:
    for bar in _BAR.finditer(text, start, end):
        is_first = not bar.start() or text[bar.start() - 1] in f"\n{COVER}"
        is_last = bar.end() == len(text) or text[bar.end()] in "\r\n"
        yield Edit(*bar.span(), "" if is_first or is_last else "\t")


def _headings(text: str) -> Iterator[Edit]:
    for heading in _HEADING.finditer(text):
        yield Edit(*heading.span(1), "")
        if end := _HEADING_END.search(text, heading.end(1), heading.end()):
            yield Edit(*end.span(), "")


def _bullets(text: str) -> Iterator[Edit]:
    return (Edit(*bullet.span(1), "-") for bullet in _BULLET.finditer(text))


def _images(text: str) -> Iterator[Edit]:
    return (Edit(*image.span(), "") for image in _IMAGE.finditer(text))


def _links(text: str) -> Iterator[Edit]:
    for link in _LINK.finditer(text):
        yield Edit(link.start(), link.start() + 1, "")
        yield Edit(link.end("text"), link.end(), "")


def _emphasis(text: str) -> Iterator[Edit]:
    """Marks paired around text on one line, unless the text uses the mark for what is left blank.

    A mark of emphasis never stands alone: where one does, all of its kind are blanks.
    """
    for pattern, mark in ((_STRONG, "**"), (_STRONG_UNDERSCORES, "__"), (_EMPHASIS, ""), (_STRIKE, "")):
        pairs = list(pattern.finditer(text))
        if mark and 2 * len(pairs) < _count(text, mark):
            continue
        for pair in pairs:
            yield from _around(pair.span(), len(pair[1]))


def _count(text: str, mark: str) -> int:
    sign = re.escape(mark[0])
    return len(re.findall(rf"(?<!{sign}){sign}{{2}}(?!{sign})", text))


RULES: tuple[Callable[[str], Iterator[Edit]], ...] = (
    single_tags, _quotes, _rules, _tables, _headings, _bullets, _images, _links, _emphasis,
)  # fmt: skip


def _around(span: tuple[int, int], width: int) -> tuple[Edit, Edit]:
    """Delete the marks at both ends."""
    start, end = span
    return Edit(start, start + width, ""), Edit(end - width, end, "")


def _covered(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with these spans covered, except line ends."""
    parts: list[str] = []
    position = 0
    for start, end in sorted(spans):
        parts += (text[position:start], _INSIDE_LINE.sub(COVER, text[start:end]))
        position = end
    return "".join((*parts, text[position:]))


_INSIDE_LINE = re.compile(r"[^\n]")
_TEXT_LINE = re.compile(r"[^\n]+")
