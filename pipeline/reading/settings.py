"""How files are read: the choices of a command line or caller for all files of a run."""

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
    """The choices of a run. Cheap to pass to other processes if the engine is chosen by name."""

    encoding: str | None = None
    """That of all files; None to auto-detect it."""
    limits: Limits = LIMITS
    engine: Engine | None = None
    """An engine object, instead of one by name."""
    lexicons: tuple[Path, ...] = ()
    """Lists of a user's words, added to the bundled ones before the first text is read."""
    engine_name: str = DEFAULT_ENGINE
    models: Path | None = None
    """The folder of the engine's models; None for the bundled ones."""

    def chosen_engine(self) -> Engine:
        """The engine.

        Raises:
            ArtefactError: if the models do not match their manifest.
        """
        if self.engine is not None:
            return self.engine
        return ENGINES[self.engine_name]() if self.models is None else linear(self.models)

    def add_words(self) -> None:
        """Add the user's words to the bundled ones, once per process; does nothing the second time.

        Raises:
            LexiconError: naming file and line of an unreadable row, or if this process already uses other words.
            OSError: if a list cannot be read.
        """
        added = _added[0] if _added else ()
        if added == self.lexicons:
            return
        if added:
            message = f"this process already uses the words of {', '.join(map(str, added))}; restart it to use others"
            raise LexiconError(message)
        for path in self.lexicons:
            lexicon.add_words(path)
        _added.append(self.lexicons)

    def fingerprint(self) -> str:
        """A digest in hexadecimal of words, models and engine; empty for the bundled ones.

        A process keeps what it has loaded, so the first answer is cached.

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


_added: list[tuple[Path, ...]] = []  # the lists that this process has added, if any


@cache
def _fingerprint(engine: str, models: Path | None, lexicons: tuple[Path, ...]) -> str:
    manifest = [models / MANIFEST] if models is not None else []
    return digest_of_text("\n".join([engine, *map(digest_of_file, [*manifest, *lexicons])]))[:_FINGERPRINT]


DEFAULTS = Settings()
