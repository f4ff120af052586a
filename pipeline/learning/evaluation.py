"""How well the line does on annotated documents, and each of its errors with the sentence it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from zongji.corpus.annotation import AnnotatedText
from zongji.corpus.gold import GoldFile, unannotated_numerals
from zongji.corpus.score import Miss, Score
from zongji.models.calibration import calibration_error
from zongji.models.engines import Engine
from zongji.pipeline.reading.reader import extract_text

_BEFORE, _BEHIND = 20, 30  # characters of its surroundings that an error is shown with


@dataclass(frozen=True, slots=True)
class Error:
    """A difference between what was found and what is annotated."""

    path: Path
    miss: Miss
    around: str


@dataclass
class Evaluation:
    """The score of all files, the errors, and the numerals that nobody accounts for."""

    score: Score = field(default_factory=Score)
    errors: list[Error] = field(default_factory=list)
    unexplained: list[tuple[Path, str]] = field(default_factory=list)
    """Numbers neither annotated nor rejected, each with its surroundings."""

    @property
    def calibration(self) -> float:
        """The expected calibration error of the classes of sections."""
        decisions = self.score.decisions
        return calibration_error([confidence for confidence, _ in decisions], [right for _, right in decisions])


def evaluate(files: Iterable[GoldFile], engine: Engine | None = None) -> Evaluation:
    """What the line finds in the texts of annotated files, held against the annotations."""
    evaluation = Evaluation()
    for gold in files:
        text, score = gold.annotated.text, evaluation.score
        documents = extract_text(text, engine=engine)
        known = len(score.misses)
        score.add(gold.annotated, documents)
        evaluation.errors += (Error(gold.path, miss, _around(text, miss.start)) for miss in score.misses[known:])
        explained = [(rejection.start, rejection.end) for document in documents for rejection in document.rejected]
        explained += _outside(gold.annotated)
        evaluation.unexplained += ((gold.path, shown) for shown in unannotated_numerals(gold.annotated, explained))
    return evaluation


def _outside(annotated: AnnotatedText) -> Iterator[tuple[int, int]]:
    """The spans of a text that belong to no document."""
    start = 0
    for document in annotated.documents:
        yield start, document.start
        start = document.end
    yield start, len(annotated.text)


def grouped(errors: Iterable[Error]) -> Iterator[tuple[str, list[Error]]]:
    """The errors by kind."""

    def kind(error: Error) -> str:
        return error.miss.kind

    for name, found in groupby(sorted(errors, key=kind), key=kind):
        yield name, list(found)


def _around(text: str, offset: int) -> str:
    return text[max(0, offset - _BEFORE) : offset + _BEHIND].replace("\n", "⏎")
