"""Models on disk: weights as compressed JSON, scikit-learn's own estimators as skops files, and a manifest of both.

The manifest lists each file with its SHA-256, so modified or incomplete models are rejected. No file contains code.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from zongji.corpus.digests import digest
from zongji.models.linear import LinearModel

FORMAT = 1
MANIFEST = "manifest.json"
KINDS = ("weights", "skops")
"""The files of a model, by the ends of their names."""


class ArtefactError(Exception):
    """A model that cannot be used; the message says which file, why, and what to do."""


def source_of(folder: Path | None) -> Traversable:
    """The folder of the models, by default the bundled ones."""
    return folder if folder is not None else files("zongji.models").joinpath("artefacts")


def load(folder: Path | None = None) -> dict[str, LinearModel]:
    """The models of a folder by task; empty if it has no manifest.

    Raises:
        ArtefactError: if the manifest cannot be read or has another format, or a file is missing or does not match it.
    """
    source = source_of(folder)
    manifest = source.joinpath(MANIFEST)
    if not manifest.is_file():
        return {}
    try:
        content = json.loads(manifest.read_text(encoding="utf-8"))
        found = content["format"]
        files = [(task, row["weights"], row["weights_sha256"]) for task, row in content["models"].items()]
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        message = f"{manifest} cannot be read ({error}): run zongji train to rebuild the models"
        raise ArtefactError(message) from error
    if found != FORMAT:
        message = f"{manifest}: format {found!r}, not {FORMAT}: run zongji train to rebuild the models"
        raise ArtefactError(message)
    return {task: _model(source, name, expected) for task, name, expected in files}


def has_models(folder: Path) -> bool:
    """True for a folder with a manifest of ours, whether its models can be used or not."""
    try:
        return "models" in json.loads(folder.joinpath(MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError, RecursionError):
        return False


def _model(source: Traversable, name: str, expected: str) -> LinearModel:
    file = source.joinpath(name)
    if not file.is_file():
        message = f"{file} is listed in {MANIFEST} but missing: run zongji train to rebuild the models"
        raise ArtefactError(message)
    data = file.read_bytes()
    if digest(data) != expected:
        message = f"{file} does not match its SHA-256 in {MANIFEST}: run zongji train to rebuild the models"
        raise ArtefactError(message)
    return unpacked(data)


def packed(model: LinearModel) -> bytes:
    """A model as bytes; the same model gives the same bytes."""
    flat = {feature: [part for pair in pairs for part in pair] for feature, pairs in sorted(model.weights.items())}
    content = {"classes": model.classes, "temperature": model.temperature, "weights": flat}
    return zlib.compress(json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode(), 9)


def unpacked(data: bytes) -> LinearModel:
    """The model from such bytes."""
    content: Mapping[str, Any] = json.loads(zlib.decompress(data))
    weights = {
        feature: tuple(zip(map(int, flat[::2]), flat[1::2], strict=True))
        for feature, flat in content["weights"].items()
    }
    return LinearModel(tuple(content["classes"]), weights, content["temperature"])


def save(folder: Path, models: Mapping[str, tuple[LinearModel, bytes]], corpus: str) -> None:
    """Write models with their skops files and the manifest, which comes last; `corpus` is the corpus's digest."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = {}
    for task, (model, estimator) in models.items():
        row = {}
        for kind, data in zip(KINDS, (packed(model), estimator), strict=True):
            row[kind] = f"{task}.{kind}"
            row[f"{kind}_sha256"] = digest(data)
            folder.joinpath(row[kind]).write_bytes(data)
        rows[task] = row
    manifest = {"format": FORMAT, "corpus": corpus, "models": rows}
    folder.joinpath(MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
