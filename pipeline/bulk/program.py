"""Which program reads files: its version, and where they are not ours, the words, models and engine it reads with."""

from __future__ import annotations

from dataclasses import dataclass, field

from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.schema.version import version


@dataclass(frozen=True, slots=True)
class Program:
    """What reads files, and how."""

    name: str = field(default_factory=version)
    """As the ledger knows it: `0.1.0`, or `0.1.0+3f0e9a6c1d52` with words, models or an engine that are not ours."""
    settings: Settings = DEFAULTS


def program_of(settings: Settings) -> Program:
    """The program with these settings. What it has read, one of another name reads again.

    Encoding and limits are no part of the name: they are often given for a few files only.

    Raises:
        OSError: if the words or models cannot be read.
    """
    fingerprint = settings.fingerprint()
    return Program(f"{version()}+{fingerprint}" if fingerprint else version(), settings)


def name_after_loading(settings: Settings) -> str:
    """The name of the program in this process, once it has the words and models that it needs.

    Raises:
        LexiconError: if the words cannot be added, or the process read with others before.
        ArtefactError: if the models are not what their manifest says.
        OSError: if the words or models cannot be read.
    """
    settings.add_words()
    settings.chosen_engine()
    return program_of(settings).name
