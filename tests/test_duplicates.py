"""Copies and versions are found across the database, and only copies are left out of totals."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from imports import INLINE, OTHER, bring_in, rows, write
from sqlalchemy import text
from zongji.pipeline.bulk.fingerprints import bands, signature, similarity
from zongji.pipeline.bulk.likeness import Relation, SignedDocument, compared
from zongji.pipeline.database.connection import connect

LINES = (
    "今年以来，县科协在县委、县政府的正确领导下，认真贯彻落实上级精神，扎实推进各项工作。",
    "一是加强组织建设，健全工作机制，明确责任分工，确保各项任务落到实处。",
    "二是开展科普活动，举办科普讲座12场，听众1600人次，发放科普资料5000份。",
    "三是服务农村发展，组织专家下乡指导，帮助群众解决生产中的实际困难。",
    "四是抓好队伍建设，开展业务学习和技能培训，提高干部职工的综合素质。",
    "总之，一年来取得了一定的成绩，但也存在不足，今后将继续努力，再创佳绩。",
)
TEMPLATE = "临河县科协2023年工作总结\n" + "\n".join(LINES) + "\n"
COPIED = TEMPLATE.replace("临河县科协", "石桥县科协", 1)
RENUMBERED = COPIED.replace("1600人次", "2700人次")


def relations(database: str) -> dict[str, str]:
    """The relation of each document, by its organization."""
    names = dict(rows(database, "documents", "id", "organization"))
    return {str(names[key]): str(relation) for key, relation in rows(database, "signatures", "document_id", "relation")}


def test_equal_texts_have_equal_signatures_and_like_ones_share_bands() -> None:
    assert similarity(signature(TEMPLATE), signature(TEMPLATE)) == 1
    assert set(bands(signature(TEMPLATE))) & set(bands(signature(COPIED)))


def test_the_estimate_is_near_the_true_share() -> None:
    grams = [
        {text[start : start + 5] for start in range(len(text) - 4)} for text in ("".join(LINES[:4]), "".join(LINES))
    ]
    plain = [{gram for gram in found if gram.isalnum()} for found in grams]
    true = len(plain[0] & plain[1]) / len(plain[0] | plain[1])
    assert similarity(signature("".join(LINES[:4])), signature("".join(LINES))) == pytest.approx(true, abs=0.12)


@pytest.mark.parametrize("text", ["", "一", "一二三四"])
def test_a_text_shorter_than_a_gram_has_a_signature(text: str) -> None:
    assert len(signature(text)) == 512


def test_a_copy_states_the_same_figures_a_version_others() -> None:
    original = SignedDocument("a", signature(TEMPLATE), "1")
    assert compared(SignedDocument("b", signature(COPIED), "1"), [original]).relation is Relation.COPY
    assert compared(SignedDocument("b", signature(COPIED), "2"), [original]).relation is Relation.VERSION
    assert compared(SignedDocument("b", signature(OTHER), "1"), [original]).relation is Relation.ORIGINAL


def test_copies_are_found_and_left_out_of_totals(database: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEMPLATE, b=COPIED, c=OTHER)
    bring_in(database, tmp_path)
    assert sorted(relations(database).values()) == ["copy", "original", "original"]
    with connect(database).connect() as connection:
        total = "select sum(parts) from figures_by_year where year = 2023 and category = 'participants'"
        assert connection.execute(text(total)).scalar() == 1600
        assert connection.execute(text("select count(*) from originals")).scalar() == 2


def test_a_version_counts(database: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEMPLATE, b=RENUMBERED)
    bring_in(database, tmp_path)
    assert sorted(relations(database).values()) == ["original", "version"]
    with connect(database).connect() as connection:
        total = "select sum(parts) from figures_by_year where year = 2023 and category = 'participants'"
        assert connection.execute(text(total)).scalar() == 4300


def test_what_comes_later_is_compared_with_what_is_there(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEMPLATE)
    bring_in(sqlite, tmp_path)
    write(tmp_path, b=COPIED)
    bring_in(sqlite, tmp_path)
    assert relations(sqlite) == {"临河县科协": "original", "石桥县科协": "copy"}


def test_a_copy_becomes_an_original_when_its_original_goes(sqlite: str, tmp_path: Path) -> None:
    (first, _) = (*write(tmp_path, a=TEMPLATE), bring_in(sqlite, tmp_path, workers=INLINE))
    write(tmp_path, b=COPIED)
    bring_in(sqlite, tmp_path)
    first.write_text(OTHER, encoding="utf-8")
    os.utime(first, (1, 1))
    bring_in(sqlite, tmp_path)
    assert relations(sqlite)["石桥县科协"] == "original"
