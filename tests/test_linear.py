"""Weights decide as scikit-learn's own estimator does, and say how sure they are."""

from __future__ import annotations

import pytest
from zongji.models.calibration import calibration_error, temperature_of
from zongji.models.linear import LinearModel
from zongji.models.train import Example, fit, learning_curve

MODEL = LinearModel(("a", "b"), {"x": ((0, 2.0),), "y": ((1, 1.0),)}, 1.0)
WORDS = {"plan": ("将", "拟", "要"), "done": ("已", "了", "共"), "rest": ("在", "和", "对")}
EXAMPLES = [
    Example(("bias", f"w={word}", f"n={number % 3}"), answer, "plan", f"d{number}")
    for number in range(12)
    for answer, words in WORDS.items()
    for word in words
]


@pytest.mark.parametrize(("features", "label"), [(["x"], "a"), (["y"], "b"), (["x", "y"], "a"), ([], "a")])
def test_the_class_with_the_best_score_is_decided_for(features: list[str], label: str) -> None:
    assert MODEL.decide(features).label == label


def test_without_a_known_feature_both_classes_are_as_likely() -> None:
    assert MODEL.decide(["z"]).confidence == pytest.approx(0.5)


def test_a_high_temperature_makes_less_sure() -> None:
    warm = LinearModel(MODEL.classes, MODEL.weights, 4.0)
    assert 0.5 < warm.decide(["x"]).confidence < MODEL.decide(["x"]).confidence


def test_scores_that_are_always_right_are_cooled_and_those_of_chance_warmed() -> None:
    scores = [[1.0, 0.0], [0.0, 1.0]] * 10
    assert temperature_of(scores, [0, 1] * 10) < 0.2
    assert temperature_of(scores, [0, 1, 1, 0] * 5) > 5


def test_calibration_error_is_how_far_confidence_is_from_being_right() -> None:
    assert calibration_error([0.75] * 4, [True, True, True, False]) == pytest.approx(0.0)
    assert calibration_error([0.9] * 4, [False] * 4) == pytest.approx(0.9)


def test_the_weights_decide_as_the_estimator_does() -> None:
    from skops.io import loads  # noqa: PLC0415

    fitted = fit(EXAMPLES, EXAMPLES)
    estimator = loads(fitted.estimator)
    expected = list(estimator.predict([example.features for example in EXAMPLES]))
    assert [fitted.model.decide(example.features).label for example in EXAMPLES] == expected
    assert expected == [example.answer for example in EXAMPLES]


def test_the_same_examples_give_the_same_bytes() -> None:
    first, second = fit(EXAMPLES, EXAMPLES), fit(EXAMPLES, EXAMPLES)
    assert first.model == second.model
    assert first.estimator == second.estimator


def test_the_rules_are_tried_beside_three_kinds_of_models() -> None:
    trials = fit(EXAMPLES, EXAMPLES).trials
    assert next(trial.name for trial in trials) == "rules"
    assert len(trials) == 4
    assert trials[0].cross_validated.accuracy == pytest.approx(1 / 3)


def test_a_model_that_beats_the_cross_validated_rules_is_better() -> None:
    assert fit(EXAMPLES, EXAMPLES).is_better
    right = [Example(one.features, one.answer, one.answer, one.group) for one in EXAMPLES]
    assert not fit(right, right).is_better


def test_a_learning_curve_ends_with_all_documents() -> None:
    assert [(point.share, point.documents) for point in learning_curve(EXAMPLES, (0.5, 1.0))] == [(0.5, 6), (1.0, 12)]
