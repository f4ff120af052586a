"""The category of a counted noun phrase, by the listed noun that ends it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from zongji.corpus import lexicon
from zongji.corpus.labels import Category


@dataclass(frozen=True, slots=True)
class NounRow:
    """A row of `nouns.tsv`: a head noun, matched at the end of the counted noun phrase."""

    noun: str
    category: Category


@dataclass(frozen=True, slots=True)
class _Nouns:
    """The listed nouns; for each final character, the lengths of its nouns, longest first."""

    categories: dict[str, Category]
    lengths: dict[str, tuple[int, ...]]


@cache
def _nouns() -> _Nouns:
    """`nouns.tsv`, read once per process."""
    categories = {row.noun: row.category for row in lexicon.load("nouns", NounRow)}
    lengths: dict[str, set[int]] = {}
    for noun in categories:
        lengths.setdefault(noun[-1], set()).add(len(noun))
    return _Nouns(categories, {ending: tuple(sorted(found, reverse=True)) for ending, found in lengths.items()})


def is_listed(noun: str) -> bool:
    """True for a noun that is itself a row of `nouns.tsv`."""
    return noun in _nouns().categories


@lru_cache(maxsize=16384)
def category_of_noun(item: str) -> Category | None:
    """The category of the longest listed noun that ends the phrase; cached, since phrases recur."""
    nouns = _nouns()
    categories = nouns.categories
    category = categories.get(item)
    if category is not None:
        return category
    for length in nouns.lengths.get(item[-1:], ()):
        category = categories.get(item[-length:])
        if category is not None:
            return category
    return None
