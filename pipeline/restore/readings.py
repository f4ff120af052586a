"""Pinyin readings in parentheses that a converter put behind traditional characters: `協(xié)會`.

A parenthesis is touched only where its content is a reading of the character before it and that character is a
traditional form: `学(xué)习` in a lesson, `(OM)` and `(a)` stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon
from zongji.corpus.alignment import Edit


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A row of `readings.tsv`: a traditional character and its readings without tones."""

    character: str
    readings: tuple[str, ...]


_READING = re.compile(r"[(（](?<=[㐀-鿿豈-﫿].)([a-zü\u00e0-\u01dc\u0144\u0148\u01f9ḿ\u0300-\u030c]{1,7}) ?[)）]")


def edits(text: str) -> Sequence[Edit]:
    """Edits that reduce `協(xié)` to the character, whose span in the source then includes the reading."""
    found = [match for match in _READING.finditer(text) if reads(text[match.start() - 1], match[1])]
    # Some converters put a blank behind every reading; otherwise a blank belongs to the text.
    spaced = sum(text.startswith(" ", match.end()) for match in found) * 2 > len(found)
    return [_edit(text, match, spaced=spaced) for match in found]


def _edit(text: str, match: re.Match[str], *, spaced: bool) -> Edit:
    end = match.end() + (spaced and text.startswith(" ", match.end()))
    return Edit(match.start() - 1, end, text[match.start() - 1])


@cache
def reads(character: str, reading: str) -> bool:
    """True if `reading`, with or without tone marks, is one of a traditional character's readings."""
    return _toneless(reading) in _table().get(character, ())


def _toneless(reading: str) -> str:
    letters = unicodedata.normalize("NFD", reading)
    return "".join(letter for letter in letters if letter.isascii() and letter.isalpha()).replace("v", "u")


@cache
def _table() -> dict[str, tuple[str, ...]]:
    """Traditional character to its readings without tones."""
    return {row.character: row.readings for row in lexicon.load("readings", ReadingRow)}
