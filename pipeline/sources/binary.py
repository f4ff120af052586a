"""What is not text: known by its first bytes, or by the control characters it is full of."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zongji.corpus.records import Span
from zongji.pipeline.sources.reading import SourceError

ADVICE = "This version reads text, Markdown and HTML; convert the file to one of them first."

# First bytes and what they begin, from the formats' own specifications (PDF 7.5.2, APPNOTE 4.3.7, MS-CFB 2.2, …).
MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive (.docx, .xlsx, .pptx, .odt and .ofd files are such archives)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an OLE2 file (a .doc, .xls, .ppt or .wps document)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"SQLite format 3\x00", "an SQLite database"),
)

# All C0 controls but tab, the line ends, and the vertical tab and form feed that word processors write; and DEL.
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]+")
CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])

# A damaged text has a stray NUL here and there; of random bytes 10 % are controls.
STRAY_COUNT = 3
STRAY_SHARE = 0.01


def refuse_known_binary(data: bytes) -> None:
    """Raises SourceError if the first bytes are those of a known binary format."""
    for magic, kind in MAGIC:
        if data.startswith(magic):
            message = f"it seems to be {kind}, not text. {ADVICE}"
            raise SourceError(message)


def control_places(text: str) -> tuple[Span, ...]:
    """Where control characters stand in a text, neighbours merged."""
    return tuple(Span(*match.span()) for match in CONTROLS.finditer(text))


def refuse_controls(places: Sequence[Span], *, length: int) -> None:
    """Raises SourceError if more than a few of a text's characters are control characters."""
    controls = sum(place.end - place.start for place in places)
    if controls > max(STRAY_COUNT, STRAY_SHARE * length) or (controls and controls == length):
        message = f"it seems to be binary data, not text: {controls} of {length} characters are controls. {ADVICE}"
        raise SourceError(message)
