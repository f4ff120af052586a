"""How files are read: what a command line, or a caller, chose for all files of a run."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from zongji.corpus import lexicon
from zongji.corpus.digests import digest_of_file, digest_of_text
from zongji.corpus.lexicon import LexiconError
from zongji.models.engines import ENGINES, Engine, linear
from zongji.models.store import MANIFEST
from zongji.pipeline.sources import LIMITS, Limits

DEFAULT_ENGINE = "linear"
_FINGERPRINT = 12  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of a run. Small where the engine is chosen by name, so that other processes can be handed them."""

    encoding: str | None = None
    """Of all files; None to auto-detect it."""
    limits: Limits = LIMITS
    engine: Engine | None = None
    """An engine at hand, instead of one by name."""
    lexicons: tuple[Path, ...] = ()
    """Lists of a user's words, which are added to ours before the first text is read."""
    engine_name: str = DEFAULT_ENGINE
    models: Path | None = None
    """The folder that the engine's models are in; None for those we ship."""

    def chosen_engine(self) -> Engine:
        """The engine.

        Raises:
            ArtefactError: if the models are not what their manifest says.
        """
        if self.engine is not None:
            return self.engine
        return ENGINES[self.engine_name]() if self.models is None else linear(self.models)

    def add_words(self) -> None:
        """Add the user's words to ours, once a process; does nothing in one that has them.

        Raises:
            LexiconError: naming file and line of what cannot be read, or if this process read with other words before.
            OSError: if a list cannot be read.
        """
        added = _added[0] if _added else ()
        if added == self.lexicons:
            return
        if added:
            message = f"this process reads with the words of {', '.join(map(str, added))}; restart it to use others"
            raise LexiconError(message)
        for path in self.lexicons:
            lexicon.add_words(path)
        _added.append(self.lexicons)

    def fingerprint(self) -> str:
        """Hexadecimal digits that differ where words, models or engine differ; empty for those we ship.

        What a process has once read stays in force, so its first answer is its last.

        Raises:
            OSError: if a list or the manifest of the models cannot be read.
        """
        name = self.engine.name if self.engine is not None else self.engine_name
        shipped = name == DEFAULT_ENGINE and self.models is None and not self.lexicons
        return "" if shipped else _fingerprint(name, self.models, self.lexicons)

    def facts(self) -> dict[str, Any]:
        """The settings as plain data, for the record of a run."""
        return {
            "encoding": self.encoding,
            "engine": self.engine.name if self.engine is not None else self.engine_name,
            "models": self.models and str(self.models),
            "lexicons": [str(path) for path in self.lexicons],
            "limits": asdict(self.limits),
        }


_added: list[tuple[Path, ...]] = []  # the lists that this process has added, once it has


@cache
def _fingerprint(engine: str, models: Path | None, lexicons: tuple[Path, ...]) -> str:
    manifest = [models / MANIFEST] if models is not None else []
    return digest_of_text("\n".join([engine, *map(digest_of_file, [*manifest, *lexicons])]))[:_FINGERPRINT]


DEFAULTS = Settings()
