"""The supported formats, and the way from a file to its reading. A new format is a module and a line here."""

from __future__ import annotations

import importlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import cast

from zongji.corpus.alignment import Aligned
from zongji.corpus.labels import FailureCode, NoticeCode
from zongji.corpus.records import Notice
from zongji.pipeline.sources import dumps, html, markdown, separated, web_page
from zongji.pipeline.sources.binary import control_places, unread
from zongji.pipeline.sources.decode import control_notices, decode
from zongji.pipeline.sources.detect import kind_of
from zongji.pipeline.sources.limits import LIMITS, Limits, Task
from zongji.pipeline.sources.locations import Lines, Locations
from zongji.pipeline.sources.reading import Readable, Reading, SourceError

_MARKDOWN_HEADING = re.compile(r"^#{1,5} +[㐀-鿿“《（(\dxX]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Format:
    """A text format: its file extensions, a test of the text, and its reader."""

    extensions: tuple[str, ...]
    looks_like: Callable[[str], bool]
    read: Callable[[str], Readable]


@dataclass(frozen=True, slots=True)
class Binary:
    """A binary format: its file extensions and its reader."""

    extensions: tuple[str, ...]
    read: Callable[[bytes, Task], Reading]


_FEWEST_HEADINGS = 2  # `# ` lines; one may be anything


def _looks_like_markdown(text: str) -> bool:
    """True for a text with Markdown headings, whatever its file is called, and with HTML in it."""
    if text.count("\n#") + text.startswith("#") < _FEWEST_HEADINGS or html.is_page(text):
        return False
    return len(_MARKDOWN_HEADING.findall(text)) >= _FEWEST_HEADINGS


def _never(_: str) -> bool:
    """Plain text is the fallback."""
    return False


def _as_it_stands(text: str) -> Readable:
    return Readable(Aligned.of(text))


FORMATS: dict[str, Format] = {
    "sql": Format(dumps.SQL_EXTENSIONS, dumps.looks_like_sql, dumps.read_sql),
    "json": Format(dumps.JSON_EXTENSIONS, dumps.looks_like_json, dumps.read_json),
    "markdown": Format(markdown.EXTENSIONS, _looks_like_markdown, markdown.read_markdown),
    "html": Format(html.EXTENSIONS, html.looks_like_html, web_page.read_html),
    "csv": Format(separated.EXTENSIONS, _never, separated.read_separated),
    "text": Format((".txt", ".text"), _never, _as_it_stands),
}


def _later(module: str, function: str, **options: str) -> Callable[[bytes, Task], Reading]:
    """A reader whose module is imported on first use."""

    def reader(data: bytes, task: Task) -> Reading:
        read_it = getattr(importlib.import_module(f"zongji.pipeline.sources.{module}"), function)
        return cast(Reading, read_it(data, task, **options))

    return reader


BINARIES: dict[str, Binary] = {
    "docx": Binary((".docx", ".docm", ".dotx"), _later("docx", "read_docx")),
    "doc": Binary((".doc", ".dot", ".wps", ".wpt"), _later("word", "read_doc")),
    "mhtml": Binary((".mht", ".mhtml"), _later("mhtml", "read_mhtml")),
    "pdf": Binary((".pdf",), _later("pdf", "read_pdf")),
    "image": Binary((".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif"), _later("image", "read_image")),
    "rtf": Binary((".rtf",), _later("word", "read_by_libreoffice", kind="rtf")),
    "odt": Binary((".odt",), _later("word", "read_by_libreoffice", kind="odt")),
    "word-xml": Binary((), _later("word", "read_by_libreoffice", kind="word-xml")),
    "xlsx": Binary((".xlsx", ".xlsm"), _later("sheets", "read_sheets", kind="xlsx")),
    "xls": Binary((".xls", ".et"), _later("sheets", "read_sheets", kind="xls")),
    "xlsb": Binary((".xlsb",), _later("sheets", "read_sheets", kind="xlsb")),
    "ods": Binary((".ods",), _later("sheets", "read_sheets", kind="ods")),
}


def read(data: bytes, *, name: str = "", encoding: str | None = None, limits: Limits = LIMITS) -> Reading:
    """A file's bytes as text. The bytes outrank the file's extension.

    Raises:
        SourceError: if the file is empty, broken, beyond a limit or of a kind that is not read, or needs a library or
            program that is missing, or there is no encoding of the given name.
    """
    task = Task(name, limits)
    task.check_size(len(data))
    kind = kind_of(data)
    if kind in BINARIES:
        return not_empty(BINARIES[kind].read(data, task))
    if kind is not None:
        raise unread(kind)
    decoded = decode(data, encoding=encoding)
    return _reading(decoded.text, name, decoded.encoding, decoded.notices, Lines(decoded.text))


def read_text(text: str, *, name: str = "") -> Reading:
    """The same for a decoded text, which may be empty."""
    return _reading(text, name, "str", control_notices(control_places(text)), None)


def not_empty(reading: Reading) -> Reading:
    """The reading, if it has any text.

    Raises:
        SourceError: if there is none, with what the notices say of it.
    """
    if not reading.aligned.source.strip():
        why = "; ".join(dict.fromkeys(notice.message for notice in reading.notices))
        message = f"it has no text{f': {why}' if why else ', only images or white space'}"
        limited = any(notice.code is NoticeCode.LIMIT_REACHED for notice in reading.notices)
        raise SourceError(FailureCode.TOO_LARGE if limited else FailureCode.EMPTY, message)
    return reading


def _reading(text: str, name: str, encoding: str, notices: tuple[Notice, ...], locations: Locations | None) -> Reading:
    format_name = _format_of(text, name)
    found = FORMATS[format_name].read(text)
    notices = (*notices, *found.notices)
    return Reading(
        found.aligned,
        format_name,
        encoding,
        found.boilerplate,
        notices,
        locations,
        web_page=found.web_page,
        parts=found.parts,
        headings=found.headings,
    )


def _format_of(text: str, name: str) -> str:
    shown = (key for key, known in FORMATS.items() if known.looks_like(text))
    extension = PurePath(name).suffix.lower()
    named = next((key for key, known in FORMATS.items() if extension in known.extensions), None)
    found = next(shown, None)
    if found == "html" and named == "markdown" and not html.is_page(text):
        return named  # Markdown may hold HTML
    return found or named or "text"
