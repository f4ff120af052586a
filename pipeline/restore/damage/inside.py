"""The steps in phase: text as shown, and where it falls out of phase."""

from __future__ import annotations

from collections.abc import Sequence

from zongji.models.characters import normal
from zongji.pipeline.restore.damage.gbk import LEADS, code, plain_forms, wide
from zongji.pipeline.restore.damage.hypotheses import Front, Hypothesis, Then, Written
from zongji.pipeline.restore.damage.setting import Setting, character_of, rare, reading_at
from zongji.pipeline.restore.damage.tokens import Kind, Token

_ODD = 25.0  # an unexplained reading
_TRUE_MARK = 3.0  # a genuine question mark where a run might begin


def step(front: Front, setting: Setting, before: Hypothesis, tokens: Sequence[Token], index: int) -> None:
    """Carry a hypothesis in phase over the next token."""
    token = tokens[index]
    if token.kind is Kind.SIGN:
        _shown(front, setting, before, tokens, index)
    elif token.kind is Kind.READING:
        front.add(index + 1, _unexplained(before, f"({token.text})"))
    elif token.kind is Kind.BROKEN:
        front.add(index + 1, _unexplained(before, f"?{token.text})"))
        _broken(front, setting, before, token, index)
    else:
        front.grow(index + 1, before, ("?", "。"), _TRUE_MARK)
        _cut(front, setting, before, tokens, index)


def _shown(front: Front, setting: Setting, before: Hypothesis, tokens: Sequence[Token], index: int) -> None:
    """A character of the text as it is shown, together with its reading."""
    character = tokens[index].text
    plain = normal(plain_forms().get(character, character))
    coded = code(wide(character)) if "!" <= character <= "~" else code(character)
    trail = coded[1] if coded else None
    reading = reading_at(tokens, index + 1)
    if reading and setting.reads(character, reading):
        cost, strays = setting.stray(before, character, reading)
        front.grow(index + 2, before, (character, plain), cost, Then(trail=trail, strays=strays))
    else:
        front.grow(index + 1, before, (character, plain), setting.bare(character), Then(trail=trail))


def _broken(front: Front, setting: Setting, before: Hypothesis, token: Token, index: int) -> None:
    """A reading inside a character: with the last byte of the one before, its first byte is annotated."""
    for lead in LEADS if before.trail is not None else ():
        character = character_of(before.trail or 0, lead)
        if character and setting.reads(character, token.text):
            cost, strays = setting.stray(before, character, token.text)
            score, known = before.score - cost, before.strays + strays
            after = before._replace(score=score, leads=bytes((lead,)), fresh=True, trail=None, strays=known)
            front.add(index + 1, after)


def _cut(front: Front, setting: Setting, before: Hypothesis, tokens: Sequence[Token], index: int) -> None:
    """A lost first byte whose character ends with the first byte of the mark behind it."""
    mark = setting.mark(tokens, index + 1)
    if mark is None:
        return
    then = Then(leads=bytes(mark[1:]))
    for sign in setting.repertoire.with_trail(mark[0]):
        front.grow(index + 2, before, sign.known, rare(sign) + setting.bare(sign.written), then)


def _unexplained(before: Hypothesis, shown: str) -> Hypothesis:
    """The hypothesis with a piece of the damaged text as it stands."""
    written = Written(before.written, shown)
    return before._replace(score=before.score - _ODD, written=written, trail=None, lost=before.lost + 1)
