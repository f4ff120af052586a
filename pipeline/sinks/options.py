"""The options of sinks."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Options of `zongji extract` that change what is written."""

    rejected: bool = False
    """Include numbers rejected as non-figures, with reasons."""
    text: bool = False
    """Include the restored text of each document."""
    bom: bool = False
    """Begin a CSV with a byte-order mark, so that Excel recognizes UTF-8."""
