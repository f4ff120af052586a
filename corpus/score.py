"""Predictions against annotations: precision, recall and F1, and the share of correct fields.

Documents and sections match by their start. A figure matches by its span, value, upper value and category; its other
fields are judged where span and values match. All offsets count in the source.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from zongji.corpus.annotation import AnnotatedFigure, AnnotatedText
from zongji.corpus.labels import Bound, SectionLabel
from zongji.corpus.records import Document, Figure, Section

_FIELDS = ("unit", "bound", "modality", "item", "total", "per")
_DEFAULTS = {"unit": "", "bound": Bound.EXACT, "item": "", "total": False, "per": None}


@dataclass(frozen=True, slots=True)
class Miss:
    """A difference between prediction and annotation, for people."""

    kind: str
    start: int
    predicted: str
    expected: str


@dataclass
class Tally:
    """Counts of one kind: found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """The share of predictions that are correct, 0 to 1."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of annotations that were found, 0 to 1."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall, 0 to 1."""
        return 2 * self.right / (2 * self.right + self.wrong + self.missed) if self.right else 0.0


@dataclass
class Score:
    """Tallies by kind (documents, sections, figures, figures:<category>), by class, and the share of correct fields."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    classes: dict[str, Tally] = field(default_factory=dict)
    """By the class of sections, for those found at the right position."""
    decisions: list[tuple[float, bool]] = field(default_factory=list)
    """The confidence of each section class, and whether it was correct."""
    fields: Counter[str] = field(default_factory=Counter)
    judged: Counter[str] = field(default_factory=Counter)
    misses: list[Miss] = field(default_factory=list)

    def add(self, gold: AnnotatedText, documents: Sequence[Document]) -> None:
        """Score one file: predictions against its annotation."""
        self._documents(gold, documents)
        self._sections(gold, documents)
        self._figures(gold, [figure for document in documents for figure in document.figures])

    def measures(self) -> dict[str, float]:
        """Measure to its value, 0 to 1: `figures`, `figures:money`, `class`, `item` and so on."""
        found = {name: tally.f1 for name, tally in sorted(self.tallies.items())}
        if self.classes:
            found["class macro-F1"] = sum(tally.f1 for tally in self.classes.values()) / len(self.classes)
        return found | {name: self.fields[name] / total for name, total in sorted(self.judged.items()) if total}

    def _tally(self, name: str) -> Tally:
        return self.tallies.setdefault(name, Tally())

    def _match(self, name: str, predicted: Mapping[object, str], expected: Mapping[object, str]) -> Iterator[object]:
        """The keys on both sides; the others are tallied and kept as misses."""
        tally = self._tally(name)
        for key in predicted.keys() - expected.keys():
            tally.wrong += 1
            self.misses.append(Miss(name, _start(key), predicted[key], ""))
        for key in expected.keys() - predicted.keys():
            tally.missed += 1
            self.misses.append(Miss(name, _start(key), "", expected[key]))
        common = predicted.keys() & expected.keys()
        tally.right += len(common)
        yield from sorted(common, key=_start)

    def _judge(self, name: str, start: int, predicted: object, expected: object) -> None:
        self.judged[name] += 1
        if predicted == expected:
            self.fields[name] += 1
        else:
            self.misses.append(Miss(name, start, str(predicted), str(expected)))

    def _documents(self, gold: AnnotatedText, documents: Sequence[Document]) -> None:
        predicted = {document.start: document for document in documents}
        expected = {document.start: document for document in gold.documents}
        names = [{start: gold.text[start : start + 20] for start in side} for side in (predicted, expected)]
        for start in self._match("documents", *names):  # type: ignore[arg-type]  # offsets are keys like any other
            found, wanted = predicted[start], expected[start]  # type: ignore[index]
            self._judge("document type", found.start, found.doc_type, wanted.doc_type)
            self._judge("organization", found.start, found.organization, wanted.organization)
            self._judge("period", found.start, found.period.text, wanted.period)

    def _sections(self, gold: AnnotatedText, documents: Sequence[Document]) -> None:
        predicted = {section.start: section for document in documents for section in document.sections}
        expected = {section.start: section for section in gold.sections}
        names = [{start: gold.text[start : start + 20] for start in side} for side in (predicted, expected)]
        for start in self._match("sections", *names):  # type: ignore[arg-type]
            found, wanted = predicted[start], expected[start]  # type: ignore[index]
            self._judge("class", found.start, found.label, wanted.label)
            self._class(found, wanted.label)
            self._judge("level", found.start, found.level, wanted.level)

    def _class(self, found: Section, wanted: SectionLabel) -> None:
        tally, expected = (self.classes.setdefault(str(label), Tally()) for label in (found.label, wanted))
        right = found.label is wanted
        tally.right += right
        tally.wrong += not right
        expected.missed += not right
        self.decisions.append((found.confidence, right))

    def _figures(self, gold: AnnotatedText, figures: Iterable[Figure]) -> None:
        predicted = {_key(figure): figure for figure in figures}
        expected = {_marked_key(figure): figure for figure in gold.figures}
        for category in sorted({str(key[4]) for key in predicted.keys() | expected.keys()}):
            tally = self._tally(f"figures:{category}")
            both = [{key for key in side if key[4] == category} for side in (predicted, expected)]
            tally.right += len(both[0] & both[1])
            tally.wrong += len(both[0] - both[1])
            tally.missed += len(both[1] - both[0])
        names = [{key: f"{side[key].text} {key[4]} {key[2]}" for key in side} for side in (predicted, expected)]  # type: ignore[index]
        for _ in self._match("figures", *names):  # type: ignore[arg-type]
            pass
        wanted_by_place = {key[:4]: figure for key, figure in expected.items()}
        for key, found in predicted.items():
            if (wanted := wanted_by_place.get(key[:4])) is not None:
                self._fields(found, wanted)

    def _fields(self, found: Figure, wanted: AnnotatedFigure) -> None:
        self._judge("category", found.start, found.category, wanted.fields["category"])
        for name in _FIELDS:
            expected = wanted.fields.get(name, _DEFAULTS.get(name))
            self._judge(name, found.start, getattr(found, name), _DEFAULTS.get(name) if expected is None else expected)


def _start(key: object) -> int:
    return key[0] if isinstance(key, tuple) else int(key)  # type: ignore[call-overload,no-any-return]


def _key(figure: Figure) -> tuple[int, int, float | None, float | None, str]:
    return figure.start, figure.end, figure.value, figure.value_max, str(figure.category)


def _marked_key(figure: AnnotatedFigure) -> tuple[int, int, object, object, str]:
    fields = figure.fields
    return figure.start, figure.end, fields.get("value"), fields.get("value_max"), str(fields["category"])
