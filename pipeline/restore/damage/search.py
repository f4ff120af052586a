"""Searching what a damaged run was: all ways to read its bytes, the likely ones kept from token to token.

Out of phase, everything shown is the last byte of one character and the first of the next; so the text is known but
for the bytes that were lost where it fell out of phase, and for the pairs that vanished on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from zongji.models.characters import Characters, normal
from zongji.pipeline.restore.damage.gbk import LEADS, TRAILS, Repertoire, Sign, code, holes, plain_forms, wide
from zongji.pipeline.restore.damage.hypotheses import Hypothesis, Written, extended
from zongji.pipeline.restore.damage.page import Page
from zongji.pipeline.restore.damage.tokens import Kind, Token
from zongji.pipeline.restore.readings import reads

_BEAM = 32
_LAYER = 8  # hypotheses with one more vanished pair that are followed
_MARGIN = 12.0  # a hypothesis so far behind the best of its kind is given up
_FREQUENT = 16  # of many characters, so many are tried though they were never seen behind the one in front
_NO_LEAD = 0x80  # a byte that ends characters, begins none and is shown as `?`
_GAPS = 3  # vanished pairs in a row
_TAIL = 4  # tokens read behind the run, to see how it fits on
_LONGEST = 80  # tokens; the sample's longest run has 20

_BARE = 12.0  # an annotated character without its reading
_ODD = 25.0  # a reading that nothing explains
_STRAY = 4.0  # an annotated character that the page does not annotate elsewhere
_EATEN = 6.0  # an ASCII sign that went with a first byte
_WIDE = 5.0
_GAP = 1.0
_TRUE_MARK = 1.0  # a question mark of the text itself where a trigger stands
_ODD_MARK = 3.0  # a mark out of phase, which ought to have cut


@dataclass(frozen=True, slots=True)
class Search:
    """What is the same for all runs of a page."""

    page: Page
    model: Characters
    repertoire: Repertoire

    def run(self, tokens: Sequence[Token], first: Hypothesis) -> tuple[int, list[Hypothesis]]:
        """The hypotheses in phase behind the run that the tokens begin with, the best first, and how many they took."""
        limit = min(len(tokens), _LONGEST)
        waiting: list[list[Hypothesis]] = [[] for _ in range(limit + 3)]
        waiting[0].append(first)
        quiet = 0
        for index in range(limit):
            kept = pruned(waiting[index], _BEAM)
            ahead = [*kept, *waiting[index + 1], *waiting[index + 2]]
            settled = all(h.leads is None for h in ahead) and tokens[index].kind in {Kind.SIGN, Kind.READING}
            quiet = quiet + 1 if settled else 0
            if quiet > _TAIL and len(ahead) == len(kept):
                return index, kept
            kept += self._vanished(kept)
            for hypothesis in kept:
                for width, after in self._steps(hypothesis, tokens, index):
                    waiting[index + width].append(after)
        return limit, pruned((h for h in waiting[limit] if h.leads is None), _BEAM)

    def _steps(self, hypothesis: Hypothesis, tokens: Sequence[Token], index: int) -> Iterator[tuple[int, Hypothesis]]:
        """The hypotheses behind the next token or two, with the number of these."""
        if hypothesis.leads is None:
            yield from self._in_phase(hypothesis, tokens, index)
        else:
            yield from self._out_of_phase(hypothesis, hypothesis.leads, tokens, index)

    # -- in phase ---------------------------------------------------------------------------------------------------

    def _in_phase(self, before: Hypothesis, tokens: Sequence[Token], index: int) -> Iterator[tuple[int, Hypothesis]]:
        token = tokens[index]
        if token.kind is Kind.SIGN:
            yield self._shown(before, tokens, index)
            return
        if token.kind is Kind.READING:
            literal = f"({token.text})"
            yield 1, _unexplained(before, literal)
            return
        if token.kind is Kind.BROKEN:
            yield 1, _unexplained(before, f"?{token.text})")
            yield from self._broken(before, token)
            return
        yield 1, extended(before, "?", "？", self.model, cost=_TRUE_MARK)
        mark = _mark_bytes(tokens, index + 1, self.page)
        if mark is not None:
            for sign in self.repertoire.with_trail(mark[0]):
                after = extended(before, sign.written, sign.plain, self.model, cost=_rare(sign) + self._bare(sign.written))
                yield 2, after._replace(leads=bytes(mark[1:]))

    def _shown(self, before: Hypothesis, tokens: Sequence[Token], index: int) -> tuple[int, Hypothesis]:
        """A character of the text as it is shown, together with its reading."""
        character = tokens[index].text
        reading = _reading(tokens, index + 1)
        plain = normal(plain_forms().get(character, character))
        place = code(character)
        trail = place[1] if place else (ord(wide(character)) - 0xFEE0 + 0x80 if "!" <= character <= "~" else None)
        if reading and self._reads(character, reading):
            after = extended(before, character, plain, self.model)._replace(trail=trail)
            return 2, self._noted(after, character, reading)
        return 1, extended(before, character, plain, self.model, cost=self._bare(character))._replace(trail=trail)

    def _broken(self, before: Hypothesis, token: Token) -> Iterator[tuple[int, Hypothesis]]:
        """A reading inside a character: with the last byte of the one before, its first byte is annotated."""
        if before.trail is None:
            return
        for lead in LEADS:
            character = bytes((before.trail, lead)).decode("gbk", "ignore") if before.trail in LEADS else ""
            if len(character) == 1 and self._reads(character, token.text):
                after = before._replace(leads=bytes((lead,)), fresh=True, trail=None)
                yield 1, self._noted(after, character, token.text)

    # -- out of phase -----------------------------------------------------------------------------------------------

    def _out_of_phase(
        self, before: Hypothesis, leads: bytes, tokens: Sequence[Token], index: int
    ) -> Iterator[tuple[int, Hypothesis]]:
        token = tokens[index]
        if token.kind is Kind.LOST:
            yield from self._lone(before, leads, tokens, index)
        elif token.kind is Kind.BROKEN:
            yield from self._own_reading(before, leads, token, index)
        elif token.kind is Kind.SIGN:
            pair = self._pair(token.text)
            if pair is not None:
                yield from self._shifted(before, leads, pair, tokens, index)
            if token.text.isascii() and ord(token.text) in TRAILS:
                yield from self._eaten_trail(before, leads, tokens, index)

    def _pair(self, sign: str) -> tuple[int, int] | None:
        if sign.isascii():
            return code(wide(sign)) if self.page.narrow and " " <= sign <= "~" else None
        return code(sign)

    def _shifted(
        self, before: Hypothesis, leads: bytes, pair: tuple[int, int], tokens: Sequence[Token], index: int
    ) -> Iterator[tuple[int, Hypothesis]]:
        """A shown character: the last byte of one and the first of the next."""
        shown = tokens[index].text
        reading = _reading(tokens, index + 1)
        annotated = reading is not None and self._reads(shown, reading)
        cost = 0.0 if annotated else self._bare(shown)
        cost += _ODD_MARK if shown in self.page.marks else 0.0
        for sign in self._likely(before, self.repertoire.between(leads, pair[0])):
            own = self._own(before, sign)
            after = extended(before, sign.written, sign.plain, self.model, cost=cost + own)
            if annotated:
                after = self._noted(after, shown, reading or "")
            width = 2 if annotated else 1
            if pair[1] in LEADS:
                yield width, after._replace(leads=bytes(pair[1:]), fresh=annotated)
            elif not annotated:
                letter = chr(pair[1])
                final = extended(after, letter, normal(letter), self.model)
                yield width, _settled(final, index + width)

    def _eaten_trail(
        self, before: Hypothesis, leads: bytes, tokens: Sequence[Token], index: int
    ) -> Iterator[tuple[int, Hypothesis]]:
        """An ASCII sign that is the last byte of a character; in phase again."""
        trail = ord(tokens[index].text)
        reading = _reading(tokens, index + 1)
        for sign in self.repertoire.between(leads, trail):
            annotated = reading is not None and self._reads(sign.written, reading)
            cost = _rare(sign) + (0.0 if annotated or before.fresh else self._bare(sign.written))
            width = 2 if annotated else 1
            after = extended(before, sign.written, sign.plain, self.model, cost=cost)
            if annotated:
                after = self._noted(after, sign.written, reading or "")
            yield width, _settled(after._replace(trail=trail), index + width)

    def _lone(
        self, before: Hypothesis, leads: bytes, tokens: Sequence[Token], index: int
    ) -> Iterator[tuple[int, Hypothesis]]:
        """The last byte of a character alone: at the end of a piece or of the line, or with an ASCII sign behind."""
        cut = index + 1 == len(tokens) or _mark_bytes(tokens, index + 1, self.page) is not None
        for sign in self._likely(before, self.repertoire.alone(leads)):
            after = extended(before, sign.written, sign.plain, self.model, cost=self._own(before, sign))
            if cut or sign.trail == _NO_LEAD:
                yield 1, _settled(after._replace(trail=sign.trail), index + 1)
            else:
                eaten = Written(after.written, "?")
                after = after._replace(score=after.score - _EATEN, written=eaten, lost=after.lost + 1)
                yield 1, _settled(after, index + 1)

    def _likely(self, before: Hypothesis, pool: Sequence[Sign]) -> Iterator[Sign]:
        """Of many characters, the most frequent first, these and those seen behind the one in front."""
        yield from pool[:_FREQUENT]
        if len(pool) > _FREQUENT:
            last, has_seen = before.history[-1], self.model.has_seen
            yield from (sign for sign in pool[_FREQUENT:] if has_seen(last, sign.plain))

    def _own_reading(
        self, before: Hypothesis, leads: bytes, token: Token, index: int
    ) -> Iterator[tuple[int, Hypothesis]]:
        """The last byte of an annotated character and the parenthesis of its own reading; in phase again."""
        for sign in chain.from_iterable(self.repertoire.with_lead(lead) for lead in leads):
            if sign.trail in LEADS and self._reads(sign.written, token.text):
                after = self._noted(extended(before, sign.written, sign.plain, self.model), sign.written, token.text)
                yield 1, _settled(after._replace(trail=sign.trail), index + 1)

    def _vanished(self, kept: Iterable[Hypothesis]) -> list[Hypothesis]:
        """The hypotheses with up to three pairs that were shown as nothing."""
        layer = [h for h in kept if h.leads is not None][:_LAYER]
        found: list[Hypothesis] = []
        for _ in range(_GAPS):
            layer = pruned((after for h in layer for after in self._gap(h)), _LAYER)
            found += layer
        return found

    def _gap(self, before: Hypothesis) -> Iterator[Hypothesis]:
        for sign in self._likely(before, self.repertoire.before_gaps(before.leads or b"")):
            after = extended(before, sign.written, sign.plain, self.model, cost=_GAP + self._own(before, sign))
            yield after._replace(leads=holes()[sign.trail], gaps=after.gaps + 1)

    # -- readings ---------------------------------------------------------------------------------------------------

    def _reads(self, character: str, reading: str) -> bool:
        known = self.page.readings.get(character)
        return known == reading if known else reads(character, reading)

    def _bare(self, character: str) -> float:
        return _BARE if character in self.page.readings else 0.0

    def _own(self, before: Hypothesis, sign: Sign) -> float:
        """The cost of a character behind a hypothesis, besides the model's."""
        return _rare(sign) + (0.0 if before.fresh else self._bare(sign.written))

    def _noted(self, after: Hypothesis, character: str, reading: str) -> Hypothesis:
        """The hypothesis with an annotated character noted that the page does not annotate elsewhere."""
        if character in self.page.readings or (character, reading) in after.strays:
            return after
        return after._replace(score=after.score - _STRAY, strays=(*after.strays, (character, reading)))


