"""Many files, one after the other: texts here, everything else behind a sandbox, old formats converted in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path

from zongji.pipeline.reading.inputs import STANDARD_INPUT, Blob, blob_of, files_of
from zongji.pipeline.reading.preconversion import AT_ONCE
from zongji.pipeline.reading.reader import Result, extract_members, result_of
from zongji.pipeline.reading.sandbox import Sandbox
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.sources.detect import kind_of

_HEAD = 4096  # bytes that tell a text from everything else


def extract_files(paths: Path | str | Iterable[Path | str], settings: Settings = DEFAULTS) -> Iterator[Result]:
    """What became of each file, and of each member of an archive, in order; folders are searched for known formats.

    Never raises on what a file holds. Files that are not text are read in another process, so that one that crashes,
    hangs or takes too much memory costs itself alone; a script that calls this needs the usual
    `if __name__ == "__main__":`, for that process imports it.

    Raises:
        ArtefactError: if the models we ship are not what their manifest says.
        LexiconError: if a list of words in the settings cannot be read.
    """
    settings.add_words()
    named = (paths,) if isinstance(paths, Path | str) else paths
    yield from results(files_of([str(path) for path in named]), settings)


def results(files: Sequence[str], settings: Settings = DEFAULTS) -> Iterator[Result]:
    """What became of each file and each member of an archive, in their order. Never raises on what a file holds."""
    with closing(Sandbox(settings)) as sandbox:
        for first in range(0, len(files), AT_ONCE):
            batch = files[first : first + AT_ONCE]
            others = {file for file in batch if _is_no_text(file)}
            if len(others) > 1:
                sandbox.prepare([file for file in batch if file in others])
            for file in batch:
                if file == STANDARD_INPUT:
                    yield from _standard_input(sandbox, settings)
                elif file in others:
                    yield from sandbox.results(file)
                else:
                    yield from extract_members(file, settings)


def _is_no_text(path: str) -> bool:
    try:
        with Path(path).open("rb") as stream:
            return path != STANDARD_INPUT and kind_of(stream.read(_HEAD)) is not None
    except OSError:
        return False  # whoever reads it says what is wrong


def _standard_input(sandbox: Sandbox, settings: Settings) -> Iterator[Result]:
    blob = blob_of(STANDARD_INPUT, settings.limits)
    if blob.failure is None and kind_of(blob.data[:_HEAD]) is not None:
        yield from sandbox.results(STANDARD_INPUT, data=blob.data)
    else:
        yield result_of(Blob(STANDARD_INPUT, blob.data, blob.failure), settings)
