"""The measurements of the pages for people, in a real headless Chromium.

python tests/bench/pages.py --number 1000     a report of so many documents: seconds, megabytes, first paint;
                                              opening one of them, and 300,000 characters in one; a key of the review
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

from bulk_files import make

sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))

from browser import browser
from hostile import hostile_text
from imports import bring_in
from playwright.sync_api import Page
from zongji.pipeline.database.connection import connect
from zongji.pipeline.pages.document_view import DocumentView, Item
from zongji.pipeline.reading.reader import extract_file
from zongji.pipeline.reading.walk import LeftOut, files_of
from zongji.pipeline.report.gathering import of_database, of_files
from zongji.pipeline.report.writing import write_report
from zongji.pipeline.review.desk import Desk
from zongji.pipeline.review.server import listen

_PAINT = """() => new Promise((done) => {
    const told = () => performance.getEntriesByName('first-contentful-paint')[0];
    if (told()) { done(told().startTime); return; }
    new PerformanceObserver(() => { if (told()) done(told().startTime); }).observe({ type: 'paint', buffered: true });
})"""
_OPEN = """async (hash) => {
    const start = performance.now();
    location.hash = hash;
    while (document.body.dataset.shown !== hash) await new Promise((next) => requestAnimationFrame(next));
    await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next)));
    return performance.now() - start;
}"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--number", type=int, default=1000, help="documents")
    parser.add_argument("--lines", type=int, default=30, help="lines a document, of about 60 characters each")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder / "files", options.number, lines=options.lines)
        report(folder, options.number)
        long_document(folder)
        review(folder)
    return 0


def report(folder: Path, number: int) -> None:
    """The whole command compared with extraction alone, and the page in a browser."""
    files = files_of([str(folder / "files")], LeftOut())
    start = perf_counter()
    for file in files:
        extract_file(file)
    extracting = perf_counter() - start
    whole = timed(of_files(files), folder / "files.html")
    say(f"extracting {number} files", extracting, "s")
    say("report of files, extraction left out", whole - extracting, "s")
    database = f"sqlite:///{folder / 'bench.db'}"
    bring_in(database, folder / "files")
    say("report of the database they were imported into", timed(of_database(database), folder / "database.html"), "s")
    page = folder / "files.html"
    say("size", page.stat().st_size / 1e6, "MB")
    with browser() as running:
        paints = [paint(running.new_page(), page) for _ in range(5)]
        say("first paint, median of 5", median(paints) / 1000, "s")
        opened = running.new_page()
        opened.goto(page.as_uri())
        say("opening a document", median(opened.evaluate(_OPEN, f"#d{at}") for at in range(0, number, 97)) / 1000, "s")


def timed(items: Iterator[Item], target: Path) -> float:
    """The seconds of a report; its characters and figures are reported, too."""
    characters = figures = 0

    def counted() -> Iterator[Item]:
        nonlocal characters, figures
        for item in items:
            if isinstance(item, DocumentView):
                characters += len(item.document.text)
                figures += len(item.figures)
            yield item

    start = perf_counter()
    write_report(counted(), target, source="bench", most=10**9)
    taken = perf_counter() - start
    print(f"  ({characters:,} characters, {figures:,} figures)")
    return taken


def paint(page: Page, path: Path) -> float:
    """Milliseconds to the first paint with anything in it."""
    page.goto(path.as_uri(), wait_until="commit")
    taken = float(page.evaluate(_PAINT))
    page.close()
    return taken


def long_document(folder: Path) -> None:
    """One document of 300,000 characters, half of them figures."""
    (folder / "long.txt").write_text(hostile_text(300_000), encoding="utf-8")
    write_report(of_files([str(folder / "long.txt")]), folder / "long.html", source="bench")
    with browser() as running:
        page = running.new_page()
        page.goto((folder / "long.html").as_uri())
        say("opening 300,000 characters", page.evaluate(_OPEN, "#d0") / 1000, "s")


def review(folder: Path) -> None:
    """A key until the next figure is there, over the database of the report."""
    listening = listen(Desk(connect(f"sqlite:///{folder / 'bench.db'}"), "bench"), "127.0.0.1", 0)
    thread = threading.Thread(target=listening.serve, daemon=True)
    thread.start()
    with browser() as running:
        page = running.new_page()
        start = perf_counter()
        page.goto(listening.address)
        page.wait_for_selector("#fields")
        say("review: the first figure", perf_counter() - start, "s")
        say("review: from a key to the next figure, median of 30", median(key(page) for _ in range(30)), "s")
    listening.server.should_exit = True
    thread.join(10)


def key(page: Page) -> float:
    """Seconds from the key that accepts to the next figure."""
    start = perf_counter()
    with page.expect_navigation():
        page.keyboard.press("a")
    page.wait_for_selector("#fields")
    return perf_counter() - start


def say(what: str, number: float, unit: str) -> None:
    """A line."""
    print(f"{what:<60} {number:8.2f} {unit}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
