"""Whether a figure was reached or is aimed at: by the words around it, then its section, then its document."""

from __future__ import annotations

from typing import NamedTuple

from zongji.corpus.labels import DocumentType, Modality, SectionLabel
from zongji.corpus.patterns import WordPattern

_PLANNED_LABELS = frozenset(
    {
        SectionLabel.GOALS,
        SectionLabel.TASKS,
        SectionLabel.NEXT_STEPS,
        SectionLabel.SAFEGUARDS,
        SectionLabel.SCHEDULE,
        SectionLabel.BUDGET,
        SectionLabel.GUIDANCE,
    }
)
_ACHIEVED_LABELS = frozenset({SectionLabel.ACHIEVEMENTS, SectionLabel.PROBLEMS, SectionLabel.EXPERIENCE})
_SURELY_DONE = frozenset({SectionLabel.ACHIEVEMENTS, SectionLabel.EXPERIENCE})
_PLANNED = WordPattern(
    "modality_cues",
    r"{planned}|将(?!{not-shall}|[^，。；]{0,12}了)|(?<!{not-must})要(?={must})|达到[^，。；]{0,12}以上|到20\d\d年",
)
_ACHIEVED = WordPattern("modality_cues", r"{achieved}|[^为除]了(?!解|如)|达(?!标)[^，。；到]{0,3}\d|我(?:{our})有")
_AIMS = WordPattern("modality_cues", "(?:{aims})目标(?:任务)?(?:是|为|[:：])")
_SURELY_PLANNED = WordPattern("modality_cues", "{surely-planned}")
_STRONGLY_ACHIEVED = WordPattern(
    "modality_cues", r"{strongly-achieved}|过去[一二三两]?年|20\d\d年(?:底|末)?(?:已|共|全)"
)
# The present state, said of the clause that the cue stands in.
_PRESENT = WordPattern(
    "modality_cues", "(?:{present})[^，。；,;]*|由(?:{present-value})的?[^，。；]*?(?={present-change})"
)


def states_aims(paragraph: str) -> bool:
    """True where a paragraph said that what follows in it are aims: `主要目标是：`."""
    return _AIMS.search(paragraph) is not None


NOWHERE = 1 << 30  # behind the end of any sentence


class ModalityCues(NamedTuple):
    """Where, in a sentence, the first cue of each kind ends; `NOWHERE` where it has none."""

    surely_planned: int
    strongly_achieved: int
    planned: int
    achieved: int
    present: tuple[int, int]
    """The stretch that speaks of the present state; empty where there is none."""

    @classmethod
    def of(cls, sentence: str) -> ModalityCues:
        """The cues of a sentence."""
        present = _PRESENT.search(sentence)
        return cls(
            surely_planned=_first_end(_SURELY_PLANNED, sentence),
            strongly_achieved=_first_end(_STRONGLY_ACHIEVED, sentence),
            planned=_first_end(_PLANNED, sentence),
            achieved=_first_end(_ACHIEVED, sentence),
            present=present.span() if present else (0, 0),
        )


def _first_end(cue: WordPattern, sentence: str) -> int:
    match = cue.search(sentence)
    return match.end() if match else NOWHERE


def modality_of(cues: ModalityCues, end: int, label: SectionLabel | None, doc_type: DocumentType) -> Modality:
    """The modality of the figure that ends at `end` of a sentence; cues behind it say nothing of it."""
    base = _base(label, doc_type)
    if cues.present[0] < end <= cues.present[1]:
        return Modality.ACHIEVED
    if cues.surely_planned <= end < cues.strongly_achieved:
        return Modality.PLANNED
    if base is Modality.PLANNED:
        return Modality.ACHIEVED if cues.strongly_achieved <= end < cues.planned else base
    if cues.planned <= end < cues.achieved and label not in _SURELY_DONE:
        return Modality.PLANNED
    return base


def _base(label: SectionLabel | None, doc_type: DocumentType) -> Modality:
    if label in _ACHIEVED_LABELS:
        return Modality.ACHIEVED
    if label in _PLANNED_LABELS and not (label is SectionLabel.SAFEGUARDS and doc_type is DocumentType.SUMMARY):
        return Modality.PLANNED
    if label is SectionLabel.PREAMBLE:
        return Modality.ACHIEVED  # the state of things that a plan starts from
    return Modality.PLANNED if doc_type is DocumentType.PLAN else Modality.ACHIEVED
