"""A small portion of the torture suite, the same at every run; `poe torture` runs the whole."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from conftest import KINDS, database_of
from disturbed import DEEDS
from growth import Growth
from imports import INLINE, OTHER, TEXT, bring_in, states, write
from kills import Kills
from limits import Limits
from mutations import Mutations
from pathological import TEXTS
from sqlalchemy import Engine, event
from sqlalchemy.engine import make_url
from trials import SEED, Outcome, Part
from zongji.pipeline.bulk.discovery import Selection
from zongji.pipeline.bulk.job import Job, run
from zongji.pipeline.database import transactions

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


@pytest.mark.parametrize("number", [0, 12])
def test_what_is_too_much_for_its_limits_ends_near_them_alone(number: int, tmp_path: Path) -> None:
    assert failed(outcomes(Limits(size=1_500_000, seconds=2), [number], tmp_path)) == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "sqlite"])
def test_no_statement_of_an_import_needs_its_connection(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transactions, "_LONGEST_PAUSE", 0.02)
    files = tmp_path / "files"
    files.mkdir()
    for database in database_of(kind, tmp_path):
        write(files, a=TEXT, b=TEXT.replace("6期", "7期"), c=OTHER)
        bring_in(database, files)
        (files / "a.txt").unlink()
        (files / "b.txt").rename(files / "d.txt")
        write(files, e=TEXT.replace("6期", "8期"), f=OTHER)
        seen: set[str] = set()

        def cut(connection: Any, _: object, statement: str, *__: object, seen: set[str] = seen) -> None:  # noqa: ANN401
            if connection.engine.url.database == make_url(database).database and statement not in seen:  # noqa: B023
                seen.add(statement)
                DEEDS["cut"](connection)

        event.listen(Engine, "before_cursor_execute", cut)
        try:
            tally = run(Job(Selection(paths=(str(files),)), database, workers=INLINE, prune=True))
        finally:
            event.remove(Engine, "before_cursor_execute", cut)
        assert len(seen) > 20
        assert (tally.gone, tally.pruned, tally.stopped) == (1, 1, False)
        assert states(database) == {"c.txt": "success", "d.txt": "success", "e.txt": "success", "f.txt": "success"}


@pytest.mark.alone
@pytest.mark.parametrize("text", ONCE_SLOW)
def test_the_time_of_a_pathological_text_grows_with_its_length(text: str, tmp_path: Path) -> None:
    assert failed(outcomes(Growth(), [list(TEXTS).index(text)], tmp_path)) == []
