"""Pinyin readings in parentheses, put by a converter behind the traditional character they read: `協(xié)會`.

A parenthesis is touched only where its content is a reading of the character before it and that character is a
traditional form: `学(xué)习` in a lesson, `(OM)` and `(a)` stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from zongji.corpus.alignment import Edit
from zongji.pipeline.restore.script import simplified

_READING = re.compile(r"(?<=[㐀-鿿豈-﫿])[(（]([a-zü\u00e0-\u01dc\u0144\u0148\u01f9ḿ\u0300-\u030c]{1,7}) ?[)）] ?")


def edits(text: str) -> Sequence[Edit]:
    """Deletions of the readings of a text."""
    return [
        Edit(match.start(), match.end(), "")
        for match in _READING.finditer(text)
        if _reads(text[match.start() - 1], match[1])
    ]


@cache
def _reads(character: str, reading: str) -> bool:
    """True where `reading`, with or without its tone, is one of a traditional character's readings."""
    plain_character = simplified(character)
    if plain_character == character:
        return False
    return _toneless(reading) in {
        _toneless(known) for form in (character, plain_character) for known in _table().get(ord(form), "").split(",")
    }


def _toneless(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading)
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha()).replace("v", "u")


@cache
def _table() -> dict[int, str]:
    """Pypinyin's table of all readings, code point to readings parted by commas; loaded when the first one is met."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415  # a quarter of a second, for damaged pages only

    table: dict[int, str] = PINYIN_DICT
    return table
