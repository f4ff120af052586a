"""Words in messages: counts (`1 file`, `2 files`, `1,024 files`), names and texts that a terminal shows as they are."""

from __future__ import annotations

import re

_WIDE = "\u3000"  # the ideographic space, which is no more special than a space
_UNDECODED = re.compile("[\udc80-\udcff]")  # how Python holds a byte of a name that is not UTF-8


def counted(number: int, noun: str) -> str:
    """The number with its noun, in the plural where it is not one; `noun` is regular: file, copy, match."""
    return f"{number:,} {noun if number == 1 else plural(noun)}"


def plural(noun: str) -> str:
    """The plural of a regular noun."""
    if noun.endswith("y") and noun[-2:-1] not in "aeiou":
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "ch", "sh")) else f"{noun}s"


def readable(path: str) -> str:
    r"""A path that every output and database accepts: bytes that are not UTF-8 are escaped, `\xff`."""
    return _UNDECODED.sub(lambda match: f"\\x{ord(match[0]) - 0xDC00:02x}", path)


def visible(text: str) -> str:
    """The text on one line that a terminal shows as it is: what cannot be printed (ESC, line ends, bidi) is escaped."""
    if text.isprintable():
        return text
    text = readable(text)
    return "".join(sign if sign.isprintable() or sign == _WIDE else _escaped(sign) for sign in text)


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode()
