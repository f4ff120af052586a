"""Engines by name: which models settle ambiguous cases.

An engine has a model for a task or none; a task without a model is decided by the rules alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from zongji.models import store
from zongji.models.linear import LinearModel

_LOG = logging.getLogger(__name__)


class Task(StrEnum):
    """The tasks of models."""

    SECTION_CLASS = "section-class"
    FIGURE_CATEGORY = "figure-category"
    FIGURE_MODALITY = "figure-modality"
    DOCUMENT_TYPE = "document-type"


@dataclass(frozen=True, slots=True)
class Engine:
    """The models of the tasks that are not left to the rules."""

    name: str
    models: Mapping[Task, LinearModel] = field(default_factory=dict)

    def model(self, task: Task) -> LinearModel | None:
        """The model that decides a task, None if the rules do."""
        return self.models.get(task)


RULES = Engine("rules")


@cache
def linear(folder: Path | None = None) -> Engine:
    """The engine of the models in a folder, by default the bundled ones; the rules, with a warning, if there are none.

    Raises:
        ArtefactError: if a model does not match the manifest, or has an unknown format.
    """
    models = store.load(folder)
    if not models:
        _LOG.warning("no models in %s: only the rules decide; zongji train creates them", store.source_of(folder))
        return RULES
    return Engine("linear", {Task(name): model for name, model in models.items()})


ENGINES: dict[str, Callable[[], Engine]] = {"linear": linear, "rules": lambda: RULES}


def check_engine(name: str, *, models: Path | str | None = None) -> None:
    """Check the name of an engine, and that it takes models if they are given.

    Raises:
        ValueError: if there is no such engine, or models are given to the rules.
    """
    if name not in ENGINES:
        message = f"unknown engine {name!r}; known: {', '.join(ENGINES)}"
        raise ValueError(message)
    if models is not None and name == RULES.name:
        message = f"the engine 'rules' takes no models ({models}); leave them out, or use the engine 'linear'"
        raise ValueError(message)


def load_engine(name: str = "linear", *, models: Path | str | None = None) -> Engine:
    """The engine of a name: `linear` decides by learned models, of a folder or else the bundled ones; `rules` has none.

    Raises:
        ValueError: if there is no such engine, or models are given to the rules.
        ArtefactError: if there are no models in the folder, or one does not match the manifest.
    """
    check_engine(name, models=models)
    if models is None:
        return ENGINES[name]()
    if not Path(models, store.MANIFEST).is_file():
        message = f"no models in {models} ({store.MANIFEST} is missing): zongji train -o {models} creates them"
        raise store.ArtefactError(message)
    return linear(Path(models))
