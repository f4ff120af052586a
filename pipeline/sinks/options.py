"""What a user may ask of a sink."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """Options of `zongji extract` that change what is written."""

    rejected: bool = False
    """Numerals that are no figures, with their reasons, too."""
    text: bool = False
    """The restored text of each document, too."""
    bom: bool = False
    """A byte-order mark in front of a CSV, by which Excel knows UTF-8."""
