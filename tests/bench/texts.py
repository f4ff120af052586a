"""The texts that everybody reads, and larger ones made of them."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from zongji.corpus.annotation import AnnotatedText
from zongji.corpus.gold import read_folder

GOLD = Path(__file__).parents[2] / "corpus" / "gold"
SEED = 7  # any; the same order of documents in every run


@dataclass(frozen=True, slots=True)
class Text:
    """A timed input: a name, its parts (one call each), and the number of annotated figures, if known."""

    name: str
    parts: tuple[str, ...]
    annotated: int | None

    @property
    def characters(self) -> int:
        """Code points of all parts."""
        return sum(map(len, self.parts))

    @property
    def megabytes(self) -> float:
        """Million bytes of UTF-8."""
        return sum(size(part) for part in self.parts) / 1e6

    @property
    def digest(self) -> str:
        """Tells whether two runs were on the same text."""
        return hashlib.sha256("\0".join(self.parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def size(text: str) -> int:
    """Bytes of UTF-8."""
    return len(text.encode("utf-8", "surrogatepass"))


def gold(split: str = "dev") -> tuple[AnnotatedText, ...]:
    """The annotated documents of a split. No model learned from `test`."""
    return tuple(file.annotated for file in read_folder(GOLD / split))


def gold_text(annotated: Sequence[AnnotatedText]) -> Text:
    """Annotated documents with the marks stripped, one part each."""
    figures = sum(len(document.figures) for document in annotated)
    return Text("corpus/gold/dev", tuple(document.text for document in annotated), figures)


def file_text(path: Path, limit: int) -> Text:
    """A UTF-8 file as one part, cut after `limit` characters."""
    return Text(path.name, (path.read_text(encoding="utf-8-sig", errors="replace")[:limit],), None)


def of_size(parts: Sequence[str], target: int, *, one_line: bool = False) -> str:
    """The parts over and over, each time around in another order, cut at about `target` bytes of UTF-8."""
    if not any(parts):
        message = "there is no text to repeat"
        raise ValueError(message)
    chosen = bytearray()
    order = [part.replace("\n", "") if one_line else part + "\n" for part in parts]
    generator = random.Random(SEED)  # noqa: S311  # nothing secret
    while len(chosen) < target:
        generator.shuffle(order)
        for part in order:
            chosen += part.encode("utf-8", "surrogatepass")
    return chosen[:target].decode("utf-8", "ignore")  # a character that the cut halves is dropped
