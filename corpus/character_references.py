"""Character references of HTML (`&amp;`, `&#38;`) of any length: Python refuses numbers of more than 4,300 digits."""

from __future__ import annotations

import html
import re

_LONG = re.compile("&#([0-9]{9,});?")
_MOST = 7  # digits of the last code point, 1114111


def unescaped(text: str) -> str:
    """The text with the characters that its references stand for; U+FFFD where there is none of that number."""
    return html.unescape(_LONG.sub(_shortened, text))


def _shortened(long: re.Match[str]) -> str:
    digits = long[1].lstrip("0")
    return f"&#{digits};" if 0 < len(digits) <= _MOST else "\ufffd"
