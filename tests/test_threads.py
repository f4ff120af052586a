"""Threads read files of every format at once, and come to what one thread comes to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from specimens import specimens
from zongji.pipeline.reading.many_files import extract_files
from zongji.pipeline.reading.reader import extract_bytes, extract_file
from zongji.pipeline.sources import BINARIES
from zongji.pipeline.sources.detect import kind_of

pytest_plugins = ("format_files",)

THREADS, TIMES = 4, 12
_WRITTEN_BY_NOBODY = {"xlsb", "word-xml"}  # no program here saves in these


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory, soffice: None, font: Path) -> dict[str, Path]:  # noqa: ARG001
    """A file of every format."""
    folder = tmp_path_factory.mktemp("every")
    (folder / "work").mkdir()
    found = {}
    for name, data in specimens(folder / "work").items():
        found[name] = folder / name
        found[name].write_bytes(data)
    return found


def test_no_format_is_left_out(every: dict[str, Path]) -> None:
    kinds = {kind_of(path.read_bytes()) for path in every.values()}
    assert set(BINARIES) - _WRITTEN_BY_NOBODY <= kinds


def test_threads_read_texts_as_one_thread_does(every: dict[str, Path]) -> None:
    paths = [path for path in every.values() if kind_of(path.read_bytes()) is None]
    one = [extract_file(path) for path in paths]
    assert all(result.documents for result in one)
    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(extract_file, paths * TIMES)) == one * TIMES


def test_threads_read_every_other_format_as_one_thread_does(every: dict[str, Path]) -> None:
    paths = [path for path in every.values() if kind_of(path.read_bytes()) is not None]
    one = [extract_file(path) for path in paths]
    assert all(result.documents for result in one)
    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(extract_file, paths)) == one


def test_threads_read_pdfs_without_ending_the_process(every: dict[str, Path]) -> None:
    path = every["summary.pdf"]
    one = extract_file(path)
    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(extract_file, [path] * 40)) == [one] * 40


def test_threads_read_bytes_of_archives_as_one_thread_does(every: dict[str, Path]) -> None:
    data = every["archive.zip"].read_bytes()
    one = extract_bytes(data, path="a.zip")
    assert len(one.documents) > 1
    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(lambda _: extract_bytes(data, path="a.zip"), range(TIMES))) == [one] * TIMES


def test_threads_that_read_many_files_have_processes_of_their_own(every: dict[str, Path]) -> None:
    paths = [every[name] for name in ("summary.pdf", "utf-8.txt", "book.xlsx", "summary.docx")]
    one = [extract_file(path) for path in paths]
    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(lambda _: list(extract_files(paths)), range(3))) == [one] * 3
