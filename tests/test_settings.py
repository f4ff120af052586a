"""Settings reach every reader: other processes, a cluster, a report, a review."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import LocalCluster
from imports import TEXT, bring_in, rows, write
from zongji.corpus.lexicon import LexiconError
from zongji.pipeline.bulk.executors.choose import Workers
from zongji.pipeline.bulk.executors.cluster import DaskCluster
from zongji.pipeline.bulk.program import program_of
from zongji.pipeline.database.connection import connect
from zongji.pipeline.reading import settings as module
from zongji.pipeline.reading.many_files import results
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.report.gathering import of_files
from zongji.pipeline.review.desk import Desk
from zongji.pipeline.schema.version import version
from zongji.pipeline.sources import Limits

ROOT = Path(__file__).parent.parent
RULES = Settings(engine_name="rules")


@pytest.fixture
def words(tmp_path: Path) -> Path:
    """A list that makes 锅 a measure word of sessions."""
    path = tmp_path / "words.tsv"
    path.write_text("kind\tword\tsays\nunit\t锅\tsessions\n", encoding="utf-8")
    return path


def zongji(*arguments: str | Path) -> str:
    """The output of a command in a separate process; words can be added only before a text is read."""
    environment = os.environ | {"PYTHONPATH": str(ROOT / ".dev")}
    command = [sys.executable, "-m", "zongji", *map(str, arguments)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    return done.stdout + done.stderr


def test_words_reach_the_workers_of_an_import_and_other_words_read_again(
    sqlite: str, tmp_path: Path, words: Path
) -> None:
    (path,) = write(tmp_path, a="临河镇2023年工作总结\n今年以来，全镇蒸馒头36锅，培训农民300余人。\n")
    command = ("import", path, "--db", sqlite, "--workers", "1")
    with_words = (*command, "--lexicon", words)

    def units() -> list[tuple[object, ...]]:
        return rows(sqlite, "figures", "unit")

    zongji(*command)
    before = units()
    zongji(*with_words)
    assert ("锅",) in units()
    assert "unchanged" in zongji(*with_words)
    zongji(*command)
    assert units() == before


def test_a_run_is_noted_with_its_words_models_and_limits(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT)
    bring_in(sqlite, tmp_path, settings=Settings(limits=Limits(seconds=7), engine_name="rules"))
    ((program, options),) = rows(sqlite, "runs", "program", "options")
    assert str(program).startswith(f"{version()}+")
    assert '"engine": "rules"' in str(options)
    assert '"seconds": 7' in str(options)


@pytest.mark.parametrize("settings", [Settings(), Settings(limits=Limits(pages=1))])
def test_what_is_given_for_a_few_files_is_no_other_program(settings: Settings) -> None:
    assert program_of(settings).name == version()


def test_an_encoding_is_another_program_whatever_it_is_called() -> None:
    names = [program_of(Settings(encoding=name)).name for name in ("gbk", "GB18030", "big5")]
    assert names[0] == names[1]
    assert len({version(), *names}) == 3


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"engine_name": "nope"}, "unknown engine 'nope'; known: linear, rules"),
        ({"engine": "rules"}, "engine='rules': give what load_engine returns, or a name as engine_name"),
        ({"engine_name": "rules", "models": "m"}, "the engine 'rules' takes no models (m)"),
        ({"encoding": "klingon"}, "unknown encoding 'klingon'; use a name such as utf-8"),
        ({"encoding": 8}, "unknown encoding 8; use a name such as utf-8"),
        ({"lexicons": "words.tsv"}, "lexicons='words.tsv': give a tuple of paths"),
        ({"models": 1}, "models=1: give the path of a folder"),
        ({"limits": 5}, "limits=5: give Limits(...)"),
    ],
)
def test_wrong_settings_are_refused_when_made(fields: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        Settings(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(("name", "value"), [("bytes", -1), ("bytes", "x"), ("seconds", 0), ("pages", 1.5)])
def test_wrong_limits_are_refused_when_made(name: str, value: object) -> None:
    with pytest.raises(ValueError, match=rf"limit {name}={value!r}: give a whole number from 1 to"):
        Limits(**{name: value})  # type: ignore[arg-type]


def test_some_limits_may_be_zero() -> None:
    assert Limits(ocr_pages=0, nesting=0).nesting == 0


def test_paths_may_be_text() -> None:
    settings = Settings(lexicons=["a.tsv"], models="m")  # type: ignore[arg-type]
    assert (settings.lexicons, settings.models) == ((Path("a.tsv"),), Path("m"))


def test_words_are_known_by_what_they_say_and_not_by_their_file(words: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.tsv"
    other.write_bytes(words.read_bytes())
    same, changed = (program_of(Settings(lexicons=(path,))).name for path in (words, other))
    other.write_text("kind\tword\tsays\n", encoding="utf-8")
    assert same == changed != program_of(Settings(lexicons=(tmp_path / ".." / tmp_path.name / "other.tsv",))).name


def test_a_process_that_has_words_does_not_read_with_others(words: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_added", [(words,)])
    Settings(lexicons=(words,)).add_words()
    with pytest.raises(LexiconError, match=r"words\.tsv; restart it"):
        Settings().add_words()


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """A scheduler and a worker."""
    with LocalCluster(n_workers=1, threads_per_worker=1, dashboard_address=None, silence_logs=50) as made:
        yield made.scheduler_address


def test_settings_reach_a_cluster(cluster: str, sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT)
    bring_in(sqlite, tmp_path, workers=Workers("dask", scheduler=cluster), settings=RULES)
    assert rows(sqlite, "documents", "program") == [(program_of(RULES).name,)]


def test_a_cluster_that_cannot_apply_the_settings_is_refused(cluster: str, words: Path) -> None:
    settings = Settings(lexicons=(words,))
    program_of(settings)
    words.unlink()
    with pytest.raises(OSError, match=r"worker tcp://.* cannot apply the settings: .*words\.tsv"):
        DaskCluster(lambda _: None, cluster, settings)  # type: ignore[arg-type,return-value]


def test_texts_can_be_guarded_too(tmp_path: Path) -> None:
    paths = [str(path) for path in write(tmp_path, a=TEXT, b="")]
    assert list(results(paths, guard_texts=True)) == list(results(paths))


def test_a_report_keeps_to_limits(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a=TEXT)
    (failure,) = of_files([str(path)], Settings(limits=Limits(bytes=10)))
    assert "no more than 10 are read" in failure.reason  # type: ignore[union-attr]


def test_a_review_keeps_to_limits(sqlite: str, tmp_path: Path) -> None:
    write(tmp_path, a=TEXT)
    bring_in(sqlite, tmp_path)
    ((key,),) = rows(sqlite, "documents", "id")
    chosen = (Settings(), Settings(limits=Limits(bytes=10)))
    views = [Desk(connect(sqlite), "me", settings=settings).view(str(key)) for settings in chosen]
    assert [view.repairs is None for view in views] == [False, True]
