"""Main content of saved web pages: several extractors ("voices") and ours, against a reference.

python tests/bench/pages_content.py FOLDER                  the table
python tests/bench/pages_content.py FOLDER --worst 20       and our worst pages
python tests/bench/pages_content.py FOLDER --only ours      some voices only

FOLDER holds pages (`.html`); beside a page, `.gold` holds its main text and `.title` its title, where somebody wrote
them down. Elsewhere trafilatura's text stands for it. Pages of others stay outside the project. Needs readability-lxml
for its voice.
"""

from __future__ import annotations

import argparse
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table
from zongji import extract_bytes
from zongji.pipeline.sources import read
from zongji.pipeline.sources.decode import decode

GRAM = 4  # characters of a shingle: recall and precision count them, blanks and punctuation left out
LOST = 0.3  # recall below which a page counts as lost

_SIGN = re.compile(r"[\W_]+")
_ARTICLE_BODY = re.compile(r'"articleBody"\s*:\s*"((?:[^"\\]|\\.)*)"')


@dataclass
class Scores:
    """Recall and precision of one voice, page by page, and its time."""

    pages: dict[str, tuple[float, float]] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)

    def row(self) -> tuple[str, ...]:
        """The cells of the table."""
        recall, precision = (statistics.fmean(side) for side in zip(*self.pages.values(), strict=True))
        lost = sum(recall < LOST for recall, _ in self.pages.values())
        times = sorted(self.seconds)
        slowest = times[int(len(times) * 0.95)]
        milliseconds = f"{statistics.median(times) * 1000:.1f}", f"{slowest * 1000:.1f}"
        return f"{recall:.3f}", f"{precision:.3f}", str(lost), *milliseconds


def shingles(text: str) -> Counter[str]:
    """The runs of `GRAM` characters of a text, counted."""
    letters = _SIGN.sub("", text)
    return Counter(letters[start : start + GRAM] for start in range(max(len(letters) - GRAM + 1, 1)))


def compared(found: str, expected: str) -> tuple[float, float]:
    """Recall and precision of a text."""
    ours, theirs = shingles(found), shingles(expected)
    both = (ours & theirs).total()
    return both / theirs.total(), both / ours.total()


def ours(data: bytes, _: str) -> str:
    """The text of all documents found."""
    return "\n".join(document.text for document in extract_bytes(data, path="page.html").documents)


def reading(data: bytes, _: str) -> str:
    """What our reading takes for the main content, before the structure is read."""
    page = read(data, name="page.html")
    text, position, kept = page.aligned.text, 0, []
    for span in page.boilerplate:
        kept.append(text[position : span.start])
        position = span.end
    return "".join([*kept, text[position:]])


def trafilatura(_: bytes, page: str, **options: bool) -> str:
    """Trafilatura as it is."""
    from trafilatura import extract  # noqa: PLC0415  # only for this voice

    return extract(page, include_comments=False, **options) or ""


def resiliparse(_: bytes, page: str) -> str:
    """Resiliparse's rules for main content."""
    from resiliparse.extract.html2text import extract_plain_text  # noqa: PLC0415  # only for this voice

    return extract_plain_text(page, main_content=True)


def readability(_: bytes, page: str) -> str:
    """readability-lxml's summary as text."""
    from lxml.html import fromstring  # noqa: PLC0415  # only for this voice
    from readability import Document  # noqa: PLC0415  # only for this voice

    return fromstring(Document(page).summary()).text_content()


CONTAINERS = (
    "article", "main", "[itemprop=articleBody]", "#content", ".content", "#article", ".article", "#zoom", "#Zoom",
    ".TRS_Editor", "#vsb_content", ".v_news_content", ".wp_articlecontent", ".article-content", "#articleContent",
    ".article_content", "#artibody", "#js_content", ".post_body", "#endText", "#UCAP-CONTENT", ".pages_content",
)  # fmt: skip


def containers(_: bytes, page: str) -> str:
    """The longest of the elements that say by name that they hold the text."""
    from selectolax.lexbor import LexborHTMLParser  # noqa: PLC0415  # only for this voice

    tree = LexborHTMLParser(page)
    tree.strip_tags(["script", "style"])
    return max((node.text(separator="\n") for name in CONTAINERS for node in tree.css(name)), key=len, default="")


def json_ld(_: bytes, page: str) -> str:
    """The article's text in JSON-LD."""
    return max((match[1] for match in _ARTICLE_BODY.finditer(page)), key=len, default="")


VOICES: dict[str, Callable[[bytes, str], str]] = {
    "ours": ours,
    "ours, reading alone": reading,
    "trafilatura": trafilatura,
    "trafilatura, recall": lambda data, page: trafilatura(data, page, favor_recall=True),
    "trafilatura, precision": lambda data, page: trafilatura(data, page, favor_precision=True),
    "trafilatura, fast": lambda data, page: trafilatura(data, page, fast=True),
    "resiliparse": resiliparse,
    "readability-lxml": readability,
    "container by name": containers,
    "JSON-LD": json_ld,
}


def reference(path: Path, page: str) -> str:
    """The main text of a page: as somebody wrote it down, else as trafilatura sees it."""
    gold = path.with_suffix(".gold")
    return gold.read_text(encoding="utf-8") if gold.exists() else trafilatura(b"", page)


def score(paths: Iterable[Path], names: Iterable[str]) -> dict[str, Scores]:
    """The scores of the voices on the pages that have a reference."""
    scores = {name: Scores() for name in names}
    for path in paths:
        data = path.read_bytes()
        page = decode(data).text
        expected = reference(path, page)
        if not expected.strip():
            continue
        for name, scored in scores.items():
            begin = time.process_time()
            found = _said(VOICES[name], data, page)
            scored.seconds.append(time.process_time() - begin)
            scored.pages[path.name] = compared(found, expected)
    return scores


def _said(voice: Callable[[bytes, str], str], data: bytes, page: str) -> str:
    try:
        return voice(data, page)
    except Exception:  # a voice that fails says nothing
        return ""


def titles(paths: Iterable[Path]) -> tuple[int, int]:
    """How many pages with a `.title` got it, of how many."""
    right = total = 0
    for path in paths:
        known = path.with_suffix(".title")
        if not known.exists():
            continue
        total += 1
        documents = extract_bytes(path.read_bytes(), path=path.name).documents
        wanted = _SIGN.sub("", known.read_text(encoding="utf-8"))
        right += any(_SIGN.sub("", document.title or "") == wanted for document in documents)
    return right, total


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--worst", type=int, default=0, help="print so many of our pages, the worst first")
    parser.add_argument("--only", nargs="*", default=list(VOICES), help="voices")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.html"))
    scores = score(paths, options.only)
    table = Table("voice", "recall", "precision", "lost", "ms (median)", "ms (95 %)")
    for name, scored in scores.items():
        table.add_row(name, *scored.row())
    console = Console()
    console.print(table)
    right, total = titles(paths)
    console.print(f"{len(paths)} pages; titles right: {right} of {total}")
    mine = scores.get("ours", Scores()).pages
    for name in sorted(mine, key=lambda page: sum(mine[page]))[: options.worst]:
        console.print(f"{mine[name][0]:.2f} {mine[name][1]:.2f} {name}")


if __name__ == "__main__":
    main()
