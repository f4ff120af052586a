"""Model cards: a model's training data, how it compares with the rules and the other kinds, what it confuses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from zongji.corpus.extras import required
from zongji.models.train import Example, Fitted, Quality, Trial, learning_curve

KINDS = ("md", "svg")
"""The files of a card, by the ends of their names."""
_LIBRARIES = ("scikit-learn", "skops", "numpy")
_WHAT_IS_MEASURED = (
    "Accuracy, macro-F1 and expected calibration error. *Cross-validated*: five folds over whole documents of the",
    "training corpus, on which the rules were not made. *Held-out*: the development corpus, on which the rules were",
    "made, so that they look better there than on new texts.\n",
)


@dataclass(frozen=True, slots=True)
class Card:
    """A task, its model, and the examples on both sides."""

    task: str
    fitted: Fitted
    training: Sequence[Example]
    held_out: Sequence[Example]


def write(folder: Path, card: Card) -> None:
    """Write `<task>.md` and the picture of its confusion matrix, `<task>.svg`.

    Raises:
        MissingExtraError: if matplotlib is not installed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath(f"{card.task}.md").write_text("\n".join(_lines(card)) + "\n", encoding="utf-8")
    _picture(folder / f"{card.task}.svg", card)


def _lines(card: Card) -> Iterator[str]:
    fitted = card.fitted
    verdict = "yes" if fitted.is_better else "no: the rules are right as often"
    yield f"# {card.task}\n"
    yield "| | |\n|---|---|"
    yield "| made by | `zongji train`; the same corpus gives the same weights |"
    yield f"| with | {', '.join(f'{name} {version(name)}' for name in _LIBRARIES)} |"
    yield f"| kind | {fitted.kept.name}, {len(fitted.model.weights)} features with a weight |"
    yield f"| learned from | {_counted(card.training)}, then with {_counted(card.held_out)} that it was chosen by |"
    yield "| chosen | by macro-F1, cross-validated plus held-out: the latter alone favours whoever repeats the rules |"
    yield f"| used | {verdict} |\n"
    yield from _WHAT_IS_MEASURED
    yield "| | cross-validated | | | held-out | | |\n|---|---|---|---|---|---|---|"
    yield from map(_row, fitted.trials)
    yield "\nLearning curve (cross-validated accuracy by the share of the training documents):\n"
    yield "| share | documents | accuracy |\n|---|---|---|"
    yield from (
        f"| {share:.0%} | {count} | {accuracy:.4f} |" for share, count, accuracy in learning_curve(card.training)
    )
    yield f"\n![confusion matrix, cross-validated]({card.task}.svg)\n"
    yield "By answer, cross-validated:\n"
    yield "| answer | examples | right |\n|---|---|---|"
    yield from _by_answer(fitted)
    yield "\nLimits: plans and summaries of offices, schools, companies and associations; nothing else was seen."


def _counted(examples: Sequence[Example]) -> str:
    return f"{len(examples)} examples of {len({example.group for example in examples})} documents"


def _row(trial: Trial) -> str:
    return f"| {trial.name} | {_quality(trial.cross_validated)} | {_quality(trial.held_out)} |"


def _quality(quality: Quality) -> str:
    calibration = "–" if quality.calibration is None else f"{quality.calibration:.3f}"
    return f"{quality.accuracy:.4f} | {quality.macro_f1:.4f} | {calibration}"


def _by_answer(fitted: Fitted) -> Iterator[str]:
    whole, right = Counter[str](), Counter[str]()
    for answer, found in fitted.confusion:
        whole[answer] += 1
        right[answer] += answer == found
    for answer in sorted(whole):
        yield f"| {answer} | {whole[answer]} | {right[answer] / whole[answer]:.3f} |"


def _picture(path: Path, card: Card) -> None:
    mpl, metrics = required("matplotlib", "train"), required("sklearn.metrics", "train")
    figures = required("matplotlib.figure", "train")
    answers, found = zip(*card.fitted.confusion, strict=True)
    with mpl.rc_context({"svg.hashsalt": card.task}):  # the same picture gives the same bytes
        figure = figures.Figure(figsize=(8, 7), layout="constrained")
        metrics.ConfusionMatrixDisplay.from_predictions(
            answers, found, ax=figure.add_subplot(), xticks_rotation="vertical", colorbar=False, cmap="Blues"
        )
        figure.savefig(path, metadata={"Date": None})
