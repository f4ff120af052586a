"""Traditional to simplified characters, by OpenCC's tables and phrases."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from itertools import islice
from operator import ne
from typing import TYPE_CHECKING

from zongji.corpus.alignment import Edit
from zongji.corpus.labels import Script
from zongji.corpus.patterns import WordPattern

if TYPE_CHECKING:
    from opencc import OpenCC

# A page in simplified characters may name 乾隆 or quote 後 without being traditional; real ones change every fourth.
_SHARE = 0.01
_SAMPLE = 1000  # characters sampled per text
# OpenCC leaves 著; as an aspect particle it is 着. These words keep it.
_PARTICLE = WordPattern(
    "restoration_cues",
    r"(?<=[㐀-鿿])(?<!{before-zhu})著(?!{behind-zhu})|(?<=[㐀-鿿])(?<={particle-zhu})著(?![名作])",
)


def edits(text: str) -> Sequence[Edit]:
    """Edits of a text in traditional characters; one for one wherever OpenCC keeps the length."""
    converted = simplified(text)
    if converted == text or script_of(text) is Script.SIMPLIFIED:
        return []
    converted = _PARTICLE.sub("着", converted)
    if len(converted) == len(text):
        return [Edit(0, len(text), converted)]
    return list(_differences(text))


def simplified(text: str) -> str:
    """A text in simplified characters."""
    return str(_converter().convert(text))


def script_of(text: str) -> Script:
    """The script of a text; a long one is judged by an even sample of its lines."""
    sample = _sample(text)
    changed = sum(map(ne, sample, simplified(sample)))
    return Script.TRADITIONAL if changed > len(sample) * _SHARE else Script.SIMPLIFIED


def _sample(text: str) -> str:
    if len(text) <= _SAMPLE:
        return text
    step = len(text) // _SAMPLE + 1
    return "".join(islice((text[start : start + 40] for start in range(0, len(text), 40 * step)), _SAMPLE))


def _differences(text: str) -> Iterator[Edit]:
    """Line by line where a phrase changed its length."""
    position = 0
    for line in text.splitlines(keepends=True):
        converted = _PARTICLE.sub("着", simplified(line))
        if len(converted) == len(line):
            yield Edit(position, position + len(line), converted)
        else:
            matcher = SequenceMatcher(None, line, converted, autojunk=False)
            for tag, start, end, new_start, new_end in matcher.get_opcodes():
                if tag != "equal":
                    yield Edit(position + start, position + end, converted[new_start:new_end])
        position += len(line)


@cache
def _converter() -> OpenCC:
    from opencc import OpenCC  # noqa: PLC0415  # only when a text is read

    return OpenCC("t2s")