def pruned(hypotheses: Iterable[Hypothesis], width: int) -> list[Hypothesis]:
    """The best hypotheses: of those that go on alike only one; of each phase and length its share."""
    best: dict[tuple[object, ...], Hypothesis] = {}
    for hypothesis in hypotheses:
        key = (hypothesis.leads, hypothesis.fresh, hypothesis.history[-3:], hypothesis.count, hypothesis.trail)
        other = best.get(key)
        if other is None or other.score < hypothesis.score:
            best[key] = hypothesis
    ranked = sorted(best.values(), key=lambda h: -h.score)
    floor = ranked[0].score - _MARGIN if ranked else 0.0
    return [h for h in ranked[:width] if h.score >= floor]


def _rare(sign: Sign) -> float:
    """The cost of full-width letters and digits, which hardly a text has; the model doesn't tell them from ASCII."""
    return _WIDE if "！" <= sign.written <= "～" and sign.plain.isascii() else 0.0


def _settled(hypothesis: Hypothesis, index: int) -> Hypothesis:
    return hypothesis._replace(settled=(index, hypothesis.written))


def _unexplained(hypothesis: Hypothesis, shown: str) -> Hypothesis:
    """The hypothesis with a piece of the damaged text as it stands."""
    written = Written(hypothesis.written, shown)
    return hypothesis._replace(score=hypothesis.score - _ODD, written=written, trail=None, lost=hypothesis.lost + 1)


def _reading(tokens: Sequence[Token], index: int) -> str | None:
    """The reading at a place."""
    return tokens[index].text if index < len(tokens) and tokens[index].kind is Kind.READING else None


def _mark_bytes(tokens: Sequence[Token], index: int, page: Page) -> tuple[int, int] | None:
    """The bytes of the mark at a place, None where none stands there."""
    if index >= len(tokens) or tokens[index].text not in page.marks or tokens[index].kind not in {Kind.SIGN, Kind.LOST}:
        return None
    sign = tokens[index].text
    return code(wide(sign) if sign.isascii() else sign)
