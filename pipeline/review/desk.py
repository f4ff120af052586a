"""The actions of a reviewer, independent of HTTP: one method and one transaction each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine, Row, select
from zongji.corpus.labels import Bound, Category, Modality, SectionLabel
from zongji.corpus.records import Document, Figure
from zongji.pipeline.corrections import journal
from zongji.pipeline.corrections.journal import UnknownRecordError
from zongji.pipeline.corrections.sections import relabel
from zongji.pipeline.corrections.undo import undo
from zongji.pipeline.database.stored import read_documents
from zongji.pipeline.database.tables import CORRECTIONS
from zongji.pipeline.database.transactions import transact
from zongji.pipeline.pages.document_view import DocumentView
from zongji.pipeline.pages.positions import near
from zongji.pipeline.reading.reader import extract_text
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.review import doubts
from zongji.pipeline.review.doubts import Doubt, Queue
from zongji.pipeline.review.fields import FieldError, figure_fields
from zongji.pipeline.review.passages import opened, source_span

_SENTENCE_ENDS = "。！？!?；;\n"


@dataclass(slots=True)
class Desk:
    """One person's review session."""

    engine: Engine
    author: str
    queue: Queue = field(default_factory=Queue)
    settings: Settings = DEFAULTS
    """How a missed figure is read, and the limits for files that are looked into again."""

    def next(self) -> Doubt | None:
        """The most doubtful unreviewed figure."""
        with self.engine.connect() as connection:
            return self.queue.next(connection)

    def progress(self) -> tuple[int, int]:
        """The numbers of reviewed and of all figures."""
        with self.engine.connect() as connection:
            return doubts.progress(connection)

    def view(self, key: str) -> DocumentView:
        """A document with the offsets of its records.

        Raises:
            UnknownRecordError: if there is none.
        """
        return opened(self.document(key), self.settings.limits)

    def document(self, key: str) -> Document:
        """A document, corrections included.

        Raises:
            UnknownRecordError: if there is none.
        """
        with self.engine.connect() as connection:
            found = list(read_documents(connection, [key]))
        if not found:
            message = f"{key}: no such document"
            raise UnknownRecordError(message)
        return found[0].document

    def reasons(self, key: str, figure: str) -> list[str]:
        """Why a figure is doubtful."""
        with self.engine.connect() as connection:
            return list(doubts.reasons(connection, key, figure))

    def accept(self, key: str, figure: str) -> None:
        """Accept a figure."""
        transact(self.engine, lambda connection: journal.accept(connection, key, figure, author=self.author))

    def change(self, key: str, figure: str, form: Mapping[str, str]) -> None:
        """Change a figure to what the form says.

        Raises:
            FieldError: if the form does not fit.
        """
        fields = figure_fields(form)
        transact(self.engine, lambda connection: journal.change(connection, key, figure, fields, author=self.author))

    def reject(self, key: str, figure: str) -> None:
        """Reject a figure."""
        transact(self.engine, lambda connection: journal.reject(connection, key, figure, author=self.author))

    def relabel(self, key: str, section: str, label: str) -> None:
        """Give a section another class.

        Raises:
            FieldError: if there is no such class.
        """
        if label not in set(SectionLabel):
            message = "没有这一项 no such choice"
            raise FieldError(message)
        chosen = SectionLabel(label)
        transact(self.engine, lambda connection: relabel(connection, key, section, chosen, author=self.author))

    def complete(self, key: str) -> None:
        """Mark a document as reviewed."""
        transact(self.engine, lambda connection: journal.complete(connection, key, author=self.author))

    def undo(self) -> Row[Any] | None:
        """Undo this person's last correction; returns its row."""
        self.queue.forget()
        return transact(self.engine, lambda connection: undo(connection, author=self.author))

    def add(self, key: str, words: str, around: int) -> Figure:
        """Add a missed figure: the words nearest to an offset of the restored text, read as well as possible.

        Raises:
            FieldError: if the words are not there, or belong to a figure.
        """
        view = self.view(key)
        found = missed(view, words, around, self.settings)
        return transact(self.engine, lambda connection: journal.add(connection, key, found, author=self.author))

    def history(self, limit: int = 100) -> list[Row[Any]]:
        """The last corrections of all reviewers, latest first."""
        with self.engine.connect() as connection:
            asked = select(CORRECTIONS).order_by(CORRECTIONS.c.number.desc()).limit(limit)
            return list(connection.execute(asked))

    def ahead(self, limit: int = 50) -> list[tuple[Doubt, str]]:
        """The most doubtful figures with the titles of their documents."""
        with self.engine.connect() as connection:
            found = list(doubts.read_doubts(connection, limit))
            names = doubts.titles(connection, {doubt.document for doubt in found})
        return [(doubt, names.get(doubt.document, "")) for doubt in found]


def missed(view: DocumentView, words: str, around: int, settings: Settings = DEFAULTS) -> Figure:
    """The figure that a person sees in the words nearest to `around`.

    Raises:
        FieldError: if they are not in the text, or belong to a figure.
    """
    text, words = view.document.text, words.strip()
    near_by = near(text, words, around) if words else -1
    start = text.find(words) if near_by is None else near_by
    if start < 0:
        message = "文中没有这些字 the text does not hold these words"
        raise FieldError(message)
    end = start + len(words)
    for offset, figure in zip(view.figures, view.document.figures, strict=True):
        if offset is not None and offset < end and start < offset + len(figure.text):
            message = f"与已有的数字重叠 a figure stands there: {figure.text}"
            raise FieldError(message)
    return read_missed(view, start, end, settings)


def read_missed(view: DocumentView, start: int, end: int, settings: Settings = DEFAULTS) -> Figure:
    """What our own extraction makes of the words; where it makes nothing of them, a figure for a person to fill."""
    text = view.document.text
    quote_start = max(text.rfind(sign, 0, start) for sign in _SENTENCE_ENDS) + 1
    ends = [text.find(sign, end) for sign in _SENTENCE_ENDS]
    quote_end = min((found for found in ends if found >= 0), default=len(text)) + 1
    quote = text[quote_start:quote_end].strip()
    words = text[start:end]
    read = extract_text(words, engine=settings.chosen_engine())
    guessed = next((figure for document in read for figure in document.figures), None)
    source_start, source_end = source_span(view, start, end, settings.limits)
    section = None
    for begin, candidate in zip(view.sections, view.document.sections, strict=True):
        section = candidate.id if begin is not None and begin <= start else section
    return Figure(
        id="",
        category=guessed.category if guessed else Category.OTHER,
        value=guessed.value if guessed else None,
        value_max=guessed.value_max if guessed else None,
        bound=guessed.bound if guessed else Bound.EXACT,
        unit=guessed.unit if guessed else "",
        item=guessed.item if guessed else "",
        modality=guessed.modality if guessed else Modality.ACHIEVED,
        total=False,
        per=None,
        text=words,
        start=source_start,
        end=source_end,
        section=section,
        quote=quote,
    )
