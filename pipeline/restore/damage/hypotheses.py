"""Hypotheses about what a stretch of bytes was, and the beam of those being followed."""

from __future__ import annotations

from typing import NamedTuple

from zongji.models.characters import LONGEST, UNSEEN, Characters

# Shares of the two sources of the model in a hypothesis's score; tuned on the development corpus.
_RUNS, _WORDS = 0.4, 0.6
_MARGIN = 12.0  # hypotheses this far behind the best one at their token are dropped
_ALIKE = 4  # equivalent hypotheses that are kept
_HOPE = 5.0  # score that a word ending here may win back

Strays = tuple[tuple[str, str], ...]


class Written(NamedTuple):
    """The characters found so far, as a linked list from the last one."""

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
    history: str
    """The last simplified characters, for the model."""
    words: tuple[float, ...]
    """The scores of the best segmentations that end before, between and behind the last characters."""
    written: Written
    size: int = 0
    leads: bytes | None = None
    fresh: bool = False
    """Out of phase, true where a reading stands behind the first byte, so that the pair's own can't follow it."""
    trail: int | None = None
    """In phase, the last byte of the character in front, where it is known and nothing stands between."""
    settled: tuple[int, Written] | None = None
    """The token, and the text up to it, from which on the bytes were in phase again."""
    lost: int = 0
    """Characters that cannot be known: eaten ASCII signs."""
    strays: Strays = ()
    """Annotated characters that the page does not show elsewhere, with their readings."""


class Then(NamedTuple):
    """How a hypothesis goes on behind a character; the fields are those of a hypothesis."""

    leads: bytes | None = None
    fresh: bool = False
    trail: int | None = None
    settles: bool = False
    """True where the bytes are in phase again."""
    lost: int = 0
    strays: Strays = ()


IN_PHASE = Then()


class Front:
    """The hypotheses in front of each token, only those worth it."""

    def __init__(self, length: int, model: Characters) -> None:
        self._model = model
        self._waiting: list[list[Hypothesis]] = [[] for _ in range(length)]
        self._best = [float("-inf")] * length
        self.grown = 0
        """How many hypotheses were examined, the measure of work."""

    def at(self, index: int) -> list[Hypothesis]:
        """The hypotheses in front of a token."""
        return self._waiting[index]

    def add(self, index: int, hypothesis: Hypothesis) -> None:
        """Add a hypothesis in front of a token, unless it is too far behind another one there."""
        if hypothesis.score < self._best[index] - _MARGIN:
            return
        self._best[index] = max(hypothesis.score, self._best[index])
        self._waiting[index].append(hypothesis)

    def grow(
        self, index: int, before: Hypothesis, sign: tuple[str, str], cost: float = 0.0, then: Then = IN_PHASE
    ) -> None:
        """Put a hypothesis in front of a token that is one character longer, unless it is not worth it.

        The character comes as it was written and as the model knows it.
        """
        self.grown += 1
        floor = self._best[index] - _MARGIN
        gain = _RUNS * self._model.behind(before.history, sign[1]) - cost
        if before.score + gain + _HOPE < floor:
            return
        history = before.history + sign[1]
        words = segmented(before.words, history, self._model)
        score = before.score + gain + _WORDS * (words[-1] - before.words[-1])
        if score < floor:
            return
        leads, fresh, trail, settles, lost, strays = then
        written = Written(before.written, sign[0])
        after = Hypothesis(
            score,
            history[-LONGEST:],
            words,
            written,
            before.size + 1,
            leads,
            fresh,
            trail,
            (index, written) if settles else before.settled,
            before.lost + lost,
            before.strays + strays,
        )
        self._best[index] = max(score, self._best[index])
        self._waiting[index].append(after)


def start(history: str, model: Characters) -> Hypothesis:
    """The empty hypothesis behind a history."""
    words: tuple[float, ...] = (0.0,)
    for end in range(1, len(history) + 1):
        words = segmented(words, history[:end], model)
    return Hypothesis(0.0, history[-LONGEST:], words, Written(None, ""))


def segmented(scores: tuple[float, ...], history: str, model: Characters) -> tuple[float, ...]:
    """The scores with that of the best segmentation behind the last character of the history."""
    word = model.words.get
    best = scores[-1] + word(history[-1], UNSEEN)
    for length in range(2, min(len(scores), len(history)) + 1):
        share = word(history[-length:])
        if share is not None and scores[-length] + share > best:
            best = scores[-length] + share
    return (*scores[1 - LONGEST :], best)


def pruned(hypotheses: list[Hypothesis], width: int) -> list[Hypothesis]:
    """The best hypotheses; of equivalent ones only a few, as alternatives to each other."""
    kept: list[Hypothesis] = []
    alike: dict[tuple[object, ...], int] = {}
    floor = max((hypothesis.score for hypothesis in hypotheses), default=0.0) - _MARGIN
    for hypothesis in sorted(hypotheses, key=lambda hypothesis: -hypothesis.score):
        if hypothesis.score < floor or len(kept) == width:
            break
        key = (hypothesis.leads, hypothesis.fresh, hypothesis.history[-3:], hypothesis.size, hypothesis.trail)
        if alike.setdefault(key, 0) < _ALIKE:
            alike[key] += 1
            kept.append(hypothesis)
    return kept
