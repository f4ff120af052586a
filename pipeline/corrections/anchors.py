"""Finding the figure of a correction again, after another version has read the same bytes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from zongji.corpus.records import Figure


@dataclass(frozen=True, slots=True)
class Anchor:
    """What identifies a corrected figure: its span in the source, its words, the sentence around them."""

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
"""Rules for the figure meant; the first one that any figure meets decides."""


def find(anchor: Anchor, figures: Sequence[Figure]) -> Figure | None:
    """The figure meant, the nearest of several; None if it is gone."""
    for rule in RULES:
        found = [figure for figure in figures if rule(anchor, figure)]
        if found:
            return min(found, key=lambda figure: abs(figure.start - anchor.start))
    return None
