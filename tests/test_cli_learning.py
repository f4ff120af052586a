"""`zongji evaluate` scores annotated documents and shows errors; wrong input gives a clear message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result
from zongji.cli import app

MARKED = """{doc summary organization=青石县科协 period=2023年}
{title}青石县科协2023年工作总结{/}
{preamble}一年来，举办培训班[6期 sessions 6 achieved unit=期 item=培训班]，\
培训农民[300余人 participants 300 over achieved unit=人 item=农民]。
{problems 1 一、}一、存在问题{/}
经费不足，志愿者只有[12名 participants 15 achieved unit=名 item=志愿者]。
{/doc}
"""


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    tmp_path.joinpath("one.txt").write_text(MARKED, encoding="utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["evaluate", *arguments])


def test_scores_are_shown_by_kind_class_and_field(gold: Path) -> None:
    shown = run(str(gold)).stdout
    assert "figures:sessions" in shown
    assert "class:problems" in shown
    assert "expected calibration error" in shown


def test_each_error_is_shown_with_its_sentence(gold: Path) -> None:
    shown = run(str(gold), "--errors").stdout
    assert "found 12名 participants 12, annotated nothing" in shown
    assert "志愿者只有12名" in shown


def test_json_holds_measures_and_errors(gold: Path) -> None:
    content = json.loads(run(str(gold), "--json").stdout)
    assert content["measures"]["sections"] == 1.0
    assert {"kind": "figures", "found": "12名 participants 12", "annotated": ""}.items() <= content["errors"][0].items()


def test_numerals_that_nobody_accounts_for_are_listed(gold: Path) -> None:
    gold.joinpath("two.txt").write_text("{doc plan}\n{tasks}走访{/}困难户三户。\n{/doc}\n", encoding="utf-8")
    assert run(str(gold), "--numerals").stdout == "two.txt  三  …走访困难户三户。⏎…\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{doc plan}\n{what}\n{/doc}", "an unknown mark"),
        ("{doc plan}\n[3人 participants]\n{/doc}", "without a value"),
    ],
)
def test_a_wrong_annotation_is_refused_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    tmp_path.joinpath("bad.txt").write_text(content, encoding="utf-8")
    found = run(str(tmp_path))
    assert found.exit_code == 1
    assert message in found.stderr
    assert "bad.txt" in found.stderr


def test_a_folder_without_annotated_documents_is_told(tmp_path: Path) -> None:
    found = run(str(tmp_path))
    assert found.exit_code == 1
    assert "no annotated documents" in found.stderr


def test_an_unknown_engine_is_wrong_usage(gold: Path) -> None:
    found = run(str(gold), "--engine", "oracle")
    assert found.exit_code == 2
    assert "linear, rules" in found.stderr


def test_changed_models_are_refused(gold: Path, tmp_path: Path) -> None:
    models = tmp_path / "models"
    models.mkdir()
    models.joinpath("manifest.json").write_text('{"format": 7}')
    found = run(str(gold), "--models", str(models))
    assert found.exit_code == 1
    assert "run zongji train" in found.stderr
