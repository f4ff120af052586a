"""Many files, one after the other: texts here, everything else in the sandbox, old formats converted in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TypeVar

from zongji.corpus.records import Failure
from zongji.pipeline.reading.inputs import STANDARD_INPUT, blob_of
from zongji.pipeline.reading.preconversion import AT_ONCE
from zongji.pipeline.reading.reader import Restored, Result, extracted, restored
from zongji.pipeline.reading.sandbox import Reader, Sandbox
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.reading.walk import LeftOut, files_of
from zongji.pipeline.sources.detect import kind_of

T = TypeVar("T")

_HEAD = 4096  # bytes that tell a text from everything else


def extract_files(paths: Path | str | Iterable[Path | str], settings: Settings = DEFAULTS) -> Iterator[Result]:
    """What became of each file, and of each member of an archive, in order; folders are searched for known formats.

    Never raises on what a file holds. Files that are not text are read in another process, so that one that crashes,
    hangs or takes too much memory costs itself alone; a script that calls this needs the usual
    `if __name__ == "__main__":`, for that process imports it.

    Raises:
        ArtefactError: if the models are not what their manifest says.
        LexiconError: if a list of words in the settings cannot be read.
    """
    settings.add_words()
    named = (paths,) if isinstance(paths, Path | str) else paths
    yield from results(files_of([str(path) for path in named], LeftOut()), settings)


def results(files: Iterable[str], settings: Settings = DEFAULTS, *, guard_texts: bool = False) -> Iterator[Result]:
    """What became of each file and each member of an archive, in their order. Never raises on what a file holds."""
    return read_each(files, extracted, lambda path, why: Result(path, failure=why), settings, guard_texts=guard_texts)


def restorations(files: Iterable[str], settings: Settings = DEFAULTS) -> Iterator[Restored]:
    """The restored text of each file with its repairs, in their order. Never raises on what a file holds."""
    return read_each(files, restored, lambda path, why: Restored(path, failure=why), settings)


def read_each(
    files: Iterable[str],
    read: Reader[T],
    failed: Callable[[str, Failure], T],
    settings: Settings = DEFAULTS,
    *,
    guard_texts: bool = False,
) -> Iterator[T]:
    """What `read` makes of each file; `failed` makes an answer of a path and what went wrong.

    Texts are read in this process, which costs nothing, unless they are to be guarded, too.
    """
    remaining = iter(files)
    with closing(Sandbox(settings)) as sandbox:
        while batch := list(islice(remaining, AT_ONCE)):
            guarded = {file for file in batch if guard_texts or _is_no_text(file)}
            others = [file for file in batch if file in guarded and file != STANDARD_INPUT]
            if len(others) > 1:
                sandbox.prepare(others)
            for file in batch:
                for answer in _answers(file, read, sandbox, guarded=file in guarded):
                    yield failed(file, answer) if isinstance(answer, Failure) else answer


def _answers(file: str, read: Reader[T], sandbox: Sandbox, *, guarded: bool) -> Iterable[T | Failure]:
    settings = sandbox.settings
    if file != STANDARD_INPUT:
        return sandbox.read(file, read) if guarded else read(blob_of(file, settings.limits), settings)
    blob = blob_of(file, settings.limits)
    if blob.failure is None and (guarded or kind_of(blob.data[:_HEAD]) is not None):
        return sandbox.read(file, read, data=blob.data)
    return read(blob, settings)


def _is_no_text(path: str) -> bool:
    try:
        with Path(path).open("rb") as stream:
            return path != STANDARD_INPUT and kind_of(stream.read(_HEAD)) is not None
    except OSError:
        return False  # whoever reads it says what is wrong
