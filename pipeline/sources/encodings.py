"""Encodings by name: declared in a file, implied by a byte-order mark, and the codec for each."""

from __future__ import annotations

import codecs
import re

from zongji.pipeline.sources.lossy import MARK, MARKING

# Longest first: the mark of UTF-32-LE begins like that of UTF-16-LE. These codecs take the mark away themselves, so
# that a reader who decodes with the reported name gets the text our offsets count in; for gb18030 we take it away.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (b"\x84\x31\x95\x33", "gb18030"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

# GB 18030 holds GBK, which holds GB 2312, and what calls itself GB 2312 is GBK in practice (WHATWG Encoding, 4.2).
# ISO 8859-1 on the web is windows-1252 (same place).
CANONICAL = {
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp950": "big5",
    "big5hkscs": "big5",
    "iso8859-1": "cp1252",
    "utf_8": "utf-8",
}
# Labels that Python does not know (WHATWG Encoding, 4.2, and MySQL's name in pages of its users).
LABELS = {"x-gbk": "gbk", "gb_2312": "gbk", "gb_2312-80": "gbk", "x-x-big5": "big5", "utf8mb4": "utf-8"}

DECLARED_WITHIN = 2048
_DECLARATION = re.compile(
    rb"""<meta\b[^<>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^<>]*?\bencoding\s*=\s*["']([\w.:-]+)""", re.I
)


def canonical(name: str) -> str:
    """The name we decode and report this encoding by.

    Raises:
        LookupError, ValueError: if there is no such encoding.
    """
    label = name.strip().lower()
    found = codecs.lookup(LABELS.get(label, label)).name
    b"text".decode(found, "ignore")  # refuses codecs such as hex and rot13, which do not decode bytes to text
    return CANONICAL.get(found, found)


def requested(name: str) -> str:
    """The canonical name of an encoding that a user asks for.

    Raises:
        ValueError: if there is no such encoding.
    """
    try:
        return canonical(name)
    except (LookupError, ValueError, AttributeError):
        message = f"unknown encoding {name!r}; use a name such as utf-8, gb18030, big5 or utf-16, or leave it out"
        raise ValueError(message) from None


def marked_encoding(data: bytes) -> str | None:
    """The codec a byte-order mark asks for."""
    return next((encoding for mark, encoding in BYTE_ORDER_MARKS if data.startswith(mark)), None)


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are valid UTF-8."""
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def declared(data: bytes) -> str | None:
    """The charset named by an HTML meta element or an XML declaration, verbatim."""
    match = _DECLARATION.search(data, 0, DECLARED_WITHIN)
    return (match[1] or match[2]).decode("ascii", "replace") if match else None


def usable_declaration(data: bytes) -> str | None:
    """The canonical name of the declared charset, if it is ASCII-compatible."""
    name = declared(data)
    if name is None:
        return None
    try:
        name = canonical(name)
    except (LookupError, ValueError):
        return None
    return None if name.startswith(("utf-16", "utf-32")) else name


def codec_for(data: bytes, encoding: str) -> str:
    """Python's codec for the encoding: for Big5 Microsoft's form of it, or Hong Kong's if that has fewer bad bytes."""
    if encoding != "big5":
        return encoding
    return min(("cp950", "big5hkscs"), key=lambda codec: data.decode(codec, MARKING).count(MARK))
