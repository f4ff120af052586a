"""What is said of a document: a value with its words, their place, the rule that found it and how sure that is."""

from __future__ import annotations

from typing import NamedTuple

from zongji.corpus.records import Span


class Said(NamedTuple):
    """One fact about a document. `place` is None where it does not stand in the document's text."""

    value: str
    words: str
    place: Span | None
    rule: str
    confidence: float
