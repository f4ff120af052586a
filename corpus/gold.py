"""Reading and validating folders of annotated documents.

`python -m zongji.corpus.gold FOLDER…` checks folders and lists unannotated numbers.
"""

from __future__ import annotations

import os
import re
import stat
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from zongji.corpus.annotation import AnnotatedText, AnnotationError, parse
from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.faults import faults

SUFFIX = ".txt"
_NESTED = 4  # spans that may be nested: figures, rejected numbers, text outside documents
_NUMERALS = re.compile(rf"[0-9０-９]+|[{UP_TO_TEN}百千万亿两半几]+|[xX×＿_]{{2,}}")


@dataclass(frozen=True, slots=True)
class GoldFile:
    """One annotated source text."""

    path: Path
    annotated: AnnotatedText


def read_folder(folder: Path) -> Iterator[GoldFile]:
    """All annotated files below a folder, in the order of their paths.

    Raises:
        AnnotationError: naming the file and line of the first mark that cannot be read.
        OSError: if a folder or file cannot be read.
    """
    yield from map(read_file, _paths_below(folder))


def _paths_below(folder: Path) -> list[Path]:
    """The paths of annotated files, at any depth: `rglob` recurses, and fails on a thousand nested folders."""
    found, waiting = [], [os.fspath(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif entry.name.endswith(SUFFIX):
                    found.append(Path(entry.path))
    return sorted(found)


def read_file(path: Path) -> GoldFile:
    """One annotated file.

    Raises:
        AnnotationError: naming the file if it is not UTF-8, and the line of the first mark that cannot be read.
        OSError: if it cannot be read.
    """
    if not stat.S_ISREG(path.stat().st_mode):  # a pipe or device may never end
        message = f"{path}: not a regular file"
        raise AnnotationError(message)
    try:
        annotated = parse(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError:
        message = f"{path}: not UTF-8; save it as UTF-8 text"
        raise AnnotationError(message) from None
    except AnnotationError as error:
        message = f"{path}: {error}"
        raise AnnotationError(message) from None
    return GoldFile(path, annotated)


def unannotated_numerals(annotated: AnnotatedText, explained: Iterable[tuple[int, int]] = ()) -> Iterator[str]:
    """Unannotated numbers outside all spans, each with its context, for inspection."""
    covered = sorted([*((figure.start, figure.end) for figure in annotated.figures), *explained])
    starts = [start for start, _ in covered]
    for match in _NUMERALS.finditer(annotated.text):
        index = bisect_right(starts, match.start())
        if all(end <= match.start() for _, end in covered[max(0, index - _NESTED) : index]):
            around = annotated.text[max(0, match.start() - 8) : match.end() + 8].replace("\n", "⏎")
            yield f"{match[0]}  …{around}…"


def main(folders: list[str]) -> int:
    """Check folders; print faults, then unmarked numbers. Returns 1 if there is a fault."""
    wrong = 0
    for path in sorted(path for folder in folders for path in _paths_below(Path(folder))):
        try:
            annotated = read_file(path).annotated
        except AnnotationError as error:
            wrong += 1
            print(error)
            continue
        kinds = ("documents", "sections", "figures")
        counts = ", ".join(f"{len(getattr(annotated, kind))} {kind}" for kind in kinds)
        print(f"{path}: {counts}")
        for fault in faults(annotated):
            wrong += 1
            print(f"  FAULT {fault}")
        for numeral in unannotated_numerals(annotated):
            print(f"  unmarked {numeral}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
