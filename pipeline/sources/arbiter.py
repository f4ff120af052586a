"""Which of several encodings makes the bytes read best as Chinese.

A declaration or a detector only adds weight to its candidate; the text itself has the last word, because Big5 decodes
as gb18030 without an error, any bytes decode as UTF-16, and short texts mislead every detector.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from zongji.pipeline.sources.encodings import canonical, codec_for, is_utf8, usable_declaration
from zongji.pipeline.sources.likelihood import log_likelihood
from zongji.pipeline.sources.lossy import MARK, MARKING

# Head starts of candidates, in nats; a wrong reading loses about seven per character.
STRICT_UTF8 = 15.0
DECLARED = 12.0
PROPOSED = 2.0
PRIORS = {"gb18030": 1.0, "utf-8": 0.0, "big5": 0.0, "utf-16-le": 0.0, "utf-16-be": 0.0}

# Any bytes are valid UTF-16, so its text must read well: Chinese scores about -6.5 per character, garbage -13.
UTF16_FLOOR = -9.5
UNCERTAIN_MARGIN = 4.0  # the better reading is about fifty times as probable
RUINED_COUNT, RUINED_SHARE = 100, 0.01

SAMPLE = 64 * 1024
SAMPLE_WITHIN = 1024 * 1024
_NON_ASCII = re.compile(rb"[\x80-\xff]")
_LONG_ASCII = re.compile(rb"[\x01-\x7f]{64,}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The chosen encoding, whether it is the clear winner, and whether many bytes do not fit it."""

    encoding: str
    certain: bool
    ruined: bool


def arbitrate(data: bytes) -> Verdict:
    """The encoding under which the bytes read best: gb18030, big5, utf-8, utf-16, or one declared or detected."""
    sample = _sample(data)
    readings = {
        name: (sample.decode(codec_for(sample, name), MARKING), prior)
        for name, prior in _candidates(data, sample).items()
    }
    scores = {
        name: prior + log_likelihood(text)
        for name, (text, prior) in readings.items()
        if not name.startswith("utf-16") or log_likelihood(text) >= UTF16_FLOOR * len(text)
    }
    best = max(scores, key=scores.__getitem__)
    text = readings[best][0]
    rival = max((score for name, score in scores.items() if readings[name][0] != text), default=float("-inf"))
    ruined = text.count(MARK) > max(RUINED_COUNT, RUINED_SHARE * len(text))
    return Verdict(best, scores[best] - rival >= UNCERTAIN_MARGIN, ruined)


def _sample(data: bytes) -> bytes:
    """The first stretch that is not all ASCII, without the long ASCII runs in it, cut where a character may begin."""
    match = _NON_ASCII.search(data)
    start = match.start() & ~1 if match else 0  # even, for UTF-16
    return _LONG_ASCII.sub(b" ", data[start : start + SAMPLE_WITHIN])[:SAMPLE]


def _candidates(data: bytes, sample: bytes) -> dict[str, float]:
    """The encodings to compare, each with its head start."""
    candidates = dict(PRIORS)
    if is_utf8(data):
        candidates["utf-8"] += STRICT_UTF8
    for name in _proposals(sample):
        candidates[name] = candidates.get(name, 0.0) + PROPOSED
    declaration = usable_declaration(data)
    if declaration is not None:
        candidates[declaration] = candidates.get(declaration, 0.0) + DECLARED
    return candidates


def _proposals(sample: bytes) -> tuple[str, ...]:
    """The detectors' guesses, under the names we decode by."""
    import chardetng_py  # noqa: PLC0415  (clean UTF-8 must not pay for the detectors)
    from resiliparse.parse.encoding import detect_encoding  # noqa: PLC0415

    return tuple(map(canonical, filter(None, (chardetng_py.detect(sample), detect_encoding(sample)))))
