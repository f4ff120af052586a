"""Whether a figure was reached or is aimed at: by the words around it, then its section, then its document."""

from __future__ import annotations

import re
from typing import NamedTuple

from zongji.corpus.labels import DocumentType, Modality, SectionLabel

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
_PLANNED = re.compile(
    r"力争|争取(?!到|了)|确保|计划(?!的|任务的|数)|拟[^定订]|预计|将(?!军|近|士|[^，。；]{0,12}了)|(?<![需只重主必])要(?=在|于|把|达|确|力|开展|举办|组织|完成|建|发展|培|新|实现|抓|坚|不少|至少|做|派|有|进一步|加)|目标|必须|应(?:当|不|达|在|有)|须|达到[^，。；]{0,12}以上|不少于|不低于|下一步|明年|下半年|今后|年底前|到20\d\d年"
)
_ACHIEVED = re.compile(
    r"已(?!知)|[^为除]了(?!解|如)|累计|共(?:举办|开展|发放|培训|组织|完成|接待|有|计)|去年|上年|截至|截止|目前|现有|同比|先后|曾|荣获|获得|被评为|圆满|据统计|以来|过去|上半年(?!将|要|计划)|全年共|达(?!标)[^，。；到]{0,3}\d|其中|我[县市区镇乡校局院村会]有"
)
_AIMS = re.compile(r"(?:主要|预期|总体|工作|奋斗|具体|年度)目标(?:任务)?(?:是|为|[:：])")
_SURELY_PLANNED = re.compile(r"力争|年底前(?!已)|下一步|明年(?!1月)|预计|拟于|将于")
_STRONGLY_ACHIEVED = re.compile(
    r"去年|上年|截至|截止|(?<!由)目前|(?<!由)现有|已经|已(?:建成|完成|有|发展|达|举办|开展)|过去[一二三两]?年|上一?年度?|20\d\d年(?:底|末)?(?:已|共|全)|据统计"
)
# The present state, said of the clause that the cue stands in.
_PRESENT = re.compile(
    r"(?:现(?:有|设|辖|共)|下设|下辖|辖(?:区|有)|由现有)[^，。；,;]*|由(?:目前|现在|现有|去年|上年)的?[^，。；]*?(?=提高|提升|增加|增至|上升|扩大|下降|减|缩短|压)"
)


def states_aims(paragraph: str) -> bool:
    """True where a paragraph said that what follows in it are aims: `主要目标是：`."""
    return _AIMS.search(paragraph) is not None


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


NOWHERE = 1 << 30


def _first_end(cue: re.Pattern[str], sentence: str) -> int:
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
