"""Calibrated probabilities: a temperature for scores, and the remaining error.

Guo et al., "On Calibration of Modern Neural Networks", ICML 2017: one number divides all scores.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log

_TEMPERATURES = [round(0.05 * 1.1**step, 4) for step in range(60)]  # 0.05 to 14
_BINS = 10


def temperature_of(scores: Sequence[Sequence[float]], answers: Sequence[int]) -> float:
    """The temperature that maximizes the likelihood of the answers (class indexes), given the scores of each class."""
    return min(_TEMPERATURES, key=lambda temperature: _surprise(scores, answers, temperature))


def _surprise(scores: Sequence[Sequence[float]], answers: Sequence[int], temperature: float) -> float:
    """The sum of the negative log probabilities of the answers."""
    total = 0.0
    for row, answer in zip(scores, answers, strict=True):
        best = max(row)
        total += log(sum(exp((score - best) / temperature) for score in row)) - (row[answer] - best) / temperature
    return total


def calibration_error(confidences: Sequence[float], right: Sequence[bool]) -> float:
    """The expected calibration error: over ten bins of confidence, how far it is from the share of correct answers."""
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, is_right in zip(confidences, right, strict=True):
        bins.setdefault(min(int(confidence * _BINS), _BINS - 1), []).append((confidence, is_right))
    gaps = (abs(sum(confidence - is_right for confidence, is_right in found)) for found in bins.values())
    return sum(gaps) / max(1, len(confidences))
