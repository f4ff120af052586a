"""How files are read: the choices of a command line or caller for all files of a run."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, NoReturn

from zongji.corpus import lexicon
from zongji.corpus.digests import digest_of_file, digest_of_text
from zongji.corpus.lexicon import LexiconError
from zongji.models.engines import Engine, check_engine, load_engine
from zongji.models.store import MANIFEST
from zongji.pipeline.sources import LIMITS, Limits
from zongji.pipeline.sources.encodings import requested

DEFAULT_ENGINE = "linear"
_FINGERPRINT = 12  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Settings:
    """The choices of a run. Cheap to pass to other processes if the engine is chosen by name.

    Paths may be given as text. Files are opened only when the settings are used.

    Raises:
        ValueError: if there is no such encoding or engine, models are given to the rules, or a field has another type.
    """

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

    def __post_init__(self) -> None:
        """Check each field, and turn paths given as text into paths."""
        if not isinstance(self.limits, Limits):
            _refuse("limits", self.limits, "give Limits(...)")
        if not isinstance(self.engine, Engine | None):
            _refuse("engine", self.engine, "give what load_engine returns, or a name as engine_name")
        if not isinstance(self.models, Path | str | None):
            _refuse("models", self.models, "give the path of a folder")
        if not isinstance(self.lexicons, tuple | list) or not all(isinstance(it, Path | str) for it in self.lexicons):
            _refuse("lexicons", self.lexicons, "give a tuple of paths")
        if self.encoding is not None:
            requested(self.encoding)
        check_engine(self.engine_name, models=self.models)
        object.__setattr__(self, "models", None if self.models is None else Path(self.models))
        object.__setattr__(self, "lexicons", tuple(map(Path, self.lexicons)))

    def load(self) -> None:
        """Add the user's words and load the engine, so that what is wrong with them shows before the first file.

        Raises:
            ArtefactError: if there are no models in the folder, or they do not match their manifest.
            LexiconError: as `add_words` does.
        """
        self.add_words()
        self.chosen_engine()

    def chosen_engine(self) -> Engine:
        """The engine.

        Raises:
            ArtefactError: if there are no models in the folder, or they do not match their manifest.
        """
        return self.engine if self.engine is not None else _engine(self.engine_name, self.models)

    def add_words(self) -> None:
        """Add the user's words to the bundled ones, once per process; does nothing the second time.

        Raises:
            LexiconError: naming the file that cannot be read, with the line of a row, or if this process already uses
                other words.
        """
        with _adding:
            self._add_words()

    def _add_words(self) -> None:
        added = _added[0] if _added else ()
        if added == self.lexicons:
            return
        if added:
            message = f"this process already uses the words of {', '.join(map(str, added))}; restart it to use others"
            raise LexiconError(message)
        for path in self.lexicons:
            try:
                lexicon.add_words(path)
            except (OSError, UnicodeError) as error:
                message = f"{path}: cannot be read: {getattr(error, 'strerror', error)}"
                raise LexiconError(message) from error
        _added.append(self.lexicons)

    def fingerprint(self) -> str:
        """A digest in hexadecimal of words, models, engine and encoding; empty for the defaults.

        A process keeps what it has loaded, so the first answer is cached.

        Raises:
            OSError: if a list or the manifest of the models cannot be read.
        """
        name = self.engine.name if self.engine is not None else self.engine_name
        encoding = requested(self.encoding) if self.encoding is not None else None
        shipped = name == DEFAULT_ENGINE and self.models is None and not self.lexicons and encoding is None
        return "" if shipped else _fingerprint(name, self.models, self.lexicons, encoding)

    def files(self) -> list[str]:
        """What the settings are read from: the user's lists, the files of the models."""
        models = self.models.iterdir() if self.models is not None and self.models.is_dir() else ()
        return [str(path) for path in (*self.lexicons, *models)]

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
_adding = Lock()


def _refuse(field: str, value: object, wanted: str) -> NoReturn:
    message = f"{field}={value!r}: {wanted}"
    raise ValueError(message)


@cache
def _engine(name: str, models: Path | None) -> Engine:
    return load_engine(name, models=models)


@cache
def _fingerprint(engine: str, models: Path | None, lexicons: tuple[Path, ...], encoding: str | None) -> str:
    manifest = [models / MANIFEST] if models is not None else []
    forced = [] if encoding is None else [f"encoding {encoding}"]
    parts = [engine, *map(digest_of_file, [*manifest, *lexicons]), *forced]
    return digest_of_text("\n".join(parts))[:_FINGERPRINT]


DEFAULTS = Settings()
