"""Clean text to damaged text: damage by programs other than the converter of `noise`, one function per family."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache

from zongji.corpus.alignment import Aligned, Edit
from zongji.corpus.noise import Damaged, decoded

_ENTITIES = {"“": "&ldquo;", "”": "&rdquo;", "—": "&mdash;", "·": "&middot;", "&": "&amp;", "\u3000": "&nbsp;"}
_PRIVATE = {"●": "\uf06c", "■": "\uf06e", "◆": "\uf075", "·": "\uf0b7", "√": "\uf0fc", "➢": "\uf0d8"}
_ZERO_WIDTH = "\u200b"


def utf8_as_gbk(text: str) -> Damaged:
    """UTF-8 decoded as GBK, as leniently as browsers do."""
    data = text.encode()
    return _whole(text, "".join(unit.text for unit in decoded(data, 0, len(data))))


def gbk_as_latin1(text: str) -> Damaged:
    """GBK decoded as Latin-1."""
    return _whole(text, text.encode("gb18030").decode("latin-1"))


def utf8_as_latin1(text: str) -> Damaged:
    """UTF-8 decoded as Latin-1."""
    return _whole(text, text.encode().decode("latin-1"))


def with_entities(text: str) -> Damaged:
    """Signs left over as HTML entities."""
    return _replaced(text, _ENTITIES)


def with_private_use(text: str) -> Damaged:
    """Bullets of old Word fonts: code points of the private use area."""
    return _replaced(text, _PRIVATE)


def with_radicals(text: str) -> Damaged:
    """Radicals in place of look-alike characters, as in some PDFs."""
    return _replaced(text, _radicals())


def with_zero_width(text: str, *, every: int = 7) -> Damaged:
    """A zero-width blank after every few characters."""
    edits = tuple(Edit(offset, offset, _ZERO_WIDTH) for offset in range(every, len(text) + 1, every))
    return Damaged(text, Aligned.of(text).apply(edits).text, edits)


def with_doubled(text: str) -> Damaged:
    """Every character twice, as some PDFs draw bold print."""
    edits = tuple(Edit(offset, offset + 1, sign * 2) for offset, sign in enumerate(text) if not sign.isspace())
    return Damaged(text, Aligned.of(text).apply(edits).text, edits)


def misread(clean: str, written: str, read: str, *, errors: str = "replace") -> Damaged:
    """Text whose bytes in the encoding `written` were decoded as `read`; U+FFFD for undecodable bytes."""
    damaged = clean.encode(written, "ignore").decode(read, errors)
    return Damaged(clean, damaged, (Edit(0, len(clean), damaged),) if damaged != clean else ())


def with_stray_marks(clean: str, mark: str, *, before: bool = False) -> Damaged:
    """A mark after (or before) every 的 between Chinese characters, as copy protection inserts it."""
    offsets = [offset for offset in range(1, len(clean) - 1) if clean[offset] == "的" and _is_inside(clean, offset)]
    edits = tuple(Edit(offset + (not before), offset + (not before), mark) for offset in offsets)
    return Damaged(clean, Aligned.of(clean).apply(edits).text, edits)


def with_twice_escaped(clean: str) -> Damaged:
    """Quotes and dashes as entities whose ampersand was escaped again."""
    names = {"“": "&amp;ldquo;", "”": "&amp;rdquo;", "—": "&amp;#8212;", "…": "&amp;hellip;"}
    edits = tuple(Edit(offset, offset + 1, names[sign]) for offset, sign in enumerate(clean) if sign in names)
    return Damaged(clean, Aligned.of(clean).apply(edits).text, edits)


def _whole(clean: str, damaged: str) -> Damaged:
    return Damaged(clean, damaged, (Edit(0, len(clean), damaged),) if clean != damaged else ())


def _replaced(clean: str, table: Mapping[str, str]) -> Damaged:
    edits = tuple(Edit(offset, offset + 1, table[sign]) for offset, sign in enumerate(clean) if sign in table)
    return Damaged(clean, Aligned.of(clean).apply(edits).text, edits)


@cache
def _radicals() -> Mapping[str, str]:
    """Characters by the Kangxi radicals that Unicode maps to them."""
    return {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}


def _is_inside(text: str, offset: int) -> bool:
    return "㐀" <= text[offset - 1] <= "鿿" and "㐀" <= text[offset + 1] <= "鿿"
