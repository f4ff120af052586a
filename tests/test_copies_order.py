"""The marks of copies follow from the set of documents, in whatever order they come and go."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from random import Random

import pytest
from imports import OTHER, bring_in, write
from signed import add, drop, expected, family, marks, seeded, set_gone
from sqlalchemy import delete, event
from test_duplicates import LINES
from zongji.pipeline.bulk import crowds, duplicates
from zongji.pipeline.bulk.duplicates import mark_copies
from zongji.pipeline.bulk.fingerprints import similarity
from zongji.pipeline.bulk.likeness import SignedDocument
from zongji.pipeline.database import migrations
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.migrations import CHANGES
from zongji.pipeline.database.tables import MIGRATIONS
from zongji.pipeline.database.transactions import writing

SHARDS = 4


def mark(database: str) -> None:
    engine = connect(database)
    mark_copies(engine)
    engine.dispose()


def kin(random: Random) -> list[SignedDocument]:
    """Families from near copies to ones at the edge of being versions, and strangers."""
    sizes = ((20, 0.01), (20, 0.06), (20, 0.1), (20, 0.14), (10, 1.0))
    return [document for number, changed in sizes for document in family(random, number, changed)]


@pytest.mark.parametrize(("crowd", "seed"), [(1, 0), (1, 1), (2, 2), (2, 3), (16, 4), (16, 5)])
def test_marks_are_those_of_the_set_after_any_comings_and_goings(
    sqlite: str, crowd: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    random = seeded(seed)
    monkeypatch.setattr(crowds, "CROWD", crowd)
    monkeypatch.setattr(duplicates, "_PORTION", random.choice((1, 3, 10, 1000)))
    every = kin(random)
    there: set[SignedDocument] = set()
    away: set[SignedDocument] = set()
    add(sqlite, every[:1])
    drop(sqlite, every[:1])
    for _ in range(12):
        coming = set(random.sample(every, random.randrange(40))) - there - away
        add(sqlite, coming)
        leaving = set(random.sample(sorted(there), random.randrange(len(there) // 2 + 1)))
        hidden = set(random.sample(sorted(leaving), len(leaving) // 2))
        back = set(random.sample(sorted(away), len(away) // 2))
        drop(sqlite, leaving - hidden)
        set_gone(sqlite, hidden, "2026-01-01")
        set_gone(sqlite, back, None)
        there, away = (there | coming | back) - leaving, (away | hidden) - back
        mark(sqlite)
        assert marks(sqlite) == expected(there)


def test_an_original_that_comes_late_takes_over_the_copies(database: str) -> None:
    random = seeded(1)
    first, *later = sorted(family(random, 10, 0.02))
    add(database, later)
    mark(database)
    add(database, [first])
    mark(database)
    assert marks(database) == expected([first, *later])
    assert {original for _, original, _ in marks(database).values()} == {None, first.document_id}


def test_marks_are_those_of_the_set_when_documents_leave_and_return(database: str) -> None:
    random = seeded(2)
    every = kin(random)
    add(database, every)
    mark(database)
    left = every[::3]
    drop(database, left)
    mark(database)
    assert marks(database) == expected(set(every) - set(left))
    add(database, left)
    mark(database)
    assert marks(database) == expected(every)


@pytest.mark.parametrize("changed", [0.03, 0.12, 1.0], ids=["copies", "of one template", "strangers"])
def test_the_work_grows_with_the_number_of_documents(
    tmp_path: Path, changed: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowds, "CROWD", 4)
    monkeypatch.setattr(duplicates, "_PORTION", 200)
    few, many = (work_of(tmp_path / str(number), number, changed, monkeypatch) for number in (600, 1200))
    assert many[0] <= 3 * few[0]
    assert many[1] <= 3 * few[1] + 1000


def work_of(folder: Path, number: int, changed: float, monkeypatch: pytest.MonkeyPatch) -> tuple[int, int]:
    """Thousands of steps of SQLite, and comparisons of signatures."""
    folder.mkdir()
    database = f"sqlite:///{folder / 'test.db'}"
    add(database, family(seeded(9), number, changed))
    steps, comparisons = [0], [0]

    def step() -> None:
        steps[0] += 1

    def compared(one: bytes, other: bytes) -> float:
        comparisons[0] += 1
        return similarity(one, other)

    engine = connect(database)
    with monkeypatch.context() as patch:
        patch.setattr("zongji.pipeline.bulk.likeness.similarity", compared)
        engine.dispose()
        event.listen(engine, "connect", lambda connection, _: connection.set_progress_handler(step, 1000))
        mark_copies(engine)
    engine.dispose()
    return steps[0], comparisons[0]


def test_a_second_look_compares_nothing(sqlite: str) -> None:
    add(sqlite, kin(seeded(3)))
    engine = connect(sqlite)
    assert mark_copies(engine) > 0
    assert mark_copies(engine) == 0
    engine.dispose()


def test_four_shards_at_once_come_to_the_marks_of_one_run(database: str, sqlite: str, tmp_path: Path) -> None:
    texts = archive(seeded(4))
    folder = tmp_path / "archive"
    folder.mkdir()
    write(folder, **texts)
    bring_in(sqlite, folder)
    shard = partial(_shard, database, folder)
    with ProcessPoolExecutor(SHARDS, get_context("fork")) as processes:  # ready at once, unlike the command
        assert sum(processes.map(shard, range(1, SHARDS + 1))) == len(texts)
    assert marks(database) == marks(sqlite)
    assert {relation for relation, *_ in marks(sqlite).values()} == {"original", "version", "copy"}


def _shard(database: str, folder: Path, number: int) -> int:
    return bring_in(database, folder, shard=(number, SHARDS)).read


def test_files_in_any_order_that_leave_and_return_come_to_the_same_marks(
    database: str, sqlite: str, tmp_path: Path
) -> None:
    random = seeded(6)
    paths = list(write(tmp_path, **archive(random)))
    bring_in(sqlite, *paths)
    random.shuffle(paths)
    for start in range(0, len(paths), 7):
        bring_in(database, *paths[start : start + 7])
    assert marks(database) == marks(sqlite)
    left = {path: path.read_text(encoding="utf-8") for path in paths[::4]}
    for path in left:
        path.write_text(OTHER + path.stem, encoding="utf-8")
    bring_in(database, tmp_path)
    assert marks(database) != marks(sqlite)
    for path, text in left.items():
        path.write_text(text, encoding="utf-8")
    bring_in(database, tmp_path)
    assert marks(database) == marks(sqlite)


def archive(random: Random) -> dict[str, str]:
    """The texts of a template with lines left out and other numbers, many of them at the edge of being versions."""
    texts = {}
    for number in range(48):
        lines = [line for line in LINES if random.random() < 0.9]
        text = f"第{number}县科协2023年工作总结\n" + "\n".join(lines) + "\n"
        texts[f"a{number}"] = text.replace("1600", str(random.choice((1600, 1700))))
    return texts


def test_an_upgraded_database_is_compared_again_and_keeps_copies_out_of_sums_until_then(database: str) -> None:
    every = kin(seeded(8))
    add(database, every)
    mark(database)
    copies = {key for key, (relation, *_) in marks(database).items() if relation == "copy"}
    again = max(number for number, change in enumerate(CHANGES, 1) if change.make is migrations._mark_in_order_of_ids)
    engine = connect(database)
    with writing(engine) as connection:
        connection.execute(delete(MIGRATIONS).where(MIGRATIONS.c.version >= again))
    engine.dispose()
    connect(database).dispose()
    assert {key: relation for key, (relation, *_) in marks(database).items()} == dict.fromkeys(copies, "copy")
    mark(database)
    assert marks(database) == expected(every)
