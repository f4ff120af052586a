"""A worker's task: read one file and return its rows. Imports no database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from time import monotonic, perf_counter

from zongji.corpus.digests import digest, digest_of_text
from zongji.corpus.labels import FailureCode, NoticeCode
from zongji.corpus.lexicon import LexiconError
from zongji.corpus.records import Document, Notice
from zongji.models.store import ArtefactError
from zongji.pipeline.bulk.fingerprints import signature_row
from zongji.pipeline.database.bigrams import bigrams
from zongji.pipeline.reading import reader
from zongji.pipeline.reading.inputs import Blob, check_regular
from zongji.pipeline.reading.process_limits import too_long, unprepared
from zongji.pipeline.reading.reader import Result, extracted, together
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.schema.columns import FIGURES, SIGNATURES
from zongji.pipeline.schema.rows import Rows, relational_rows, warning_rows
from zongji.pipeline.sources import Limits, SourceError

BIGRAMS = "bigrams"  # rows of the full-text index: a document's id and its bigrams
_LOST = frozenset(
    {NoticeCode.UNDECODABLE_BYTES, NoticeCode.FAILED_MEMBER}
)  # with one of these, a file was not read completely
_TOLD = 3  # members in the reason of a file
_KEY_LENGTH = 20  # as that of a document_id


class State(StrEnum):
    """The state of a file's content. The last six are final unless retried."""

    PENDING = "pending"  # to be read
    STARTED = "started"  # given to a worker
    SUCCESS = "success"
    PARTIAL = "partial"  # documents found, but part of the file was lost
    FAILED = "failed"  # read without any document
    TIMEOUT = "timeout"
    CRASHED = "crashed"  # it killed the worker, or ran out of memory
    SKIPPED = "skipped"  # excluded on purpose, or replaced by newer content


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read: its path, its size when listed, and the program and settings to read it."""

    path: str
    sha256: str
    bytes: int
    program: str
    settings: Settings = DEFAULTS


@dataclass(frozen=True, slots=True)
class Outcome:
    """The outcome of a task: the state for the ledger, and the rows for the tables."""

    task: Task
    state: State
    reason: str | None = None
    format: str | None = None
    encoding: str | None = None
    milliseconds: int = 0
    rows: Rows = field(default_factory=dict)

    def count(self, table: str) -> int:
        """The number of rows for a table."""
        return len(self.rows.get(table, ()))


def timed_out(task: Task, limits: Limits) -> Outcome:
    """The outcome of a file that took too long."""
    return Outcome(task, State.TIMEOUT, str(too_long(limits.seconds)), milliseconds=1000 * limits.seconds)


def refused(batch: Sequence[Task]) -> list[Outcome]:
    """The outcomes of tasks whose settings this process cannot apply; empty if it can."""
    try:
        batch[0].settings.load()
    except (ArtefactError, LexiconError) as error:
        return [Outcome(task, State.FAILED, str(unprepared(error))) for task in batch]
    return []


Work = Callable[[Task], Outcome]
"""What an executor runs in its workers. It never raises."""


def warm_up(settings: Settings = DEFAULTS) -> None:
    """Load what the first file would wait for, rows included."""
    rows_of(reader.warm_up(settings), Task("", "", 0, ""))


def work(task: Task) -> Outcome:
    """Read a file; never raises, failures are in the outcome."""
    start, begun = perf_counter(), monotonic()
    try:
        check_regular(task.path)
        data = Path(task.path).read_bytes()
    except OSError as error:
        return Outcome(task, State.FAILED, f"cannot be read: {error.strerror or error}")
    if digest(data) != task.sha256:
        return Outcome(task, State.FAILED, "it changed during the import; run the import again")
    result, made = _read(task, Blob(task.path, data, begun=begun))
    try:
        rows = _all_rows(result, made, task)
    except SourceError:  # the alarm
        return timed_out(task, task.settings.limits)
    source = result.documents[0].source if result.documents else None
    return Outcome(
        task,
        _state(result),
        _reason(result),
        source.format if source else None,
        source.encoding if source else None,
        round(1000 * (perf_counter() - start)),
        rows,
    )


def _read(task: Task, blob: Blob) -> tuple[Result, list[_Made]]:
    """The file's result with the rows of its documents; if its time is over, with what was read before."""
    results: list[Result] = []
    made: list[_Made] = []
    member = None
    try:
        for result in extracted(blob, task.settings):
            member = result.member
            made += [_made(document, task) for document in result.documents]  # within the file's time, too
            results.append(result)
            member = None
    except SourceError as error:  # the alarm, in the rows of a member or between two
        results.append(Result(task.path, failure=error.failure, member=member))
    return together(task.path, results), made


