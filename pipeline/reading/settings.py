"""How files are read: what a command line, or a caller, chose for all files of a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zongji.corpus import lexicon
from zongji.models.engines import Engine, linear
from zongji.pipeline.sources import LIMITS, Limits


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of a run; a process that reads for another one is handed them."""

    encoding: str | None = None
    """Instead of finding it out."""
    limits: Limits = LIMITS
    engine: Engine | None = None
    """Who decides what the rules leave open; without one the models we ship do."""
    lexicons: tuple[Path, ...] = ()
    """Lists of a user's words, which are added to ours before the first text is read."""

    def chosen_engine(self) -> Engine:
        """The engine.

        Raises:
            ArtefactError: if the models we ship are not what their manifest says.
        """
        return self.engine or linear()

    def add_words(self) -> None:
        """Add the user's words to ours, once a process.

        Raises:
            LexiconError: naming file and line of what cannot be read.
        """
        for path in self.lexicons:
            lexicon.add_words(path)


DEFAULTS = Settings()
