"""What `zongji restore` writes: the text, the list of repairs, the difference, or a JSON line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import IO

from zongji.corpus.alignment import Aligned
from zongji.corpus.records import SCHEMA
from zongji.corpus.wording import readable, visible
from zongji.pipeline.reading.reader import Restored
from zongji.pipeline.restore.explain import Explanation
from zongji.pipeline.sinks.cells import defused


def as_text(stream: IO[str], restored: Restored) -> None:
    """The restored text."""
    text = restored.aligned.text
    stream.write(text if text.endswith("\n") else text + "\n")


def as_json(stream: IO[str], restored: Restored) -> None:
    """One JSON object: path, restored text, and the repairs with their offsets in the source."""
    line = {
        "schema": SCHEMA,
        "kind": "restoration",
        "path": readable(restored.path),
        "text": restored.aligned.text,
        "repairs": [asdict(repair) for repair in restored.repairs],
    }
    stream.write(json.dumps(line, ensure_ascii=False) + "\n")


def as_list(stream: IO[str], restored: Restored) -> None:
    """One line per repair: span, kind, certainty, confidence, before and after, and the alternatives."""
    for repair in restored.repairs:
        stream.write(
            f"{repair.start}-{repair.end}\t{repair.kind}\t{repair.certainty}\t{repair.confidence:.3f}"
            f"\t{defused(f'{_shown(repair.before)} → {_shown(repair.after)}')}{_alternatives(repair)}\n"
        )


def _shown(text: str) -> str:
    """A text on one line, made visible if empty."""
    return visible(text.replace("\n", "⏎").replace("\t", "⇥")) or "∅"


def _alternatives(repair: Explanation) -> str:
    """The alternatives in a cell that begins with `or`, which no spreadsheet runs."""
    return f"\tor {' | '.join(map(_shown, repair.alternatives))}" if repair.alternatives else ""


def as_difference(stream: IO[str], restored: Restored) -> None:
    """The changed lines, deletions struck through in red, insertions in green."""
    from rich.console import Console  # noqa: PLC0415  # for this format only

    console = Console(file=stream, width=None if stream.isatty() else 200, soft_wrap=True, highlight=False)
    source = restored.aligned.source
    changes = [change for change in changes_of(restored.aligned) if source[change[0] : change[1]] != change[2]]
    position = line_end = 0
    for start, end, after in changes:
        if start >= line_end:
            console.print(source[position:line_end], markup=False)
            position = source.rfind("\n", 0, start) + 1
            line_end = source.find("\n", end)
            line_end = len(source) if line_end < 0 else line_end
            console.print(f"{source.count(chr(10), 0, position) + 1}: ", style="dim", end="")
        console.print(source[position:start], end="", markup=False)
        console.print(source[start:end], end="", style="red strike", markup=False)
        console.print(after, end="", style="green", markup=False)
        position = end
    console.print(source[position:line_end], markup=False)


def changes_of(aligned: Aligned) -> Iterator[tuple[int, int, str]]:
    """The source as consecutive spans, each with its restored text."""
    position, start = 0, 0
    for index in range(1, len(aligned.text) + 1):
        behind = aligned.origin(index, index)[0] if index < len(aligned.text) else len(aligned.source)
        if behind > position:
            yield position, behind, aligned.text[start:index]
            position, start = behind, index
    if position < len(aligned.source):
        yield position, len(aligned.source), ""
