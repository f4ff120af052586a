"""May a target be overwritten? Not if it is an input, nor if something else than our own output is in it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from zongji.pipeline.reading.inputs import STANDARD_INPUT
from zongji.pipeline.sinks.output import is_special
from zongji.pipeline.sources.detect import kind_of

_HEAD = 4096  # bytes that show what a file is


class TargetError(ValueError):
    """A target that must not be overwritten; the message says why."""


class Kind(NamedTuple):
    """What a command writes to one file."""

    extensions: tuple[str, ...] = ()
    """Text files with these names are replaced."""
    begins: tuple[bytes, ...] = ()
    """Files that begin like this are our own, whatever their name."""


_TEXTS = ("", ".txt", ".text", ".md", ".log", ".diff", ".patch", ".tsv")
_BOM = b"\xef\xbb\xbf"

KINDS: dict[str, Kind] = {
    "csv": Kind((".csv",), (b"path,", _BOM + b"path,")),
    "jsonl": Kind((".jsonl", ".ndjson"), (b'{"schema": "zongji', b'{"path": ')),
    "table": Kind(_TEXTS),
    "text": Kind(_TEXTS),
    "report": Kind((".html", ".htm"), (b"<!DOCTYPE html>",)),
    "labelstudio": Kind((".json",), (b'[\n{"data": ', b"[\n]")),
    "labelling configuration": Kind(begins=(b"<View>",)),
    "doccano": Kind((".jsonl", ".ndjson"), (b'{"text": ',)),
    "parquet": Kind(begins=(b"PAR1",)),
    "duckdb": Kind(begins=(b"DUCK",)),
    "brat configuration": Kind(begins=(b"[entities]",)),
    "spacy": Kind(begins=(b"\x78\x9c",)),  # a DocBin is compressed by zlib
}
_NO_STREAMS = {"duckdb": "DuckDB", "labelstudio": "tasks for Label Studio, with the configuration beside,"}
_DUCK = slice(8, 12)  # where DuckDB files have their first bytes, after a checksum


def check_targets(targets: Sequence[tuple[Path, str]], inputs: Iterable[str], *, overwrite: bool) -> None:
    """Reject targets that are inputs or one another, and those of a foreign kind unless they may be overwritten.

    Each comes with its kind, one of `KINDS`; others are folders, whose files have names of ours.

    Raises:
        TargetError: naming the target and the reason.
    """
    taken, places = _Files(inputs), set()
    for target, _ in targets:
        if taken.have(target):
            message = f"-o {target} would overwrite an input; name another file"
            raise TargetError(message)
        if (place := os.path.realpath(target)) in places:
            message = f"-o {target}: two files would be written there; give the name another ending"
            raise TargetError(message)
        places.add(place)
    for target, kind in targets:
        if kind in _NO_STREAMS and is_special(target):
            message = f"-o {target}: {_NO_STREAMS[kind]} cannot be written to a pipe or device; name a file"
            raise TargetError(message)
        if kind in KINDS and not overwrite and _is_foreign(target, KINDS[kind]):
            message = f"-o {target} exists and holds something else than {kind} output; --overwrite replaces it"
            raise TargetError(message)


def check_folder(target: Path, *, ours: bool, overwrite: bool) -> None:
    """Reject a folder that is neither empty nor `ours`, unless it may be overwritten.

    Raises:
        OSError: if it cannot be read.
        TargetError: naming the target and the reason.
    """
    if not (ours or overwrite) and target.is_dir() and any(target.iterdir()):
        message = f"-o {target} holds other files; name another folder, or --overwrite writes there beside them"
        raise TargetError(message)


def is_among(target: Path, inputs: Iterable[str]) -> bool:
    """True if the target is one of the inputs, by whatever name or link."""
    return _Files(inputs).have(target)


class _Files:
    """Files, known by identity or, if there is none, by path."""

    def __init__(self, paths: Iterable[str]) -> None:
        self.identities: set[tuple[int, int]] = set()
        self.paths: set[str] = set()
        for path in paths:
            try:
                found = os.fstat(0) if path == STANDARD_INPUT else os.stat(path)
            except (OSError, ValueError):
                self.paths.add(os.path.realpath(path))
            else:
                if stat.S_ISREG(found.st_mode):
                    self.identities.add((found.st_dev, found.st_ino))

    def have(self, path: Path) -> bool:
        """True if one of the files is this one."""
        try:
            found = path.stat()
        except OSError:
            return os.path.realpath(path) in self.paths
        return (found.st_dev, found.st_ino) in self.identities


def _is_foreign(target: Path, kind: Kind) -> bool:
    if is_special(target) or not target.is_file():
        return False
    try:
        with target.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return True
    if not head or head.startswith(kind.begins) or head[_DUCK] in kind.begins:
        return False
    return target.suffix.lower() not in kind.extensions or b"\0" in head or kind_of(head) is not None
