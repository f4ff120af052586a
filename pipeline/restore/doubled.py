"""Characters doubled by fake bold: some PDFs print them twice, `工工作作总总结结` for `工作总结`.

A run counts where everything in it stands exactly twice and at least three Chinese characters do that language does
not double by itself: 爷爷奶奶爸爸妈妈 and 时时处处 are words, `reduplications.tsv` has them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon
from zongji.corpus.alignment import Edit


@dataclass(frozen=True, slots=True)
class ReduplicationRow:
    """A row of `reduplications.tsv`: the characters of a word that is doubled: 妈 for 妈妈, 高兴 for 高高兴兴."""

    word: str


_FEWEST = 3
_SEED = re.compile(r"([㐀-鿿])\1(?=([㐀-鿿])\2([㐀-鿿])\3)")
_RUN = re.compile(r"(?:(\S)\1)+")
_EDGE = "0123456789.-_=*~—…·"  # naturally doubled: 2200, ——, ……
_HAN = re.compile("[㐀-鿿]")


def edits(text: str) -> Sequence[Edit]:
    """Edits from doubled characters to single ones."""
    return list(_edits(text)) if _SEED.search(text) else []


def _edits(text: str) -> Iterator[Edit]:
    runs = [(start, end) for start, end in _runs(text) if _HAN.search(text, start, end)]
    if any(_is_bold(text[start:end:2], _FEWEST) for start, end in runs):
        for start, end in runs:
            fewest = (
                2 if _is_whole_line(text, start, end) else _FEWEST
            )  # beside certain runs, a heading of two characters suffices
            if _is_bold(text[start:end:2], fewest):
                yield from (Edit(offset, offset + 2, text[offset]) for offset in range(start, end, 2))


def _runs(text: str) -> Iterator[tuple[int, int]]:
    """The runs of doubled characters; signs at an edge count only where the run ends with its line or cell."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        while start < end and text[start] in _EDGE and not _is_blank(text, match.start() - 1):
            start += 2
        while start < end and text[end - 1] in _EDGE and not _is_blank(text, match.end()):
            end -= 2
        yield start, end


def _is_bold(single: str, fewest: int) -> bool:
    """True if enough characters are not reduplicated words."""
    return len(set(_HAN.findall(_natural().sub("", single)))) >= fewest


def _is_whole_line(text: str, start: int, end: int) -> bool:
    return (start == 0 or text[start - 1] == "\n") and (end == len(text) or text[end] in "\r\n")


def _is_blank(text: str, offset: int) -> bool:
    return not 0 <= offset < len(text) or text[offset].isspace()


@cache
def _natural() -> re.Pattern[str]:
    """The reduplicated words, longest first."""
    words = sorted((row.word for row in lexicon.load("reduplications", ReduplicationRow)), key=len, reverse=True)
    return re.compile("|".join(words))
