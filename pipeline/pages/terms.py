"""The labels of pages in Chinese and English, from `terms.tsv`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from zongji.corpus.lexicon import rows


@dataclass(frozen=True, slots=True)
class Term:
    """A value of a vocabulary and what people call it."""

    kind: str
    value: str
    chinese: str
    english: str


@cache
def terms() -> dict[str, dict[str, Term]]:
    """The terms by kind and value, in the order of the list."""
    text = files("zongji.pipeline.pages").joinpath("terms.tsv").read_text(encoding="utf-8")
    found: dict[str, dict[str, Term]] = {}
    for term in rows(text, Term, file="terms.tsv"):
        found.setdefault(term.kind, {})[term.value] = term
    return found


def term(kind: str, value: str) -> Term:
    """The term for a value; an unknown value is its own label."""
    return terms().get(kind, {}).get(value) or Term(kind, value, value, value)
