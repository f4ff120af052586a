"""Binary data: recognized by its first bytes, or by many control characters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from zongji.corpus.labels import FailureCode
from zongji.corpus.records import Span
from zongji.pipeline.sources.reading import SourceError

ADVICE = "This format is not supported; convert it to one that is (`zongji doctor` lists them)."

# Magic numbers, from the formats' specifications.
MAGIC = ((b"SQLite format 3\x00", "an SQLite database"),)
# Formats recognized by their contents, and what to do about each.
UNREAD = {
    "zip": "a zip archive where a single file is expected; unpack it first",
    "tar": "a tar archive where a single file is expected; unpack it first",
    "gzip": "a gzip archive where a single file is expected; unpack it first",
    "bzip2": "a bzip2 archive where a single file is expected; unpack it first",
    "xz": "an xz archive where a single file is expected; unpack it first",
    "7z": "a 7z archive where a single file is expected; unpack it first",
    "mail": "a letter where a single text is expected; save its text",
    "rar": "a RAR archive; unpack it, or pack it as zip",
    "encrypted": "a password-protected office document; open it and save it without the password",
    "secured": "encrypted by a document-security program; have it decrypted where that program runs",
    "pptx": "a PowerPoint presentation; save it as PDF",
    "ppt": "a PowerPoint presentation; save it as PDF",
    "ofd": "an OFD document; save it as PDF or docx",
    "ole": "a compound file without a Word, WPS or Excel document, or an incomplete one: check the download",
    "wps-works": "a Microsoft Works document; save it as docx",
}

# All C0 controls but tab, the line ends, and the vertical tab and form feed that word processors write; and DEL.
CONTROLS = re.compile("[\x00-\x08\x0e-\x1f\x7f]+")
CONTROL_BYTES = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])

# A damaged text has a few stray NULs; 10 % of random bytes are controls.
STRAY_COUNT = 3
STRAY_SHARE = 0.01


def refuse_known_binary(data: bytes) -> None:
    """Raise SourceError if the first bytes are those of a known binary format."""
    for magic, kind in MAGIC:
        if data.startswith(magic):
            message = f"it seems to be {kind}, not text. {ADVICE}"
            raise SourceError(FailureCode.UNSUPPORTED_FORMAT, message)


def unread(kind: str) -> SourceError:
    """The error for a file of a kind that is not read: what it is, and what to do."""
    code = FailureCode.ENCRYPTED if kind in {"encrypted", "secured"} else FailureCode.UNSUPPORTED_FORMAT
    return SourceError(code, f"it is {UNREAD.get(kind, kind)}.")


def control_places(text: str) -> tuple[Span, ...]:
    """The spans of control characters in a text, neighbours merged."""
    return tuple(Span(*match.span()) for match in CONTROLS.finditer(text))


def refuse_controls(spans: Sequence[Span], *, length: int) -> None:
    """Raise SourceError if a text has more than a few control characters."""
    controls = sum(span.end - span.start for span in spans)
    if controls > max(STRAY_COUNT, STRAY_SHARE * length) or (controls and controls == length):
        message = f"it seems to be binary data, not text: {controls} of {length} characters are controls. {ADVICE}"
        raise SourceError(FailureCode.UNSUPPORTED_FORMAT, message)
