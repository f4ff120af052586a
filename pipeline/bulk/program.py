"""The identity of the reading program: its version and, if not the defaults, its words, models, engine and encoding."""

from __future__ import annotations

from dataclasses import dataclass, field

from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.schema.version import version


@dataclass(frozen=True, slots=True)
class Program:
    """The program that reads files, and its settings."""

    name: str = field(default_factory=version)
    """Its name in the ledger: `0.1.0`, or `0.1.0+3f0e9a6c1d52` with custom words, models, engine or encoding."""
    settings: Settings = DEFAULTS


def program_of(settings: Settings) -> Program:
    """The program with these settings. A program with another name reads files again.

    Limits are not part of the name: they are often given for a few files only.

    Raises:
        OSError: if the words or models cannot be read.
    """
    fingerprint = settings.fingerprint()
    return Program(f"{version()}+{fingerprint}" if fingerprint else version(), settings)
