"""Which rows of the word lists texts meet, and which none of them does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from zongji.corpus import lexicon
from zongji.corpus.lexicon import SourcedWord

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_WINDOW = 1 << 16  # characters searched at once: all matches of a window are held in memory
# What a row of these lists looks for in a text, where it is not its first cell itself.
_SOUGHT: dict[str, Callable[[str], str]] = {
    "compatibility": lambda code: chr(int(code, 16)),
    "entities": lambda name: f"&{name};",
}


@dataclass(frozen=True, slots=True)
class ListUse:
    """How many rows of a list were met, and those that were not."""

    name: str
    rows: int
    unmet: tuple[SourcedWord, ...]

    @property
    def met(self) -> int:
        """The number of rows that a text holds."""
        return self.rows - len(self.unmet)


class LexiconUse:
    """The rows of lists, and which of them the texts read so far hold."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take in the lists of these names.

        Raises:
            LexiconError: if a row of a list has no source.
        """
        self._lists = {name: lexicon.sourced_words(name) for name in names}
        self._sought = sorted({_sought(name, row) for name, rows in self._lists.items() for row in rows})
        self._longest = max(map(len, self._sought), default=0)
        self._automaton = _automaton(self._sought)
        self._met: set[int] = set()

    def read(self, texts: Iterable[str]) -> None:
        """Take in texts: a file's as it was decoded, and as it was restored."""
        for text in texts:
            for start in range(0, len(text), _WINDOW):
                window = text[start : start + _WINDOW + self._longest]
                matches = self._automaton.find_matches_as_indexes(window, overlapping=True)
                self._met.update(index for index, _, _ in matches)

    def uses(self) -> Iterator[ListUse]:
        """Each list with the rows that no text held."""
        met = {self._sought[index] for index in self._met}
        for name, rows in self._lists.items():
            yield ListUse(name, len(rows), tuple(row for row in rows if _sought(name, row) not in met))


def _sought(name: str, row: SourcedWord) -> str:
    return _SOUGHT.get(name, str)(row.word)


def _automaton(words: Sequence[str]) -> AhoCorasick:
    from ahocorasick_rs import AhoCorasick  # noqa: PLC0415  # only when a text is read

    return AhoCorasick(words)
