"""Lossy decoding that remembers where the bad bytes were.

A bad byte becomes a lone surrogate first, which no codec of ours gives, and U+FFFD in the end: so the offsets are known
in code points, and a U+FFFD that the file itself holds is not mistaken for one.
"""

from __future__ import annotations

import codecs
import re

from zongji.corpus.records import Span
from zongji.pipeline.sources.likelihood import log_likelihood

MARK = "\udcff"
MARKS = re.compile("[\ud800-\udfff]+")

MARKING = "zongji.mark"
RESYNCING = "zongji.resync"

# Behind a bad byte the pairs of a double-byte encoding may be off by one until the next ASCII character. The places
# to go on from are compared on this many bytes; a skipped byte costs more than half a rare character.
LOOK_AHEAD = 24
SKIPPED_BYTE = -8.5


def decode_lossily(data: bytes, encoding: str, *, errors: str = RESYNCING) -> tuple[str, tuple[Span, ...]]:
    """The text, with U+FFFD for undecodable bytes, and the spans of these (neighbours merged).

    Raises:
        LookupError, ValueError: if the encoding is unknown, or none between bytes and text.
    """
    text = data.decode(encoding, errors)
    if text.isascii():
        return text, ()
    spans = tuple(Span(*match.span()) for match in MARKS.finditer(text))
    return (MARKS.sub(lambda match: "\ufffd" * len(match[0]), text), spans) if spans else (text, ())


def _mark(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: one mark, then resume behind the bad bytes."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return MARK, error.end


def _resync(error: UnicodeError) -> tuple[str, int]:
    """The same, but resume a double-byte encoding where the next characters read best."""
    mark, end = _mark(error)
    if not isinstance(error, UnicodeDecodeError) or error.encoding not in {"gb18030", "cp950", "big5hkscs"}:
        return mark, end
    data = error.object
    if end >= len(data) or data[end] < 0x80:
        return mark, end

    def merit(start: int) -> float:
        return _merit_of(data, start, end + LOOK_AHEAD, error.encoding) + SKIPPED_BYTE * (start - end)

    return mark, max(range(end, min(end + 3, len(data))), key=merit)


def _merit_of(data: bytes, start: int, end: int, encoding: str) -> float:
    """How well these bytes read; a character that the end cuts off does not count, unless the data end there."""
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    return log_likelihood(decoder.decode(data[start:end], end >= len(data)))


codecs.register_error(MARKING, _mark)
codecs.register_error(RESYNCING, _resync)
