"""A small language model of Chinese characters, which chooses between repairs of damaged text.

Two sources side by side: counts of the runs of up to four characters in texts, weighed by Witten and Bell's method
("The zero-frequency problem", IEEE Trans. Inf. Theory 37, 1991), and the words of jieba's dictionary with their
frequencies, scored by the best segmentation. The text at hand is counted along with the training texts,
because its own terms recur in it. `zongji train` rebuilds the file, always with the same bytes.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from itertools import pairwise
from math import exp, log

ORDER = 4
LONGEST = 6  # characters of the longest word looked up; longer ones are found in pieces
RAREST = 5  # how often jieba's dictionary must have seen a word; more than half of its words were seen less often
PAGE_WEIGHT = 2.0  # an occurrence in the text at hand counts as this many elsewhere
UNSEEN = log(1e-9)  # a character unknown to both sources
_MARKS = frozenset("，。；：、？！")
_NONE: frozenset[str] = frozenset()
_NOTHING = (0.0, 0)
_DOUBLED = 0.003  # a mark after another with which it was never seen
NAME = "characters.bin"
_DIGITS = "0123456789０１２３４５６７８９"
_LETTERS = [*range(0x41, 0x5B), *range(0x61, 0x7B), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
_CLASSES = dict.fromkeys(map(ord, _DIGITS), "0") | dict.fromkeys(_LETTERS, "a")
# Question and exclamation marks end sentences, but are too rare in plans and summaries to be counted on their own.
_WIDE = {ord(sign): plain for sign, plain in zip(",;:?!()\u3000？！", "，；：。。（） 。。", strict=True)}


@dataclass(frozen=True)
class Counts:
    """The learned data: runs of characters with their counts, words with the logarithm of their share."""

    runs: Mapping[str, float]
    words: Mapping[str, float]
    followers: Mapping[str, str]
    """The characters that a word has after a character."""

    @cached_property
    def histories(self) -> Mapping[str, tuple[float, int]]:
        """By history: how often anything followed it, and how many different characters."""
        return _histories(self.runs)

    @cached_property
    def seen(self) -> Mapping[str, frozenset[str]]:
        """The characters seen after a character, in a text or in a word."""
        found = {character: set(behind) for character, behind in self.followers.items()}
        for run in self.runs:
            if len(run) == 2:
                found.setdefault(run[0], set()).add(run[1])
        return {character: frozenset(behind) for character, behind in found.items()}


def normal(text: str) -> str:
    """A text as the model sees it: digits as `0`, letters as `a`, full-width signs, `。` for all sentence ends."""
    return text.translate(_CLASSES).translate(_WIDE)


class Characters:
    """Log probabilities of characters; simplified characters, in the form that `normal` gives."""

    def __init__(self, counts: Counts, page: str = "") -> None:
        self.words = counts.words
        self._counts = counts
        self._page = {run: PAGE_WEIGHT * count for run, count in _runs(normal(page)).items()}
        new = (run for run in self._page if run not in counts.runs)
        self._new_kinds = Counter(run[:-1] for run in new)
        self._page_histories = _histories(self._page)
        self._page_followers: dict[str, set[str]] = {}
        for run in self._page:
            if len(run) == 2:
                self._page_followers.setdefault(run[0], set()).add(run[1])
        self._known: dict[str, float] = {}

    def has_seen(self, before: str, character: str) -> bool:
        """True if a character was seen after another, in a text or in a word."""
        seen = self._counts.seen.get(before, _NONE)
        return character in seen or character in self._page_followers.get(before, _NONE)

    def behind(self, history: str, character: str) -> float:
        """The log probability of a character after the last three of a history."""
        run = history[1 - ORDER :] + character
        known = self._known.get(run)
        if known is None:
            known = self._known[run] = log(self._share(run))
        return known

    def _share(self, run: str) -> float:
        """The shares of all orders; the more kinds of characters follow a history, the more the shorter one counts."""
        share = 1e-7 + 0.2 * exp(self.words.get(run[-1], -20.0))
        learned, page = self._counts.runs, self._page
        for start in range(len(run) - 1, -1, -1):
            part = run[start:]
            total, kinds = self._history(part[:-1])
            if not kinds:
                break
            share = (learned.get(part, 0.0) + page.get(part, 0.0) + kinds * share) / (total + kinds)
        if run[-1] in _MARKS and run[-2:-1] in _MARKS and run[-2:] not in learned and run[-2:] not in page:
            return share * _DOUBLED
        return share

    def _history(self, history: str) -> tuple[float, int]:
        """How often anything followed a history, and how many different characters."""
        total, kinds = self._counts.histories.get(history, _NOTHING)
        more, _ = self._page_histories.get(history, _NOTHING)
        return (total + more, kinds + self._new_kinds[history]) if more else (total, kinds)


def _histories(runs: Mapping[str, float]) -> dict[str, tuple[float, int]]:
    found: dict[str, tuple[float, int]] = {}
    for run, count in runs.items():
        total, kinds = found.get(run[:-1], _NOTHING)
        found[run[:-1]] = (total + count, kinds + 1)
    return found


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
    return Counts(runs, words | {mark: log(count / seen) for mark, count in marks.items()}, _followers(words))


def _followers(words: Iterable[str]) -> dict[str, str]:
    found: dict[str, set[str]] = {}
    for word in words:
        for before, behind in pairwise(word):
            found.setdefault(before, set()).add(behind)
    return {before: "".join(sorted(found[before])) for before in sorted(found)}


def dump(counts: Counts) -> bytes:
    """The counts as zlib-compressed JSON lines: runs and counts, words and hundredths of their logarithms."""
    runs, words = sorted(counts.runs), sorted(counts.words)
    parts = [
        runs,
        [counts.runs[run] for run in runs],
        words,
        [round(counts.words[word] * 100) for word in words],
        counts.followers,
    ]
    text = "\n".join(json.dumps(part, ensure_ascii=False, separators=(",", ":")) for part in parts)
    return zlib.compress(text.encode(), 9)


def parse(data: bytes) -> Counts:
    """The counts that `dump` wrote."""
    runs, numbers, words, shares, followers = (json.loads(line) for line in zlib.decompress(data).decode().split("\n"))
    logarithms = {word: share / 100 for word, share in zip(words, shares, strict=True)}
    return Counts(dict(zip(runs, numbers, strict=True)), logarithms, followers)


@cache
def load() -> Counts:
    """The bundled counts, read once per process."""
    return parse(files("zongji.models").joinpath("artefacts", NAME).read_bytes())


def _runs(text: str) -> Counter[str]:
    """All runs of up to four characters; a line begins with its line end, as the history of its first character."""
    text = "\n" + text
    found: Counter[str] = Counter()
    for length in range(1, ORDER + 1):
        found.update(text[start : start + length] for start in range(len(text) - length + 1))
    return Counter({run: count for run, count in found.items() if "\n" not in run[1:]})


def rebuilt(texts: Iterable[str]) -> bytes:
    """The file's bytes from texts, simplified here, and from jieba's dictionary; the same texts give the same bytes."""
    from opencc import OpenCC  # noqa: PLC0415  # only when the model is rebuilt

    converter = OpenCC("t2s")
    return dump(train((str(converter.convert(text)) for text in texts), jieba_frequencies()))


def jieba_frequencies() -> dict[str, int]:
    """The words of jieba's dictionary and how often they were counted."""
    import jieba  # noqa: PLC0415  # only when the model is rebuilt

    with jieba.dt.get_dict_file() as file:
        rows = (line.decode().split() for line in file)
        return {word: int(count) for word, count, *_ in rows}
