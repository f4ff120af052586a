"""Finding the figure again that a correction speaks of, after the same bytes were read by another version."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zongji.corpus.records import Figure


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a correction stands: the place in the source, the words there, the sentence around them."""

    start: int
    end: int
    text: str
    quote: str


def _same_place(anchor: Anchor, figure: Figure) -> bool:
    return (figure.start, figure.end) == (anchor.start, anchor.end)


def _overlaps(anchor: Anchor, figure: Figure) -> bool:
    return figure.start < anchor.end and anchor.start < figure.end


def _same_words_here(anchor: Anchor, figure: Figure) -> bool:
    return _overlaps(anchor, figure) and figure.text == anchor.text


def _same_words_in_the_same_sentence(anchor: Anchor, figure: Figure) -> bool:
    return bool(anchor.quote) and (figure.text, figure.quote) == (anchor.text, anchor.quote)


RULES: tuple[Callable[[Anchor, Figure], bool], ...] = (
    _same_place,
    _same_words_here,
    _overlaps,
    _same_words_in_the_same_sentence,
)
"""When a figure is the one that is meant; the first rule that any figure meets decides."""


def find(anchor: Anchor, figures: Sequence[Figure]) -> Figure | None:
    """The figure that is meant, of several the nearest; None if there is none any more."""
    for rule in RULES:
        found = [figure for figure in figures if rule(anchor, figure)]
        if found:
            return min(found, key=lambda figure: abs(figure.start - anchor.start))
    return None
