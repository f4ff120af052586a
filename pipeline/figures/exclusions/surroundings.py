"""A candidate with its surroundings: the input of the rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from zongji.corpus.labels import Reason
from zongji.pipeline.figures.candidates import Candidate
from zongji.pipeline.figures.numerals import HAN

HAN_NUMERALS = frozenset(HAN + "半数几上")


class Surroundings(NamedTuple):
    """A candidate in its text: up to 16 characters before and 24 after it, and what encloses it."""

    text: str
    candidate: Candidate
    unit: str
    """The measure word, empty if none."""
    is_han: bool
    """True for a number written in Chinese numerals."""
    before: str
    behind: str
    """The text after the whole candidate."""
    next: str
    """The text after the bare number."""
    quoted: bool
    """True inside a short quotation."""
    titled: bool
    """True inside 《…》."""
    marker: bool
    """True for the number of a heading."""


Rule = Callable[[Surroundings], Reason | None]
