"""A folder becomes tables; finished work is not repeated, changes are replaced, nothing is lost or doubled."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from imports import EMPTY, INLINE, OTHER, TEXT, bring_in, records, rows, states, write
from poison import quick
from sqlalchemy import text, update
from zongji import extract_bytes
from zongji.corpus.records import Damage
from zongji.pipeline.bulk import ledger, worker
from zongji.pipeline.bulk.counts import Tally
from zongji.pipeline.bulk.discovery import Selection, count, entries
from zongji.pipeline.bulk.importer import Watcher
from zongji.pipeline.bulk.job import Job, run
from zongji.pipeline.bulk.planning import Policy
from zongji.pipeline.bulk.worker import Outcome, State, Task
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.tables import RUNS
from zongji.pipeline.database.transactions import writing
from zongji.pipeline.reading.reader import Result
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.reading.walk import LeftOut
from zongji.pipeline.schema.rows import figure_rows


def test_what_is_in_the_database_is_what_extract_finds(database: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=OTHER)
    bring_in(database, tmp_path)
    documents = [extract_bytes(text.encode()).documents[0] for text in (TEXT, OTHER)]
    expected = [
        (document.document_id, figure.id, figure.category.value, figure.value, figure.text, figure.start, figure.total)
        for document in documents
        for figure in document.figures
    ]
    names = ("document_id", "id", "category", "value", "text", "start", "total")
    assert rows(database, "figures", *names) == sorted(expected, key=repr)
    assert rows(database, "texts", "text") == sorted([(document.text,) for document in documents], key=repr)


def test_every_kind_of_database_holds_the_same_records(database: str, sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=OTHER, c=TEXT.replace("6期", "6期\x00"))
    other = sqlite.replace("test.db", "other.db")
    for address in (database, other):
        bring_in(address, tmp_path)
    assert records(database) == records(other)


def test_the_flat_view_has_the_rows_of_the_csv(database: str, tmp_path: Path) -> None:
    (path,) = write(tmp_path, a=TEXT)
    bring_in(database, tmp_path)
    with connect(database).connect() as connection:
        found = [dict(row._mapping) for row in connection.execute(text("select * from figure_rows order by start"))]
    expected = list(figure_rows(extract_bytes(TEXT.encode(), path=str(path)).documents[0]))
    assert [{name: row[name] for name in expected[0]} for row in found] == expected


def test_an_activity_has_its_counts_in_one_row(database: str, tmp_path: Path) -> None:
    write(tmp_path, a="临河镇2023年工作总结\n3月20日在文化广场举办科普讲座2场，听众300人，发放资料500份。\n")
    bring_in(database, tmp_path)
    asked = text("select year, place, participants, sessions, materials from activity_rows")
    with connect(database).connect() as connection:
        assert [tuple(row) for row in connection.execute(asked)] == [(2023, "文化广场", 300, 2, 500)]


def test_the_same_command_again_reads_nothing(database: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=OTHER, c=EMPTY)
    bring_in(database, tmp_path)
    before = records(database)
    tally = bring_in(database, tmp_path)
    assert (tally.read, tally.unchanged, tally.failed_before) == (0, 2, 1)
    assert records(database) == before


def test_only_what_is_new_is_read(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT)
    bring_in(sqlite, tmp_path)
    write(tmp_path, b=OTHER)
    assert (bring_in(sqlite, tmp_path).read, len(rows(sqlite, "documents"))) == (1, 2)


def test_a_changed_file_replaces_its_records(database: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT)
    bring_in(database, tmp_path)
    write(tmp_path, a=OTHER)
    bring_in(database, tmp_path)
    assert rows(database, "documents", "year") == [(2022,)]
    assert sorted(rows(database, "files", "state")) == [("skipped",), ("success",)]


def test_a_file_that_is_changed_back_is_read_again(sqlite: str, tmp_path: Path) -> None:
    for content in (TEXT, OTHER, TEXT):
        write(tmp_path, a=content)
        bring_in(sqlite, tmp_path)
    assert rows(sqlite, "documents", "year") == [(2023,)]


def test_a_touched_file_is_not_read_again(sqlite: str, tmp_path: Path) -> None:
    (path,) = write(tmp_path, a=TEXT)
    bring_in(sqlite, tmp_path)
    os.utime(path, (1, 1))
    tally = bring_in(sqlite, tmp_path)
    assert (tally.read, tally.unchanged) == (0, 1)
    assert bring_in(sqlite, tmp_path).unchanged == 1


def test_the_same_content_at_two_paths_is_one_document_with_two_sources(database: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=TEXT)
    tally = bring_in(database, tmp_path)
    assert (tally.read, tally.same_content) == (1, 1)
    assert len(rows(database, "documents")) == 1
    assert len(rows(database, "sources")) == 2


def test_a_content_stays_as_long_as_one_path_holds_it(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=TEXT)
    bring_in(sqlite, tmp_path)
    write(tmp_path, a=OTHER)
    bring_in(sqlite, tmp_path)
    assert rows(sqlite, "documents", "year") == [(2022,), (2023,)]


def test_a_path_named_twice_is_one_source(sqlite: str, tmp_path: Path) -> None:
    (path,) = write(tmp_path, a=TEXT)
    bring_in(sqlite, tmp_path, path, path)
    assert len(rows(sqlite, "sources")) == 1


def test_what_gives_no_document_is_failed_with_its_reason(database: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=EMPTY, c="")
    tally = bring_in(database, tmp_path, tmp_path, tmp_path / "missing.txt")
    assert states(database) == {"a.txt": "success", "b.txt": "failed", "c.txt": "failed", "missing.txt": "failed"}
    reasons = {reason for (reason,) in rows(database, "files", "reason")}
    assert any("it is empty" in str(reason) for reason in reasons)
    assert any("cannot be read: No such file" in str(reason) for reason in reasons)
    assert tally.failures == 3


def test_a_missing_file_is_tried_again_each_time(sqlite: str, tmp_path: Path) -> None:
    bring_in(sqlite, tmp_path / "a.txt")
    write(tmp_path, a=TEXT)
    bring_in(sqlite, tmp_path / "a.txt")
    assert states(sqlite) == {"a.txt": "success"}


def test_failures_are_tried_again_on_request(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=EMPTY)
    bring_in(sqlite, tmp_path)
    assert bring_in(sqlite, tmp_path, policy=Policy(retry_failed=True)).read == 1


def test_everything_is_read_again_on_request_and_nothing_is_doubled(database: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=OTHER)
    bring_in(database, tmp_path)
    before = records(database)
    assert bring_in(database, tmp_path, policy=Policy(force=True)).read == 2
    assert records(database) == before


def test_a_newer_version_reads_everything_again_and_the_ledger_keeps_both(
    sqlite: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a=TEXT)
    bring_in(sqlite, tmp_path)
    monkeypatch.setattr("zongji.pipeline.bulk.program.version", lambda: "99")
    assert bring_in(sqlite, tmp_path).read == 1
    assert rows(sqlite, "documents", "program") == [("99",)]
    assert len(rows(sqlite, "files")) == 2


@pytest.mark.parametrize(("keep", "year"), [(True, 2023), (False, 2022)])
def test_records_that_exist_are_kept_or_replaced(sqlite: str, tmp_path: Path, *, keep: bool, year: int) -> None:
    write(tmp_path, a=TEXT)
    bring_in(sqlite, tmp_path)
    write(tmp_path, a=OTHER)
    assert bring_in(sqlite, tmp_path, policy=Policy(keep=keep)).kept == keep
    assert rows(sqlite, "documents", "year") == [(year,)]


def test_another_encoding_reads_again(sqlite: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode("gb18030"))
    bring_in(sqlite, tmp_path, settings=Settings(encoding="big5"))
    assert rows(sqlite, "texts", "text") != [(TEXT.strip(),)]
    assert bring_in(sqlite, tmp_path, settings=Settings(encoding="gb18030")).read == 1
    assert rows(sqlite, "texts", "text") == [(TEXT.strip(),)]
    assert bring_in(sqlite, tmp_path, settings=Settings(encoding="gbk")).unchanged == 1


@pytest.mark.parametrize("settings", [Settings(engine_name="rules"), Settings(encoding="utf-8")])
def test_records_are_kept_even_if_only_the_settings_changed(sqlite: str, tmp_path: Path, settings: Settings) -> None:
    write(tmp_path, a=TEXT)
    for given in (settings, Settings()):  # so that these settings have been replaced before
        bring_in(sqlite, tmp_path, settings=given)
    before = records(sqlite)
    write(tmp_path, b=TEXT, c=OTHER)
    tally = bring_in(sqlite, tmp_path, settings=settings, policy=Policy(keep=True))
    assert (tally.kept, tally.same_content, tally.read) == (1, 1, 1)
    kept = records(sqlite)
    assert {name: [row for row in kept[name] if row in found] for name, found in before.items()} == before


def test_what_has_no_records_is_read_even_if_records_are_kept(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=EMPTY)
    bring_in(sqlite, tmp_path, settings=Settings(engine_name="rules"))
    assert bring_in(sqlite, tmp_path, policy=Policy(keep=True)).read == 1


def test_what_a_killed_run_left_open_is_done_by_the_next(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT, b=OTHER)

    def killed(task: Task) -> Outcome:
        raise KeyboardInterrupt(task.path)

    job = Job(Selection(paths=(str(tmp_path),)), sqlite, workers=INLINE)
    with pytest.raises(KeyboardInterrupt):
        run(job, function=killed)
    assert {state for (state,) in rows(sqlite, "files", "state")} == {"pending"}
    bring_in(sqlite, tmp_path)
    assert set(states(sqlite).values()) == {"success"}


def test_records_of_a_file_that_is_gone_outlive_a_forced_run_that_was_killed(sqlite: str, tmp_path: Path) -> None:
    (first, _) = write(tmp_path, a=TEXT, b=OTHER)
    bring_in(sqlite, tmp_path)

    def killed(task: Task) -> Outcome:
        raise KeyboardInterrupt(task.path)

    with pytest.raises(KeyboardInterrupt):
        run(Job(Selection(paths=(str(tmp_path),)), sqlite, Policy(force=True), INLINE), function=killed)
    first.unlink()
    ended = rows(sqlite, "runs", "id")
    with writing(connect(sqlite)) as connection:
        connection.execute(update(RUNS).values(state="killed"))
    bring_in(sqlite, tmp_path)
    assert (len(ended), rows(sqlite, "documents", "year")) == (2, [(2022,), (2023,)])


def test_a_file_and_its_ledger_row_are_written_together_or_not_at_all(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a=TEXT)
    with monkeypatch.context() as patch:
        patch.setattr(ledger, "_drop_replaced", _fail)
        with pytest.raises(RuntimeError):
            bring_in(database, tmp_path)
    assert rows(database, "documents") == []
    assert {state for (state,) in rows(database, "files", "state")} <= {"pending"}
    bring_in(database, tmp_path)
    assert len(rows(database, "documents")) == 1


def _fail(*_: object) -> None:
    message = "in the middle of a transaction"
    raise RuntimeError(message)


def test_nothing_is_reported_before_it_is_in_the_database(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, **{f"a{number}": TEXT.replace("6期", f"{number}期") for number in range(20)})
    seen = []

    class Listening(Watcher):
        def recorded(self, _: Sequence[Outcome], tally: Tally) -> None:
            seen.append((tally.read, len(rows(sqlite, "sources"))))

    run(Job(Selection(paths=(str(tmp_path),)), sqlite, workers=INLINE), watcher=Listening())
    assert all(reported <= written for reported, written in seen)
    assert seen[-1] == (20, 20)


def test_a_file_that_changes_while_it_is_read_is_not_taken_for_what_it_was(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a=TEXT)
    outcome = worker.work(Task(str(path), "0" * 64, 1, "1"))
    assert (outcome.state, "it changed" in str(outcome.reason)) == (State.FAILED, True)


def test_what_no_database_takes_is_replaced(database: str, tmp_path: Path) -> None:
    document = extract_bytes(TEXT.encode()).documents[0]
    figure = replace(document.figures[0], value=10**30, text="\ud8006\x00期")
    odd = replace(document, title="\ud800题\x00", figures=(figure,), text=document.text + "\x00\ud800")
    task = Task("a", odd.source.sha256, 1, "1")
    found = worker.rows_of(Result("a", (odd,)), task)
    write(tmp_path, a=TEXT)
    job = Job(Selection(paths=(str(tmp_path),)), database, workers=INLINE)
    run(job, function=lambda real: Outcome(replace(real, program="0.1.0"), State.SUCCESS, rows=_as(found, real)))
    assert rows(database, "documents", "title") == [("\ufffd题\ufffd",)] or rows(database, "documents", "title") == [
        ("\ufffd\ufffd\ufffd题\ufffd",)
    ]
    assert rows(database, "figures", "value") == [(1e30,)]


def _as(found: worker.Rows, task: Task) -> worker.Rows:
    """Rows with the version that the ledger will have."""
    documents = [tuple(task.program if value == "1" else value for value in row) for row in found["documents"]]
    return {**found, "documents": documents}


def test_members_of_archives_have_ids_of_their_archive() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as members:
        members.writestr("b.txt", TEXT)
        members.writestr("c.txt", TEXT)
    result = extract_bytes(archive.getvalue(), path="a.zip")
    found = worker.rows_of(result, Task("a.zip", "f" * 64, 1, "1"))["documents"]
    assert {row[4] for row in found} == {"b.txt", "c.txt"}
    assert len({row[0] for row in found}) == 2
    assert {row[1] for row in found} == {document.document_id for document in result.documents}


def test_a_document_with_lost_bytes_is_partial(sqlite: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(TEXT.encode() * 3 + "再举办讲座".encode() + b"\xff\xff" + TEXT.encode())
    bring_in(sqlite, tmp_path)
    assert states(sqlite) == {"a.txt": "partial"}


def test_a_name_that_is_no_text_is_kept(sqlite: str, tmp_path: Path) -> None:
    path = os.fsdecode(os.fsencode(tmp_path) + b"/\xb9\xa4\xd7\xf7.txt")
    with open(path, "w", encoding="utf-8") as file:
        file.write(TEXT)
    bring_in(sqlite, tmp_path)
    assert rows(sqlite, "sources", "path") == [(f"{tmp_path}/\\xb9\\xa4\\xd7\\xf7.txt",)]


def test_a_run_is_noted_with_its_options(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT)
    bring_in(sqlite, tmp_path, max_files=5)
    ((state, files, read, options),) = rows(sqlite, "runs", "state", "files", "read", "options")
    assert (state, files, read, '"max_files": 5' in str(options)) == ("done", 1, 1, True)


def test_hidden_files_and_unknown_extensions_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, a=TEXT)
    for name in (".hidden.txt", "b.xyz"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [Path(entry.path).name for entry in entries(Selection(paths=(str(tmp_path),)), LeftOut())] == ["a.txt"]


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        ({}, ["2022/b.txt", "2023/a.txt", "2023/c.md"]),
        ({"globs": ("*.md",)}, ["2023/c.md"]),
        ({"globs": ("2022/*",)}, ["2022/b.txt"]),
        ({"globs": ("a.*", "b.*")}, ["2022/b.txt", "2023/a.txt"]),
        ({"max_files": 2}, ["2022/b.txt", "2023/a.txt"]),
        ({"since": datetime(2020, 1, 1, tzinfo=UTC).timestamp()}, ["2022/b.txt", "2023/c.md"]),
    ],
)
def test_files_are_selected(tmp_path: Path, selection: dict[str, object], names: list[str]) -> None:
    for name in ("2023/a.txt", "2022/b.txt", "2023/c.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    os.utime(tmp_path / "2023" / "a.txt", (1, 1))
    chosen = Selection(paths=(str(tmp_path),), **selection)  # type: ignore[arg-type]
    assert [str(Path(entry.path).relative_to(tmp_path)) for entry in entries(chosen, LeftOut())] == names
    assert count(chosen) == len(names)


def test_a_list_names_files_whatever_they_are_called(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text(TEXT, encoding="utf-8")
    (tmp_path / "list").write_text(f"{tmp_path / 'a.xyz'}\r\n\n", encoding="utf-8")
    assert [Path(entry.path).name for entry in entries(Selection(file_list=tmp_path / "list"), LeftOut())] == ["a.xyz"]


def test_shards_share_the_files_without_overlap(tmp_path: Path) -> None:
    write(tmp_path, **{f"a{number}": TEXT for number in range(50)})
    parts = [
        {entry.path for entry in entries(Selection(paths=(str(tmp_path),), shard=(number, 3)), LeftOut())}
        for number in (1, 2, 3)
    ]
    assert sum(map(len, parts)) == len(set.union(*parts)) == 50
    assert all(parts)


def test_shards_into_one_database_come_to_the_same_records(database: str, sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, **{f"a{number}": TEXT.replace("6期", f"{number % 7}期") for number in range(20)})
    whole = sqlite.replace("test.db", "whole.db")
    bring_in(whole, tmp_path)
    for number in (1, 2):
        bring_in(database, tmp_path, shard=(number, 2))
    names = ("document_id", "id", "value")
    assert rows(database, "figures", *names) == rows(whole, "figures", *names)


def test_shards_that_write_at_once_come_to_the_same_records(database: str, sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, **{f"a{number}": TEXT.replace("6期", f"{number % 25}期") for number in range(50)})
    whole = sqlite.replace("test.db", "whole.db")
    bring_in(whole, tmp_path)
    with ThreadPoolExecutor(2) as threads:
        list(threads.map(lambda number: bring_in(database, tmp_path, shard=(number, 2)), (1, 2)))
    assert rows(database, "figures") == rows(whole, "figures")
    assert rows(database, "sources", "path", "sha256") == rows(whole, "sources", "path", "sha256")
    assert None not in {relation for (relation,) in rows(database, "signatures", "relation")}


def test_damage_is_counted_by_certainty(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a="縣科協(xié)舉辦講座６場，參加群眾300人。\n")
    bring_in(sqlite, tmp_path)
    names = ("damage_exact", "damage_likely", "damage_unrecovered")
    assert rows(sqlite, "documents", *names) == [tuple(getattr(Damage(exact=0), name[7:]) for name in names)]


def test_an_import_in_many_windows_sees_every_file(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, **{f"a{number}": f"{number}" for number in range(600)})
    run(Job(Selection(paths=(str(tmp_path),)), sqlite, workers=INLINE), function=quick)
    assert len(rows(sqlite, "files")) == 600
