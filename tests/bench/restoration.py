"""Clean texts damaged forward as converters did it, and how near everybody comes to the clean ones again.

Compared without the width of signs, blanks and line ends: what is whose habit there says nothing about damage.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from importlib import import_module
from typing import Any, NamedTuple

from entries import OURS_RESTORING, Entry, Loaded, Run, jionlp
from speed import failure, timed
from texts import size
from zongji.corpus import lexicon
from zongji.corpus.alignment import Aligned
from zongji.corpus.labels import Script
from zongji.corpus.noise import LOST, Damaged, Loss, Procedure, damage, narrowed, traditional, variants
from zongji.pipeline.restore.readings import ReadingRow
from zongji.pipeline.restore.record import Certainty
from zongji.pipeline.restore.script import script_of

HEAVY = 200  # annotated characters; pages have 57 to over 1,200 (RESTORE.md)

WHOLE, PAIRS, SIGN, LACKING = "nothing lost", "pairs lost", "sign lost", "not in GBK"
_LOSSES = {None: WHOLE, Loss.PAIRS: PAIRS, Loss.SIGN: SIGN}


@dataclass(frozen=True, slots=True)
class Restoration:
    """One entry on one set of annotated characters. `rate`: edits a character of clean text that are still needed."""

    annotated: str
    name: str
    version: str
    status: str
    rate: float | None = None
    seconds_per_megabyte: float | None = None
    runs: Mapping[str, Share] = field(default_factory=dict)
    """Damaged runs that are as they were, of all of a kind."""
    exact_wrong: Share | None = None
    """Repairs that are wrong, of those that we marked exact; the others mark nothing."""


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int


class Span(NamedTuple):
    """A damaged run's place in the clean text, and its kind."""

    start: int
    end: int
    kind: str


def procedures(texts: Sequence[str]) -> dict[str, Procedure]:
    """The variants of the procedure, and a heavy page: no tones, blanks, wide marks."""
    heavy = dict(_commonest("".join(texts), HEAVY))
    return {
        **{f"{len(procedure.annotated)} characters, {name}": procedure for name, procedure in variants().items()},
        f"{len(heavy)} characters, no tones, full width": Procedure(heavy, narrow=False, blank=True),
    }


def _commonest(text: str, number: int) -> Iterator[tuple[str, str]]:
    """The characters that are annotated most often where all are, and their first reading."""
    readings = {row.character: row.readings[0] for row in lexicon.load("readings", ReadingRow)}
    counts = Counter(character for character in traditional(text) if character in readings)
    for character, _ in counts.most_common(number):
        yield character, readings[character]


def simplified_ones(texts: Sequence[str]) -> list[str]:
    """The texts in simplified characters: the others are damaged already, or would be clean in another sense."""
    return [text for text in texts if script_of(text) is Script.SIMPLIFIED]


def restorations(
    texts: Sequence[str], entries: Sequence[Loaded], sets: Mapping[str, Procedure] | None = None
) -> list[Restoration]:
    """A row for every set and entry; the sets are `procedures(texts)` unless given."""
    chosen = procedures(texts) if sets is None else sets
    return [row for name, procedure in chosen.items() for row in _rows(name, procedure, texts, entries)]


def _rows(name: str, procedure: Procedure, texts: Sequence[str], entries: Sequence[Loaded]) -> Iterator[Restoration]:
    pages = [damage(text, procedure) for text in texts]
    for entry in entries:
        if entry.run is None:
            yield Restoration(name, entry.name, entry.version, entry.status)
            continue
        try:
            yield _row(name, procedure, pages, entry, entry.run)
        except Exception as error:  # one who cannot read a text is listed so
            yield Restoration(name, entry.name, entry.version, failure(error))


def _row(name: str, procedure: Procedure, pages: Sequence[Damaged], entry: Loaded, run: Run) -> Restoration:
    texts, answers = [page.text for page in pages], list[Any]()
    run(texts[0])  # loads what it loads
    seconds = timed(lambda text: answers.append(run(text)), texts)
    marks = entry.name == OURS_RESTORING
    restored: list[str] = [answer.aligned.text for answer in answers] if marks else answers
    whole: Counter[str] = Counter()
    right: Counter[str] = Counter()
    exact = wrong = 0
    for page, text, answer in zip(pages, restored, answers, strict=True):
        is_right = _asker(page.clean, text)
        spans = list(runs(page, procedure))
        whole.update(span.kind for span in spans)
        right.update(span.kind for span in spans if is_right(span.start, span.end))
        if marks:
            verdicts = [is_right(*place) for place in _marked_exact(page, answer)]
            exact += len(verdicts)
            wrong += verdicts.count(False)
    return Restoration(
        annotated=name,
        name=entry.name,
        version=entry.version,
        status="ok",
        rate=error_rate([page.clean for page in pages], restored),
        seconds_per_megabyte=seconds / (sum(map(size, texts)) / 1e6),
        runs={kind: Share(right[kind], whole[kind]) for kind in (WHOLE, PAIRS, SIGN, LACKING) if whole[kind]},
        exact_wrong=Share(wrong, exact) if marks else None,
    )


