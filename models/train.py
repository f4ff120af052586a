"""Training: several kinds of linear models are tried, and the best is kept.

Everything is deterministic: the same examples give the same weights. scikit-learn is needed here and nowhere else.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

from zongji.corpus.digests import digest_of_text
from zongji.corpus.extras import required
from zongji.models.calibration import calibration_error, temperature_of
from zongji.models.linear import LinearModel

_FEWEST = 2  # documents a feature must occur in
_FOLDS = 5
_PLAINEST = "logistic regression"
_WORTH = 0.0075  # gain in accuracy over the rules that justifies a model: one that ties with them only hides why
_ADDRESS = re.compile(r'(?<="__id__": )\d+|(?<="file": ")\d+(?=\.npy")')
_SMALLEST = 0.03  # smaller weights are dropped from the shipped model: two thirds of all, changing 0.3 % of decisions


@dataclass(frozen=True, slots=True)
class Example:
    """Features, the correct answer, that of the rules, and the document, which is never split between folds."""

    features: tuple[str, ...]
    answer: str
    said: str
    group: str


@dataclass(frozen=True, slots=True)
class Quality:
    """From 0 to 1: accuracy, the mean F1 of the classes, and the expected calibration error."""

    accuracy: float
    macro_f1: float
    calibration: float | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """The quality of one kind of model (or the rules): cross-validated on training documents, and on held-out ones."""

    name: str
    cross_validated: Quality
    held_out: Quality
    temperature: float = 1.0

    @property
    def accuracies(self) -> float:
        """The mean of both accuracies: the rules were made on the held-out documents and look better there."""
        return (self.cross_validated.accuracy + self.held_out.accuracy) / 2


@dataclass(frozen=True, slots=True)
class Fitted:
    """The kept model, scikit-learn's estimator as the bytes of a skops file, and the results of all kinds."""

    model: LinearModel
    estimator: bytes
    kept: Trial
    trials: tuple[Trial, ...]
    """The rules first, then the kinds of models."""
    confusion: tuple[tuple[str, str], ...]
    """The correct answer of each training example, and that of a model trained without its document."""

    @property
    def is_better(self) -> bool:
        """True if the model is correct more often than the rules when cross-validated, and not less often overall."""
        rules = self.trials[0]
        gain = self.kept.cross_validated.accuracy - rules.cross_validated.accuracy
        return gain >= _WORTH and self.kept.accuracies >= rules.accuracies


class Point(NamedTuple):
    """A point of a learning curve."""

    share: float
    documents: int
    accuracy: float


def fit(training: Sequence[Example], held_out: Sequence[Example]) -> Fitted:
    """The kind of model with the best macro-F1, cross-validated on `training` plus on `held_out`, fitted on both.

    Raises:
        MissingExtraError: if scikit-learn or skops is not installed.
    """
    required("sklearn", "train")
    skops = required("skops.io", "train")
    tried = {name: _tried(name, estimator, training, held_out) for name, estimator in _estimators(training).items()}
    kept = max(tried.values(), key=lambda trial: trial.cross_validated.macro_f1 + trial.held_out.macro_f1)
    cross_validated, on_held_out = (_quality(side, [one.said for one in side]) for side in (training, held_out))
    rules = Trial("rules", cross_validated, on_held_out)
    every = [*training, *held_out]
    estimator = _fitted(_estimators(every)[kept.name], every)
    model = _exported(estimator, sorted({one.answer for one in every}), kept.temperature)
    confusion = _confusion(_estimators(training)[kept.name], training)
    return Fitted(model, _settled(skops.dumps(estimator)), kept, (rules, *tried.values()), confusion)


def _settled(data: bytes) -> bytes:
    """A skops file without what differs between runs: object addresses and the time in its directory."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        schema = archive.read("schema.json").decode()
        parts = {name: archive.read(name) for name in archive.namelist() if name != "schema.json"}
    numbers = {address: str(number) for number, address in enumerate(dict.fromkeys(_ADDRESS.findall(schema)))}
    schema = _ADDRESS.sub(lambda match: numbers[match[0]], schema)
    named = {numbers.get(name.partition(".")[0], name) + ".npy": part for name, part in parts.items()}
    settled = io.BytesIO()
    with zipfile.ZipFile(settled, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in [*sorted(named.items()), ("schema.json", schema.encode())]:
            archive.writestr(zipfile.ZipInfo(name), part, zipfile.ZIP_DEFLATED)
    return settled.getvalue()


def learning_curve(training: Sequence[Example], shares: Sequence[float] = (0.25, 0.5, 0.75, 1.0)) -> list[Point]:
    """Cross-validated accuracy by the share of the documents that are learned from; of logistic regression."""
    groups = sorted({one.group for one in training}, key=digest_of_text)
    points = []
    for share in shares:
        chosen = set(groups[: round(len(groups) * share)])
        examples = [one for one in training if one.group in chosen]
        pairs = _confusion(_estimators(examples)[_PLAINEST], examples)
        points.append(Point(share, len(chosen), sum(answer == found for answer, found in pairs) / len(pairs)))
    return points


def _confusion(estimator: Any, training: Sequence[Example]) -> tuple[tuple[str, str], ...]:  # noqa: ANN401
    classes = sorted({one.answer for one in training})
    left_out, scores = _cross_validated(estimator, training, classes)
    return tuple((one.answer, classes[row.index(max(row))]) for one, row in zip(left_out, scores, strict=True))


def _vocabulary(training: Sequence[Example]) -> list[str]:
    """The features that occur in enough documents not to be one writer's habit."""
    groups = Counter(feature for _, feature in {(one.group, feature) for one in training for feature in one.features})
    return sorted(feature for feature, count in groups.items() if count >= _FEWEST)


