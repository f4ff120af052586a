"""The entry point: from a text, bytes or a file to its documents, or to the failure with its reason.

Nothing here raises because of a document's content.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import RLock

from zongji.corpus.alignment import Aligned
from zongji.corpus.digests import digest, digest_of_text
from zongji.corpus.labels import FailureCode, NoticeCode
from zongji.corpus.records import Document, Failure, Notice, Span
from zongji.models.engines import Engine, linear
from zongji.pipeline import sources
from zongji.pipeline.flow import run
from zongji.pipeline.reading.inputs import Blob, blob_of, unpacked
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.restore.explain import Explanation, explain
from zongji.pipeline.sources import LIMITS, Limits, Reading, SourceError
from zongji.pipeline.sources.causes import causes, lacks_memory
from zongji.pipeline.sources.detect import kind_of
from zongji.pipeline.sources.locations import Within

NO_DOCUMENT = Failure(FailureCode.NO_DOCUMENT, "contains no document, only boilerplate or blanks")
_IN_TURN = RLock()
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one file or archive member: its documents, or the reason why there are none.

    `path` is the file's, `member` the path inside an archive. With documents, `failure` is None.
    """

    path: str
    documents: tuple[Document, ...] = ()
    failure: Failure | None = None
    notices: tuple[Notice, ...] = ()
    """Notices about the file as a whole, in offsets of its decoded text."""
    boilerplate: tuple[Span, ...] = ()
    """The lines that belong to no document, in offsets of the decoded text."""
    member: str | None = None

    @property
    def name(self) -> str:
        """The path, followed by that inside the archive."""
        return f"{self.path}: {self.member}" if self.member else self.path


def extract_text(text: str, *, engine: Engine | None = None) -> tuple[Document, ...]:
    """The documents of a text, in its order; none for a text of blanks or boilerplate.

    Offsets count code points of the text itself; a lone surrogate in it is read as U+FFFD. `engine` settles what the
    rules leave open; the default is the bundled models.

    Raises:
        ArtefactError: if the bundled models do not match their manifest.
    """
    if not text.strip():
        return ()
    sha256 = digest_of_text(text)
    return run(reading_of_text(text), path="", digest=sha256, engine=engine or linear()).documents


def reading_of_text(text: str) -> Reading:
    """A text as a reading; a lone surrogate in it is read as U+FFFD."""
    return sources.read_text(_SURROGATE.sub("\ufffd", text))


def extract_bytes(
    data: bytes,
    *,
    path: str = "",
    encoding: str | None = None,
    limits: Limits = LIMITS,
    engine: Engine | None = None,
) -> Result:
    """The documents of a file's bytes, or the failure with its reason. Those of archive members are combined.

    `path` names the file in the documents; the bytes alone decide the format. `encoding` is that of a
    text, auto-detected without it. Offsets count code points of the decoded text. Never raises because of content.
    The limits of seconds and memory do not count in the process of a caller.

    Raises:
        ValueError: if there is no such encoding.
        ArtefactError: if the bundled models do not match their manifest.
    """
    settings = Settings(encoding, limits, engine)
    return together(path, [result_of(blob, settings) for blob in unpacked(Blob(path, data), limits)])


def extract_file(
    path: Path | str, *, encoding: str | None = None, limits: Limits = LIMITS, engine: Engine | None = None
) -> Result:
    """The documents of a file (`-` is standard input), or the failure with its reason; see `extract_bytes`.

    The file is read in this process: a crash ends it, and the limits of seconds and memory do not count.
    `extract_files` reads in another one, within them.

    Raises:
        ValueError: if there is no such encoding.
        ArtefactError: if the bundled models do not match their manifest.
    """
    return together(str(path), list(extract_members(path, Settings(encoding, limits, engine))))


def extract_members(path: Path | str, settings: Settings = DEFAULTS) -> Iterator[Result]:
    """The result of a file, or the results of an archive's members, one by one."""
    return extracted(blob_of(str(path), settings.limits), settings)


def extracted(blob: Blob, settings: Settings = DEFAULTS) -> Iterator[Result]:
    """The same for a file whose bytes are given, or that cannot be read."""
    for member in unpacked(blob, settings.limits):
        yield result_of(member, settings)


def in_turn(blob: Blob) -> AbstractContextManager[object]:
    """What to hold while a file is read and located: threads read texts at once, but other files one after the other.

    The libraries for those are not safe under threads, nor is closing what they opened: pdfium ends the process.
    """
    return nullcontext() if kind_of(blob.data) is None else _IN_TURN


