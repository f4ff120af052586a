"""Which of the annotated figures everybody finds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from entries import Loaded
from simple import Found
from zongji.corpus.annotation import AnnotatedFigure, AnnotatedText
from zongji.corpus.score import Tally

DECIMALS = 4  # the annotation writes a third as 0.3333


@dataclass(frozen=True, slots=True)
class Figures:
    """One entry's figures. `f1`: span and value are right. `value_f1`: the value is, in a span that overlaps."""

    name: str
    version: str
    status: str
    precision: float | None = None
    recall: float | None = None
    f1: float | None = None
    value_f1: float | None = None
    own_f1: float | None = None
    """`f1` over the categories that the entry supports."""


def figures(gold: Sequence[AnnotatedText], entries: Sequence[Loaded]) -> list[Figures]:
    """A row for every entry that returns spans and values or cannot run."""
    return [_row(gold, entry) for entry in entries if entry.entry.found is not None]


def _row(gold: Sequence[AnnotatedText], entry: Loaded) -> Figures:
    if entry.run is None or entry.entry.found is None:
        return Figures(entry.name, entry.version, entry.status)
    strict, loose, own = Tally(), Tally(), Tally()
    for document in gold:
        predicted = sorted(entry.entry.found(entry.run(document.text)))
        wanted = [_expected(figure) for figure in document.figures]
        of_kind = [_expected(figure) for figure in document.figures if _known(figure, entry)]
        _count(strict, len(_keys(predicted) & _keys(wanted)), len(predicted), len(wanted))
        _count(own, len(_keys(predicted) & _keys(of_kind)), len(predicted), len(of_kind))
        _count(loose, overlapping(predicted, wanted), len(predicted), len(wanted))
    return Figures(entry.name, entry.version, "ok", strict.precision, strict.recall, strict.f1, loose.f1, own.f1)


def _known(figure: AnnotatedFigure, entry: Loaded) -> bool:
    return entry.entry.categories is None or figure.fields["category"] in entry.entry.categories


def _count(tally: Tally, right: int, predicted: int, expected: int) -> None:
    tally.right += right
    tally.wrong += predicted - right
    tally.missed += expected - right


def overlapping(predicted: Sequence[Found], expected: Sequence[Found]) -> int:
    """How many of the predicted have a partner of the same value that they overlap; both in order, each used once."""
    right, free = 0, list(expected)
    for found in predicted:
        for wanted in free:
            if wanted.start >= found.end:
                break
            if found.start < wanted.end and _values(found) == _values(wanted):
                free.remove(wanted)
                right += 1
                break
    return right


def _expected(figure: AnnotatedFigure) -> Found:
    lower, upper = figure.fields.get("value"), figure.fields.get("value_max")
    return Found(
        figure.start, figure.end, *(value if isinstance(value, int | float) else None for value in (lower, upper))
    )


def _keys(found: Sequence[Found]) -> set[tuple[object, ...]]:
    return {(item.start, item.end, *_values(item)) for item in found}


def _values(found: Found) -> tuple[float | None, float | None]:
    return _rounded(found.value), _rounded(found.value_max)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, DECIMALS)
