"""Searching what a damaged run was: all ways to read its bytes, the likely ones kept from token to token.

Out of phase, the text is known but for the bytes that were lost where it fell out of phase, and for the pairs that
vanished on the way.
"""

from __future__ import annotations

from collections.abc import Sequence

from zongji.pipeline.restore.damage import between, inside
from zongji.pipeline.restore.damage.hypotheses import Front, Hypothesis, pruned
from zongji.pipeline.restore.damage.setting import Setting
from zongji.pipeline.restore.damage.tokens import Kind, Token

_BEAM = 32  # hypotheses followed from a token
_LAYER = 8  # of these, and of those with a vanished pair more, so many are followed into the next gap
_NARROW_BEAM = 6  # once a run has taken too long
_WORK = 5000  # hypotheses looked at before a run has taken too long, a tenth of a second
_TAIL = 4  # tokens read behind the run, to see how it fits on
_LONGEST = 80  # tokens; the sample's longest run has 20
_WHOLE = {Kind.SIGN, Kind.READING}


def search(setting: Setting, tokens: Sequence[Token], first: Hypothesis) -> tuple[int, list[Hypothesis]]:
    """The number of tokens of the run with a little text behind it, and their hypotheses, best first."""
    limit = min(len(tokens), _LONGEST)
    front = Front(limit + 3, setting.model)
    front.add(0, first)
    quiet = 0
    for index in range(limit):
        tired = front.grown > _WORK
        kept = pruned(front.at(index), _NARROW_BEAM if tired else _BEAM)
        ahead = [*kept, *front.at(index + 1), *front.at(index + 2)]
        settled = tokens[index].kind in _WHOLE and all(hypothesis.leads is None for hypothesis in ahead)
        quiet = quiet + 1 if settled else 0
        if quiet > _TAIL and len(ahead) == len(kept):
            return index, kept
        for hypothesis in kept:
            if hypothesis.leads is None:
                inside.step(front, setting, hypothesis, tokens, index)
        for hypothesis in kept if tired else [*kept, *between.with_gaps(setting, kept, _LAYER)]:
            if hypothesis.leads is not None:
                between.step(front, setting, hypothesis, tokens, index)
    return limit, pruned([hypothesis for hypothesis in front.at(limit) if hypothesis.leads is None], _BEAM)
