"""From the place where a run begins to its repair."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from math import exp, inf

from zongji.corpus.noise import narrowed
from zongji.models.characters import Characters, load, normal
from zongji.pipeline.restore.damage import tokens as tokenizer
from zongji.pipeline.restore.damage.gbk import Repertoire, plain_forms
from zongji.pipeline.restore.damage.hypotheses import Hypothesis, start
from zongji.pipeline.restore.damage.profile import TextProfile
from zongji.pipeline.restore.damage.proof import proves
from zongji.pipeline.restore.damage.search import search
from zongji.pipeline.restore.damage.setting import Setting
from zongji.pipeline.restore.damage.tokens import Token
from zongji.pipeline.restore.record import Certainty, Kind, Repair

_BEFORE = 60  # characters of the line read in front of a run
_HISTORY = 8  # tokens of these that the model looks at
_TOKENS = 100  # tokens read from there on, more than a run can have
# How far every other proven text must be behind, and what a character may cost in the mean: a text that is unlikely in
# itself may just be the only one that was found. On texts the model had not seen, none of 198 such repairs was wrong.
_EXACT, _PLAUSIBLE = 6.0, -6.0
_ALTERNATIVES = 5
_SENTENCES = 120
_QUOTE = 3.0  # cost of an unpaired quotation mark
_TERM = 3.0  # bonus for a quoted term that the profile has elsewhere
_PROVEN = 16  # hypotheses that are damaged forward


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A proven text of the whole window, and the token from which on it is in phase."""

    score: float
    clean: str
    settled: int
    tail: int
    lost: int


