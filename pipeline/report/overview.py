"""The counts of a report over all of its documents."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from zongji.corpus.labels import Category, CheckCode, Modality
from zongji.corpus.records import Document, Figure
from zongji.pipeline.pages.document_view import DocumentView, Failure, Item
from zongji.pipeline.schema.rows import year_of

COUNTED = (Category.PARTICIPANTS, Category.SESSIONS, Category.MATERIALS)
"""The categories summed by year and organization."""
FAILING = frozenset({CheckCode.SUM_DIFFERS, CheckCode.PARTS_EXCEED_TOTAL})
"""Checks that show an error, in the document or in our reading."""
_BARS = 20  # of the histogram of confidence

Sums = dict[tuple[str, Modality], Counter[str]]
"""By category and modality: the sums by year or organization."""


@dataclass(slots=True)
class Overview:
    """Counts that grow with each document. Sums leave out stated totals, which repeat their parts, and copies."""

    files: set[str] = field(default_factory=set)
    documents: int = 0
    activities: int = 0
    failures: list[Failure] = field(default_factory=list)
    failed_checks: int = 0
    warnings: Counter[str] = field(default_factory=Counter)
    doc_types: Counter[str] = field(default_factory=Counter)
    categories: Counter[str] = field(default_factory=Counter)
    labels: Counter[str] = field(default_factory=Counter)
    confidence: Counter[int] = field(default_factory=Counter)
    """Figures by twentieths of confidence, 0 to 19."""
    encodings: Counter[str] = field(default_factory=Counter)
    damage: Counter[str] = field(default_factory=Counter)
    damaged_documents: int = 0
    by_year: Sums = field(default_factory=lambda: defaultdict(Counter))
    by_organization: Sums = field(default_factory=lambda: defaultdict(Counter))
    _files_by_encoding: set[tuple[str, str]] = field(default_factory=set)

    @property
    def figures(self) -> int:
        """The number of figures."""
        return self.categories.total()

    def add(self, item: Item) -> None:
        """Count a document or a failure."""
        if isinstance(item, Failure):
            self.failures.append(item)
            self.files.add(item.path)
        else:
            self._add_document(item)

    def _add_document(self, item: DocumentView) -> None:
        document = item.document
        self.files.add(document.source.path)
        self.documents += 1
        self.activities += len(document.activities)
        self.failed_checks += len(failed_checks(document))
        self.warnings.update(notice.code.value for notice in document.notices)
        self.doc_types[document.doc_type.value] += 1
        self.labels.update(section.label.value for section in document.sections)
        self._files_by_encoding.add((document.source.path, document.source.encoding))
        self._add_damage(document)
        (year, _), organization = year_of(document), document.organization
        for figure in document.figures:
            self._add_figure(figure)
            if not item.copy:
                self._sum(figure, str(year or "?"), organization or "?")

    def _add_damage(self, document: Document) -> None:
        damage = document.damage
        found = {"exact": damage.exact, "likely": damage.likely, "unrecovered": damage.unrecovered}
        self.damage.update(found)
        self.damaged_documents += any(found.values())

    def _add_figure(self, figure: Figure) -> None:
        self.categories[figure.category.value] += 1
        self.confidence[min(_BARS - 1, int(figure.confidence * _BARS))] += 1

    def _sum(self, figure: Figure, year: str, organization: str) -> None:
        if figure.total or figure.value is None or figure.category not in COUNTED:
            return
        key = (figure.category.value, figure.modality)
        self.by_year[key][year] += figure.value  # type: ignore[assignment]  # a count may be a fraction
        self.by_organization[key][organization] += figure.value  # type: ignore[assignment]

    def close(self) -> None:
        """Finish, after all documents."""
        self.encodings = Counter(encoding for _, encoding in self._files_by_encoding)


def failed_checks(document: Document) -> list[str]:
    """The messages of the checks that failed."""
    return [check.message for check in document.checks if check.code in FAILING]
