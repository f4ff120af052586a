"""The offsets of a document's records in its restored text; their own offsets are those of the source.

With the alignment of the text an offset is looked up. Without it (a database holds the restored text alone) it is
guessed and corrected by the words of the figure and of the sentence around it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence

from zongji.corpus.alignment import Aligned
from zongji.corpus.records import Figure

Guess = Callable[[int], int]
"""From an offset of the source to its likely offset in the document's restored text."""
_NEAR = 40  # characters around a guess in which a figure's words are looked for


def by_alignment(aligned: Aligned, first: int) -> Guess:
    """Guesses for the document whose restored text begins at `first` of the aligned text; they are exact."""
    return lambda offset: restored_offset(aligned, offset) - first


def by_distance(start: int) -> Guess:
    """Guesses for a document that begins at `start` of the source and whose repairs are not known."""
    return lambda offset: offset - start


def restored_offset(aligned: Aligned, offset: int) -> int:
    """The offset in the text of the character at `offset` of the source."""
    block = bisect_right(aligned.origins, offset) - 1
    if block >= len(aligned.starts) - 1:
        return aligned.starts[-1]
    start, origin = aligned.starts[block], aligned.origins[block]
    length = aligned.starts[block + 1] - start
    verbatim = length == aligned.origins[block + 1] - origin
    return start + (offset - origin if verbatim else 0)


def figure_offsets(text: str, figures: Sequence[Figure], guess: Guess) -> list[int | None]:
    """Where each figure's words begin in the text, None for one that is not to be found. Figures are in order."""
    offsets: list[int | None] = []
    sentence, behind = 0, 0  # where the last quoted sentence began, where the last figure ended
    for figure in figures:
        found = near(text, figure.text, guess(figure.start))
        if found is None or found < behind:
            sentence, found = _in_sentence(text, figure, sentence, behind)
        offsets.append(found)
        behind = behind if found is None else found + len(figure.text)
    return offsets


def near(text: str, words: str, offset: int) -> int | None:
    """The offset of the words closest to `offset`, None if none is near."""
    if offset >= 0 and text.startswith(words, offset):
        return offset
    before = text.rfind(words, max(0, offset - _NEAR), max(0, offset) + len(words))
    after = text.find(words, max(0, offset), max(0, offset) + _NEAR + len(words))
    found = [start for start in (before, after) if start >= 0]
    return min(found, key=lambda start: abs(start - offset), default=None)


def _in_sentence(text: str, figure: Figure, sentence: int, behind: int) -> tuple[int, int | None]:
    """The next offset of the figure's sentence, and of its words in it."""
    start = text.find(figure.quote, sentence) if figure.quote else -1
    if start < 0:
        return sentence, None
    found = text.find(figure.text, max(start, behind), start + len(figure.quote))
    if found < 0:
        found = text.find(figure.text, start, start + len(figure.quote))
    return start, found if found >= 0 else None
