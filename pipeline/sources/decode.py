"""Bytes to text: which encoding, and what could not be decoded.

    1. a byte-order mark
    2. strict UTF-8
    3. what the file declares, what detectors propose and what Chinese files have, before the arbiter

Decoding the bytes by the name that is reported gives the text the offsets count in (where no byte is damaged).
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from zongji.corpus.labels import FailureCode, NoticeCode
from zongji.corpus.records import Notice, Span
from zongji.pipeline.sources.arbiter import arbitrate
from zongji.pipeline.sources.binary import CONTROL_BYTES, control_places, refuse_controls, refuse_known_binary
from zongji.pipeline.sources.encodings import (
    codec_for,
    declared,
    marked_encoding,
    requested,
    usable_declaration,
)
from zongji.pipeline.sources.likelihood import log_likelihood
from zongji.pipeline.sources.lossy import MARKING, RESYNCING, decode_lossily
from zongji.pipeline.sources.reading import SourceError

DOUBTFUL_UTF8 = 256  # bytes; shorter double-byte text may be valid UTF-8 by chance
LISTED_PLACES = 20


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text without its byte-order mark, the encoding's name, and notices about both."""

    text: str
    encoding: str
    notices: tuple[Notice, ...] = ()


def decode(data: bytes, *, encoding: str | None = None) -> Decoded:
    """The text of the file. `encoding` overrides detection; line ends stay as they are.

    Raises:
        SourceError: if the file is empty or binary, there is no encoding of the given name, or the file is plainly
            not in it.
    """
    refuse_known_binary(data)
    decoded = _detected(data) if encoding is None else _overridden(data, encoding)
    if not decoded.text or decoded.text.isspace():
        what = "has only white space" if decoded.text else "is empty"
        message = f"it {what}. Check whether the file was written completely."
        raise SourceError(FailureCode.EMPTY, message)
    return decoded


def control_notices(spans: tuple[Span, ...]) -> tuple[Notice, ...]:
    """Notices of the control characters at these spans of a text."""
    return _listed(NoticeCode.CONTROL_CHARACTERS, "the text has control characters", spans)


_COMPARED = 4096  # bytes compared to check an override
_MOST_RUINED = 0.05  # share of bad characters from which the named encoding is wrong


def _overridden(data: bytes, name: str) -> Decoded:
    try:
        encoding = requested(name)
    except ValueError as error:
        raise SourceError(FailureCode.WRONG_ENCODING, str(error)) from None
    text, notices = _decoded_as(data, encoding)
    ruined = text.count("\ufffd")
    if ruined > len(text) * _MOST_RUINED:
        message = f"it is not {name}: {ruined} of {len(text)} characters cannot be decoded. Leave the option out."
        raise SourceError(FailureCode.WRONG_ENCODING, message)
    return Decoded(text, encoding, _doubtful(data, text, encoding) + notices + control_notices(control_places(text)))


def _doubtful(data: bytes, text: str, encoding: str) -> tuple[Notice, ...]:
    """A notice if the requested encoding gives much worse text than the detected one."""
    start = data[:_COMPARED]
    found = _detected(start)
    if found.encoding == encoding or log_likelihood(found.text) - log_likelihood(text[: len(found.text)]) < len(
        found.text
    ):
        return ()
    message = f"read as {encoding} as requested, but it looks like {found.encoding}"
    return (Notice(NoticeCode.UNCERTAIN_ENCODING, message, 0, 0),)


def _detected(data: bytes) -> Decoded:
    marked = marked_encoding(data)
    clean = None if marked else _clean_utf8(data)
    if clean is not None:
        return Decoded(clean, "utf-8", _overruled(data, clean, "utf-8"))
    decoded = _marked(data, marked) if marked else _arbitrated(data)
    controls = control_places(decoded.text)
    refuse_controls(controls, length=len(decoded.text))
    overruled = _overruled(data, decoded.text, decoded.encoding)
    return Decoded(decoded.text, decoded.encoding, overruled + decoded.notices + control_notices(controls))


def _marked(data: bytes, encoding: str) -> Decoded:
    text, notices = _decoded_as(data, encoding)
    return Decoded(text, encoding, notices)


def _clean_utf8(data: bytes) -> str | None:
    """The text if it is valid UTF-8, and not by chance."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return None
    by_chance = len(data) <= DOUBTFUL_UTF8 and not text.isascii() and max(text) < "\u0800"
    has_controls = len(data.translate(None, CONTROL_BYTES)) < len(data)
    return None if by_chance or has_controls else text


def _arbitrated(data: bytes) -> Decoded:
    verdict = arbitrate(data)
    text, notices = _decoded_as(data, verdict.encoding, ruined=verdict.ruined)
    if not verdict.certain:
        notices = (_uncertain(text, verdict.encoding), *notices)
    return Decoded(text, verdict.encoding, notices)


def _decoded_as(data: bytes, encoding: str, *, ruined: bool = False) -> tuple[str, tuple[Notice, ...]]:
    """The text and where it is damaged. In a ruined file, looking ahead is costly and useless."""
    text, spans = decode_lossily(data, codec_for(data, encoding), errors=MARKING if ruined else RESYNCING)
    if text.startswith("\ufeff"):
        text, spans = text[1:], tuple(Span(span.start - 1, span.end - 1) for span in spans)
    what = f"bytes that are not {encoding} are shown as U+FFFD"
    return text, _listed(NoticeCode.UNDECODABLE_BYTES, what, spans)


def _listed(code: NoticeCode, what: str, spans: tuple[Span, ...]) -> tuple[Notice, ...]:
    """A notice for each of the first spans; each says how many there are."""
    return tuple(
        Notice(code, f"{what} (place {number} of {len(spans)})", span.start, span.end)
        for number, span in enumerate(islice(spans, LISTED_PLACES), start=1)
    )


def _uncertain(text: str, encoding: str) -> Notice:
    message = f"read as {encoding}, but another encoding fits as well; use --encoding if this one is wrong"
    return Notice(NoticeCode.UNCERTAIN_ENCODING, message, 0, len(text))


def _overruled(data: bytes, text: str, encoding: str) -> tuple[Notice, ...]:
    """A notice if the file declares another charset than the one it was read by, and it makes a difference.

    Its place is the declaration's: everything in front of that is ASCII but for the odd byte of a comment.
    """
    name = declared(data)
    if name is None or text.isascii() or usable_declaration(data) == encoding.removesuffix("-sig"):
        return ()
    start = max(text.find(name), 0)
    message = f"the file declares {name}, but its text is {encoding}"
    return (Notice(NoticeCode.DECLARED_ENCODING_WRONG, message, start, start + len(name)),)
