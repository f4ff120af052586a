"""The annotated corpus is valid, and the checker reports what is not."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from conftest import DEEP
from zongji.corpus.annotation import AnnotationError, parse
from zongji.corpus.faults import faults
from zongji.corpus.gold import read_file, read_folder, unannotated_numerals

GOLD = Path(__file__).parent.parent / "corpus" / "gold"
FILES = sorted(GOLD.rglob("*.txt"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_an_annotated_document_has_no_fault(path: Path) -> None:
    assert list(faults(read_file(path).annotated)) == []


def test_the_corpus_is_as_large_as_its_card_says() -> None:
    documents = [
        document for path in FILES if path.parent.name != "second" for document in read_file(path).annotated.documents
    ]
    assert len(documents) >= 300


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("{preamble}走访[3户 participants achieved unit=户]。", "without a value"),
        ("{preamble}走访[3户 participants 3 unit=户]。", "without a modality"),
        ("{preamble}走访[3户 participants 3 achieved unit=家]。", "a unit '家' that is not in the text"),
        ("{preamble}走访[3咕 participants 3 achieved unit=咕]。", "a unit '咕' in neither"),
        ("{preamble}走访[1—3户 participants 1..3 achieved unit=户]。", "without the bound 'range'"),
        ("{preamble}走访[3户 participants 3 range achieved unit=户]。", "a range without an upper end"),
        ("{tasks 1 一、}一、走访{/}\n{tasks 3 1、}1、入户{/}\n", "level 3 after one of level 1"),
        ("{tasks 1 二、}一、走访{/}\n", "a marker that is not in the text there"),
        ("{tasks 1 一、}一、走访\n", "whose end is not annotated"),
    ],
)
def test_what_must_not_be_is_told(text: str, fault: str) -> None:
    assert any(fault in message for message in faults(parse(f"{{doc plan}}\n{text}\n{{/doc}}\n")))


def test_numerals_that_are_neither_marked_nor_explained_are_listed() -> None:
    annotated = parse("{doc plan}\n{tasks}走访{/}[3户 participants 3 planned unit=户]和5人，一定做到。\n{/doc}\n")
    assert [shown.split()[0] for shown in unannotated_numerals(annotated)] == ["5", "一"]
    place = annotated.text.index("一")
    assert [shown.split()[0] for shown in unannotated_numerals(annotated, [(place, place + 1)])] == ["5"]


def test_a_folder_is_read_at_any_depth(deep: Path) -> None:
    file = deep / DEEP / "a.txt"
    file.write_text("{doc plan}\n走访群众。\n{/doc}\n", encoding="utf-8")
    assert [found.path for found in read_folder(deep)] == [file]


def test_a_pipe_among_annotated_files_is_named(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    with pytest.raises(AnnotationError, match=r"a\.txt: not a regular file"):
        list(read_folder(tmp_path))
