"""The same import every night: what is gone leaves the sums and comes back, what moved keeps its records."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from imports import EMPTY, INLINE, OTHER, TEXT, bring_in, rows, write
from sqlalchemy import text
from test_duplicates import COPIED, TEMPLATE, relations
from zongji.pipeline.bulk.counts import Tally
from zongji.pipeline.bulk.discovery import Selection
from zongji.pipeline.bulk.job import Job, run
from zongji.pipeline.bulk.status import status_facts
from zongji.pipeline.corrections.journal import reject
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.search import find
from zongji.pipeline.database.stored import document_keys, read_documents
from zongji.pipeline.database.transactions import writing


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A folder to import, apart from the database."""
    folder = tmp_path / "archive"
    folder.mkdir()
    return folder


def night(database: str, *paths: Path, **options: bool) -> Tally:
    """One night's import with options of the job."""
    return run(Job(Selection(paths=tuple(map(str, paths))), database, workers=INLINE, **options))  # type: ignore[arg-type]


def gone(database: str) -> set[str]:
    """The names of the files that are gone."""
    return {Path(str(path)).name for path, mark in rows(database, "sources", "path", "gone") if mark is not None}


def years(database: str, view: str) -> list[object]:
    with connect(database).connect() as connection:
        return sorted(set(connection.execute(text(f"select year from {view}")).scalars()))  # noqa: S608


@pytest.mark.parametrize("view", ["originals", "figure_rows", "figures_by_year", "planned_and_achieved"])
def test_what_is_gone_leaves_every_view_and_comes_back(database: str, archive: Path, view: str) -> None:
    _, other = write(archive, a=TEXT, b=OTHER)
    bring_in(database, archive)
    kept = other.rename(archive.parent / "kept")
    assert bring_in(database, archive).gone == 1
    assert (years(database, view), gone(database), len(rows(database, "documents"))) == ([2023], {"b.txt"}, 2)
    kept.rename(other)
    tally = bring_in(database, archive)
    assert (tally.read, tally.back, years(database, view), gone(database)) == (0, 1, [2022, 2023], set())


def test_what_is_gone_is_counted_once(database: str, archive: Path) -> None:
    write(archive, a=TEXT, b=OTHER)[1].unlink()
    write(archive, b=OTHER)
    bring_in(database, archive)
    (archive / "b.txt").unlink()
    assert [bring_in(database, archive).gone for _ in range(2)] == [1, 0]


def test_search_and_reports_leave_out_what_is_gone(database: str, archive: Path) -> None:
    _, other = write(archive, a=TEXT, b=OTHER)
    bring_in(database, archive)
    other.unlink()
    bring_in(database, archive)
    with connect(database).connect() as connection:
        assert [len(list(find(connection, ["讲座"], gone=also))) for also in (False, True)] == [0, 1]
        (stored,) = read_documents(connection, document_keys(connection))
    assert stored.document.source.path == str(archive / "a.txt")


def test_a_copy_takes_the_place_of_its_original_until_that_is_back(database: str, archive: Path) -> None:
    write(archive, a=TEMPLATE, b=COPIED)
    bring_in(database, archive)
    first = next(name for name, relation in relations(database).items() if relation == "original")
    name = "a.txt" if first == "临河县科协" else "b.txt"
    kept = (archive / name).rename(archive.parent / "kept")
    bring_in(database, archive)
    assert years(database, "originals") == [2023]
    assert sorted(relations(database).values()) == ["None", "original"]
    kept.rename(archive / name)
    bring_in(database, archive)
    assert sorted(relations(database).values()) == ["copy", "original"]


def test_a_moved_file_keeps_its_records_and_corrections(database: str, archive: Path) -> None:
    (old,) = write(archive, a=TEXT)
    bring_in(database, archive)
    with writing(connect(database)) as connection:
        reject(connection, document_keys(connection)[0], "f1", author="x")
    figures = rows(database, "figures")
    (archive / "deep").mkdir()
    old.rename(archive / "deep" / "新.txt")
    tally = bring_in(database, archive)
    assert (tally.moved, tally.read, tally.gone) == (1, 0, 0)
    assert rows(database, "sources", "path") == [(str(archive / "deep" / "新.txt"),)]
    assert rows(database, "figures") == figures


