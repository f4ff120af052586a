"""Annotations out and in again: every offset matches its words, and changed labels become corrections."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import spacy
from imports import OTHER, TEXT, bring_in, rows, write
from spacy.tokens import DocBin
from typer.testing import CliRunner, Result
from zongji import extract_text
from zongji.cli import app
from zongji.corpus.annotation import AnnotationError, parse
from zongji.corpus.annotation_writer import written
from zongji.corpus.gold import faults, read_folder
from zongji.pipeline.corrections import journal
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.stored import document_keys
from zongji.pipeline.database.transactions import writing
from zongji.pipeline.exchange.annotated import MisplacedError, checked_span

Tasks = list[dict[str, Any]]
ROOT = Path(__file__).parent.parent
EMOJI = "临河镇2023年工作总结\n😀举办培训班6期，😀培训农民300余人。\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def stored(sqlite: str, tmp_path: Path) -> str:
    bring_in(sqlite, *write(tmp_path, a=TEXT, b=OTHER, c=EMOJI))
    return sqlite


def exported(database: str, target: Path, output_format: str) -> Path:
    result = run("export", "--db", database, "-f", output_format, "-o", target)
    assert result.exit_code == 0, result.stderr
    return target


def complete_all(database: str) -> None:
    engine = connect(database)
    with writing(engine) as connection:
        for key in document_keys(connection):
            journal.complete(connection, key, author="x")
    engine.dispose()


def figures(database: str) -> list[tuple[object, ...]]:
    return rows(database, "figures", "document_id", "start", "end", "text", "category", "value", "bound", "item")


def said(database: str) -> list[object]:
    return sorted(str(action) for (action,) in rows(database, "corrections", "action"))


@pytest.mark.parametrize("folder", ["dev", "test"])
def test_every_gold_document_is_written_as_it_was_read(folder: str) -> None:
    for gold in read_folder(ROOT / "corpus" / "gold" / folder):
        assert parse(written(gold.annotated)) == gold.annotated


@pytest.mark.parametrize("text", ["{x}", "[6期 sessions 6]"])
def test_a_text_with_signs_of_the_notation_is_refused(text: str) -> None:
    annotated = parse("{doc summary}\n一句话。\n{/doc}\n")
    with pytest.raises(AnnotationError):
        written(type(annotated)(annotated.text + text, annotated.documents, (), ()))


def test_label_studio_holds_every_figure_in_its_place(stored: str, tmp_path: Path) -> None:
    tasks = json.loads(exported(stored, tmp_path / "out.json", "labelstudio").read_text(encoding="utf-8"))
    results = [(task["data"]["text"], result) for task in tasks for result in task["predictions"][0]["result"]]
    assert len([result for _, result in results if result["type"] == "labels"]) == len(figures(stored))
    for text, value in ((text, result["value"]) for text, result in results if result["type"] == "labels"):
        assert text[value["start"] : value["end"]] == value["text"]
    assert '<Label value="participants"/>' in (tmp_path / "out.xml").read_text(encoding="utf-8")


def test_what_was_reviewed_is_an_annotation(stored: str, tmp_path: Path) -> None:
    complete_all(stored)
    tasks = json.loads(exported(stored, tmp_path / "out.json", "labelstudio").read_text(encoding="utf-8"))
    assert all("annotations" in task and "predictions" not in task for task in tasks)


def test_doccano_holds_every_figure_in_its_place(stored: str, tmp_path: Path) -> None:
    lines = [
        json.loads(line)
        for line in exported(stored, tmp_path / "out.jsonl", "doccano").read_text(encoding="utf-8").splitlines()
    ]
    found = {
        (line["document_id"], line["text"][start:end], label) for line in lines for start, end, label in line["label"]
    }
    assert found == {(row[0], row[3], row[4]) for row in figures(stored)}


def test_spacy_reads_the_spans_of_figures_and_sections(stored: str, tmp_path: Path) -> None:
    target = exported(stored, tmp_path / "out.spacy", "spacy")
    docs = list(DocBin(store_user_data=True).from_disk(target).get_docs(spacy.blank("zh").vocab))
    found = {(doc.user_data["document_id"], span.text, span.label_) for doc in docs for span in doc.spans["figures"]}
    assert found == {(row[0], row[3], row[4]) for row in figures(stored)}
    assert any(span.label_ == "title" for doc in docs for span in doc.spans["sections"])


def test_brat_stands_off_every_figure(stored: str, tmp_path: Path) -> None:
    folder = exported(stored, tmp_path / "out", "brat")
    found = set()
    for path in folder.glob("*.ann"):
        text = path.with_suffix(".txt").read_bytes().decode("utf-8")
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("T"):
                category, start, end = line.split("\t")[1].split(" ")
                found.add((path.stem, text[int(start) : int(end)], category))
    assert found == {(row[0], row[3], row[4]) for row in figures(stored)}


def test_gold_holds_what_was_reviewed_and_nothing_else(stored: str, tmp_path: Path) -> None:
    assert run("export", "--gold", "--db", stored, "-o", tmp_path / "gold").exit_code == 1
    complete_all(stored)
    assert run("export", "--gold", "--db", stored, "-o", tmp_path / "gold").exit_code == 0
    gold = list(read_folder(tmp_path / "gold"))
    found = {(one.path.stem, figure.text, figure.fields["value"]) for one in gold for figure in one.annotated.figures}
    assert found == {(row[0], row[3], row[5]) for row in figures(stored)}
    assert [fault for one in gold for fault in faults(one.annotated)] == []


def test_gold_has_corrections_in_it(stored: str, tmp_path: Path) -> None:
    engine = connect(stored)
    with writing(engine) as connection:
        key = document_keys(connection)[0]
        journal.change(connection, key, "f1", {"value": 7, "item": "实用 技术班"}, author="x")
        journal.reject(connection, key, "f2", author="x")
        journal.complete(connection, key, author="x")
    run("export", "--gold", "--db", stored, "-o", tmp_path / "gold")
    (gold,) = read_folder(tmp_path / "gold")
    first = gold.annotated.figures[0]
    assert (first.text, first.fields["value"], first.fields["item"]) == ("6期", 7, "实用技术班")
    assert "300余人" not in {figure.text for figure in gold.annotated.figures}
    assert extract_text(gold.annotated.text)


def edited(path: Path, change: Callable[[Tasks], None]) -> Path:
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for task in tasks:
        task["annotations"] = task.pop("predictions", None) or task["annotations"]
    change(tasks)
    path.write_text(json.dumps(tasks, ensure_ascii=False), encoding="utf-8")
    return path


def brought_back(database: str, path: Path) -> Result:
    return run("import-labels", path, "--db", database, "--name", "赵六")


def test_untouched_labels_accept_every_figure(stored: str, tmp_path: Path) -> None:
    before = figures(stored)
    result = brought_back(stored, edited(exported(stored, tmp_path / "o.json", "labelstudio"), lambda _: None))
    assert (result.exit_code, said(stored)) == (0, ["accept"] * len(before))
    assert figures(stored) == before


def test_label_studio_changes_rejects_and_adds(stored: str, tmp_path: Path) -> None:
    def change(tasks: Tasks) -> None:
        task = next(task for task in tasks if "300余人" in task["data"]["text"] and "3月20日" in task["data"]["text"])
        results = task["annotations"][0]["result"]
        task["annotations"][0]["result"] = [one for one in results if one["value"]["text"] != "1场"]
        for one in results:
            if one["value"]["text"] == "6期" and one["from_name"] == "value":
                one["value"]["number"] = 8
            if one["value"]["text"] == "300余人" and one["type"] == "labels":
                one["value"]["labels"] = ["other"]
        start = task["data"]["text"].index("3月20日")
        value = {"start": start, "end": start + 5, "text": "3月20日", "labels": ["duration"]}
        new = {"id": "new", "from_name": "category", "to_name": "text", "type": "labels", "value": value}
        task["annotations"][0]["result"].append(new)
        tasks[:] = [task]

    assert brought_back(stored, edited(exported(stored, tmp_path / "o.json", "labelstudio"), change)).exit_code == 0
    assert said(stored) == ["add", "change", "change", "reject"]
    found = {row[1:6] for row in figures(stored)}
    start = TEXT.index("3月20日")
    assert {("6期", "sessions", 8.0), ("300余人", "other", 300.0)} <= {row[2:] for row in found}
    assert (start, start + 5, "3月20日", "duration") in {row[:4] for row in found}


def test_offsets_in_utf_16_are_turned_into_code_points(stored: str, tmp_path: Path) -> None:
    def shift(tasks: Tasks) -> None:
        for task in tasks:
            text = task["data"]["text"]
            for result in task["annotations"][0]["result"]:
                for name in ("start", "end"):
                    result["value"][name] = len(text[: result["value"][name]].encode("utf-16-le")) // 2

    before = figures(stored)
    result = brought_back(stored, edited(exported(stored, tmp_path / "o.json", "labelstudio"), shift))
    assert (result.exit_code, set(said(stored))) == (0, {"accept"})
    assert figures(stored) == before


def test_offsets_that_do_not_hold_their_words_are_refused_and_change_nothing(stored: str, tmp_path: Path) -> None:
    def spoil(tasks: Tasks) -> None:
        for task in tasks:
            task["annotations"][0]["result"][0]["value"]["start"] += 1

    result = brought_back(stored, edited(exported(stored, tmp_path / "o.json", "labelstudio"), spoil))
    assert (result.exit_code, "is not" in result.stderr, said(stored)) == (1, True, [])


@pytest.mark.parametrize("shape", ["label", "labels", "entities"])
def test_doccano_comes_back_in_each_of_its_shapes(stored: str, tmp_path: Path, shape: str) -> None:
    path = exported(stored, tmp_path / "o.jsonl", "doccano")
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        spans = line.pop("label")[1:]
        names = ("start_offset", "end_offset", "label")
        line[shape] = [dict(zip(names, span, strict=True)) for span in spans] if shape == "entities" else spans
        line.pop("document_id")  # doccano keeps it only where it is told to
    path.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), encoding="utf-8")
    number = len(figures(stored))
    assert brought_back(stored, path).exit_code == 0
    assert said(stored) == ["accept"] * (number - 3) + ["reject"] * 3


def test_a_label_drawn_anew_moves_its_figure(stored: str, tmp_path: Path) -> None:
    start = TEXT.index("300余人")
    key = next(row[0] for row in figures(stored) if row[1] == start)
    path = tmp_path / "o.jsonl"
    stored_text = dict(rows(stored, "texts", "document_id", "text"))[key]
    label = [[start, start + 4, "participants"]]
    path.write_text(json.dumps({"text": stored_text, "label": label}, ensure_ascii=False), encoding="utf-8")
    assert brought_back(stored, path).exit_code == 0
    assert (start, start + 4, "300余") in {row[1:4] for row in figures(stored)}
    assert said(stored).count("change") == 1


def test_another_text_is_refused(stored: str, tmp_path: Path) -> None:
    path = tmp_path / "o.jsonl"
    path.write_text('{"text": "别的文字", "label": []}', encoding="utf-8")
    result = brought_back(stored, path)
    assert (result.exit_code, "no document with this text" in result.stderr) == (1, True)


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"text": 3', '[{"data": {}, "annotations": [{"result": [{}]}]}]'])
def test_a_file_of_another_kind_is_named(stored: str, tmp_path: Path, content: str) -> None:
    path = tmp_path / "o.json"
    path.write_text(content, encoding="utf-8")
    result = brought_back(stored, path)
    assert result.exit_code == 1
    assert ("expected are an export" if content else "it holds no labels") in result.stderr


@pytest.mark.parametrize(
    ("start", "end", "words", "span"),
    [(1, 3, "6期", (1, 3)), (2, 4, "6期", (1, 3)), (1, 3, None, (1, 3)), (2, 4, None, None), (0, 2, "6期", None)],
)
def test_a_span_is_held_against_its_words(
    start: int, end: int, words: str | None, span: tuple[int, int] | None
) -> None:
    if span is None:
        with pytest.raises(MisplacedError):
            checked_span("😀6期", start, end, words)
    else:
        assert checked_span("😀6期", start, end, words) == span
