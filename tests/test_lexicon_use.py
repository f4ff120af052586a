"""`zongji lexicon`: which rows of the lists files meet."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result
from zongji.cli import app
from zongji.corpus import lexicon
from zongji.pipeline.learning.lexicon_use import LexiconUse

LISTS = {
    "posts": "# posts\n#: from usage\npost\n书记\n#: by hand\n主任\n校长\n",
    "entities": "#: HTML 4\nname\nnbsp\n",
    "compatibility": "#: Unicode\ncode\treading\tsign\n2E81\t5382\t厂\n",
}


@pytest.fixture(autouse=True)
def lists(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three short lists in place of the bundled ones."""
    monkeypatch.setattr(lexicon, "names", lambda: tuple(LISTS))
    monkeypatch.setattr(lexicon, "text_of", LISTS.__getitem__)


def unmet(name: str, *texts: str) -> list[str]:
    use = LexiconUse([name])
    use.read(texts)
    return [row.word for (found,) in [tuple(use.uses())] for row in found.unmet]


def test_a_row_is_met_where_a_text_holds_its_word() -> None:
    assert unmet("posts", "现任主任，曾任校长。", "书记的工作") == []


def test_a_row_that_no_text_holds_is_unmet() -> None:
    assert unmet("posts", "现任主任。") == ["书记", "校长"]


def test_a_word_across_two_windows_is_met() -> None:
    assert unmet("posts", "。" * ((1 << 16) - 1) + "校长") == ["书记", "主任"]


def test_an_entity_is_sought_as_it_is_written() -> None:
    assert unmet("entities", "nbsp") == ["nbsp"]
    assert unmet("entities", "a&nbsp;b") == []


def test_a_code_point_is_sought_as_its_character() -> None:
    assert unmet("compatibility", "2E81") == ["2E81"]
    assert unmet("compatibility", "\u2e81") == []


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text("校长工作总结\n一年来，校长举办讲座3场。\n", encoding="utf-8")
    return path


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, ["lexicon", *map(str, arguments)])


def test_the_table_counts_rows_by_list(report: Path) -> None:
    done = run(report)
    assert done.exit_code == 0
    assert [line.split() for line in done.stdout.splitlines()] == [
        ["list", "rows", "met", "unmet"],
        ["posts", "3", "1", "67%"],
        ["entities", "1", "0", "100%"],
        ["compatibility", "1", "0", "100%"],
    ]


def test_unmet_rows_have_file_line_and_source(report: Path) -> None:
    done = run(report, "--list", "posts", "--unused")
    assert done.stdout.splitlines() == ["posts.tsv:4\t书记\tfrom usage", "posts.tsv:6\t主任\tby hand"]


def test_json_has_one_object_per_list(report: Path) -> None:
    done = run(report, "--list", "posts", "--json", "--unused")
    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {
            "list": "posts",
            "rows": 3,
            "met": 1,
            "unmet": [
                {"line": 4, "word": "书记", "source": "from usage"},
                {"line": 6, "word": "主任", "source": "by hand"},
            ],
        }
    ]


def test_an_unknown_list_is_wrong_usage(report: Path) -> None:
    done = run(report, "--list", "nope")
    assert done.exit_code == 2
    assert "unknown list 'nope'; known: posts, entities, compatibility" in done.stderr


def test_a_file_that_cannot_be_read_is_named(report: Path, tmp_path: Path) -> None:
    done = run(report, tmp_path / "missing.txt")
    assert done.exit_code == 3
    assert "missing.txt" in done.stderr


def test_without_any_file_nothing_is_reported(tmp_path: Path) -> None:
    done = run(tmp_path / "missing.txt")
    assert (done.exit_code, done.stdout) == (1, "")
