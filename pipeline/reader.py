"""The way in: a text, bytes or a file to its documents, or to the failure with its reason.

Nothing here raises on what a document holds.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from pathlib import Path

from zongji.corpus.alignment import Aligned
from zongji.corpus.records import Document, Notice, Span
from zongji.models.engines import Engine, linear
from zongji.pipeline import sources
from zongji.pipeline.flow import run
from zongji.pipeline.inputs import STANDARD_INPUT, standard_input
from zongji.pipeline.restore.explain import Explanation, explain
from zongji.pipeline.sources import SourceError

_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one file: its documents, or the reason why there are none."""

    path: str
    documents: tuple[Document, ...] = ()
    failure: str | None = None
    notices: tuple[Notice, ...] = ()
    """Notices about the file as a whole, in offsets of its decoded text."""
    boilerplate: tuple[Span, ...] = ()
    """The lines that belong to no document, in offsets of the decoded text."""


def extract_text(text: str, *, engine: Engine | None = None) -> tuple[Document, ...]:
    """The documents of a text. Offsets count in the text itself; a lone surrogate in it is read as U+FFFD.

    `engine` decides what the rules leave open; without one the models we ship do.

    Raises:
        ArtefactError: if the models we ship are not what their manifest says.
    """
    if not text.strip():
        return ()
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    reading = sources.read_text(_SURROGATE.sub("\ufffd", text))
    return run(reading, path="", digest=digest, engine=engine or linear()).documents


def extract_bytes(data: bytes, *, path: str = "", encoding: str | None = None, engine: Engine | None = None) -> Result:
    """The documents of a file's bytes, or the failure with its reason; `engine` as in `extract_text`."""
    chosen = engine or linear()
    try:
        reading = sources.read(data, name=path, encoding=encoding)
        found = run(reading, path=path, digest=hashlib.sha256(data).hexdigest(), engine=chosen)
    except SourceError as error:
        return Result(path, failure=str(error))
    except Exception as error:  # a bad file costs itself alone; the message says that it is our fault
        return Result(path, failure=f"internal error, please report it with the file: {type(error).__name__}: {error}")
    failure = None if found.documents else "holds no document, only boilerplate or blanks"
    return Result(path, found.documents, failure, reading.notices, found.boilerplate)


def extract_file(path: Path | str, *, encoding: str | None = None, engine: Engine | None = None) -> Result:
    """The documents of a file (`-` is standard input), or the failure; `engine` as in `extract_text`."""
    data, failure = _bytes_of(str(path))
    if failure is not None:
        return Result(str(path), failure=failure)
    return extract_bytes(data, path=str(path), encoding=encoding, engine=engine)


@dataclass(frozen=True, slots=True)
class Restored:
    """What became of one file's text, or the reason why it cannot be read."""

    path: str
    aligned: Aligned = field(default_factory=lambda: Aligned.of(""))
    repairs: tuple[Explanation, ...] = ()
    failure: str | None = None


def restored_file(path: Path | str, *, encoding: str | None = None) -> Restored:
    """The restored text of a file with all of its repairs, or the failure with its reason."""
    data, failure = _bytes_of(str(path))
    if failure is not None:
        return Restored(str(path), failure=failure)
    try:
        reading = sources.read(data, name=str(path), encoding=encoding)
    except SourceError as error:
        return Restored(str(path), failure=str(error))
    aligned, repairs = explain(reading.aligned)
    return Restored(str(path), aligned, tuple(repairs))


def _bytes_of(path: str) -> tuple[bytes, str | None]:
    """The bytes of a file, of standard input for `-`, or the reason why they cannot be had."""
    try:
        return (standard_input() if path == STANDARD_INPUT else Path(path).read_bytes()), None
    except OSError as error:
        return b"", f"cannot be read: {error.strerror or error}"
