"""Many files in sequence: texts in this process, everything else in the sandbox, old formats converted in batches."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TypeVar

from zongji.corpus.records import Failure
from zongji.pipeline.reading.inputs import STANDARD_INPUT, blob_of, check_regular
from zongji.pipeline.reading.preconversion import AT_ONCE
from zongji.pipeline.reading.reader import Restored, Result, extracted, restored
from zongji.pipeline.reading.sandbox import Reader, Sandbox
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.reading.walk import LeftOut, files_of
from zongji.pipeline.sources.detect import kind_of

T = TypeVar("T")

_HEAD = 4096  # bytes that distinguish a text from everything else


def extract_files(paths: Path | str | Iterable[Path | str], settings: Settings = DEFAULTS) -> Iterator[Result]:
    """The result of each file and archive member, in order; folders are searched for known formats.

    Never raises because of a file's content. Files other than text are read in another process, so that one that
    crashes, hangs or takes too much memory fails alone; a script that calls this needs the usual
    `if __name__ == "__main__":`, because that process imports it.

    Raises:
        ArtefactError: at once, if the models of the settings are missing or do not match their manifest.
        LexiconError: at once, if a word list of the settings cannot be read or added.
    """
    settings.load()
    named = (paths,) if isinstance(paths, Path | str) else paths
    return results(files_of([str(path) for path in named], LeftOut()), settings)


def results(files: Iterable[str], settings: Settings = DEFAULTS, *, guard_texts: bool = False) -> Iterator[Result]:
    """The result of each file and archive member, in order. Never raises because of a file's content."""
    return read_each(files, extracted, lambda path, why: Result(path, failure=why), settings, guard_texts=guard_texts)


def restorations(files: Iterable[str], settings: Settings = DEFAULTS) -> Iterator[Restored]:
    """The restored text of each file with its repairs, in order. Never raises because of a file's content."""
    return read_each(files, restored, lambda path, why: Restored(path, failure=why), settings)


def read_each(
    files: Iterable[str],
    read: Reader[T],
    failed: Callable[[str, Failure], T],
    settings: Settings = DEFAULTS,
    *,
    guard_texts: bool = False,
) -> Iterator[T]:
    """The results of `read` for each file; `failed` turns a path and an error into a result.

    Texts are read in this process, at no extra cost, unless they are to be guarded, too.
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
    if path == STANDARD_INPUT:
        return False
    try:
        check_regular(path)
        with Path(path).open("rb") as stream:
            return kind_of(stream.read(_HEAD)) is not None
    except OSError:
        return False  # reading it reports what is wrong
