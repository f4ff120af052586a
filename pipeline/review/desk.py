"""The actions of a reviewer, independent of HTTP: one method and one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, Row, select
from zongji.corpus.labels import SectionLabel
from zongji.corpus.records import Figure
from zongji.pipeline.corrections import journal
from zongji.pipeline.corrections.journal import UnknownRecordError
from zongji.pipeline.corrections.sections import relabel
from zongji.pipeline.corrections.undo import last_of, undo
from zongji.pipeline.corrections.versions import Subject, expect, version_of
from zongji.pipeline.database.stored import read_documents
from zongji.pipeline.database.tables import CORRECTIONS
from zongji.pipeline.pages.document_view import DocumentView
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.review import doubts
from zongji.pipeline.review.doubts import Doubt, Queue
from zongji.pipeline.review.fields import FieldError, figure_fields
from zongji.pipeline.review.missed import missed
from zongji.pipeline.review.passages import opened
from zongji.pipeline.review.patience import write

Value = TypeVar("Value")


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

    def following(self, key: str, figure: str) -> Doubt | None:
        """The unreviewed figure behind this one in the queue."""
        with self.engine.connect() as connection:
            return self.queue.following(connection, key, figure)

    def view(self, key: str) -> DocumentView:
        """A document with the offsets of its records, corrections included.

        Raises:
            UnknownRecordError: if there is none.
        """
        with self.engine.connect() as connection:
            return self._view(connection, key)

    def _view(self, connection: Connection, key: str) -> DocumentView:
        found = next(read_documents(connection, [key]), None)
        if found is None:
            message = f"{key}: 没有这个文档 no such document"
            raise UnknownRecordError(message)
        return opened(found.document, self.settings.limits)

    def reasons(self, key: str, figure: str) -> list[str]:
        """Why a figure is doubtful."""
        with self.engine.connect() as connection:
            return list(doubts.reasons(connection, key, figure))

    def figure_version(self, key: str, figure: str) -> str:
        """The version of a figure, to be asked before it is shown."""
        return self._version(Subject(key, figure=figure))

    def section_version(self, key: str, section: str) -> str:
        """The version of a section."""
        return self._version(Subject(key, section=section))

    def document_version(self, key: str) -> str:
        """The version of a document: how it was read, and what others said of it."""
        return self._version(Subject(key, author=self.author))

    def last(self) -> int:
        """The number of this person's last correction, 0 if there is none."""
        with self.engine.connect() as connection:
            found = last_of(connection, self.author)
        return found.number if found else 0

    def accept(self, key: str, figure: str, version: str) -> None:
        """Accept a figure of this version.

        Raises:
            StaleError: if it has another version.
        """
        said = partial(journal.accept, key=key, figure=figure, author=self.author)
        self._write(said, Subject(key, figure=figure), version)

    def change(self, key: str, figure: str, form: Mapping[str, str], version: str) -> None:
        """Change a figure of this version to what the form says.

        Raises:
            FieldError: if the form does not fit.
            StaleError: if the figure has another version.
        """
        said = partial(journal.change, key=key, figure=figure, fields=figure_fields(form), author=self.author)
        self._write(said, Subject(key, figure=figure), version)

    def reject(self, key: str, figure: str, version: str) -> None:
        """Reject a figure of this version.

        Raises:
            StaleError: if it has another version.
        """
        said = partial(journal.reject, key=key, figure=figure, author=self.author)
        self._write(said, Subject(key, figure=figure), version)

    def relabel(self, key: str, section: str, label: str, version: str) -> None:
        """Give a section of this version another class.

        Raises:
            FieldError: if there is no such class.
            StaleError: if the section has another version.
        """
        if label not in set(SectionLabel):
            message = "没有这一项 no such choice"
            raise FieldError(message)
        said = partial(relabel, key=key, section=section, label=SectionLabel(label), author=self.author)
        self._write(said, Subject(key, section=section), version)

    def complete(self, key: str, version: str) -> None:
        """Mark a document of this version as reviewed.

        Raises:
            StaleError: if it has another version.
        """
        said = partial(journal.complete, key=key, author=self.author)
        self._write(said, Subject(key, author=self.author), version)

    def undo(self, number: int) -> Row[Any] | None:
        """Undo this person's last correction; returns its row, None if there is none.

        Raises:
            StaleError: if the last one has another number.
        """
        self.queue.forget()
        return write(self.engine, lambda connection: undo(connection, author=self.author, number=number))

    def add(self, key: str, words: str, around: int, version: str) -> Figure:
        """Add a missed figure: the words nearest to an offset of the restored text, read as well as possible.

        Raises:
            FieldError: if the words are not there, or belong to a figure.
            StaleError: if the document has another version.
        """

        def said(connection: Connection) -> Figure:
            found = missed(self._view(connection, key), words, around, self.settings)
            return journal.add(connection, key, found, author=self.author)

        return self._write(said, Subject(key, author=self.author), version)

    def _version(self, subject: Subject) -> str:
        with self.engine.connect() as connection:
            return version_of(connection, subject)

    def _write(self, said: Callable[[Connection], Value], subject: Subject, version: str) -> Value:
        """What `said` returns, if the subject has this version."""

        def checked(connection: Connection) -> Value:
            expect(connection, subject, version)
            return said(connection)

        return write(self.engine, checked)

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
