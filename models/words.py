"""Words and parts of speech by jieba: its Rust port, or jieba itself if the port is missing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from zongji.corpus import lexicon

Tagged = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class UserWord:
    """A row of `words.tsv`: a word that jieba's dictionary lacks, with its part of speech."""

    word: str
    tag: str
    frequency: int


def tag(text: str) -> Tagged:
    """The words of a text with jieba's part-of-speech tags."""
    return _tagger()(text)


@cache
def _tagger() -> Callable[[str], Tagged]:
    """The fast port if installed, else jieba: twenty times slower, with the same words."""
    user_words = lexicon.load("words", UserWord)
    try:
        from rjieba import Jieba  # noqa: PLC0415  # its dictionary takes a tenth of a second
    except ImportError:
        return _reference_tagger()
    port = Jieba()
    for row in user_words:
        port.add_word(row.word, row.frequency, row.tag)
    fast: Callable[[str], Tagged] = port.tag
    return fast


@cache
def _reference_tagger() -> Callable[[str], Tagged]:
    import jieba  # noqa: PLC0415
    import jieba.posseg  # noqa: PLC0415

    jieba.setLogLevel("WARNING")
    for row in lexicon.load("words", UserWord):
        jieba.add_word(row.word, row.frequency, row.tag)
    tags = jieba.posseg.dt.word_tag_tab
    return lambda text: [(word, tags.get(word) or _tag_of_unlisted(word)) for word in jieba.cut(text)]


def _tag_of_unlisted(word: str) -> str:
    """As the port tags words that the dictionary lacks: numbers m, Latin letters eng, the rest x."""
    if word.rstrip("%").replace(".", "").isdecimal():
        return "m"
    return "eng" if word.isascii() and word.isalnum() else "x"
