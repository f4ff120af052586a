"""Words of two characters are found in the restored text, wherever the database is."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from imports import OTHER, TEXT, bring_in, write
from zongji.pipeline.database.bigrams import bigrams
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.search import Hit, find


def found(database: str, *words: str) -> list[Hit]:
    with connect(database).connect() as connection:
        return list(find(connection, words))


@given(st.text("科普培训，。 6期a", max_size=30), st.integers(0, 29), st.integers(2, 5))
def test_every_word_inside_a_text_has_its_bigrams_there(text: str, start: int, length: int) -> None:
    assert set(bigrams(text[start : start + length]).split()) <= set(bigrams(text).split())


@pytest.mark.parametrize(
    ("words", "years"),
    [
        (["培训"], [2023]),
        (["讲座"], [2022]),
        (["工作"], [2023, 2022]),
        (["培训", "农民"], [2023]),
        (["培训", "讲座"], []),
        (["训培"], []),
        (["培"], [2023]),
        (["5000份"], [2022]),
        (["100%"], []),
        (["' or 1=1 --"], []),
        (['"'], []),
    ],
)
def test_documents_are_found_that_hold_all_words(
    database: str, tmp_path: Path, words: list[str], years: list[int]
) -> None:
    write(tmp_path, a=TEXT, b=OTHER)
    bring_in(database, tmp_path)
    assert [hit.year for hit in found(database, *words)] == years


def test_the_restored_text_is_searched_not_the_damaged_one(database: str, tmp_path: Path) -> None:
    write(tmp_path, a="縣科協(xié)2023年舉辦科普講座６場，參加群眾300人。\n")
    bring_in(database, tmp_path)
    assert "科普讲座6场" in found(database, "讲座6场")[0].quote


def test_bigrams_far_apart_are_no_hit(database: str, tmp_path: Path) -> None:
    write(tmp_path, a=f"{TEXT}科普工作扎实。普及培训到位。\n")
    bring_in(database, tmp_path)
    assert found(database, "科普培训") == []


def test_a_replaced_document_is_found_by_its_new_text_only(database: str, tmp_path: Path) -> None:
    for text in (TEXT, OTHER):
        write(tmp_path, a=text)
        bring_in(database, tmp_path)
    assert (found(database, "培训班"), len(found(database, "讲座"))) == ([], 1)


def test_a_quote_shows_what_stands_around(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=f"临河镇2023年工作总结\n{'前' * 60}培训农民300人{'后' * 60}\n")
    bring_in(sqlite, tmp_path)
    assert found(sqlite, "培训")[0].quote == f"…{'前' * 24}培训农民300人{'后' * 18}…"