def test_a_move_between_two_given_folders_is_a_move(database: str, archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (old, _) = (*write(archive, a=TEXT, b=OTHER),)
    write(other, c=TEXT.replace("6期", "8期"))
    bring_in(database, archive, other)
    old.rename(other / "a.txt")
    tally = bring_in(database, archive, other)
    assert (tally.moved, tally.gone, gone(database), len(rows(database, "sources"))) == (1, 0, set(), 3)


def test_a_name_that_differs_only_in_case_is_a_move(sqlite: str, archive: Path) -> None:
    write(archive, a=TEXT)
    bring_in(sqlite, archive)
    (archive / "a.txt").rename(archive / "A.TXT")
    assert (bring_in(sqlite, archive).moved, rows(sqlite, "sources", "path")) == (1, [(str(archive / "A.TXT"),)])


def test_a_move_over_another_file_is_a_move(sqlite: str, archive: Path) -> None:
    write(archive, a=TEXT, b=OTHER)
    bring_in(sqlite, archive)
    (archive / "b.txt").replace(archive / "a.txt")
    tally = bring_in(sqlite, archive)
    assert (tally.moved, tally.gone, tally.read, years(sqlite, "originals")) == (1, 0, 0, [2022])


@pytest.mark.parametrize("linking", [shutil.copy, os.link, os.symlink])
def test_a_content_that_lies_at_another_path_is_not_gone(database: str, archive: Path, linking: object) -> None:
    (first,) = write(archive, a=TEXT)
    linking(first, archive / "b.txt")  # type: ignore[operator]
    bring_in(database, archive)
    (archive / "b.txt").unlink()
    assert bring_in(database, archive).gone == 1
    assert (gone(database), years(database, "originals")) == ({"b.txt"}, [2023])


def test_a_link_whose_file_is_gone_is_gone(sqlite: str, archive: Path, tmp_path: Path) -> None:
    (outside,) = write(tmp_path, outside=TEXT)
    (archive / "a.txt").symlink_to(outside)
    write(archive, b=OTHER)
    bring_in(sqlite, archive)
    outside.unlink()
    assert (bring_in(sqlite, archive).gone, gone(sqlite)) == (1, {"a.txt"})


def test_a_file_that_became_a_folder_is_gone(sqlite: str, archive: Path) -> None:
    (first,) = write(archive, a=TEXT)
    bring_in(sqlite, archive)
    first.unlink()
    first.mkdir()
    write(first, inside=OTHER)
    assert (bring_in(sqlite, archive).gone, gone(sqlite)) == (1, {"a.txt"})


def test_a_member_that_vanished_from_an_archive_leaves_the_sums(sqlite: str, archive: Path) -> None:
    for members in ({"a.txt": TEXT, "b.txt": OTHER}, {"a.txt": TEXT}):
        with zipfile.ZipFile(archive / "all.zip", "w") as target:
            for name, content in members.items():
                target.writestr(name, content)
        bring_in(sqlite, archive)
    assert years(sqlite, "originals") == [2023]


@pytest.mark.parametrize("vanish", [shutil.rmtree, lambda folder: [path.unlink() for path in folder.iterdir()]])
def test_a_folder_that_vanished_or_is_empty_marks_nothing_unless_told(
    database: str, archive: Path, tmp_path: Path, vanish: object
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(archive, a=TEXT)
    write(other, b=OTHER)
    bring_in(database, archive, other)
    vanish(archive)  # type: ignore[operator]
    tally = bring_in(database, archive, other)
    assert (tally.gone, [(folder.folder, folder.files) for folder in tally.unseen]) == (0, [(str(archive), 1)])
    assert years(database, "originals") == [2022, 2023]
    assert night(database, archive, other, vanished=True).gone == 1
    assert years(database, "originals") == [2022]


def test_the_only_folder_that_is_empty_marks_nothing_unless_told(sqlite: str, archive: Path) -> None:
    (first,) = write(archive, a=TEXT)
    bring_in(sqlite, archive)
    first.unlink()
    assert (bring_in(sqlite, archive).gone, night(sqlite, archive, vanished=True).gone) == (0, 1)


@pytest.mark.parametrize(
    "selection",
    [
        {"globs": ("*.md",)},
        {"since": datetime(2100, 1, 1, tzinfo=UTC).timestamp()},
        {"max_files": 1},
        {"shard": (1, 2)},
        {"shard": (2, 2)},
    ],
)
def test_only_what_was_looked_for_is_gone(sqlite: str, archive: Path, selection: dict[str, object]) -> None:
    write(archive, a=TEXT, b=OTHER)
    (archive / "c.md").write_text(TEXT.replace("6期", "9期"), encoding="utf-8")
    bring_in(sqlite, archive)
    (archive / "b.txt").unlink()
    found = bring_in(sqlite, archive, **selection).gone
    if "shard" in selection:
        assert found + bring_in(sqlite, archive, shard=(3 - selection["shard"][0], 2)).gone == 1  # type: ignore[index]
    else:
        assert found == 0


def test_files_of_other_folders_are_not_looked_for(sqlite: str, archive: Path, tmp_path: Path) -> None:
    (outside,) = write(tmp_path, outside=TEXT)
    write(archive, a=OTHER)
    bring_in(sqlite, archive, outside)
    outside.unlink()
    assert bring_in(sqlite, archive).gone == 0
    assert bring_in(sqlite, archive, outside).gone == 1


def test_a_file_of_an_odd_name_is_gone_too(sqlite: str, archive: Path) -> None:
    path = os.fsdecode(os.fsencode(archive) + b"/\xb9\xa4\xd7\xf7.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write(TEXT)
    write(archive, b=OTHER)
    bring_in(sqlite, archive)
    assert bring_in(sqlite, archive).gone == 0
    os.unlink(path)
    assert bring_in(sqlite, archive).gone == 1


def test_what_cannot_be_opened_keeps_its_records_and_is_no_error_every_night(
    sqlite: str, archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(archive, a=TEXT, b=OTHER)
    bring_in(sqlite, archive)

    def closed(path: str) -> str:
        raise PermissionError(13, "Permission denied", path)

    os.utime(archive / "a.txt", (1, 1))
    with monkeypatch.context() as patch:
        patch.setattr("zongji.pipeline.bulk.planning.digest_of_file", closed)
        tallies = [bring_in(sqlite, archive) for _ in range(2)]
        with connect(sqlite).connect() as connection:
            assert status_facts(connection)["files"]["states"] == {"success": 1, "failed": 1}
    assert [(tally.failures, tally.failed_before) for tally in tallies] == [(1, 0), (0, 1)]
    assert years(sqlite, "originals") == [2022, 2023]
    assert (bring_in(sqlite, archive).read, rows(sqlite, "files", "state")) == (0, [("success",), ("success",)])


def test_prune_deletes_what_is_gone_but_not_corrections(database: str, archive: Path) -> None:
    (first, _) = write(archive, a=TEXT, b=OTHER)
    bring_in(database, archive)
    with writing(connect(database)) as connection:
        key = next(key for key in document_keys(connection) if "2023" in str(list(read_documents(connection, [key]))))
        reject(connection, key, "f1", author="x")
    figures = len(rows(database, "figures"))
    first.unlink()
    assert night(database, archive, prune=True).pruned == 1
    assert [len(rows(database, table)) for table in ("documents", "sources", "files", "corrections")] == [1, 1, 1, 1]
    write(archive, a=TEXT)
    assert (bring_in(database, archive).read, len(rows(database, "figures"))) == (1, figures)


def test_prune_keeps_a_content_that_another_path_holds(sqlite: str, archive: Path) -> None:
    (first, _, _) = write(archive, a=TEXT, b=TEXT, c=EMPTY)
    bring_in(sqlite, archive)
    first.unlink()
    assert night(sqlite, archive, prune=True).pruned == 1
    assert years(sqlite, "originals") == [2023]


def test_a_content_that_is_changed_back_counts_again(sqlite: str, archive: Path) -> None:
    for content in (TEXT, OTHER, TEXT):
        write(archive, a=content)
        bring_in(sqlite, archive)
    assert (years(sqlite, "originals"), gone(sqlite)) == ([2023], set())


def test_a_run_has_its_counts(database: str, archive: Path) -> None:
    write(archive, a=TEXT, b=OTHER, c=EMPTY, d=TEXT.replace("6期", "5期"))
    bring_in(database, archive)
    (archive / "a.txt").rename(archive / "e.txt")
    (archive / "b.txt").unlink()
    (archive / "x.odd").touch()
    bring_in(database, archive)
    names = ("files", "unchanged", "read", "failed_before", "moved", "gone", "failed", "left_out")
    assert rows(database, "runs", "id", *names)[-1][1:] == (3, 1, 0, 1, 1, 1, 0, 1)
