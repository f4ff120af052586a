"""Threads read files of every format at once, and come to what one thread comes to."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from making import zip_of
from zongji.pipeline.reading.reader import extract_bytes, extract_file

pytest_plugins = ("format_files",)

THREADS, TIMES = 4, 12
TEXT = "县科协2022年工作总结\n今年以来，举办培训班6期，培训农民300余人。\n"
TEXTS = {
    "a.txt": TEXT.encode(),
    "a.html": f"<html><body><h1>总结</h1><p>{TEXT}</p></body></html>".encode("gbk"),
    "a.md": f"# 总结\n## 一、工作\n{TEXT}".encode(),
    "a.zip": zip_of({"a.txt": TEXT.encode(), "b.txt": TEXT.replace("6期", "7期").encode()}),
}


@pytest.mark.parametrize("name", TEXTS)
def test_threads_read_texts_as_one_thread_does(name: str) -> None:
    one = extract_bytes(TEXTS[name], path=name)
    assert one.documents
    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(lambda _: extract_bytes(TEXTS[name], path=name), range(TIMES))) == [one] * TIMES


def test_threads_read_every_other_format_as_one_thread_does(saved: Callable[[str, str], Path], docx: Path) -> None:
    paths = [docx, *(saved("summary", extension) for extension in ("pdf", "doc", "rtf", "odt"))]
    one = [extract_file(path) for path in paths]
    assert all(result.documents for result in one)
    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(extract_file, paths * 2)) == one * 2


def test_threads_read_pdfs_without_ending_the_process(saved: Callable[[str, str], Path]) -> None:
    path = saved("summary", "pdf")
    one = extract_file(path)
    with ThreadPoolExecutor(THREADS) as threads:
        assert list(threads.map(extract_file, [path] * 40)) == [one] * 40
