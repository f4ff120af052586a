"""The check that a change is in the changelog, and the notes of a release."""

from __future__ import annotations

import pytest
from changelog import ChangelogError, check, main, notes

CHANGELOG = """# Changelog

## 0.3.0 (unreleased)

- Coming.

## 0.2.0 (2026-03-01)

- New.
- More.

## 0.1.0 (2026-01-01)

- First.
"""


@pytest.mark.parametrize("path", ["pipeline/flow.py", "models/linear.py", "corpus/lexicons/units.tsv", "cli.py"])
def test_code_without_a_line_is_refused(path: str) -> None:
    with pytest.raises(ChangelogError, match=path):
        check(["README.md", path])


@pytest.mark.parametrize("changed", [["pipeline/flow.py", "CHANGELOG.md"], ["docs/scale.md", "tests/test_cli.py"], []])
def test_other_changes_pass(changed: list[str]) -> None:
    check(changed)


def test_the_notes_of_a_version_are_its_section() -> None:
    assert notes(CHANGELOG, "0.2.0") == "- New.\n- More."


def test_the_last_section_ends_with_the_file() -> None:
    assert notes(CHANGELOG, "0.1.0") == "- First."


@pytest.mark.parametrize(
    ("version", "complaint"), [("0.3.0", "needs the date"), ("0.4.0", "no section"), ("0x2", "no section")]
)
def test_what_is_not_released_has_no_notes(version: str, complaint: str) -> None:
    with pytest.raises(ChangelogError, match=complaint):
        notes(CHANGELOG, version)


def test_an_unknown_base_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "no-such-branch"]) == 1
    assert "no-such-branch" in capsys.readouterr().err
