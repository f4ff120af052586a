"""The steps out of phase: everything shown is the last byte of one character and the first of the next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from zongji.models.characters import normal
from zongji.pipeline.restore.damage.gbk import LEADS, TRAILS, Sign, holes
from zongji.pipeline.restore.damage.hypotheses import Front, Hypothesis, Then, pruned
from zongji.pipeline.restore.damage.setting import Setting, reading_at
from zongji.pipeline.restore.damage.tokens import Kind, Token

_EATEN = 2.0  # an ASCII character lost together with a first byte; priced as a digit, the usual case
_GAP = 1.0  # a vanished pair
_GAPS = 3  # vanished pairs in a row
_ODD_MARK = 3.0  # a mark out of phase, which should have cut
_NO_LEAD = 0x80  # a byte that only ends characters and is shown as `?`


def step(front: Front, setting: Setting, before: Hypothesis, tokens: Sequence[Token], index: int) -> None:
    """Carry a hypothesis out of phase over the next token."""
    token = tokens[index]
    if token.kind is Kind.LOST:
        _lone(front, setting, before, tokens, index)
    elif token.kind is Kind.BROKEN:
        _own_reading(front, setting, before, token, index)
    elif token.kind is Kind.SIGN:
        _shown(front, setting, before, tokens, index)
        if token.text.isascii() and ord(token.text) in TRAILS:
            _last_byte(front, setting, before, tokens, index)


def with_gaps(setting: Setting, kept: Iterable[Hypothesis], width: int) -> list[Hypothesis]:
    """The hypotheses with up to three pairs more that were shown as nothing."""
    layer = [hypothesis for hypothesis in kept if hypothesis.leads is not None][:width]
    found: list[Hypothesis] = []
    for _ in range(_GAPS):
        front = Front(1, setting.model)
        for before in layer:
            for sign in setting.likely(before, setting.repertoire.before_gaps(before.leads or b"")):
                cost = _GAP + setting.own(before, sign)
                front.grow(0, before, sign.known, cost, Then(leads=holes()[sign.trail]))
        layer = pruned(front.at(0), width)
        found += layer
    return found


def _shown(front: Front, setting: Setting, before: Hypothesis, tokens: Sequence[Token], index: int) -> None:
    """A shown character: the last byte of one and the first of the next."""
    shown = tokens[index].text
    pair = setting.pair(shown)
    if pair is None:
        return
    reading = reading_at(tokens, index + 1)
    odd = _ODD_MARK if shown in setting.profile.marks else 0.0
    if setting.reads(shown, reading):
        stray, strays = setting.stray(before, shown, reading or "")
        cost, width, fresh = odd + stray, 2, True
    else:
        cost, width, fresh, strays = odd + setting.bare(shown), 1, False, ()
    then = Then(leads=bytes(pair[1:]), fresh=fresh, strays=strays)
    for sign in setting.likely(before, setting.repertoire.between(before.leads or b"", pair[0])):
        whole = cost + setting.own(before, sign)
        if pair[1] in LEADS:
            front.grow(index + width, before, sign.known, whole, then)
        elif not fresh:
            after = _alone(setting, before, sign, whole)
            letter = chr(pair[1])
            front.grow(index + width, after, (letter, normal(letter)), 0.0, Then(settles=True))


def _alone(setting: Setting, before: Hypothesis, sign: Sign, cost: float) -> Hypothesis:
    """The hypothesis with a character whose last byte was taken together with an ASCII sign."""
    front = Front(1, setting.model)
    front.grow(0, before, sign.known, cost)
    return front.at(0)[0]


def _last_byte(front: Front, setting: Setting, before: Hypothesis, tokens: Sequence[Token], index: int) -> None:
    """An ASCII sign that is the last byte of a character; in phase again."""
    trail = ord(tokens[index].text)
    reading = reading_at(tokens, index + 1)
    for sign in setting.repertoire.between(before.leads or b"", trail):
        if setting.reads(sign.written, reading):
            cost, strays = setting.stray(before, sign.written, reading or "")
            front.grow(index + 2, before, sign.known, cost, Then(trail=trail, settles=True, strays=strays))
        else:
            cost = setting.own(before, sign)
            front.grow(index + 1, before, sign.known, cost, Then(trail=trail, settles=True))


def _lone(front: Front, setting: Setting, before: Hypothesis, tokens: Sequence[Token], index: int) -> None:
    """The last byte of a character alone: at the end of a piece or of the line, or with an ASCII sign behind."""
    cut = index + 1 == len(tokens) or setting.mark(tokens, index + 1) is not None
    for sign in setting.likely(before, setting.repertoire.alone(before.leads or b"")):
        cost = setting.own(before, sign)
        if sign.trail == _NO_LEAD and setting.reads(sign.written, reading_at(tokens, index + 1)):
            front.grow(index + 2, before, sign.known, cost, Then(trail=sign.trail, settles=True))
        elif cut or sign.trail == _NO_LEAD:
            front.grow(index + 1, before, sign.known, cost, Then(trail=sign.trail, settles=True))
        else:
            after = _alone(setting, before, sign, cost)
            front.grow(index + 1, after, ("?", "0"), _EATEN, Then(settles=True, lost=1))


def _own_reading(front: Front, setting: Setting, before: Hypothesis, token: Token, index: int) -> None:
    """The last byte of an annotated character and the parenthesis of its own reading; in phase again."""
    repertoire = setting.repertoire
    for sign in chain.from_iterable(repertoire.with_lead(lead) for lead in before.leads or b""):
        if sign.trail in LEADS and setting.reads(sign.written, token.text):
            cost, strays = setting.stray(before, sign.written, token.text)
            front.grow(index + 1, before, sign.known, cost, Then(trail=sign.trail, settles=True, strays=strays))
