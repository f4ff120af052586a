"""Reading and validating folders of annotated documents.

`python -m zongji.corpus.gold FOLDER…` checks folders and lists unannotated numbers.
"""

from __future__ import annotations

import re
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
    """
    for path in sorted(folder.rglob(f"*{SUFFIX}")):
        yield read_file(path)


def read_file(path: Path) -> GoldFile:
    """One annotated file.

    Raises:
        AnnotationError: naming the file if it is not UTF-8, and the line of the first mark that cannot be read.
    """
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
    for path in sorted(path for folder in folders for path in Path(folder).rglob(f"*{SUFFIX}")):
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
