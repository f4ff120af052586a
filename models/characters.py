"""How likely a Chinese character is behind others: the small model that chooses between repairs of damaged text.

Two sources side by side: counts of the runs of up to four characters in texts, weighed by Witten and Bell's method
("The zero-frequency problem", IEEE Trans. Inf. Theory 37, 1991), and the words of jieba's dictionary with their
frequencies, of which the best segmentation counts. The text at hand is counted along with the texts learned from,
because its own terms recur in it. `python -m zongji.models.characters` rebuilds the file, always with the same bytes.
"""

from __future__ import annotations

import json
import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log
from pathlib import Path

ORDER = 4
LONGEST = 6  # characters of the longest word looked up; longer ones are found in pieces
RAREST = 5  # how often jieba's dictionary must have seen a word; more than half of its words were seen less often
PAGE_WEIGHT = 2.0  # an occurrence in the text at hand counts as so many elsewhere
_UNSEEN = log(1e-9)  # a character that no source knows
_NAME = "characters.bin"
_NOT_A_LINE_END = re.compile(r"[^\n]")
_CLASSES = {ord(sign): "0" for sign in "0123456789０１２３４５６７８９"} | {
    code: "a" for code in [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
}
_WIDE = {ord(narrow): wide for narrow, wide in zip(",;:?!()", "，；：？！（）", strict=True)}


@dataclass(frozen=True, slots=True)
class Counts:
    """What was learned: runs of characters with their counts, words with the logarithm of their share."""

    runs: Mapping[str, int]
    words: Mapping[str, float]


def normal(text: str) -> str:
    """A text as the model sees it: digits as `0`, letters as `a`, full-width punctuation; lengths stay."""
    return text.translate(_CLASSES).translate(_WIDE)


class Characters:
    """Log probabilities of characters; simplified characters, in the form that `normal` gives."""

    def __init__(self, counts: Counts, page: str = "") -> None:
        self.words = counts.words
        self._runs: dict[str, float] = dict(counts.runs)
        for run, count in _runs(normal(page)).items():
            self._runs[run] = self._runs.get(run, 0) + PAGE_WEIGHT * count
        self._totals: dict[str, float] = {}
        self._kinds: dict[str, int] = {}
        for run, weight in self._runs.items():
            history = run[:-1]
            self._totals[history] = self._totals.get(history, 0) + weight
            self._kinds[history] = self._kinds.get(history, 0) + 1
        self._known: dict[str, float] = {}

    def behind(self, history: str, character: str) -> float:
        """The log probability of a character behind the last three of a history."""
        run = history[1 - ORDER :] + character
        known = self._known.get(run)
        if known is None:
            known = self._known[run] = log(self._share(run))
        return known

    def _share(self, run: str) -> float:
        """Each order's share, the kinds of characters seen behind a history being the trust in the shorter one."""
        words = self.words
        share = 1e-7 + 0.2 * 2.718281828 ** words.get(run[-1], -20.0)
        for start in range(len(run) - 1, -1, -1):
            part = run[start:]
            history = part[:-1]
            kinds = self._kinds.get(history)
            if kinds is None:
                break
            share = (self._runs.get(part, 0.0) + kinds * share) / (self._totals[history] + kinds)
        return share

    def word(self, text: str) -> float:
        """The log share of a word; that of its rarest kind for a single character no dictionary has."""
        return self.words.get(text, _UNSEEN if len(text) == 1 else -1e9)


def train(texts: Iterable[str], frequencies: Mapping[str, int]) -> Counts:
    """Counts of clean texts and of a dictionary's words."""
    runs: Counter[str] = Counter()
    for text in texts:
        runs.update(_runs(normal(text)))
    kept = {word: count for word, count in frequencies.items() if count >= RAREST or len(word) == 1}
    total = sum(kept.values())
    words = {normal(word): log(count / total) for word, count in kept.items() if len(word) <= LONGEST and count}
    marks = {run: count for run, count in runs.items() if len(run) == 1 and run not in words}
    seen = sum(count for run, count in runs.items() if len(run) == 1)
    return Counts(runs, words | {mark: log(count / seen) for mark, count in marks.items()})


def dump(counts: Counts) -> bytes:
    """The counts as zlib-compressed JSON lines: runs and counts, words and hundredths of their logarithms."""
    runs, words = sorted(counts.runs), sorted(counts.words)
    parts = [
        runs,
        [counts.runs[run] for run in runs],
        words,
        [round(counts.words[word] * 100) for word in words],
    ]
    text = "\n".join(json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts)
    return zlib.compress(text.encode(), 9)


def parse(data: bytes) -> Counts:
    """The counts that `dump` wrote."""
    runs, numbers, words, shares = (json.loads(line) for line in zlib.decompress(data).decode().split("\n"))
    return Counts(dict(zip(runs, numbers, strict=True)), {w: s / 100 for w, s in zip(words, shares, strict=True)})


@cache
def load() -> Counts:
    """The counts that come with the program, read once a process."""
    return parse(files("zongji.models").joinpath("artefacts", _NAME).read_bytes())


def _runs(text: str) -> Counter[str]:
    """All runs of up to four characters; a line begins with its line end, as the history of its first character."""
    text = "\n" + text
    found: Counter[str] = Counter()
    for length in range(1, ORDER + 1):
        found.update(text[start : start + length] for start in range(len(text) - length + 1))
    return Counter({run: count for run, count in found.items() if "\n" not in run[1:]})


def gold_texts(folder: Path) -> Iterator[str]:
    """The annotated documents of a folder without their marks, in order, in simplified characters."""
    from opencc import OpenCC  # noqa: PLC0415  # only when the model is rebuilt

    from zongji.corpus.marked import parse as unmarked  # noqa: PLC0415  # likewise

    converter = OpenCC("t2s")
    for path in sorted(folder.glob("*.txt")):
        yield str(converter.convert(unmarked(path.read_text(encoding="utf-8")).text))


def jieba_frequencies() -> dict[str, int]:
    """The words of jieba's dictionary and how often they were counted."""
    import jieba  # noqa: PLC0415  # only when the model is rebuilt

    with jieba.dt.get_dict_file() as file:
        rows = (line.decode().split() for line in file)
        return {word: int(count) for word, count, *_ in rows}


def main() -> None:
    """Rebuild the file from the development texts of the gold corpus and jieba's dictionary."""
    root = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent.parent)
    counts = train(gold_texts(root / "corpus" / "gold" / "dev"), jieba_frequencies())
    (root / "models" / "artefacts" / _NAME).write_bytes(dump(counts))


if __name__ == "__main__":
    main()
