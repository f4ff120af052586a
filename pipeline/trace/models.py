"""The output of a model: every class with its probability, and the features in favour of the chosen one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from zongji.models.engines import Task
from zongji.models.linear import LinearModel
from zongji.pipeline.trace.records import Option, Rule, Stage, Step
from zongji.pipeline.trace.watching import rule_of

_OTHERS = 3  # most likely other classes shown
_FEATURES = 6  # with the largest weights


class Answer(NamedTuple):
    """The input and output of a model."""

    task: Task
    model: LinearModel
    features: Sequence[str]
    said: str
    """What the rules decided."""
    chosen: str


def model_step(stage: Stage, answer: Answer, *, ask: Callable[..., Any]) -> Step:
    """The step in which a model decided; `ask` is the function that calls it."""
    task, model, features, said, chosen = answer
    scores = model.scores(features)
    ranked = sorted((model.share(scores, label) for label in model.classes), key=lambda one: -one.confidence)
    score = next(one.confidence for one in ranked if one.label == chosen)
    others = [Option(one.label, None, one.confidence) for one in ranked if one.label != chosen]
    notes = ["the rules agree" if said == chosen else f"the rules said {said}"]
    if spoke := _loudest(model, features, chosen, others[0].outcome):
        notes.append(f"for {chosen} against {others[0].outcome}: {', '.join(spoke)}")
    rule = Rule(f"model {task.value}", rule_of(ask).where, rule_of(ask).says)
    return Step(stage, chosen, rule, score, tuple(notes), tuple(others[:_OTHERS]))


def _loudest(model: LinearModel, features: Sequence[str], chosen: str, other: str) -> list[str]:
    """The features with the largest weight for one class against another, with that weight."""
    index, against = model.classes.index(chosen), model.classes.index(other)
    weights = []
    for feature in dict.fromkeys(features):
        pairs = dict(model.weights.get(feature, ()))
        weights.append((pairs.get(index, 0.0) - pairs.get(against, 0.0), feature))
    weights.sort(key=lambda one: (-one[0], one[1]))
    return [f"{feature} {weight:+.1f}" for weight, feature in weights[:_FEATURES] if weight > 0]