def _estimators(training: Sequence[Example]) -> Mapping[str, Any]:
    """The kinds of models that are tried; their strengths were chosen by cross-validation on the training documents.

    None has an intercept: the feature `bias`, which every example has, serves as one.
    """
    from sklearn.feature_extraction.text import CountVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415
    from sklearn.naive_bayes import ComplementNB  # noqa: PLC0415
    from sklearn.pipeline import make_pipeline  # noqa: PLC0415
    from sklearn.svm import LinearSVC  # noqa: PLC0415

    known = _vocabulary(training)
    kinds = {
        _PLAINEST: LogisticRegression(C=3.0, max_iter=3000, fit_intercept=False),
        "linear support vectors": LinearSVC(C=0.05, random_state=0, fit_intercept=False),
        "complement naive Bayes": ComplementNB(),
    }
    return {
        name: make_pipeline(CountVectorizer(analyzer=list, vocabulary=known, binary=True, lowercase=False), kind)
        for name, kind in kinds.items()
    }


def _tried(
    name: str,
    estimator: Any,  # noqa: ANN401  # scikit-learn's estimators share no type
    training: Sequence[Example],
    held_out: Sequence[Example],
) -> Trial:
    """The quality of a kind of model, its probabilities calibrated by cross-validation."""
    classes = sorted({one.answer for one in training})
    left_out, scores = _cross_validated(estimator, training, classes)
    temperature = temperature_of(scores, [classes.index(one.answer) for one in left_out])
    model = _exported(_fitted(estimator, training), classes, temperature)
    found = [model.decided(row) for row in scores], [model.decide(one.features) for one in held_out]
    cross_validated, on_held_out = (
        _quality(examples, [one.label for one in decisions], [one.confidence for one in decisions])
        for examples, decisions in zip((left_out, held_out), found, strict=True)
    )
    return Trial(name, cross_validated, on_held_out, temperature)


def _cross_validated(
    estimator: Any,  # noqa: ANN401
    training: Sequence[Example],
    classes: Sequence[str],
) -> tuple[list[Example], list[list[float]]]:
    """Every example with the scores of a model trained without its document."""
    from sklearn.model_selection import GroupKFold  # noqa: PLC0415

    examples: list[Example] = []
    scores: list[list[float]] = []
    groups = [one.group for one in training]
    for learned, left_out in GroupKFold(_FOLDS).split(training, groups=groups):
        model = _exported(_fitted(estimator, [training[index] for index in learned]), classes)
        examples += (training[index] for index in left_out)
        scores += (model.scores(training[index].features) for index in left_out)
    return examples, scores


def _fitted(estimator: Any, examples: Sequence[Example]) -> Any:  # noqa: ANN401
    from sklearn.base import clone  # noqa: PLC0415

    return clone(estimator).fit([one.features for one in examples], [one.answer for one in examples])


def _exported(estimator: Any, classes: Sequence[str], temperature: float = 1.0) -> LinearModel:  # noqa: ANN401
    """The weights of a fitted estimator, by feature; for two classes scikit-learn keeps one row."""
    vectorizer, kind = estimator[0], estimator[-1]
    columns = [classes.index(name) for name in kind.classes_]
    rows = (kind.feature_log_prob_ if hasattr(kind, "feature_log_prob_") else kind.coef_).tolist()
    if len(rows) == 1:
        columns = columns[1:]
    weights = {}
    for feature, column in sorted(vectorizer.vocabulary_.items()):
        found = [row[column] for row in rows]
        middle = median(found) if len(rows) > 1 else 0.0  # only differences between classes count
        pairs = ((column, round(weight - middle, 4)) for column, weight in zip(columns, found, strict=True))
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
        float(f1_score(answers, found, labels=sorted(set(answers)), average="macro", zero_division=0)),
        calibration_error(confidences, right) if confidences is not None else None,
    )