def error_rate(clean: Sequence[str], restored: Sequence[str]) -> float:
    """Edits over characters; `difflib`'s edits, at times a few more than the fewest possible."""
    pairs = [(_compared(before), _compared(after)) for before, after in zip(clean, restored, strict=True)]
    return sum(_distance(before, after) for before, after in pairs) / max(1, sum(len(before) for before, _ in pairs))


def _compared(text: str) -> str:
    return "".join(narrowed(text).split())


def _distance(before: str, after: str) -> int:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return sum(max(end - start, to - at) for tag, start, end, at, to in codes if tag != "equal")


def runs(page: Damaged, procedure: Procedure) -> Iterator[Span]:
    """The places whose bytes were paired wrongly or lost, excluding annotated and converted characters."""
    for edit in page.edits:
        clean = page.clean[edit.start : edit.end]
        written = narrowed(traditional(clean))
        shown = narrowed(edit.text)
        if shown == written or (written in procedure.annotated and shown == written + _annotation(written, procedure)):
            continue
        if shown == LOST and not clean.encode("gbk", "ignore"):
            if not clean.isspace():  # a lost blank is not compared
                yield Span(edit.start, edit.end, LACKING)
            continue
        yield Span(edit.start, edit.end, _LOSSES[page.losses.get(edit.start)])


def _annotation(character: str, procedure: Procedure) -> str:
    return procedure.insertion(character).decode("gbk")


def _marked_exact(page: Damaged, answer: Any) -> Iterator[tuple[int, int]]:  # noqa: ANN401  # a Restored
    """The places in the clean text of the repairs that are marked exact."""
    way = Aligned.of(page.clean).apply(page.edits)
    for repair in answer.repairs:
        if repair.certainty is Certainty.EXACT:
            yield way.origin(repair.start, repair.end)


def _asker(clean: str, restored: str) -> Callable[[int, int], bool]:
    """Tells of a span of the clean text whether it is in the restored one, in whichever script, with nothing added."""
    before, after = narrowed(traditional(clean)), narrowed(traditional(restored))
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    equal = [(start, end) for tag, start, end, _, _ in codes if tag == "equal"]
    starts = [start for start, _ in equal]
    added = {start for tag, start, _, at, to in codes if tag == "insert" and not after[at:to].isspace()}

    def is_right(start: int, end: int) -> bool:
        place = bisect_right(starts, start) - 1
        return place >= 0 and end <= equal[place][1] and not added & {start, end}

    return is_right


def _ftfy() -> Run:
    ftfy = import_module("ftfy")
    return lambda text: ftfy.fix_text(text, uncurl_quotes=False)  # a Chinese quote is no damage


def _opencc() -> Run:
    return import_module("opencc").OpenCC("t2s").convert  # type: ignore[no-any-return]


def _jionlp() -> Run:
    """It takes the readings for parentheses, of which it removes all; then its own conversion."""
    module = jionlp()
    return lambda text: module.tra2sim(module.clean_text(text))


def _ftfy_opencc() -> Run:
    fix, convert = _ftfy(), _opencc()
    return lambda text: convert(fix(text))


def _zongji() -> Run:
    from zongji.pipeline.restore import restore  # noqa: PLC0415

    return lambda text: restore(Aligned.of(text))


RESTORERS: dict[str, Entry] = {
    "nothing done": Entry((), "", lambda: str),
    "ftfy": Entry(("ftfy",), "ftfy", _ftfy),
    "OpenCC t2s": Entry(("opencc",), "opencc", _opencc),
    "JioNLP clean_text, tra2sim": Entry(("jionlp",), "jionlp", _jionlp),
    "ftfy, OpenCC t2s": Entry(("ftfy", "opencc"), "ftfy+opencc", _ftfy_opencc),
    OURS_RESTORING: Entry(("zongji",), "zongji", _zongji),
}
