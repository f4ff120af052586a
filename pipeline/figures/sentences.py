"""The sentence around a number, with its cues, which apply to all of its numbers."""

from __future__ import annotations

import re
from typing import NamedTuple

from zongji.pipeline.figures.modality import ModalityCues, states_aims
from zongji.pipeline.figures.scopes import TotalCues

# A sentence, or 400 characters of a text without full stops.
_SENTENCE = re.compile(r"(?:[^。！？!?；;\n.]|\.(?![\s㐀-鿿“\"(（①-⑩]|$)){0,400}[。！？!?；;\n.]?")
_PARAGRAPH_REACH = 300  # characters before a sentence that may announce goals


class Sentence(NamedTuple):
    """A sentence with its cues, found once for all of its figures."""

    start: int
    end: int
    quote: str
    modality: ModalityCues
    totals: TotalCues


class Sentences:
    """The sentence around an offset; offsets must be requested in ascending order."""

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text = text
        self.end = end
        self.spans = _SENTENCE.finditer(text, start, end)
        self.span = (start, start)
        self.current = self._read()

    def around(self, offset: int) -> Sentence:
        """The sentence that holds the character at an offset."""
        if self.span[1] <= offset < self.end:
            while self.span[1] <= offset < self.end:
                self.span = next(self.spans).span()
            self.current = self._read()
        return self.current

    def _read(self) -> Sentence:
        start, end = self.span
        words = self.text[start:end]
        cues = ModalityCues.of(words)
        if states_aims(self._paragraph_before(start)):
            cues = cues._replace(surely_planned=0)
        return Sentence(start, end, words.strip(), cues, TotalCues.of(words))

    def _paragraph_before(self, start: int) -> str:
        before = self.text[max(0, start - _PARAGRAPH_REACH) : start]
        return before[before.rfind("\n") + 1 :]