def _reason(result: Result) -> str | None:
    """Why there are no documents, or not those of some members."""
    if result.failure is not None:
        return str(result.failure)
    lost = [notice.message for notice in result.notices if notice.code is NoticeCode.FAILED_MEMBER]
    return "; ".join([*lost[:_TOLD], *(["…"] if len(lost) > _TOLD else [])]) or None


def _state(result: Result) -> State:
    """The state of a result."""
    if result.failure is not None:
        if result.failure.code is FailureCode.OUT_OF_MEMORY:
            return State.CRASHED
        if result.failure.code is FailureCode.TIMEOUT:
            return State.TIMEOUT
        return State.PARTIAL if result.documents else State.FAILED
    lost = any(notice.code in _LOST for notice in _notices(result))
    return State.PARTIAL if lost else State.SUCCESS


@dataclass(frozen=True, slots=True)
class _Made:
    """A document with its key and its rows, by table."""

    key: str
    document: Document
    rows: Rows


def rows_of(result: Result, task: Task) -> Rows:
    """The rows of a file's documents and warnings, by table."""
    return _all_rows(result, [_made(document, task) for document in result.documents], task)


def _made(document: Document, task: Task) -> _Made:
    key = _key(document, task)
    rows: Rows = {}
    for name, row in relational_rows(document, key, task.sha256, task.program, document.source.member):
        rows.setdefault(name, []).append(row)
    rows.setdefault(SIGNATURES.name, []).append(signature_row(key, document))
    rows.setdefault(BIGRAMS, []).append((key, bigrams(document.text)))
    return _Made(key, document, _storable(rows))


def _all_rows(result: Result, made: Sequence[_Made], task: Task) -> Rows:
    rows: Rows = {}
    for one in {one.key: one for one in reversed(made)}.values():  # the first of identical ones
        for name, table in one.rows.items():
            rows.setdefault(name, []).extend(table)
    warnings: Rows = {}
    for name, row in warning_rows(task.sha256, _numbered(result, made)):
        warnings.setdefault(name, []).append(row)
    return rows | _storable(warnings)


def _key(document: Document, task: Task) -> str:
    """The document's id; in an archive, whose members may occur in others, one derived from the archive's digest."""
    if document.source.sha256 == task.sha256:
        return document.document_id
    own = f"{task.sha256}:{document.source.member}:{document.document_id}"
    return digest_of_text(own)[:_KEY_LENGTH]


def _notices(result: Result) -> Iterator[Notice]:
    yield from result.notices
    for document in result.documents:
        yield from document.notices


def _numbered(result: Result, made: Sequence[_Made]) -> Iterator[tuple[str | None, Notice]]:
    """The notices with the keys of their documents; one that file and document share is the document's."""
    known = {notice for document in result.documents for notice in document.notices}
    yield from ((None, notice) for notice in result.notices if notice not in known)
    yield from ((one.key, notice) for one in made for notice in one.document.notices)


def _storable(rows: Rows) -> Rows:
    """The rows without what databases reject: NUL, lone surrogates, numbers beyond 64 bits.

    Few files have any, so one check of all texts decides whether each row is checked; the texts of records are
    parts of their documents' texts.
    """
    looked = (value for name in _LOOKED_AT for row in rows.get(name, ()) for value in row)
    joined = "".join(value for value in looked if isinstance(value, str))
    large = any(row[index] is not None and row[index] >= _LARGE for row in rows.get("figures", ()) for index in _VALUES)
    if not large and "\0" not in joined and _encodes(joined):
        return rows
    return {name: [tuple(map(_stored, row)) for row in table] for name, table in rows.items()}


_LOOKED_AT = ("documents", "texts", "activities", "warnings")
_VALUES = (FIGURES.names.index("value"), FIGURES.names.index("value_max"))
_LARGE = 2**53  # floats, which databases store, are not exact for larger integers


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _stored(value: object) -> object:
    """A value that every database accepts: U+FFFD for non-characters, a float for a huge integer."""
    if isinstance(value, str):
        return value.replace("\0", "\ufffd").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if type(value) is int and abs(value) >= _LARGE:
        return float(value) if abs(value) < 10**300 else None
    return value
