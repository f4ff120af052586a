"""The row of a word list that was used, with its line in the file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from zongji.corpus import lexicon
from zongji.pipeline.figures.categories import category_of_noun, is_listed
from zongji.pipeline.trace.records import Rule


def row_of(name: str, word: str, says: str = "") -> Rule:
    """The row of a word in a list: the user's, or that of the bundled list."""
    found = _rows(name).get(word)
    if found is None or lexicon.is_added(name, word):
        return Rule(word, f"{name} added by --lexicon", says)
    number, line = found
    return Rule(word, f"corpus/lexicons/{name}.tsv:{number}", " ".join(line.split("\t")[1:]).strip())


def noun_row(phrase: str) -> Rule | None:
    """The row of the longest listed noun that ends a phrase; None if none does."""
    ends = (phrase[start:] for start in range(len(phrase)))
    noun = next(filter(is_listed, ends), None)
    return None if noun is None else row_of("nouns", noun, category_of_noun(noun) or "")


@cache
def _rows(name: str) -> dict[str, tuple[int, str]]:
    """Each word of a list with its line number and text; the last one if a word occurs twice."""
    text = files("zongji.corpus").joinpath("lexicons", f"{name}.tsv").read_text(encoding="utf-8")
    numbered = enumerate(text.splitlines(), start=1)
    return {line.partition("\t")[0]: (number, line) for number, line in numbered if line and line[0] != "#"}
