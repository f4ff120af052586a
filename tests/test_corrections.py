"""Corrections: they show everywhere at once, can be taken back, and outlive every later import of the same content."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from imports import OTHER, TEXT, bring_in, rows, write
from sqlalchemy import Connection, delete, update
from zongji.corpus.labels import Bound, Category, Modality, SectionLabel
from zongji.corpus.records import Figure
from zongji.pipeline.bulk.planning import Policy
from zongji.pipeline.corrections import journal
from zongji.pipeline.corrections.anchors import Anchor, find
from zongji.pipeline.corrections.journal import UnknownRecordError
from zongji.pipeline.corrections.replay import replay
from zongji.pipeline.corrections.sections import relabel
from zongji.pipeline.corrections.undo import undo
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.stored import document_keys, read_documents
from zongji.pipeline.database.tables import FIGURES, METADATA
from zongji.pipeline.database.transactions import writing

AUTHOR = "审阅者"


def within(database: str, act: Callable[[Connection, str], object]) -> None:
    """Do something to the first document."""
    engine = connect(database)
    with writing(engine) as connection:
        act(connection, document_keys(connection)[0])
    engine.dispose()


def figures(database: str) -> list[tuple[object, ...]]:
    return rows(database, "figures", "start", "id", "category", "value", "item", "confidence")


def read(database: str) -> tuple[Figure, ...]:
    engine = connect(database)
    with engine.connect() as connection:
        (stored,) = read_documents(connection, document_keys(connection))
    engine.dispose()
    return stored.document.figures


def accept(connection: Connection, key: str) -> None:
    journal.accept(connection, key, "f1", author=AUTHOR)


def change(connection: Connection, key: str) -> None:
    journal.change(connection, key, "f2", {"value": 301, "item": "农户"}, author=AUTHOR)


def reject(connection: Connection, key: str) -> None:
    journal.reject(connection, key, "f3", author=AUTHOR)


def add(connection: Connection, key: str) -> None:
    (stored,) = read_documents(connection, [key])
    first = stored.document.figures[0]
    text = "3月20日"
    start = stored.document.text.index(text)
    quote = "其中3月20日在文化广场开展宣传活动1场。"
    new = replace(first, text=text, start=start, end=start + len(text), quote=quote, value=20)
    journal.add(connection, key, new, author=AUTHOR)


def undo_last(connection: Connection, _: str) -> None:
    undo(connection, author=AUTHOR)


@pytest.fixture
def reviewed(database: str, tmp_path: Path) -> str:
    bring_in(database, *write(tmp_path, a=TEXT))
    for act in (accept, change, reject, add):
        within(database, act)
    return database


def test_corrections_show_in_the_figures_at_once(reviewed: str) -> None:
    found = {figure.id: figure for figure in read(reviewed)}
    assert found.keys() == {"f1", "f2", "f4"}
    assert (found["f2"].value, found["f2"].item, found["f1"].confidence, found["f4"].text) == (
        301,
        "农户",
        1,
        "3月20日",
    )


def test_who_and_when_stand_in_the_journal(reviewed: str) -> None:
    noted = rows(reviewed, "corrections", "number", "action", "author", "undone")
    assert [(action, author, undone) for _, action, author, undone in noted] == [
        ("accept", AUTHOR, None),
        ("change", AUTHOR, None),
        ("reject", AUTHOR, None),
        ("add", AUTHOR, None),
    ]
    assert all("T" in str(made) for (made,) in rows(reviewed, "corrections", "made"))


def test_everything_can_be_taken_back_step_by_step(database: str, tmp_path: Path) -> None:
    bring_in(database, *write(tmp_path, a=TEXT))
    before = [figures(database)]
    for act in (accept, change, reject, add):
        within(database, act)
        before.append(figures(database))
    for expected in reversed(before[:-1]):
        within(database, undo_last)
        assert figures(database) == expected
    within(database, undo_last)
    assert figures(database) == before[0]


def test_only_ones_own_corrections_are_taken_back(reviewed: str) -> None:
    before = figures(reviewed)
    within(reviewed, lambda connection, _: undo(connection, author="somebody else"))
    assert figures(reviewed) == before


def test_taking_back_leaves_what_somebody_else_said_since(database: str, tmp_path: Path) -> None:
    bring_in(database, *write(tmp_path, a=TEXT))
    extracted = figures(database)
    within(database, change)
    within(
        database, lambda connection, key: journal.change(connection, key, "f2", {"value": 9}, author="somebody else")
    )
    within(database, undo_last)
    assert {figure.id: figure.value for figure in read(database)}["f2"] == 9
    within(database, lambda connection, _: undo(connection, author="somebody else"))
    assert figures(database) == extracted


def test_a_correction_of_a_document_that_is_gone_can_be_taken_back(reviewed: str, tmp_path: Path) -> None:
    write(tmp_path, a=OTHER)
    bring_in(reviewed, tmp_path / "a.txt")
    before = figures(reviewed)
    for _ in range(4):
        within(reviewed, undo_last)
    assert figures(reviewed) == before
    assert all(undone for (undone,) in rows(reviewed, "corrections", "undone"))


def test_the_class_of_a_section_is_corrected_outlives_an_import_and_is_taken_back(
    database: str, tmp_path: Path
) -> None:
    bring_in(database, *write(tmp_path, a=OTHER))
    labels = [rows(database, "sections", "start", "label", "confidence")]
    within(database, lambda connection, key: relabel(connection, key, "s2", SectionLabel.GOALS, author=AUTHOR))
    labels.append(rows(database, "sections", "start", "label", "confidence"))
    bring_in(database, tmp_path / "a.txt", policy=Policy(force=True))
    assert rows(database, "sections", "start", "label", "confidence") == labels[1] != labels[0]
    assert "goals" in {row[1] for row in labels[1]}
    within(database, undo_last)
    assert rows(database, "sections", "start", "label", "confidence") == labels[0]


def test_an_import_by_force_changes_nothing_that_was_corrected(reviewed: str, tmp_path: Path) -> None:
    before = figures(reviewed)
    bring_in(reviewed, tmp_path / "a.txt", policy=Policy(force=True))
    assert figures(reviewed) == before


def test_the_same_content_at_another_path_has_the_corrections(reviewed: str, tmp_path: Path) -> None:
    before = figures(reviewed)
    (tmp_path / "a.txt").unlink()
    write(tmp_path, b=TEXT)
    bring_in(reviewed, tmp_path / "b.txt", policy=Policy(force=True))
    assert figures(reviewed) == before


def test_a_content_that_comes_back_has_its_corrections_again(reviewed: str, tmp_path: Path) -> None:
    before = figures(reviewed)
    write(tmp_path, a=OTHER)
    bring_in(reviewed, tmp_path / "a.txt")
    assert figures(reviewed) != before
    write(tmp_path, a=TEXT)
    bring_in(reviewed, tmp_path / "a.txt")
    assert figures(reviewed) == before


def test_corrections_can_be_taken_back_after_another_import(reviewed: str, tmp_path: Path) -> None:
    bring_in(reviewed, tmp_path / "a.txt", policy=Policy(force=True))
    for _ in range(4):
        within(reviewed, undo_last)
    after = figures(reviewed)
    bring_in(reviewed, tmp_path / "a.txt", policy=Policy(force=True))
    assert figures(reviewed) == after
    assert [figure[3] for figure in after] == [6, 300, 1]


def test_a_version_that_finds_other_places_and_ids_is_outranked(reviewed: str) -> None:
    """As if the new version saw each figure two characters later, by other ids, with other values, and missed one."""

    def another_version(connection: Connection, key: str) -> None:
        connection.execute(delete(FIGURES).where(FIGURES.c.document_id == key, FIGURES.c.id != "f2"))
        moved = {"id": "f9", "start": FIGURES.c.start + 40, "end": FIGURES.c.end + 40, "value": 7, "item": "x"}
        connection.execute(update(FIGURES).where(FIGURES.c.document_id == key).values(moved))
        replay(connection, [str(rows(reviewed, "files", "sha256")[0][0])])

    within(reviewed, another_version)
    found = {figure.text: (figure.value, figure.item) for figure in read(reviewed)}
    assert found["300余人"] == (301, "农户")
    assert found["6期"][0] == 6
    assert "3月20日" in found
    assert "1场" not in found


def test_a_correction_whose_place_is_gone_is_kept_and_marked(reviewed: str) -> None:
    def other_text(connection: Connection, key: str) -> None:
        texts = METADATA.tables["texts"]
        connection.execute(update(texts).where(texts.c.document_id == key).values(text="别的"))
        connection.execute(delete(FIGURES).where(FIGURES.c.document_id == key))
        replay(connection, [str(rows(reviewed, "files", "sha256")[0][0])])

    within(reviewed, other_text)
    assert figures(reviewed) == []
    assert [bool(placed) for (placed,) in rows(reviewed, "corrections", "placed")] == [False] * 4


@pytest.mark.parametrize("act", [accept, reject])
def test_a_figure_that_is_not_there_is_an_error(
    database: str, tmp_path: Path, act: Callable[[Connection, str], None]
) -> None:
    bring_in(database, *write(tmp_path, a=TEXT))
    with pytest.raises(UnknownRecordError, match="no such figure"):
        within(database, lambda connection, _: act(connection, "'; drop table figures; --"))
    assert len(figures(database)) == 3


def test_an_older_database_gets_the_table(sqlite: str, tmp_path: Path) -> None:
    bring_in(sqlite, *write(tmp_path, a=TEXT))
    engine = connect(sqlite)
    with writing(engine) as connection:
        connection.exec_driver_sql("drop table corrections")
        connection.exec_driver_sql("delete from zongji_migrations where version >= 4")
    engine.dispose()
    within(sqlite, accept)
    assert len(rows(sqlite, "corrections")) == 1


def sample(start: int, text: str, quote: str) -> Figure:
    fields = (Category.SESSIONS, 1, None, Bound.EXACT, "场", "讲座", Modality.ACHIEVED, False, None)
    return Figure(f"f{start}", *fields, text, start, start + len(text), quote=quote)


@pytest.mark.parametrize(
    ("anchor", "found"),
    [
        (Anchor(10, 12, "1场", "甲。"), 10),
        (Anchor(11, 13, "1场", "甲。"), 10),
        (Anchor(70, 72, "1场", "乙。"), 50),
        (Anchor(70, 72, "1场", "丙。"), None),
        (Anchor(70, 72, "1场", ""), None),
    ],
)
def test_a_figure_is_found_by_place_then_by_words_and_sentence(anchor: Anchor, found: int | None) -> None:
    figures = [sample(10, "1场", "甲。"), sample(30, "1场", "乙。"), sample(50, "1场", "乙。")]
    figure = find(anchor, figures)
    assert (figure.start if figure else None) == found
