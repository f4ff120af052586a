"""Whether a figure is achieved or planned: by the words around it, then its section, then its document."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from zongji.corpus.labels import DocumentType, Modality, SectionLabel
from zongji.corpus.patterns import WordPattern
from zongji.corpus.records import Section
from zongji.pipeline.figures.ruled import Ruled, decided

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
# Of 0, .5, .6 … .9 the best one on the annotated train documents with and without their titles, read by models that had
# not seen them: .9752 right instead of .9709.
_CERTAIN = 0.8
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
# The present state, valid for the clause of the cue.
_PRESENT = WordPattern(
    "modality_cues", "(?:{present})[^，。；,;]*|由(?:{present-value})的?[^，。；]*?(?={present-change})"
)


def label_for(section: Section | None, behind: str) -> SectionLabel | None:
    """The class of a section, if it is certain; `behind` is the section's text up to the figure.

    A document without headings is one long preamble, of which only the first paragraph is one.
    """
    if section is None or section.confidence < _CERTAIN:
        return None
    return None if section.label is SectionLabel.PREAMBLE and "\n" in behind.strip() else section.label


def states_aims(paragraph: str) -> bool:
    """True if the paragraph announced that goals follow: `主要目标是：`."""
    return _AIMS.search(paragraph) is not None


NOWHERE = 1 << 30  # after the end of any sentence


class ModalityCues(NamedTuple):
    """The end of the first cue of each kind in a sentence; `NOWHERE` if there is none."""

    surely_planned: int
    strongly_achieved: int
    planned: int
    achieved: int
    present: tuple[int, int]
    """The span that describes the present state; empty if there is none."""

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


class Evidence(NamedTuple):
    """The input of the modality rules."""

    cues: ModalityCues
    end: int
    """The end of the figure in its sentence; later cues do not apply to it."""
    label: SectionLabel | None
    """The class of its section, if that is certain enough to say something."""
    leaning: DocumentType
    """A plan or a summary by the words of the whole document, which need not be its type."""


Rule = Callable[[Evidence], Modality | None]


def present_state(evidence: Evidence) -> Modality | None:
    """The clause describes the present state: `现有党员32名`."""
    start, end = evidence.cues.present
    return Modality.ACHIEVED if start < evidence.end <= end else None


def surely_planned_words(evidence: Evidence) -> Modality | None:
    """`力争`, `年底前`, without a sure cue of achievement before it."""
    cues, end = evidence.cues, evidence.end
    return Modality.PLANNED if cues.surely_planned <= end < cues.strongly_achieved else None


def strongly_achieved_words(evidence: Evidence) -> Modality | None:
    """`去年`, `截至` in a section or document that plans."""
    if evidence.cues.strongly_achieved <= evidence.end < evidence.cues.planned and _plans(evidence):
        return Modality.ACHIEVED
    return None


def planned_words(evidence: Evidence) -> Modality | None:
    """`计划`, `确保`, `要` in a section or document that reports, unless it only tells of results."""
    cues, end = evidence.cues, evidence.end
    planned = cues.planned <= end < cues.achieved and evidence.label not in _SURELY_DONE
    return Modality.PLANNED if planned and not _plans(evidence) else None


def section_reports(evidence: Evidence) -> Modality | None:
    """The class of the section: results, problems, experience."""
    return Modality.ACHIEVED if evidence.label in _ACHIEVED_LABELS else None


def section_plans(evidence: Evidence) -> Modality | None:
    """The class of the section: goals, tasks, next steps; the safeguards in a summary are already in place."""
    taken = evidence.label is SectionLabel.SAFEGUARDS and evidence.leaning is DocumentType.SUMMARY
    return Modality.PLANNED if evidence.label in _PLANNED_LABELS and not taken else None


def preamble(evidence: Evidence) -> Modality | None:
    """The opening paragraph: the starting point of a plan."""
    return Modality.ACHIEVED if evidence.label is SectionLabel.PREAMBLE else None


def document(evidence: Evidence) -> Modality:
    """What most of the document's text does."""
    return Modality.PLANNED if evidence.leaning is DocumentType.PLAN else Modality.ACHIEVED


_BY_SECTION: tuple[Rule, ...] = (section_reports, section_plans, preamble)
RULES: tuple[Rule, ...] = (
    present_state,
    surely_planned_words,
    strongly_achieved_words,
    planned_words,
    *_BY_SECTION,
)
"""The words of the sentence first, then the section; `document` is the fallback."""


def modality_of(evidence: Evidence) -> Ruled[Modality]:
    """The modality of a figure, and the deciding rule."""
    return decided(RULES, evidence, default=document)


def _plans(evidence: Evidence) -> bool:
    """True if section and document, regardless of the sentence, make a figure planned."""
    return decided(_BY_SECTION, evidence, default=document)[0] is Modality.PLANNED
