"""What `zongji inspect` writes: a list for reading, a JSON line, or the decoded text."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import IO

from zongji.corpus.records import SCHEMA
from zongji.corpus.wording import counted, readable, visible
from zongji.pipeline.reading.inspection import Inspection

_LISTED = 10  # excluded lines, and warnings


def as_text(stream: IO[str], found: Inspection) -> None:
    """The decoded text as it is."""
    stream.write(found.text)


def as_json(stream: IO[str], found: Inspection) -> None:
    """One JSON object, without the text."""
    fields = asdict(found) | {"name": readable(found.name)}
    del fields["text"]
    stream.write(json.dumps({"schema": SCHEMA, "kind": "inspection", **fields}, ensure_ascii=False) + "\n")


def as_list(stream: IO[str], found: Inspection) -> None:
    """One line per fact, then the excluded lines, then the warnings."""
    stream.write(f"{visible(found.name)}\n")
    facts = {
        "format": found.format,
        "decoded": found.decoded,
        "bytes": f"{found.bytes:,}",
        "characters": f"{found.characters:,}",
        "pages": found.pages,
        "tables": found.tables,
        "documents": found.documents,
        "sections": found.sections,
        "figures": found.figures,
        "excluded": counted(len(found.excluded), "line"),
        "warnings": len(found.warnings),
    }
    for name, value in facts.items():
        if value is not None:
            stream.write(f"  {name:11} {value}\n")
    warnings = [notice.message for notice in found.warnings]
    for title, lines in (("excluded", found.excluded), ("warning", warnings)):
        for line in lines[:_LISTED]:
            stream.write(f"  {title}: {visible(line)}\n")
        if len(lines) > _LISTED:
            stream.write(f"  {title}: … and {len(lines) - _LISTED} more\n")
