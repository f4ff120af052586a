"""CSV: one figure per row."""

from __future__ import annotations

from typing import IO

from zongji.pipeline.reading.reader import Result
from zongji.pipeline.schema.rows import FIGURE_COLUMNS, figure_rows
from zongji.pipeline.sinks.cells import Cells
from zongji.pipeline.sinks.options import Options

REJECTED_COLUMNS = ("path", "document_id", "text", "reason", "start", "end")


class Csv:
    """One row per figure, or with `rejected` one per rejected number."""

    def __init__(self, stream: IO[str], options: Options) -> None:
        """Write the header to `stream`."""
        self.rejected = options.rejected
        self.cells = Cells(stream, bom=options.bom)
        self.cells.row(REJECTED_COLUMNS if self.rejected else FIGURE_COLUMNS)

    def write(self, result: Result) -> None:
        """The rows of one file."""
        for document in result.documents:
            if self.rejected:
                for one in document.rejected:
                    about = document.source.path, document.document_id
                    self.cells.row((*about, one.text, one.reason, one.start, one.end))
            else:
                for row in figure_rows(document):
                    self.cells.row(row.values())

    def close(self) -> None:
        """Nothing to flush."""