class Runs:
    """Repairs the runs of one profile."""

    def __init__(self, text: str, profile: TextProfile) -> None:
        self._text = text
        self._page = profile
        self._setting = Setting(profile, Characters(load(), profile.plain), Repertoire(profile.written))

    def repair(self, trigger: int) -> tuple[Repair | None, int]:
        """The repair of the run at an offset, and where to continue; None if nothing is damaged."""
        tokens, opening, history = self._window(trigger)
        stop, found = search(self._setting, tokens, start(history, self._setting.model))
        candidates = self._proven(tokens[:stop], found)
        if _as_it_is(candidates or found):
            return None, trigger + 1
        changed = [candidate for candidate in candidates if candidate.settled]
        if not candidates or not candidates[0].settled:
            return self._unrecovered(trigger, tokens[opening])
        end = max(candidate.settled for candidate in changed)
        after = tokens[end - 1].end
        return self._judged(trigger, after, opening, end, candidates), after

    def _window(self, trigger: int) -> tuple[Sequence[Token], int, str]:
        """The tokens from the sign in front of a run on, the run's first one among them, and the text before."""
        text, blank = self._text, self._page.blank
        line_start = text.rfind("\n", max(0, trigger - _BEFORE), trigger) + 1
        first = line_start or max(0, trigger - _BEFORE)
        line_end = text.find("\n", trigger)
        before = list(tokenizer.tokens(text, first, trigger, blank=blank))[-_HISTORY:]
        signs = [index for index, token in enumerate(before) if token.kind is tokenizer.Kind.SIGN]
        opening = before[signs[-1] :] if signs else []
        history = [before[index].text for index in signs[:-1]]
        stop = len(text) if line_end < 0 else line_end
        behind = islice(tokenizer.tokens(text, trigger, stop, blank=blank), _TOKENS)
        forms = plain_forms()
        plain = "".join(normal(forms.get(sign, sign)) for sign in history)
        return [*opening, *behind], len(opening), plain or "\n"

    def _proven(self, tokens: Sequence[Token], found: Sequence[Hypothesis]) -> list[_Candidate]:
        """The texts that are damaged to what the tokens show, each once, the likeliest first."""
        if not tokens:
            return []
        shown = self._text[tokens[0].start : tokens[-1].end]
        before, behind = self._around(tokens[0].start, tokens[-1].end)
        candidates: dict[str, _Candidate] = {}
        for hypothesis in found[:_PROVEN]:
            clean = hypothesis.written.joined()
            if clean not in candidates and proves(clean, shown, self._page, hypothesis.strays):
                score = hypothesis.score + self._quotes(clean, before, behind)
                settled = hypothesis.settled
                tail = len(hypothesis.written.joined(settled[1])) if settled else 0
                candidates[clean] = _Candidate(score, clean, settled[0] if settled else 0, tail, hypothesis.lost)
        return sorted(candidates.values(), key=lambda candidate: -candidate.score)

    def _quotes(self, clean: str, before: str, behind: str) -> float:
        """The score of a text's quotation marks."""
        forms = plain_forms()
        plain = "".join(forms.get(sign, sign) for sign in clean)
        terms = sum(term in self._page.plain for term in re.findall("“[^“”]{1,10}”", plain))
        return _TERM * terms - _QUOTE * _unbalanced(clean, before, behind)

    def _around(self, start: int, end: int) -> tuple[str, str]:
        """The line in front of a window and behind it, a sentence or two of each."""
        text = self._text
        before, behind = text[max(0, start - _SENTENCES) : start], text[end : end + _SENTENCES]
        return before.rpartition("\n")[2], behind.partition("\n")[0]

    def _judged(self, trigger: int, after: int, opening: int, end: int, candidates: Sequence[_Candidate]) -> Repair:
        """The best candidate as a repair, the others as its alternatives."""
        tail = min(candidate.tail for candidate in candidates if candidate.settled == end)
        skip = 1 if opening else 0
        texts = [self._as_elsewhere(candidate.clean[skip : len(candidate.clean) - tail]) for candidate in candidates]
        scores = [candidate.score for candidate in candidates]
        confidence = 1 / sum(exp(score - scores[0]) for score in scores)
        return Repair(
            trigger,
            after,
            self._text[trigger:after],
            texts[0],
            self._kind(trigger),
            _certainty(candidates, is_one=len(texts[0]) == 1),
            round(confidence, 4),
            tuple(texts[1 : 1 + _ALTERNATIVES]),
        )

    def _as_elsewhere(self, clean: str) -> str:
        """A text with its signs as wide as the profile has them."""
        return narrowed(clean) if self._page.narrow else clean

    def _unrecovered(self, trigger: int, token: Token) -> tuple[Repair, int]:
        before = self._text[trigger : token.end]
        repair = Repair(trigger, token.end, before, before, self._kind(trigger), Certainty.UNRECOVERED, 0.0)
        return repair, token.end

    def _kind(self, trigger: int) -> Kind:
        return Kind.CUT if self._text[trigger + 1 : trigger + 2] in self._page.marks else Kind.READING


def _as_it_is(ranked: Sequence[_Candidate | Hypothesis]) -> bool:
    """True where the likeliest text is the one that stands there: a question mark was meant."""
    return bool(ranked) and not ranked[0].settled and not ranked[0].lost


def _certainty(candidates: Sequence[_Candidate], *, is_one: bool) -> Certainty:
    """What the distance of the best candidate to the next one says, and how likely it is in itself.

    `is_one` tells that a single character was damaged: then all that it may have been were looked at.
    """
    if candidates[0].lost:
        return Certainty.UNRECOVERED
    best = candidates[0]
    ahead = best.score - candidates[1].score if len(candidates) > 1 else inf
    sure = ahead >= _EXACT and (best.score / len(best.clean) >= _PLAUSIBLE or (ahead == inf and is_one))
    return Certainty.EXACT if sure else Certainty.LIKELY


def _unbalanced(clean: str, before: str, behind: str) -> int:
    """How many quotation marks of a text stand wrong, those around it being what they are."""
    quotes = re.sub("[^“”]", "", clean)
    nearest = max(before.rfind("“"), before.rfind("”"))
    following = re.search("[“”]", behind)
    row = (before[nearest] if nearest >= 0 else "”") + quotes + (following[0] if following else "“")
    return sum(left == right for left, right in pairwise(row))
