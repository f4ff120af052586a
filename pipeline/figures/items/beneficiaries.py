"""The people for whom something was done: they are counted, although the number follows what was done."""

from __future__ import annotations

from zongji.corpus.patterns import WordPattern
from zongji.models.words import tag
from zongji.pipeline.figures.items.nouns import is_people
from zongji.pipeline.figures.items.phrases import attributive, leading_phrase
from zongji.pipeline.figures.items.roles import read

_FOR = WordPattern(
    "word_classes",
    r"(?<!{behind-reach})[为给对](?:[0-9.]+(?:[—～~－-]+[0-9.]+)?周?岁(?:及?以上|以下)?的?)?([㐀-鿿][^，。；]{3,})$",
)


def beneficiary(clause: str) -> str:
    """`为|孤寡老人|免费检修线路189户`; empty if the clause names no people after 为, 给 or 对."""
    match = _FOR.search(clause)
    if match is None:
        return ""
    words = read(tag(match[1]))
    return next(filter(is_people, (leading_phrase(words), attributive(words))), "")
