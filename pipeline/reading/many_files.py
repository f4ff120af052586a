"""Many files in sequence: small texts in this process, all else in the sandbox, old formats converted in batches."""

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
from zongji.pipeline.sources import Limits
from zongji.pipeline.sources.detect import kind_of
from zongji.pipeline.sources.limits import MEBIBYTE

T = TypeVar("T")

_HEAD = 4096  # bytes that distinguish a text from everything else

# What a mebibyte of text may cost at most; texts full of figures were measured at 20 s and 110 MiB.
_SECONDS_PER_MEBIBYTE, _MEMORY_PER_MEBIBYTE = 60, 300


def extract_files(paths: Path | str | Iterable[Path | str], settings: Settings = DEFAULTS) -> Iterator[Result]:
    """The result of each file and archive member, in order; folders are searched for known formats.

    Never raises because of a file's content. Files other than small texts are read in another process, so that one
    that crashes, hangs or takes too much time or memory fails alone; a script that calls this needs the usual
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

    Texts that cannot reach the limits are read in this process, at no extra cost, unless they are to be guarded, too.
    """
    remaining = iter(files)
    with closing(Sandbox(settings)) as sandbox:
        while batch := list(islice(remaining, AT_ONCE)):
            guarded = {file for file in batch if guard_texts or _is_risky(file, settings.limits)}
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
    if blob.failure is None and (guarded or _may_do_harm(blob.data[:_HEAD], len(blob.data), settings.limits)):
        return sandbox.read(file, read, data=blob.data)
    return read(blob, settings)


def _may_do_harm(head: bytes, size: int, limits: Limits) -> bool:
    """True for what is no text, and for a text so large that it may reach the limits of time or memory."""
    harmless = min(limits.seconds / _SECONDS_PER_MEBIBYTE, limits.memory / _MEMORY_PER_MEBIBYTE) * MEBIBYTE
    return size > harmless or kind_of(head) is not None


def _is_risky(path: str, limits: Limits) -> bool:
    if path == STANDARD_INPUT:
        return False
    try:
        check_regular(path)
        with Path(path).open("rb") as stream:
            return _may_do_harm(stream.read(_HEAD), Path(path).stat().st_size, limits)
    except OSError:
        return False  # reading it reports what is wrong
