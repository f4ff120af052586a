"""Examples to fitted models: several kinds of linear models are tried, and the best on documents apart is kept.

Everything is deterministic: the same examples give the same weights. scikit-learn is needed here and nowhere else.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zongji.models.calibration import calibration_error, temperature_of
from zongji.models.linear import LinearModel

_FEWEST = 2  # documents in which a feature must stand
_FOLDS = 5
_SMALLEST = 0.005  # weights nearer to zero are left out of what is used; the estimator keeps them


@dataclass(frozen=True, slots=True)
class Example:
    """Features, the right answer, what the rules answered, and the document, which is never split between folds."""

    features: tuple[str, ...]
    answer: str
    said: str
    group: str


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of 0 to 1: right answers, the mean of the classes' F1, and the expected calibration error."""

    accuracy: float
    macro_f1: float
    calibration: float | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """What one kind of model (or the rules) reached crosswise on its own documents, and on those apart."""

    name: str
    crosswise: Quality
    apart: Quality


@dataclass(frozen=True, slots=True)
class Fitted:
    """The model that was kept, scikit-learn's estimator as the bytes of a skops file, and how all kinds did."""

    model: LinearModel
    estimator: bytes
    kept: Trial
    trials: tuple[Trial, ...]
    """The rules first, then the kinds of models."""


class MissingExtraError(ImportError):
    """scikit-learn or skops is not installed."""


def fit(training: Sequence[Example], apart: Sequence[Example]) -> Fitted:
    """The best of the kinds of models, fitted on `training`, chosen by its macro-F1 on `apart`.

    Raises:
        MissingExtraError: if scikit-learn or skops is not installed.
    """
    try:
        from skops.io import dumps  # noqa: PLC0415
    except ImportError as error:
        message = "training needs scikit-learn and skops: install zongji[train]"
        raise MissingExtraError(message) from error
    known = _vocabulary(training)
    tried = {name: _tried(name, estimator, training, apart) for name, estimator in _estimators(known).items()}
    kept, model, estimator = max(
        tried.values(), key=lambda found: (found[0].apart.macro_f1, found[0].crosswise.macro_f1)
    )
    rules = Trial("rules", *(_quality(side, [one.said for one in side]) for side in (training, apart)))
    return Fitted(model, dumps(estimator), kept, (rules, *(trial for trial, _, _ in tried.values())))


def _vocabulary(training: Sequence[Example]) -> list[str]:
    """The features that stand in enough documents to be more than one writer's habit."""
    groups = Counter(feature for _, feature in {(one.group, feature) for one in training for feature in one.features})
    return sorted(feature for feature, count in groups.items() if count >= _FEWEST)


def _estimators(known: Sequence[str]) -> Mapping[str, Any]:
    """The kinds of models that are tried; their strengths were chosen crosswise on the training documents.

    None has an intercept: the feature `bias`, which every example has, is one.
    """
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.naive_bayes import ComplementNB  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    kinds = {
        "logistic regression": LogisticRegression(C=1.0, max_iter=3000, fit_intercept=False),
        "linear support vectors": LinearSVC(C=0.05, random_state=0, fit_intercept=False),
        "complement naive Bayes": ComplementNB(),
    }
    return {
        name: make_pipeline(CountVectorizer(analyzer=list, vocabulary=list(known), binary=True), kind)
        for name, kind in kinds.items()
    }


def _tried(
    name: str,
    estimator: Any,  # noqa: ANN401  # scikit-learn's estimators share no type
    training: Sequence[Example],
    apart: Sequence[Example],
) -> tuple[Trial, LinearModel, Any]:
    """A kind of model with what it reached, its calibrated weights, and the estimator fitted on all of `training`."""
    classes = sorted({one.answer for one in training})
    left_out, scores = _crosswise(estimator, training, classes)
    temperature = temperature_of(scores, [classes.index(one.answer) for one in left_out])
    fitted = _fitted(estimator, training)
    model = _exported(fitted, classes, temperature)
    found = [model.decided(row) for row in scores], [model.decide(one.features) for one in apart]
    crosswise, on_apart = (
        _quality(examples, [one.label for one in decisions], [one.confidence for one in decisions])
        for examples, decisions in zip((left_out, apart), found, strict=True)
    )
    return Trial(name, crosswise, on_apart), model, fitted


def _crosswise(
    estimator: Any,  # noqa: ANN401
    training: Sequence[Example],
    classes: Sequence[str],
) -> tuple[list[Example], list[list[float]]]:
    """Every example with the scores of a model that did not see its document."""
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    examples: list[Example] = []
    scores: list[list[float]] = []
    groups = [one.group for one in training]
    for learned, left_out in GroupKFold(_FOLDS).split(training, groups=groups):
        model = _exported(_fitted(estimator, [training[place] for place in learned]), classes)
        examples += (training[place] for place in left_out)
        scores += (model.scores(training[place].features) for place in left_out)
    return examples, scores


def _fitted(estimator: Any, examples: Sequence[Example]) -> Any:  # noqa: ANN401
    from sklearn.base import clone  # noqa: PLC0415

    return clone(estimator).fit([one.features for one in examples], [one.answer for one in examples])


def _exported(estimator: Any, classes: Sequence[str], temperature: float = 1.0) -> LinearModel:  # noqa: ANN401
    """The weights of a fitted estimator, by feature; of two classes scikit-learn keeps one row."""
    vectorizer, kind = estimator[0], estimator[-1]
    places = [classes.index(name) for name in kind.classes_]
    rows = (kind.feature_log_prob_ if hasattr(kind, "feature_log_prob_") else kind.coef_).tolist()
    if len(rows) == 1:
        places = places[1:]
    weights = {}
    for feature, column in sorted(vectorizer.vocabulary_.items()):
        pairs = ((place, round(row[column], 4)) for place, row in zip(places, rows, strict=True))
        kept = tuple(pair for pair in pairs if abs(pair[1]) >= _SMALLEST)
        if kept:
            weights[feature] = kept
    return LinearModel(tuple(classes), weights, temperature)


def _quality(examples: Sequence[Example], found: Sequence[str], confidences: Sequence[float] | None = None) -> Quality:
    from sklearn.metrics import accuracy_score, f1_score  # noqa: PLC0415

    answers = [one.answer for one in examples]
    right = [answer == one for answer, one in zip(answers, found, strict=True)]
    return Quality(
        float(accuracy_score(answers, found)),
        float(f1_score(answers, found, average="macro", zero_division=0)),
        calibration_error(confidences, right) if confidences is not None else None,
    )
