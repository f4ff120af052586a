"""Linear models for inference: weights by feature, classes by score, probabilities by the softmax of scaled scores.

Models fitted by scikit-learn (`zongji.models.train`) run here without it: a dictionary of weights loads in
milliseconds. A test compares the two.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import NamedTuple


class Decision(NamedTuple):
    """A class and the calibrated probability that it is right."""

    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Weights of a fitted model. A feature's weights are pairs of a class's index and its weight, zeros left out."""

    classes: tuple[str, ...]
    weights: Mapping[str, Sequence[tuple[int, float]]]
    temperature: float
    """Divides scores, so that probabilities are calibrated."""

    def decide(self, features: Iterable[str]) -> Decision:
        """The most likely class by the features; the first of equal ones."""
        return self.decided(self.scores(features))

    def scores(self, features: Iterable[str]) -> list[float]:
        """The sum of the weights of the features, for each class."""
        scores = [0.0] * len(self.classes)
        weights = self.weights
        for feature in features:
            for index, weight in weights.get(feature, ()):
                scores[index] += weight
        return scores

    def decided(self, scores: Sequence[float]) -> Decision:
        """The class with the best score, and its probability."""
        return self.share(scores, self.classes[scores.index(max(scores))])

    def share(self, scores: Sequence[float], label: str) -> Decision:
        """A class with its probability."""
        best = max(scores)
        total = sum(exp((score - best) / self.temperature) for score in scores)
        return Decision(label, exp((scores[self.classes.index(label)] - best) / self.temperature) / total)
