"""Records as plain data: what a JSON line of `zongji extract` holds of each."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """What all records have in common."""

    def to_dict(self) -> dict[str, Any]:
        """The record as the JSON line of `zongji extract` holds it: lists for tuples, plain text for vocabularies.

        Offsets are those of the record.
        """
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}


def plain(value: Any) -> Any:  # noqa: ANN401  # whatever a record may hold
    """A value of a record as plain data."""
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value
