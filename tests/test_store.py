"""Models on disk: saved ones load, modified ones are rejected, and without any the rules decide."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from zongji.models import engines, store
from zongji.models.engines import RULES, Task
from zongji.models.linear import LinearModel
from zongji.models.store import MANIFEST, ArtefactError

MODEL = LinearModel(("goals", "tasks"), {"w=目标": ((0, 1.5),), "bias": ((0, -0.25), (1, 0.5))}, 0.8)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    store.save(tmp_path, {Task.SECTION_CLASS.value: (MODEL, b"estimator")}, corpus="digest")
    return tmp_path


def test_a_saved_model_is_loaded(folder: Path) -> None:
    assert store.load(folder) == {"section-class": MODEL}


def test_the_same_model_gives_the_same_bytes() -> None:
    assert store.packed(MODEL) == store.packed(store.unpacked(store.packed(MODEL)))


def test_a_changed_model_is_refused_with_its_name(folder: Path) -> None:
    folder.joinpath("section-class.weights").write_bytes(b"something else")
    with pytest.raises(ArtefactError, match=r"section-class\.weights does not match its SHA-256"):
        store.load(folder)


def test_a_missing_model_is_refused_with_its_name(folder: Path) -> None:
    folder.joinpath("section-class.weights").unlink()
    with pytest.raises(ArtefactError, match=r"section-class\.weights is listed in .* but missing"):
        store.load(folder)


def test_another_format_is_refused(folder: Path) -> None:
    manifest = json.loads(folder.joinpath(MANIFEST).read_text())
    folder.joinpath(MANIFEST).write_text(json.dumps(manifest | {"format": 99}))
    with pytest.raises(ArtefactError, match="format 99"):
        store.load(folder)


def test_a_manifest_that_is_no_json_is_refused(folder: Path) -> None:
    folder.joinpath(MANIFEST).write_text("{")
    with pytest.raises(ArtefactError, match="cannot be read"):
        store.load(folder)


def test_without_models_the_rules_decide_and_a_warning_says_so(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert engines.linear(tmp_path) is RULES
    assert "only the rules decide" in caplog.text


def test_our_own_models_are_there_and_small() -> None:
    models = store.load()
    assert Task.SECTION_CLASS in models
    size = sum(file.stat().st_size for file in Path(str(store.source_of(None))).iterdir())
    assert size < 5_000_000
