"""Evidence of how a profile was damaged: its annotated characters with their readings, and its habits."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zongji.corpus.noise import MARKS, Procedure
from zongji.pipeline.restore.damage.gbk import plain_forms
from zongji.pipeline.restore.damage.tokens import LETTERS
from zongji.pipeline.restore.readings import reads

_ANNOTATED = re.compile(rf"([㐀-鿿])\(([{LETTERS}]{{1,7}})\)( ?)")
_NARROW = re.compile(r"(?<=[㐀-鿿)])[,;:?!]")
_WIDE = re.compile(r"[，；：？！]")
# A lost byte in front of a mark or inside an annotation: no damaged run begins otherwise. Where blanks stand between
# question marks, no-break spaces were lost.
TRIGGER = re.compile(rf"\?(?=[,;!，。；？！、]|[{LETTERS}]{{1,7}}\)|(?<! \?)\?(?!\??[ \n]|\?$))")
_AROUND = re.compile(rf"\?(?:[,;?!，。；？！、]|[{LETTERS}]{{1,7}}\))[^\n,;:()，；：。]{{0,40}}")
_WIDE_CUT = re.compile(r"\?[，；？！]")  # nothing was made ASCII where a full-width mark cut
_COMMA_CUT = re.compile(r"\?[,，]")
_MIXED = 20  # ASCII marks to a full-width one where all were made ASCII; the others come from the site itself
_FEWEST = 2  # annotations from which a profile counts as converted


@dataclass(frozen=True, slots=True)
class TextProfile:
    """The evidence found in a profile."""

    readings: Mapping[str, str]
    """Its annotated characters, the one most often met first, and the reading each is given."""
    narrow: bool
    """True where full-width signs became ASCII."""
    commas_cut: bool
    """True where a lost byte stands in front of a comma: in some collections commas do not cut."""
    blank: bool
    """True where a blank stands behind a reading."""
    plain: str = field(repr=False)
    """The profile in simplified characters without readings and damaged runs, for the model to learn its terms from."""
    written: frozenset[str] = field(repr=False)
    """The characters of the profile outside its damaged runs."""

    def procedures(self, readings: Mapping[str, str]) -> Iterator[Procedure]:
        """The procedures that may have damaged the profile, readings being inserted in this order."""
        yield Procedure(readings, narrow=self.narrow, blank=self.blank, converted=True)
        if not self.commas_cut:
            without = MARKS.replace("，", "")
            yield Procedure(readings, cuts=without, narrow=self.narrow, blank=self.blank, converted=True)

    @property
    def marks(self) -> str:
        """The marks as written on the profile."""
        return ",。;?!" if self.narrow else MARKS


def learn(text: str) -> TextProfile | None:
    """The evidence in a profile; None if it has no readings behind traditional characters."""
    readings: dict[str, Counter[str]] = {}
    blanks = total = 0
    for character, reading, blank in _ANNOTATED.findall(text):
        if reads(character, reading):
            readings.setdefault(character, Counter())[reading] += 1
            blanks += bool(blank)
            total += 1
    if total < _FEWEST:
        return None
    bare = Counter(text)
    forms = plain_forms()
    without = _AROUND.sub("\n", _ANNOTATED.sub(r"\1", text))
    counts = {character: found.total() for character, found in readings.items()}
    annotated = sorted((c for c in counts if 2 * counts[c] >= bare[c]), key=lambda c: (-counts[c], c))
    return TextProfile(
        readings={character: readings[character].most_common(1)[0][0] for character in annotated},
        narrow=_is_narrow(text),
        commas_cut=_COMMA_CUT.search(text) is not None,
        blank=blanks * 2 > total,
        plain="".join(forms.get(character, character) for character in without),
        written=frozenset(without),
    )


def _is_narrow(text: str) -> bool:
    """True if full-width punctuation became ASCII, by majority."""
    if _WIDE_CUT.search(text):
        return False
    return len(_NARROW.findall(text)) > _MIXED * len(_WIDE.findall(text))
