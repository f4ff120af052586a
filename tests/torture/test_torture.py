"""A small portion of the torture suite, the same at every run; `poe torture` runs the whole."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from conftest import KINDS
from growth import Growth
from kills import Kills
from mutations import Mutations
from pathological import TEXTS
from trials import SEED, Outcome, Part

# What once took time by the square of its length, or raised.
ONCE_SLOW = ("digits with commas", "一 repeated")
WITHOUT_PROGRAMS = (1, 2, 5, 7, 8, 12, 13, 17)  # numbers of damaged files that neither LibreOffice nor OCR reads


def outcomes(part: Part, numbers: Sequence[int], folder: Path) -> list[Outcome]:
    return list(part.run(numbers, SEED, folder))


def failed(found: Sequence[Outcome]) -> list[tuple[int, tuple[str, ...]]]:
    return [(outcome.number, outcome.faults) for outcome in found if outcome.faults]


def test_damaged_files_are_named_once_and_cost_sound_ones_nothing(tmp_path: Path) -> None:
    found = outcomes(Mutations(), WITHOUT_PROGRAMS, tmp_path)
    assert [outcome.number for outcome in found] == list(WITHOUT_PROGRAMS)
    assert failed(found) == []


@pytest.mark.parametrize("kind", KINDS)
def test_a_disturbed_import_ends_with_the_records_of_an_undisturbed_one(kind: str, tmp_path: Path) -> None:
    found = outcomes(Kills(kinds=(kind,), kills=2), [0], tmp_path)
    assert failed(found) == []


@pytest.mark.alone
@pytest.mark.parametrize("text", ONCE_SLOW)
def test_the_time_of_a_pathological_text_grows_with_its_length(text: str, tmp_path: Path) -> None:
    assert failed(outcomes(Growth(), [list(TEXTS).index(text)], tmp_path)) == []
