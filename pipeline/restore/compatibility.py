"""Stand-in characters: radicals from PDFs (⼯ for 工), compatibility ideographs, symbols of private fonts.

The readings are Unicode's own decompositions of its compatibility blocks and those of `compatibility.tsv`, which also
holds what Unicode cannot know: the private-use signs of Word's symbol fonts. A sign with no clear reading stays.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain

from zongji.corpus import lexicon
from zongji.corpus.alignment import Edit


@dataclass(frozen=True, slots=True)
class CompatibilityRow:
    """A row of `compatibility.tsv`: code points in hexadecimal, and what the second one looks like."""

    code: str
    reading: str
    sign: str


# Kangxi radicals, compatibility ideographs with their supplement, the Latin ligatures of typesetting.
_BLOCKS = ((0x2F00, 0x2FD6), (0xF900, 0xFB00), (0x2F800, 0x2FA20), (0xFB00, 0xFB07))
_STAND_IN = re.compile(
    "[\u2e80-\u2fd5\ue5e5\ue78d-\ue796\uf06c-\uf0fe\uf900-\ufb06\ufe10-\ufe19\ufe30-\ufe6b\uff61-\uff65\U0002f800-\U0002fa1d]"
)


def edits(text: str) -> Sequence[Edit]:
    """Edits from stand-ins to the characters they stand for, one for one except ligatures."""
    return list(_edits(text)) if _STAND_IN.search(text) else []


def _edits(text: str) -> Iterator[Edit]:
    table = readings()
    for match in _STAND_IN.finditer(text):
        reading = table.get(match[0])
        if reading is not None:
            yield Edit(*match.span(), reading)


@cache
def readings() -> Mapping[str, str]:
    """The stand-ins and what they stand for."""
    codes = chain.from_iterable(range(*block) for block in _BLOCKS)
    table = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in codes}
    table |= {chr(int(row.code, 16)): chr(int(row.reading, 16)) for row in _rows()}
    return {stand_in: reading for stand_in, reading in table.items() if stand_in != reading}


def _rows() -> Sequence[CompatibilityRow]:
    return lexicon.load("compatibility", CompatibilityRow)
