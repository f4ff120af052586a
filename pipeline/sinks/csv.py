"""CSV: one figure per row."""

from __future__ import annotations

import csv
from typing import IO

from zongji.pipeline.reading.reader import Result
from zongji.pipeline.schema.rows import FIGURE_COLUMNS, figure_rows
from zongji.pipeline.sinks.options import Options

REJECTED_COLUMNS = ("path", "document_id", "text", "reason", "start", "end")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Spreadsheets run cells that begin with these (OWASP, CSV Injection)."""


class Csv:
    """One row per figure, or with `rejected` one per rejected number."""

    def __init__(self, stream: IO[str], options: Options) -> None:
        """Write the header to `stream`."""
        if options.bom:
            stream.write("\ufeff")
        self.rejected = options.rejected
        self.writer = csv.DictWriter(
            stream, REJECTED_COLUMNS if self.rejected else FIGURE_COLUMNS, lineterminator="\r\n"
        )
        self.writer.writeheader()

    def write(self, result: Result) -> None:
        """The rows of one file."""
        for document in result.documents:
            if self.rejected:
                for rejection in document.rejected:
                    row = {name: getattr(rejection, name) for name in ("text", "reason", "start", "end")}
                    self.writer.writerow({"path": document.source.path, "document_id": document.document_id, **row})
            else:
                self.writer.writerows(
                    {name: defused(value) for name, value in row.items()} for row in figure_rows(document)
                )

    def close(self) -> None:
        """Nothing to flush."""


def defused(value: object) -> object:
    """A text that no spreadsheet runs as a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
