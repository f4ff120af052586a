"""Output formats. A sink is made for a stream, takes results one by one, and is closed at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import IO, Protocol

from zongji.pipeline.reading.reader import Result
from zongji.pipeline.sinks import csv, jsonl, table
from zongji.pipeline.sinks.options import Options


class Sink(Protocol):
    """Writes results to a stream."""

    def write(self, result: Result) -> None:
        """Write the documents (or the failure) of one file."""

    def close(self) -> None:
        """Flush."""


SINKS: dict[str, Callable[[IO[str], Options], Sink]] = {
    "jsonl": jsonl.JsonLines,
    "csv": csv.Csv,
    "table": table.Table,
}
