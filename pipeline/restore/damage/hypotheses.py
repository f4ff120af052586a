"""What a stretch of bytes may have been: a hypothesis and its cost, character by character."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from zongji.models.characters import LONGEST, UNSEEN, Characters

# Shares of the two sources of the model in a hypothesis's score; tuned on the development corpus.
_RUNS, _WORDS = 0.6, 0.5


@dataclass(frozen=True, slots=True)
class Written:
    """The characters found so far, the last one first in a chain."""

    before: Written | None
    text: str

    def joined(self, stop: Written | None = None) -> str:
        """The characters behind `stop`, in order."""
        parts = []
        node: Written | None = self
        while node is not None and node is not stop:
            parts.append(node.text)
            node = node.before
        return "".join(reversed(parts))


class Hypothesis(NamedTuple):
    """Characters that the bytes up to here may have been, and how the next byte is to be read.

    In phase, the decoder and the text begin a character at the same byte: `leads` is None. Out of phase, the decoder
    has shown the first byte of a character together with the last one of the character before: `leads` holds the
    bytes that this first byte may be.
    """

    score: float
    leads: bytes | None
    history: str
    """The last simplified characters, for the model."""
    words: tuple[float, ...]
    """The scores of the best segmentations that end before, between and behind the last characters."""
    written: Written
    count: int = 0
    trail: int | None = None
    """In phase, the last byte of the character in front, where it is known and nothing stands between."""
    fresh: bool = False
    """Out of phase, true where a reading stands behind the first byte, so that the pair's own can't follow it."""
    settled: tuple[int, Written] | None = None
    """The token, and the text up to it, from which on the bytes were in phase again."""
    gaps: int = 0
    """Vanished pairs so far."""
    lost: int = 0
    """Characters that cannot be known: eaten ASCII signs."""
    strays: tuple[tuple[str, str], ...] = ()
    """Annotated characters that the page does not show elsewhere, with their readings."""


def start(history: str, model: Characters, trail: int | None) -> Hypothesis:
    """The empty hypothesis behind a history."""
    words: tuple[float, ...] = (0.0,)
    for end in range(1, len(history) + 1):
        words = _segmented(words, history[:end], model)
    return Hypothesis(0.0, None, history[-LONGEST:], words, Written(None, ""), trail=trail)


def extended(hypothesis: Hypothesis, written: str, plain: str, model: Characters, *, cost: float = 0.0) -> Hypothesis:
    """The hypothesis with a character more, in phase."""
    score, _, before, words, chain, count, _, _, settled, gaps, lost, strays = hypothesis
    history = before + plain
    segmented = _segmented(words, history, model)
    gain = _RUNS * model.behind(before, plain) + _WORDS * (segmented[-1] - words[-1])
    return Hypothesis(
        score + gain - cost,
        None,
        history[-LONGEST:],
        segmented,
        Written(chain, written),
        count + 1,
        None,
        False,  # noqa: FBT003  # by position: this is the innermost loop
        settled,
        gaps,
        lost,
        strays,
    )


def _segmented(scores: tuple[float, ...], history: str, model: Characters) -> tuple[float, ...]:
    """The scores with that of the best segmentation behind the last character of the history."""
    word = model.words.get
    best = scores[-1] + word(history[-1], UNSEEN)
    for length in range(2, min(len(scores), len(history)) + 1):
        share = word(history[-length:])
        if share is not None and scores[-length] + share > best:
            best = scores[-length] + share
    return (*scores[1 - LONGEST :], best)
