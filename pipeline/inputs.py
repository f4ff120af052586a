"""From the paths of a command line to files: folders are walked, `-` is standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from zongji.pipeline.sources import FORMATS

STANDARD_INPUT = "-"


def files_of(paths: Sequence[str]) -> list[str]:
    """The files to read: each named file, and in folders every file with an extension that a format names, sorted."""
    return [file for path in paths for file in _files(path)]


def known_extensions() -> frozenset[str]:
    """The extensions that a format names, in small letters, with their dots."""
    return frozenset(extension for form in FORMATS.values() for extension in form.extensions)


def _files(path: str) -> Iterator[str]:
    if path == STANDARD_INPUT or not Path(path).is_dir():
        yield path
        return
    extensions = known_extensions()
    for found in sorted(Path(path).rglob("*")):
        if found.suffix.lower() in extensions and found.is_file() and not _is_hidden(found, path):
            yield str(found)


def _is_hidden(found: Path, root: str) -> bool:
    return any(part.startswith(".") for part in found.relative_to(root).parts)


def standard_input() -> bytes:
    """All bytes of standard input."""
    return sys.stdin.buffer.read()
