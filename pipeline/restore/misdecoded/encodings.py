"""The wrong readings: how to find them, the bytes of their characters, and the units of the right encoding."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

UNREAD = "\ufffd"
_BREAK, _LOST = b"\0", b"\xff"  # a character that has no bytes in the encoding; U+FFFD

_LATIN = "\x80-\xffŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"
_TRAIL = "\x80-\xbfŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™"  # what cp1252 shows for a byte that goes on
_PLAIN = frozenset({"plain"})
_QUOTES = "“”‘’…—–•"

_UTF8 = re.compile(
    rb"(?P<full>[\xe2-\xe9\xef][\x80-\xbf]{2}|\xf0\x9f[\x80-\xbf]{2})|(?P<pair>[\xc2-\xc5\xc7][\x80-\xbf])"
    rb"|(?P<cut>[\xe2-\xe9\xef](?:[\x80-\xbf](?:[?\xff]|(?![\x80-\xbf]))|[?\xff][\x80-\xbf])|[\xe3\xef][?\xff]{1,2})"
    rb"|(?P<tail>(?<=[?\xff])[\x80-\xbf]{2})|(?P<plain>[\t\x20-\x7e])"
)
_GBK = re.compile(rb"(?P<full>[\x81-\xfe][\x40-\x7e\x80-\xfe])|(?P<plain>[\t\x20-\x7e])")
_BIG5 = re.compile(rb"(?P<full>[\x81-\xfe][\x40-\x7e\xa1-\xfe])|(?P<cut>[?\xff][\x40-\x7e])|(?P<plain>[\t\x20-\x7e])")
_UNDEFINED = (0x81, 0x8D, 0x8F, 0x90, 0x9D)  # the bytes that cp1252 lacks
_LEADS = (*range(0xE2, 0xEA), 0xEF)
_MARKS = {0xE3: "。、《》", 0xEF: "，：；？！（）"}  # of a mark whose lead alone is left


@dataclass(frozen=True, slots=True)
class Misreading:
    """One kind of misdecoding. `scan` finds texts that may have it, `line` their lines; `encode` gives the bytes."""

    scan: re.Pattern[str]
    line: re.Pattern[str]
    encode: Callable[[str], bytes]
    units: re.Pattern[bytes]
    read: Callable[[re.Match[bytes]], tuple[str, ...]]
    inner: frozenset[str] = frozenset({"plain", "pair"})
    """The kinds of units with which no run begins or ends: as GBK, 路 has the bytes of `·` in UTF-8."""
    edges: str = ""
    """Signs that in front of a run are more likely good text."""


@cache
def _gbk_bytes(character: str) -> bytes:
    if character < "\x80":
        return character.encode()
    if character in "€\ufffd":
        return b"\x80" if character == "€" else _LOST
    data = character.encode("gb18030", "ignore")
    return data if len(data) == 2 else _BREAK


@cache
def _latin_bytes(character: str) -> bytes:
    """As browsers read it: cp1252, and Latin-1 for the five bytes that it lacks."""
    if character == UNREAD:
        return _LOST
    return character.encode("cp1252", "ignore") or character.encode("latin-1", "ignore") or _BREAK


def _read_utf8_of_latin(match: re.Match[bytes]) -> tuple[str, ...]:
    return _read_utf8(match, lost=_UNDEFINED)


def _read_utf8(match: re.Match[bytes], lost: Iterable[int] = range(0x80, 0xC0)) -> tuple[str, ...]:
    data = match[0]
    if match.lastgroup == "tail":
        return _decoded((bytes((lead,)) + data for lead in _LEADS), "utf-8")
    if match.lastgroup != "cut":
        return _decoded([data], "utf-8")
    front, _, back = data.replace(_LOST, b"?").partition(b"?")
    if len(front) + len(back.strip(b"?")) == 1:
        return tuple(_MARKS[data[0]])
    return tuple(
        text for text in _decoded((front + bytes((byte,)) + back for byte in lost), "utf-8") if text != "\u3000"
    )


def _read_gbk(match: re.Match[bytes]) -> tuple[str, ...]:
    return _decoded([match[0]], "gb18030")


def _read_big5(match: re.Match[bytes]) -> tuple[str, ...]:
    if match.lastgroup == "cut":
        return _decoded((bytes((lead, match[0][1])) for lead in range(0xA1, 0xA8)), "cp950")
    return _decoded([match[0]], "cp950")


def _decoded(every: Iterable[bytes], encoding: str) -> tuple[str, ...]:
    texts = (data.decode(encoding, "ignore") for data in every)
    return tuple(text for text in texts if len(text) == 1 and not "\ue000" <= text <= "\uf8ff")


@cache
def _class(leads: range, trails: range) -> str:
    """The characters of GBK and the private ones of GB 18030 with these bytes, as ranges for a character class."""
    pairs = (bytes((lead, trail)).decode("gb18030", "ignore") for lead in leads for trail in trails if trail != 0x7F)
    ranges: list[list[int]] = []
    for point in sorted(ord(text) for text in pairs if len(text) == 1):
        if ranges and point == ranges[-1][1] + 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return "".join(chr(first) if first == last else f"{chr(first)}-{chr(last)}" for first, last in ranges)


@cache
def gbk_gate() -> re.Pattern[str]:
    """What all wrong readings of Chinese bytes as GBK share: one scan of a clean text."""
    first, then, signs, rare = _utf8_first(), _utf8_then(), _big5_signs(), _big5_rare()
    return re.compile(f"[{first}{signs}](?:(?<=[{first}]){then}|(?<=[{signs}])[{signs}{rare}])")


@cache
def latin_gate() -> re.Pattern[str]:
    """What all wrong readings of Chinese bytes as Latin-1 share."""
    return re.compile(f"[\xa1-\xfe][{_LATIN}]")


@cache
def read_as_gbk() -> tuple[Misreading, ...]:
    """The wrong readings as GBK, the one that proves itself first."""
    signs, rare = _big5_signs(), _big5_rare()
    utf8 = re.compile(f"[{_utf8_first()}]{_utf8_then()}")
    big5, big5_line = re.compile(f"[{signs}][{signs}{rare}]"), re.compile(f"[{signs}{rare}]")
    return (
        Misreading(utf8, utf8, _gbk_bytes, _UTF8, _read_utf8),
        Misreading(big5, big5_line, _gbk_bytes, _BIG5, _read_big5),
    )


@cache
def read_as_latin() -> tuple[Misreading, ...]:
    """The wrong readings as Latin-1, the one that proves itself first."""
    utf8 = re.compile(f"[\xc2-\xc3\xe2-\xe9\xef][{_TRAIL}]")
    gbk = re.compile("[\xa1-\xfe][\xa1-\xfe]{3}")
    return (
        Misreading(utf8, utf8, _latin_bytes, _UTF8, _read_utf8_of_latin, _PLAIN),
        Misreading(gbk, gbk, _latin_bytes, _GBK, _read_gbk, _PLAIN, _QUOTES),
    )


@cache
def _utf8_first() -> str:
    return _class(range(0xE2, 0xF0), range(0x80, 0xC0))


@cache
def _utf8_then() -> str:
    """What follows: the rest of one character and the beginning of the next; € is a lone 80."""
    heads, goes_on = range(0xE2, 0xF0), range(0x80, 0xC0)
    return f"(?:[{_class(goes_on, heads)}][{_class(goes_on, goes_on)}€]|€)"


@cache
def _big5_signs() -> str:
    """Kana, Greek, Cyrillic and private characters: GBK's for Big5's marks and commonest characters."""
    return _class(range(0xA4, 0xA8), range(0x40, 0xFF)) + _class(range(0xA1, 0xA4), range(0x40, 0xA1))


@cache
def _big5_rare() -> str:
    return _class(range(0xAA, 0xFE), range(0x40, 0xA1))
