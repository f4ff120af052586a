"""The format of a file by its bytes: archives and compound files by their contents, nothing by its name."""

from __future__ import annotations

import io
import re
import zipfile

# Magic numbers, from the formats' specifications (PDF 7.5.2, APPNOTE 4.3.7, MS-CFB 2.2, RTF 1.9, RFC 2083, …).
ZIP = (b"PK\x03\x04", b"PK\x05\x06")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
FIRST_BYTES = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n\x1a\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
    (b"\x1f\x8b\x08", "gzip"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"Rar!\x1a\x07", "rar"),
)
_SECURITY = (b"%TSD-Header-###%", b"E-SafeNet")  # written in front by document-security programs of offices
_USTAR = slice(257, 262)  # where a tar archive's first header names its format (POSIX.1-1988)
_BITMAP_HEADERS = (12, 40, 52, 56, 64, 108, 124)  # bytes; the sizes that a BMP's second header may have
_PDF = re.compile(rb"^%PDF-\d", re.MULTILINE)
_PDF_WITHIN = 1024  # bytes; readers search this far for the header (PDF 1.7, implementation note 13)

# The streams of a compound file stand in its directory in UTF-16 (MS-CFB 2.6.1).
_STREAMS = (
    ("EncryptedPackage", "encrypted"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("WpsContents", "wps-works"),
)
_MHTML = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\r?\n(?:[ \t][^\n]*\r?\n)*){0,12}?mime-version:", re.IGNORECASE)
_HEADERS = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*+)++")
_LETTER = re.compile(
    rb"^(from|to|subject|date|message-id|received|return-path|mime-version|content-type|reply-to):",
    re.IGNORECASE | re.MULTILINE,
)
_WORD_XML = re.compile(
    rb"\s*<\?xml[^>]*>\s*(?:<\?mso-application progid=\"Word\.Document\"\?>|<w:wordDocument|<pkg:package)"
)


def kind_of(data: bytes) -> str | None:
    """The key in `BINARY` of the format, or the name of a known but unsupported one; None for text."""
    if data.startswith(ZIP):
        return _kind_of_zip(data)
    if data.startswith(OLE):
        return _kind_of_ole(data)
    for first, kind in FIRST_BYTES:
        if data.startswith(first) and (first != b"BM" or _is_bitmap(data)) and (first != b"BZh" or _is_bzip2(data)):
            return kind
    if data[_USTAR] == b"ustar":
        return "tar"
    if any(mark in data[:64] for mark in _SECURITY):
        return "secured"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image"
    start = data[:_PDF_WITHIN]
    if b"%PDF-" in start and _is_pdf(data):
        return "pdf"
    if start[:3].isalpha() and _MHTML.match(start) and b"multipart/related" in data[: 4 * _PDF_WITHIN].lower():
        return "mhtml"
    if _is_mail(start):
        return "mail"
    return "word-xml" if _WORD_XML.match(start.removeprefix(b"\xef\xbb\xbf")) else None


def _is_pdf(data: bytes) -> bool:
    """True if the header begins the file, or a line before objects: a text may mention PDF."""
    header = _PDF.search(data, 0, _PDF_WITHIN)
    return header is not None and (not data[: header.start()].strip() or b"endobj" in data)


def _is_bzip2(data: bytes) -> bool:
    return data[4:10] == b"1AY&SY"  # the digits of pi begin each block


def _is_mail(start: bytes) -> bool:
    """True if the lines at the start are headers of a letter, at least two of those that every one has."""
    header = _HEADERS.match(start)
    return header is not None and len({name.lower() for name in _LETTER.findall(header[0])}) >= 2


def _is_bitmap(data: bytes) -> bool:
    return len(data) > 18 and int.from_bytes(data[14:18], "little") in _BITMAP_HEADERS


def _kind_of_ole(data: bytes) -> str:
    for name, kind in _STREAMS:
        if name.encode("utf-16-le") + b"\0\0" in data:
            return kind
    return "ole"


def _kind_of_zip(data: bytes) -> str:
    """By its parts; a damaged zip by the names in its local headers."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
            mimetype = package.read("mimetype")[:80] if "mimetype" in names else b""
            types = package.read(_CONTENT_TYPES)[:_TYPES_WITHIN] if _CONTENT_TYPES in names else b""
    except Exception:  # the reader of its format reports what is wrong
        names, mimetype, types = (
            {name.decode("ascii", "replace") for name in _LOCAL_NAME.findall(data)},
            data[38:100],
            b"",
        )
    if b"opendocument.text" in mimetype:
        return "odt"
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    for part, kind in _PARTS:
        if part in names:
            return kind
    return next((kind for part, kind in _MAIN_PARTS if part in types), "zip")


_LOCAL_NAME = re.compile(rb"PK\x03\x04.{26}((?:word|xl|ppt)/[a-z]{4,16}\.(?:xml|bin)|OFD\.xml)", re.DOTALL)
_PARTS = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xlsb"),
    ("ppt/presentation.xml", "pptx"),
    ("OFD.xml", "ofd"),
)
_CONTENT_TYPES = "[Content_Types].xml"
_TYPES_WITHIN = 1 << 20  # bytes
_MAIN_PARTS = (  # by the type of the main part, which may have any name (ECMA-376 part 1, 15.2)
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main+xml", "xlsx"),
    (b"presentationml.presentation.main+xml", "pptx"),
)
