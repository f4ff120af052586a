"""The report: its counts, the positions of records in the restored text, and pages without anything executable."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hostile import OVERRIDE, hostile_text
from imports import EMPTY, OTHER, TEXT, bring_in, write
from typer.testing import CliRunner, Result
from zongji import extract_text
from zongji.cli import app
from zongji.corpus import labels
from zongji.corpus.alignment import Aligned, Edit
from zongji.corpus.gold import read_folder
from zongji.pipeline.pages.document_view import DocumentView, Failure, Item
from zongji.pipeline.pages.positions import by_distance, figure_offsets, restored_offset
from zongji.pipeline.pages.safety import visible
from zongji.pipeline.pages.terms import terms
from zongji.pipeline.report.charts import Bar, bars
from zongji.pipeline.report.gathering import of_database, of_files
from zongji.pipeline.report.overview import Overview

ROOT = Path(__file__).parent.parent
SAMPLES = sorted((ROOT / "corpus" / "samples").iterdir())


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["report", *(str(argument) for argument in arguments)])


def blocks(page: str) -> list[dict[str, Any]]:
    found = re.findall(r'<script type="application/octet-stream" id="block-\d+">([^<]*)</script>', page)
    return [document for block in found for document in json.loads(gzip.decompress(base64.b64decode(block)))]


def index(page: str) -> list[list[Any]]:
    return json.loads(re.search(r'id="index">(.*?)</script>', page)[1])  # type: ignore[index,no-any-return]


def counted(items: list[Item]) -> Overview:
    overview = Overview()
    for item in items:
        overview.add(item)
    overview.close()
    return overview


def misplaced(view: DocumentView) -> list[str]:
    pairs = zip(view.document.figures, view.figures, strict=True)
    return [figure.text for figure, at in pairs if at is None or not view.document.text.startswith(figure.text, at)]


def test_a_report_is_one_page_with_all_documents(tmp_path: Path) -> None:
    result = run(*write(tmp_path, a=TEXT, b=OTHER), "-o", tmp_path / "r.html")
    page = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert result.exit_code == 0
    assert [document["text"].split("\n")[0] for document in blocks(page)] == [
        TEXT.split("\n")[0],
        OTHER.split("\n")[0],
    ]
    assert len(index(page)) == 2


def test_a_failed_file_is_named_with_its_reason(tmp_path: Path) -> None:
    result = run(*write(tmp_path, a=TEXT, b=EMPTY), "-o", tmp_path / "r.html")
    assert result.exit_code == 3
    assert "b.txt: contains no document" in result.stderr
    assert "contains no document" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_a_source_without_documents_exits_with_one(tmp_path: Path) -> None:
    assert run(*write(tmp_path, a=EMPTY), "-o", tmp_path / "r.html").exit_code == 1


def test_standard_input_and_two_databases_are_wrong_usage() -> None:
    assert [run("-").exit_code, run("sqlite:///a", "sqlite:///b").exit_code] == [2, 2]


def test_many_documents_become_linked_pages(tmp_path: Path) -> None:
    texts = {f"a{number}": TEXT.replace("6期", f"{number}期") for number in range(1, 6)}
    assert run(*write(tmp_path, **texts), "-o", tmp_path / "r.html", "--documents", "2").exit_code == 0
    pages = [(tmp_path / name).read_text(encoding="utf-8") for name in ("r.html", "r-2.html", "r-3.html")]
    assert [len(index(page)) for page in pages] == [2, 2, 1]
    assert 'href="r-2.html#documents"' in pages[0]
    assert 'href="r.html"' in pages[1]
    assert 'href="r-3.html#documents"' in pages[1]
    assert "<dd>5</dd>" in pages[0]


def test_a_database_gives_the_same_documents_as_its_files(sqlite: str, tmp_path: Path) -> None:
    paths = write(tmp_path, a=TEXT, b=OTHER)
    bring_in(sqlite, *paths)
    stored = [item for item in of_database(sqlite) if isinstance(item, DocumentView)]
    direct = [item for item in of_files(map(str, paths)) if isinstance(item, DocumentView)]
    assert [(item.document.title, item.figures, item.sections) for item in stored] == [
        (item.document.title, item.figures, item.sections) for item in direct
    ]
    for kept, read in zip(stored, direct, strict=True):  # a database holds the place in the original as it is shown
        assert kept.document.figures == tuple(replace(figure, place=None) for figure in read.document.figures)


def test_a_database_whose_files_are_gone_still_shows_where_figures_stand(sqlite: str, tmp_path: Path) -> None:
    (tmp_path / "traditional.txt").write_bytes((ROOT / "corpus/samples/traditional-with-readings.txt").read_bytes())
    bring_in(sqlite, tmp_path / "traditional.txt")
    (tmp_path / "traditional.txt").unlink()
    (view,) = (item for item in of_database(sqlite) if isinstance(item, DocumentView))
    assert view.repairs is None
    assert misplaced(view) == []


def test_copies_are_shown_and_left_out_of_sums(sqlite: str, tmp_path: Path) -> None:
    bring_in(sqlite, *write(tmp_path, a=TEXT, b=TEXT + " "))
    found = counted(list(of_database(sqlite)))
    assert (found.documents, found.by_year[("participants", labels.Modality.ACHIEVED)]) == (2, {"2023": 300})


def test_a_database_tells_what_failed(sqlite: str, tmp_path: Path) -> None:
    bring_in(sqlite, *write(tmp_path, a=TEXT, b=EMPTY))
    assert [item.reason for item in of_database(sqlite) if isinstance(item, Failure)] == [
        "failed: contains no document, only boilerplate or blanks"
    ]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_every_figure_of_a_sample_stands_on_its_words(path: Path) -> None:
    assert [misplaced(view) for view in of_files([str(path)]) if isinstance(view, DocumentView)] == [[]]


def test_figures_are_found_by_their_sentences_where_offsets_mislead() -> None:
    texts = [gold.annotated.text for gold in read_folder(ROOT / "corpus" / "gold" / "dev")]
    for document in (document for text in texts for document in extract_text(text)):
        offsets = figure_offsets(document.text, document.figures, by_distance(document.start + 7))
        pairs = zip(document.figures, offsets, strict=True)
        assert all(at is not None and document.text.startswith(figure.text, at) for figure, at in pairs)


def test_repairs_stand_where_they_were_made() -> None:
    (view,) = of_files([str(ROOT / "corpus/samples/traditional-with-readings.txt")])
    assert isinstance(view, DocumentView)
    shown = {
        (placed.repair.before, view.document.text[placed.start : placed.start + placed.length])
        for placed in view.repairs or ()
    }
    assert {("來", "来"), ("強", "强")} <= shown


@pytest.mark.parametrize(("offset", "place"), [(0, 0), (2, 2), (3, 2), (5, 3), (6, 4)])
def test_an_offset_of_the_source_leads_to_the_text(offset: int, place: int) -> None:
    aligned = Aligned.of("abXXXcd").apply([Edit(2, 5, "y")])
    assert restored_offset(aligned, offset) == place


def test_sums_leave_out_stated_totals() -> None:
    text = "临河镇2023年工作总结\n举办讲座6场，听众300人。举办培训班4场。全年共举办活动10场。\n"
    (document,) = extract_text(text)
    overview = counted([DocumentView(document, (None,) * len(document.figures), (None,) * len(document.sections))])
    assert overview.by_year[("sessions", labels.Modality.ACHIEVED)] == {"2023": 10}


def test_a_chart_escapes_its_labels() -> None:
    drawn = bars("<b>", [Bar('"><script>', 3)])
    assert "<script" not in drawn
    assert "<b>" not in drawn


@pytest.mark.parametrize(
    ("kind", "vocabulary"),
    [
        ("category", labels.Category),
        ("doc_type", labels.DocumentType),
        ("modality", labels.Modality),
        ("bound", labels.Bound),
        ("label", labels.SectionLabel),
        ("activity", labels.ActivityType),
        ("check", labels.CheckCode),
        ("script", labels.Script),
    ],
)
def test_every_word_of_a_vocabulary_has_chinese_and_english(kind: str, vocabulary: type[labels.Category]) -> None:
    assert {word.value for word in vocabulary} == terms()[kind].keys()
    assert all(term.chinese and term.english for term in terms()[kind].values())


def test_controls_are_seen_and_not_obeyed() -> None:
    assert visible(f"a{OVERRIDE}b\u200b\0") == "a⟦U+202E⟧b⟦U+200B⟧⟦U+0000⟧"


def hostile_page(folder: Path) -> str:
    (folder / f"x{OVERRIDE}<img src=y>.txt").write_text(hostile_text(2000), encoding="utf-8")
    run(folder, "-o", folder / "r.html")
    return (folder / "r.html").read_text(encoding="utf-8")


def test_nothing_of_a_hostile_document_is_markup(tmp_path: Path) -> None:
    page = hostile_page(tmp_path)
    outside = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    assert not re.search(r"<(img|b|script)\b|<[^>]*\son\w+=", outside)
    assert "alert(5)" not in outside
    assert OVERRIDE not in page


def test_the_policy_names_the_digest_of_the_only_script_that_runs(tmp_path: Path) -> None:
    page = hostile_page(tmp_path)
    scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].replace("&#39;", "'")  # type: ignore[index]
    assert policy.startswith("default-src 'none'")
    assert [f"'sha256-{digest}'" in policy for digest in digests] == [True]
    assert "unsafe" not in policy


def test_a_page_names_no_address_outside_of_itself(tmp_path: Path) -> None:
    page = hostile_page(tmp_path)
    assert set(re.findall(r"https?://[^\"'\s<)]+", page)) <= {"http://www.w3.org/2000/svg"}


def test_a_password_does_not_get_into_a_page(tmp_path: Path) -> None:
    result = run("postgresql://me:secret@127.0.0.1:1/x", "-o", tmp_path / "r.html")
    assert (result.exit_code, "secret" in result.stderr) == (1, False)
