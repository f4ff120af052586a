"""The pairs of neighbouring characters of a text, by which a word of two characters is found in it."""

from __future__ import annotations

import re
from operator import add

_RUN = re.compile(r"\w\w+")


def bigrams(text: str) -> str:
    """The bigrams of a text, each once, in any order, with blanks between them. None reaches over a blank or a mark.

    >>> sorted(bigrams("科普培训，6期").split())
    ['6期', '培训', '普培', '科普']
    """
    found: set[str] = set()
    for run in _RUN.findall(text.lower()):
        found.update(map(add, run, run[1:]))
    return " ".join(found)
