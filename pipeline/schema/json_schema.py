"""The JSON Schema of a line of `zongji extract`."""

from __future__ import annotations

from typing import Any

from zongji.corpus.records import SCHEMA


def json_schema() -> dict[str, Any]:
    """The schema of one JSON line, which is what `Document.to_dict` returns; its `$id` changes when the shape does."""
    from pydantic import TypeAdapter  # noqa: PLC0415  # only for this command
    from zongji.corpus.records import Document, Notice, Rejection  # noqa: PLC0415

    schema = TypeAdapter(Document).json_schema(mode="serialization")
    definitions = schema.pop("$defs")
    for record in (Notice, Rejection):
        definitions[record.__name__] = TypeAdapter(record).json_schema(mode="serialization") | {
            "title": record.__name__
        }
        definitions.update(definitions[record.__name__].pop("$defs", {}))
    properties = schema["properties"]
    properties["warnings"] = properties.pop("notices")
    properties = {"schema": {"const": SCHEMA}, "kind": {"const": "document"}, **properties}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA,
        "title": "A document found by zongji extract",
        "type": "object",
        "properties": properties,
        "required": [name for name in properties if name not in {"rejected", "text"}],
        "$defs": definitions,
    }
