"""Limits hold for every input, texts and whole archives included."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from making import zip_of
from zongji.corpus.labels import FailureCode
from zongji.pipeline.reading.many_files import results
from zongji.pipeline.reading.process_limits import allowed_seconds
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.sources import Limits

SENTENCE = "今年以来，举办培训班6期，培训农民300余人。"


def test_a_large_text_is_stopped_at_its_limit_and_the_rest_is_read(tmp_path: Path) -> None:
    large, small = tmp_path / "a.txt", tmp_path / "b.txt"
    large.write_text(SENTENCE * 100_000, encoding="utf-8")
    small.write_text(SENTENCE, encoding="utf-8")
    begun = time.monotonic()
    first, second = results([str(large), str(small)], Settings(limits=Limits(seconds=1)))
    assert first.failure is not None
    assert first.failure.code is FailureCode.TIMEOUT
    assert second.documents
    assert time.monotonic() - begun < 12


def test_a_text_that_takes_too_much_memory_fails_alone(tmp_path: Path) -> None:
    large, small = tmp_path / "a.txt", tmp_path / "b.txt"
    large.write_text("\n工" * 3_000_000, encoding="utf-8")
    small.write_text(SENTENCE, encoding="utf-8")
    first, second = results([str(large), str(small)], Settings(limits=Limits(memory=200)))
    assert first.failure is not None
    assert first.failure.code in {FailureCode.OUT_OF_MEMORY, FailureCode.CRASHED}
    assert second.documents


def test_the_members_of_an_archive_share_its_time(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zip_of({f"{number:03}.txt": (SENTENCE * 400).encode() for number in range(300)}))
    found = list(results([str(path)], Settings(limits=Limits(seconds=3))))
    assert 0 < len(found) < 300
    assert found[0].documents
    assert found[-1].failure is not None
    assert found[-1].failure.code is FailureCode.TIMEOUT


@pytest.mark.parametrize("seconds", [1, 300])
def test_a_file_is_stopped_two_seconds_after_its_limit(seconds: int) -> None:
    assert allowed_seconds(Limits(seconds=seconds)) == seconds + 2
