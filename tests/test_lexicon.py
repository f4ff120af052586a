"""A user's words apply to one run, and an unreadable list is reported with its line."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest
from zongji.corpus import lexicon
from zongji.corpus.lexicon import LexiconError

HEADER = "kind\tword\tsays\n"


@pytest.fixture(autouse=True)
def nothing_read_yet() -> Iterator[None]:
    lexicon.load.cache_clear()
    yield
    lexicon._added.clear()
    lexicon.load.cache_clear()


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("unit\t车次\tpeople", "line 2: a word of kind unit says one of participants"),
        ("heading\t年终盘点\tsummary", "line 2: a word of kind heading says one of title"),
        ("rejected\t三张清单\tno", "line 2: a word of kind rejected says one of date"),
        ("verb\t走访\tparticipants", "line 2: unknown kind 'verb'; known: unit, noun, heading, rejected"),
        ("unit\t车次\tother\tyes", "line 2: 4 cells for 3 columns"),
        ("unit\t\tother", "line 2: the word is missing"),
        ("unit\t车次\tother\nunit\t车次\tpeople", "line 3: a word of kind unit says one of"),
        ("unit\t车次\tother\nunit\t车次\tmoney", "lines 2 and 3: '车次' of kind unit says two different things"),
        ("", "it holds no words"),
    ],
)
def test_an_error_names_file_and_line(tmp_path: Path, line: str, message: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(HEADER + line, encoding="utf-8")
    with pytest.raises(LexiconError, match=message) as caught:
        lexicon.add_words(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_list_is_read_in_the_encodings_of_spreadsheets(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(HEADER + "unit\t车次\tparticipants\n", encoding=encoding)
    assert lexicon.add_words(path) == 1
    assert lexicon._added == {"units": {"车次": "车次\tparticipants\t"}}


@pytest.mark.parametrize(
    ("data", "said"), [(b"", "it holds no words"), (b"kind\xff\xff", "it is not text in UTF-8, GB18030 or UTF-16")]
)
def test_a_file_that_is_no_list_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    path = tmp_path / "own.tsv"
    path.write_bytes(data)
    with pytest.raises(LexiconError, match=said):
        lexicon.add_words(path)


def test_words_cannot_be_added_once_a_text_was_read(tmp_path: Path) -> None:
    path = tmp_path / "own.tsv"
    path.write_text(HEADER + "unit\t车次\tparticipants\n", encoding="utf-8")
    lexicon.load("annotated", lexicon_row())
    with pytest.raises(LexiconError, match="before the first text"):
        lexicon.add_words(path)


def lexicon_row() -> type:
    from zongji.corpus.noise import AnnotatedRow  # noqa: PLC0415

    return AnnotatedRow


def test_own_words_are_used_in_a_run(tmp_path: Path) -> None:
    own, text = tmp_path / "own.tsv", tmp_path / "a.txt"
    own.write_text(
        HEADER
        + "unit\t车次\tparticipants\nheading\t年终盘点\tproblems\nrejected\t三张清单\tslogan\nnoun\t帮扶对子\tother\n",
        encoding="utf-8",
    )
    text.write_text("村委会工作总结\n一、年终盘点\n接送老人12车次，落实三张清单。结成帮扶对子30个。", encoding="utf-8")
    code = (
        "import json, sys; from zongji.cli import app; sys.argv[1:] = "
        f"['extract', {str(text)!r}, '-f', 'jsonl', '--engine', 'rules', '--lexicon', {str(own)!r}]; app()"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert '"unit": "车次"' in done.stdout
    assert '"category": "participants"' in done.stdout
    assert '"label": "problems"' in done.stdout
    assert '"text": "30个"' in done.stdout
    assert '"text": "三张"' not in done.stdout


@pytest.mark.parametrize("name", lexicon.names())
def test_each_row_of_a_list_has_a_source(name: str) -> None:
    assert all(word.source for word in lexicon.sourced_words(name))


@pytest.mark.parametrize("name", lexicon.names())
def test_no_row_of_a_list_stands_twice(name: str) -> None:
    rows = [line for line in lexicon.text_of(name).splitlines() if line and not line.startswith("#")]
    assert [row for row, count in Counter(rows).items() if count > 1] == []


def test_the_source_of_a_row_is_the_last_one_above_it() -> None:
    text = "# words\n#: by hand\nword\n培训\n#: met in a report\n讲座\n"
    assert [tuple(row) for row in map(astuple, lexicon.sourced(text, file="a.tsv"))] == [
        (4, "培训", "by hand"),
        (6, "讲座", "met in a report"),
    ]


def test_a_row_without_a_source_is_named() -> None:
    with pytest.raises(LexiconError, match=r"^a\.tsv, line 3: no line '#:' above"):
        list(lexicon.sourced("# words\nword\n培训\n", file="a.tsv"))
