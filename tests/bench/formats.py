"""The same documents as txt, docx, doc, pdf, html and more: the results of each compared with those of the txt.

python tests/bench/formats.py                     the formats of corpus/gold/dev, their speed, PDF against pdfplumber
python tests/bench/formats.py --documents 10      fewer documents
python tests/bench/formats.py --scanned 2         that many documents scanned, too: seconds a page

Needs LibreOffice, antiword and a Chinese font; the documents are written by python-docx and saved on by LibreOffice.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from making import as_docx, as_scan, plain, save_on
from rich.console import Console
from rich.table import Table
from texts import gold
from zongji import extract_bytes
from zongji.corpus.records import Document
from zongji.pipeline.reading.inputs import Blob
from zongji.pipeline.reading.preconversion import prepare
from zongji.pipeline.sources import read, read_text

SAVED = ("doc", "pdf", "html", "rtf", "odt")
TARGET = {"scanned": 0.90}


@dataclass
class Agreement:
    """The agreement of two readings of the same documents."""

    both: Counter[str] = field(default_factory=Counter)
    ours: Counter[str] = field(default_factory=Counter)
    theirs: Counter[str] = field(default_factory=Counter)

    def add(self, found: Sequence[Document], expected: Sequence[Document]) -> None:
        """Takes in one file."""
        for kind, keys in KEYS.items():
            a, b = (Counter(key for document in side for key in keys(document)) for side in (found, expected))
            self.both[kind] += (a & b).total()
            self.ours[kind] += a.total()
            self.theirs[kind] += b.total()

    def f1(self, kind: str) -> float:
        """Harmonic mean of precision and recall against the txt."""
        total = self.ours[kind] + self.theirs[kind]
        return 2 * self.both[kind] / total if total else 1.0


def _documents(document: Document) -> Iterator[object]:
    yield document.doc_type, document.organization, document.period.text


def _sections(document: Document) -> Iterator[object]:
    for section in document.sections:
        yield section.marker, section.level, section.title, section.label


def _figures(document: Document) -> Iterator[object]:
    for figure in document.figures:
        yield figure.category, figure.value, figure.value_max, figure.bound, figure.unit


def _whole_figures(document: Document) -> Iterator[object]:
    for figure in document.figures:
        yield figure.category, figure.value, figure.value_max, figure.unit, figure.item, figure.modality, figure.total


KEYS: dict[str, Callable[[Document], Iterator[object]]] = {
    "documents": _documents,
    "sections": _sections,
    "figures": _figures,
    "figures with item": _whole_figures,
}


def main() -> int:
    """Measure and print."""
    options = _options()
    console = Console()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        texts = [plain(marked.text) for marked in gold() if read_text(marked.text).format != "markdown"]
        texts = texts[: options.documents]  # without those in Markdown, which nobody sets in a word processor
        files = _files(texts, folder, options.scanned)
        expected = [extract_bytes(text.encode(), path="x.txt").documents for text in texts]
        console.print(_table(files, expected))
        console.print(_speed(folder))
    return 0


def _files(texts: Sequence[str], folder: Path, scanned: int) -> dict[str, list[Path]]:
    files = {"docx": [as_docx(text, folder / f"{number}.docx") for number, text in enumerate(texts)]}
    for extension in SAVED:
        files[extension] = save_on(files["docx"], extension, folder)
    if scanned:
        files["scanned"] = [as_scan(path) for path in files["pdf"][:scanned]]
    return files


def _table(files: dict[str, list[Path]], expected: Sequence[Sequence[Document]]) -> Table:
    table = Table("format", *KEYS, "s/file", title="F1 against the txt")
    for name, paths in files.items():
        agreement = Agreement()
        start = time.perf_counter()
        blobs = [Blob(str(path), path.read_bytes()) for path in paths]
        prepare(blobs)
        results = [extract_bytes(blob.data, path=blob.path) for blob in blobs]
        seconds = (time.perf_counter() - start) / len(paths)
        for result, documents in zip(results, expected, strict=False):
            if result.failure:
                print(f"{result.path}: {result.failure}")
            agreement.add(result.documents, documents)
        table.add_row(name, *(f"{agreement.f1(kind):.3f}" for kind in KEYS), f"{seconds:.3f}")
    return table


def _speed(folder: Path) -> Table:
    """Pages a second of our reading of typed PDF, of pdfium alone and of pdfplumber, on pages without tables."""
    import pdfplumber  # noqa: PLC0415
    import pypdfium2  # noqa: PLC0415

    text = "\n".join(marked.text for marked in gold() if "\t" not in marked.text and "|" not in marked.text)
    (path,) = save_on([as_docx(text, folder / "long.docx")], "pdf", folder)
    data = path.read_bytes()
    pages = len(pypdfium2.PdfDocument(data))

    def plumber() -> None:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_text()

    def pdfium() -> None:
        for page in pypdfium2.PdfDocument(data):
            page.get_textpage().get_text_range()

    rates = {
        name: pages / _seconds(run)
        for name, run in (("zongji", lambda: read(data)), ("pdfium", pdfium), ("pdfplumber", plumber))
    }
    table = Table("reader", "pages/s", "× pdfplumber", title=f"typed PDF, {pages} pages")
    for name, rate in rates.items():
        table.add_row(name, f"{rate:.0f}", f"{rate / rates['pdfplumber']:.1f}")
    return table


def _seconds(run: Callable[[], object], rounds: int = 3) -> float:
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        run()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--scanned", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
