"""Records as plain data, as in the JSON lines of `zongji extract`."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """The common base of all records."""

    def to_dict(self) -> dict[str, Any]:
        """The record as in the JSON lines of `zongji extract`: lists for tuples, plain text for vocabularies.

        Offsets are those of the record.
        """
        return {field.name: plain(getattr(self, field.name)) for field in fields(self)}


def plain(value: Any) -> Any:  # noqa: ANN401  # any value of a record
    """A value of a record as plain data."""
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value.value if isinstance(value, StrEnum) else value
