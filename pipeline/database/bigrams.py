"""Character bigrams of a text, by which words of two characters are found."""

from __future__ import annotations

import re
from operator import add

_RUN = re.compile(r"\w\w+")


def bigrams(text: str) -> str:
    """The bigrams of a text, each once, in any order, separated by blanks. None spans a blank or punctuation.

    >>> sorted(bigrams("科普培训，6期").split())
    ['6期', '培训', '普培', '科普']
    """
    found: set[str] = set()
    for run in _RUN.findall(text.lower()):
        found.update(map(add, run, run[1:]))
    return " ".join(found)