def reading_of(blob: Blob, *, encoding: str | None = None, limits: Limits = LIMITS) -> Reading:
    """A file or member as text.

    Raises:
        SourceError: if it cannot be read.
    """
    if blob.failure is not None:
        raise SourceError(blob.failure.code, blob.failure.message)
    reading = sources.read(blob.data, name=blob.member or blob.path, encoding=encoding, limits=limits)
    if blob.member is None or reading.locations is None:
        return reading
    return replace(reading, locations=Within(reading.locations, blob.member))


def result_of(blob: Blob, settings: Settings = DEFAULTS) -> Result:
    """The result of a file or member whose bytes are given. Never raises because of its content.

    Raises:
        ArtefactError: if the bundled models do not match their manifest.
    """
    with in_turn(blob):
        return read_and_extract(blob, settings)[1]


_SAMPLE = (
    "县科协2022年工作总结\n今年以来，縣科協(xié)举办培训班6期，培训农民300余人。3月20日在文化广场开展宣传活动1场。\n"
)


def warm_up(settings: Settings = DEFAULTS) -> Result:
    """Load the lists and libraries that the first text would wait for: a second that should not count for it.

    Raises:
        ArtefactError: if there are no models in the folder, or they do not match their manifest.
        LexiconError: if a word list of the settings cannot be read or added.
    """
    settings.add_words()
    return result_of(Blob("", _SAMPLE.encode()), settings)


def read_and_extract(blob: Blob, settings: Settings = DEFAULTS) -> tuple[Reading | None, Result]:
    """The same, with the reading if there is one, which is for the thread that holds `in_turn`."""
    reading, limits = None, settings.limits
    engine = settings.chosen_engine()
    try:
        reading = reading_of(blob, encoding=settings.encoding, limits=limits)
        found = run(reading, path=blob.path, digest=digest(blob.data), engine=engine, member=blob.member)
    except Exception as error:  # a bad file fails alone
        failure = failure_of(error, limits)
    else:
        none = None if found.documents else NO_DOCUMENT
        notices = reading.notices
        return reading, Result(blob.path, found.documents, none, notices, found.boilerplate, blob.member)
    return reading, Result(blob.path, failure=failure, member=blob.member)


def failure_of(error: Exception, limits: Limits) -> Failure:
    """What an error says of the file that was being read; the message of an unexpected one says that this is a bug."""
    led = list(causes(error))
    if any(map(lacks_memory, led)):
        message = f"it takes more than {limits.memory:,} MiB of memory; --limit memory=… raises this"
        return Failure(FailureCode.OUT_OF_MEMORY, message)
    told = next((cause for cause in led if isinstance(cause, SourceError)), None)
    if told is not None:  # such as the alarm, which libraries take for an error of their own
        return told.failure
    message = f"internal error, please report it with the file: {type(error).__name__}: {error}"
    return Failure(FailureCode.INTERNAL, message)


def together(path: str, results: list[Result]) -> Result:
    """The results of an archive's members combined: a failure if all of them fail. Other files have one result."""
    if len(results) == 1 and results[0].member is None:
        return results[0]
    failures = [
        f"{result.member}: {result.failure}" if result.member else str(result.failure)
        for result in results
        if result.failure is not None
    ]
    documents = tuple(document for result in results for document in result.documents)
    codes = {result.failure.code for result in results if result.failure is not None}
    code = codes.pop() if len(codes) == 1 else FailureCode.FAILED_MEMBERS
    failed = None if documents else Failure(code, "; ".join(failures))
    lost = (Notice(NoticeCode.FAILED_MEMBER, failure, 0, 0) for failure in failures if documents)
    notices = (notice for result in results for notice in result.notices)
    return Result(path, documents, failed, (*lost, *notices))


@dataclass(frozen=True, slots=True)
class Restored:
    """The restoration of a file's text, or the reason why it cannot be read."""

    path: str
    aligned: Aligned = field(default_factory=lambda: Aligned.of(""))
    repairs: tuple[Explanation, ...] = ()
    failure: Failure | None = None


def restored_file(path: Path | str, *, encoding: str | None = None, limits: Limits = LIMITS) -> Restored:
    """The restored text of a file with all of its repairs, or the failure with its reason.

    Raises:
        ValueError: if there is no such encoding.
    """
    blob = blob_of(str(path), limits)
    with in_turn(blob):
        (found,) = restored(blob, Settings(encoding, limits))
    return found


def restored(blob: Blob, settings: Settings = DEFAULTS) -> Iterator[Restored]:
    """The same for a file whose bytes are given, or that cannot be read; yields once."""
    try:
        reading = reading_of(blob, encoding=settings.encoding, limits=settings.limits)
    except SourceError as error:
        yield Restored(blob.path, failure=error.failure)
    else:
        aligned, repairs = explain(reading.aligned)
        yield Restored(blob.path, aligned, tuple(repairs))
