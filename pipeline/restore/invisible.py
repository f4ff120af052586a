"""Invisible characters: zero-width spaces, soft hyphens, inner byte-order marks, direction marks, controls.

Controls that end a line or a page become line ends. Scripts that are shaped by joiners or written from the right keep
theirs on lines of their own, as do pictures that are joined of several; C1 controls inside unread mojibake stay too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from zongji.corpus.alignment import Edit

_BREAKS = "\x0b\x0c\x85\u2028\u2029"  # line tabulation and form feed (Word's breaks), next line, Unicode's separators
_FORMAT = "\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_CONTROLS = "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f"
_NOTHING = "\xad\u034f\ufe00-\ufe0d\ufff9-\ufffc\U000e0000-\U000e01ef"  # with the placeholders of pictures
_HIDDEN = re.compile(rf"(?:\x1b\[[0-9;]*m|[{_CONTROLS}{_BREAKS}{_NOTHING}{_FORMAT}])+")
_ANY = re.compile(f"[{_CONTROLS}{_BREAKS}{_FORMAT}\xad\u034f\ufe00-\ufe0d\ufff9-\ufffc]")  # fast: no alternatives
_TAGS = re.compile("[\U000e0000-\U000e01ef]")
_BREAK = re.compile(f"[{_BREAKS}]")
_JOINED = re.compile(f"[{_FORMAT}]")
# Hebrew and Arabic to Syriac, the scripts of India and South-East Asia to Khmer and Mongolian.
_SHAPED = re.compile("[\u0590-\u08ff\u0900-\u109f\u1780-\u18af\ufb1d-\ufdff\ufe70-\ufefc]")
_PICTURE = re.compile("[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff]\u200d+")
_LATIN = re.compile("[\xa0-\xac\xae-\xff]")
_LINE = 2000  # characters on each side in which the script of a line is looked for


def edits(text: str) -> Sequence[Edit]:
    """Edits that drop invisible characters, or replace controls that ended a line by a line end."""
    return list(_edits(text)) if _ANY.search(text) or _TAGS.search(text) else []


def _edits(text: str) -> Iterator[Edit]:
    for match in _HIDDEN.finditer(text):
        if not _belongs(text, *match.span()):
            yield Edit(*match.span(), _shown(text, *match.span()))


def _belongs(text: str, start: int, end: int) -> bool:
    """True if an invisible character is needed where it stands."""
    if _JOINED.search(text, start, end):
        return bool(_PICTURE.match(text, max(0, start - 1), end) or _SHAPED.search(_line(text, start)))
    around = text[max(0, start - 1) : start] + text[end : end + 1]
    return any("\x7f" <= sign <= "\x9f" for sign in text[start:end]) and bool(_LATIN.search(around))


def _line(text: str, offset: int) -> str:
    start = text.rfind("\n", max(0, offset - _LINE), offset) + 1
    return text[max(start, offset - _LINE) : offset + _LINE].partition("\n")[0]


def _shown(text: str, start: int, end: int) -> str:
    """A line end for a control that is one and stands between text of one line."""
    if not _BREAK.search(text, start, end) or start == 0 or end == len(text):
        return ""
    return "" if "\n" in text[start - 1] + text[end] or text[end] == "\r" else "\n"
