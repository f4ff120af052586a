"""The formats that can be read, and the way from a file to its reading. A new one is a file here and a line."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath

from zongji.corpus.alignment import Aligned
from zongji.corpus.records import Notice, Span
from zongji.pipeline.sources import html, markdown
from zongji.pipeline.sources.binary import control_places
from zongji.pipeline.sources.decode import control_notices, decode
from zongji.pipeline.sources.reading import Reading

_MARKDOWN_HEADING = re.compile(r"^#{1,5} +[㐀-鿿“《（(\dxX]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Format:
    """The names its files have, whether a text shows itself to be one, and the reading: text and boilerplate."""

    extensions: tuple[str, ...]
    looks_like: Callable[[str], bool]
    read: Callable[[str], tuple[Aligned, tuple[Span, ...]]]


_FEWEST_HEADINGS = 2  # `# ` lines; one may be anything


def _looks_like_markdown(text: str) -> bool:
    """True for a text with Markdown headings, whatever its file is called."""
    return text.count("\n#") + text.startswith("#") >= _FEWEST_HEADINGS and (
        len(_MARKDOWN_HEADING.findall(text)) >= _FEWEST_HEADINGS
    )


def _never(_: str) -> bool:
    """Plain text does not show itself; it is what nothing else is."""
    return False


def _as_it_stands(text: str) -> tuple[Aligned, tuple[Span, ...]]:
    return Aligned.of(text), ()


FORMATS: dict[str, Format] = {
    "html": Format(html.EXTENSIONS, html.looks_like_html, html.read_html),
    "markdown": Format(markdown.EXTENSIONS, _looks_like_markdown, markdown.read_markdown),
    "text": Format((".txt", ".text"), _never, _as_it_stands),
}


def read(data: bytes, *, name: str = "", encoding: str | None = None) -> Reading:
    """A file's bytes as text. What the text looks like goes before what the file's name says.

    Raises:
        SourceError: if the file is empty or binary, or there is no encoding of the given name.
    """
    decoded = decode(data, encoding=encoding)
    return _reading(decoded.text, name, decoded.encoding, decoded.notices)


def read_text(text: str, *, name: str = "") -> Reading:
    """The same for a text that is already decoded, which may be empty."""
    return _reading(text, name, "str", control_notices(control_places(text)))


def _reading(text: str, name: str, encoding: str, notices: tuple[Notice, ...]) -> Reading:
    format_name = _format_of(text, name)
    aligned, boilerplate = FORMATS[format_name].read(text)
    return Reading(aligned, format_name, encoding, boilerplate, notices)


def _format_of(text: str, name: str) -> str:
    shown = (key for key, known in FORMATS.items() if known.looks_like(text))
    extension = PurePath(name).suffix.lower()
    named = (key for key, known in FORMATS.items() if extension in known.extensions)
    return next(shown, None) or next(named, None) or "text"
