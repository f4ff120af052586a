"""What the runs of a profile share, and the costs of characters beyond the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from zongji.models.characters import Characters
from zongji.pipeline.restore.damage.gbk import LEADS, Repertoire, Sign, code, wide
from zongji.pipeline.restore.damage.hypotheses import Hypothesis, Strays
from zongji.pipeline.restore.damage.profile import TextProfile
from zongji.pipeline.restore.damage.tokens import Kind, Token
from zongji.pipeline.restore.readings import reads

FREQUENT = 16  # of many characters, so many are tried though they were never seen behind the one in front
_BARE = 12.0  # an annotated character without its reading
_STRAY = 4.0  # an annotated character that the profile does not annotate elsewhere
_WIDE = 5.0  # a full-width letter or digit where a byte was lost: rare


@dataclass(frozen=True, slots=True)
class Setting:
    """A profile, the model that has read it, and the characters to choose from."""

    profile: TextProfile
    model: Characters
    repertoire: Repertoire

    def reads(self, character: str, reading: str | None) -> bool:
        """True where the profile would annotate a character with a reading."""
        if reading is None:
            return False
        known = self.profile.readings.get(character)
        return known == reading if known else reads(character, reading)

    def bare(self, character: str) -> float:
        """The cost of a character without a reading."""
        return _BARE if character in self.profile.readings else 0.0

    def own(self, before: Hypothesis, sign: Sign) -> float:
        """What a character costs behind a hypothesis: rare ones, and those that ought to have a reading."""
        return rare(sign) + (0.0 if before.fresh else self.bare(sign.written))

    def stray(self, before: Hypothesis, character: str, reading: str) -> tuple[float, Strays]:
        """What it costs to annotate a character that the profile does not annotate elsewhere, and the note of it."""
        if character in self.profile.readings or (character, reading) in before.strays:
            return 0.0, ()
        return _STRAY, ((character, reading),)

    def likely(self, before: Hypothesis, pool: Sequence[Sign]) -> Iterator[Sign]:
        """Of many characters, the most frequent first, these and those seen behind the one in front."""
        yield from pool[:FREQUENT]
        if len(pool) > FREQUENT:
            last, has_seen = before.history[-1], self.model.has_seen
            yield from (sign for sign in pool[FREQUENT:] if has_seen(last, sign.plain))

    def pair(self, sign: str) -> tuple[int, int] | None:
        """The bytes of a shown sign, if it can be a pair."""
        if sign.isascii():
            return code(wide(sign)) if self.profile.narrow and " " <= sign <= "~" else None
        return code(sign)

    def mark(self, tokens: Sequence[Token], index: int) -> tuple[int, int] | None:
        """The bytes of the mark at an index, None if there is none."""
        if index >= len(tokens) or tokens[index].text not in self.profile.marks:
            return None
        if tokens[index].kind not in {Kind.SIGN, Kind.LOST}:
            return None
        return code(wide(tokens[index].text) if tokens[index].text.isascii() else tokens[index].text)


def rare(sign: Sign) -> float:
    """What full-width letters and digits, `？` and `！` cost; the model doesn't tell them from others."""
    full_width = "！" <= sign.written <= "～"
    return _WIDE if full_width and (sign.plain.isascii() or sign.plain == "。") else 0.0


def reading_at(tokens: Sequence[Token], index: int) -> str | None:
    """The reading at an index."""
    return tokens[index].text if index < len(tokens) and tokens[index].kind is Kind.READING else None


def character_of(lead: int, trail: int) -> str:
    """The character of two bytes, empty where they have none."""
    return bytes((lead, trail)).decode("gbk", "ignore") if lead in LEADS else ""
