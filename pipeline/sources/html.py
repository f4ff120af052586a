"""HTML to the text a browser shows, each character of which leads back to the source.

The tags and the texts between them are walked once. Shown characters are kept as they stand, entities are replaced;
whatever lies between two shown characters (tags, blanks, hidden text) is replaced by what separates them on the page:
nothing, a blank, a tab between the cells of a row, or line ends. Navigation stays in the text and is
marked; `web_page` decides with it what the main content is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zongji.corpus.alignment import Aligned
from zongji.corpus.character_references import unescaped
from zongji.corpus.records import Span
from zongji.pipeline.sources.html_structure import structure_of
from zongji.pipeline.sources.html_tags import Tag, names
from zongji.pipeline.sources.html_writer import Writer
from zongji.pipeline.sources.raised import as_shown
from zongji.pipeline.sources.reading import StatedHeading
from zongji.pipeline.sources.web_headings import Marks

EXTENSIONS = (".html", ".htm", ".xhtml", ".shtml")

# A page begins like one. A fragment is told by its end tags: one in every thousand characters, at least three; a text
# that explains a tag or two has fewer.
_OPENING = re.compile(
    r"\s*+(?:<\?xml\b[^<>]*+>\s*+)?(?:<!--(?:[^-]|-(?!->))*+-->\s*+)*+<(?:!doctype\s+html|html)\b", re.I
)
_END_TAG = re.compile(r"</(?:p|div|td|tr|table|ul|ol|li|h[1-6]|span|body)\s*>|<br\s*/?>", re.I)
SAMPLE = 64 * 1024
END_TAGS = 3
CHARACTERS_PER_END_TAG = 1000

_NAMED = r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});?"
_ENTITY = re.compile(_NAMED, re.IGNORECASE)
_BLANKS_OR_ENTITY = re.compile(rf"[ \t\n\r\f]+|{_NAMED}", re.IGNORECASE)

LINES = names(
    """address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure
    footer form h1 h2 h3 h4 h5 h6 header hr li legend main menu nav ol optgroup option p pre search section summary
    tbody tfoot thead ul"""
)
HEADINGS = names("h1 h2 h3")


def is_page(text: str) -> bool:
    """Whether a text begins like a page of its own, not like one that holds tags."""
    return _OPENING.match(text[:SAMPLE]) is not None


def looks_like_html(text: str) -> bool:
    """Whether a text is HTML, not just one that mentions tags."""
    sample = text[:SAMPLE]
    if _OPENING.match(sample):
        return True
    if "<" not in sample:
        return False
    ends = sum(1 for _ in _END_TAG.finditer(sample))
    return ends >= END_TAGS and ends * CHARACTERS_PER_END_TAG >= len(sample)


@dataclass(frozen=True, slots=True)
class Shown:
    """The text a browser shows, and what the markup says of its stretches: sorted spans of the text."""

    aligned: Aligned
    navigation: Sequence[Span]
    links: Sequence[Span]
    headings: Sequence[Span]
    """The main ones: `h1` to `h3`."""
    stated: tuple[StatedHeading, ...]
    """All of them, line by line, and lines in bold."""
    depth: int
    """How deeply its elements are nested."""


def shown(source: str, markup: Sequence[Tag]) -> Shown:
    """The readable text of a page, cut into tags. Never raises, whatever the source."""
    structure = structure_of(source, markup)
    writer = Writer(source)
    navigation: list[Span] = []
    links: list[Span] = []
    headings: list[Span] = []
    marks = Marks()
    position, heading, raised = 0, False, False
    for number, tag in enumerate((*markup, Tag(len(source), len(source)))):
        if position < tag.start and number not in structure.hidden:
            span = _written(writer, position, tag.start, raised=raised)
            if number in structure.boilerplate:
                navigation.append(span)
            if number in structure.linked:
                links.append(span)
            if heading:
                headings.append(span)
            marks.note(span)
        _obey(writer, tag)
        marks.obey(tag)
        if tag.name in HEADINGS:
            heading = not tag.closing
        raised = not tag.closing if tag.name == "sup" else raised and tag.name not in LINES
        position = tag.end
    aligned = Aligned.of(source).apply(writer.finished())
    navigation, links, headings = (_tidy(aligned.text, spans) for spans in (navigation, links, headings))
    return Shown(aligned, navigation, links, headings, marks.headings(aligned.text), structure.depth)


def _written(writer: Writer, start: int, end: int, *, raised: bool) -> Span:
    """Writes the text `[start, end)` of the source; where it stands now."""
    begin = writer.length
    shown = as_shown(writer.source[start:end], writer.end) if raised else None
    if shown is None or shown == writer.source[start:end]:
        _write_text(writer, start, end)
    elif shown:
        writer.replace(start, end, shown)
    return Span(begin, writer.length)


def _tidy(text: str, spans: Iterable[Span]) -> list[Span]:
    trimmed = (_trimmed(text, span) for span in _merged(spans))
    return [span for span in trimmed if span.start < span.end]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """Sorted spans, touching ones merged, empty ones dropped."""
    merged: list[Span] = []
    for span in spans:
        if merged and merged[-1].end == span.start:
            merged[-1] = Span(merged[-1].start, span.end)
        elif span.start < span.end:
            merged.append(span)
    return merged


def _trimmed(text: str, span: Span) -> Span:
    """The span without its leading white space."""
    shown = text[span.start : span.end].lstrip()
    return Span(span.end - len(shown), span.end)


def _obey(writer: Writer, tag: Tag) -> None:
    """Apply a tag's effect on lines and cells; most have none."""
    if tag.name in LINES:
        writer.end_line()
    match tag.name:
        case "br":
            writer.break_line()
        case "tr":
            writer.end_row()
        case "td" | "th" if not tag.closing:
            writer.begin_cell()
        case "table":
            writer.table(closing=tag.closing)
        case "pre" | "textarea" | "xmp":
            writer.preformatted(closing=tag.closing)


def _write_text(writer: Writer, start: int, end: int) -> None:
    """Writes the text `[start, end)` of the source."""
    pieces = _ENTITY if writer.is_preformatted else _BLANKS_OR_ENTITY
    for piece in pieces.finditer(writer.source, start, end):
        writer.keep(start, piece.start())
        if piece[0].startswith("&"):
            writer.replace(piece.start(), piece.end(), _character(piece[0]))
        else:
            writer.blank()
        start = piece.end()
    writer.keep(start, end)


def _character(entity: str) -> str:
    """The character of an entity; a blank for a no-break space, an unknown entity unchanged."""
    return unescaped(entity).replace("\xa0", " ")
