"""JSON Lines: one document per line, unescaped UTF-8."""

from __future__ import annotations

import json
from typing import IO

from zongji.pipeline.reading.reader import Result
from zongji.pipeline.sinks.options import Options


class JsonLines:
    """One JSON object per document."""

    def __init__(self, stream: IO[str], options: Options) -> None:
        """Write to `stream`."""
        self.stream = stream
        self.options = options

    def write(self, result: Result) -> None:
        """One line per document. A lone surrogate, which UTF-8 lacks, is written as its JSON escape."""
        for document in result.documents:
            line = document.to_dict(rejected=self.options.rejected, text=self.options.text)
            written = json.dumps(line, ensure_ascii=False)
            if not written.isprintable() and any("\ud800" <= character <= "\udfff" for character in written):
                written = json.dumps(line)
            self.stream.write(written + "\n")

    def close(self) -> None:
        """Nothing to flush."""
