"""Whether a figure was reached or is aimed at: by the words around it, then its section, then its document."""

from __future__ import annotations

import re

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
_PLANNED = re.compile(
    r"力争|争取|确保|计划|拟[^定订]|预计|将(?!军|近|士|[^，。；]{0,12}了)|要(?!求了|素|闻|点|情)|目标|必须|应(?:当|不|达|在|有)|须|达到[^，。；]{0,12}以上|不少于|不低于|下一步|明年|下半年|今后|年底前|到20\d\d年"
)
_ACHIEVED = re.compile(
    r"已(?!知)|[^为除]了(?!解|如)|累计|共(?:举办|开展|发放|培训|组织|完成|接待|有|计)|去年|上年|截至|截止|目前|现有|同比|先后|曾|荣获|获得|被评为|圆满|据统计|以来|过去|上半年(?!将|要|计划)|全年共|达(?!标)[^，。；到]{0,3}\d|其中|我[县市区镇乡校局院村会]有"
)
_STRONGLY_ACHIEVED = re.compile(r"去年|上年|截至|截止|目前|现有|已经|已(?:建成|完成|有|发展|达|举办|开展)|过去[一二三两]?年|上一?年度?|20\d\d年(?:底|末)?(?:已|共|全)|据统计|现(?:有|设|辖|共)|下设|辖(?:区|有)")


def modality_of(sentence: str, label: SectionLabel | None, doc_type: DocumentType) -> Modality:
    """The modality of a figure in `sentence`, up to and with the figure itself."""
    base = _base(label, doc_type)
    if base is Modality.PLANNED:
        return Modality.ACHIEVED if _STRONGLY_ACHIEVED.search(sentence) and not _PLANNED.search(sentence) else base
    if _PLANNED.search(sentence) and not _ACHIEVED.search(sentence) and label not in {SectionLabel.ACHIEVEMENTS, SectionLabel.EXPERIENCE}:
        return Modality.PLANNED
    return base


def _base(label: SectionLabel | None, doc_type: DocumentType) -> Modality:
    if label in _ACHIEVED_LABELS:
        return Modality.ACHIEVED
    if label in _PLANNED_LABELS and not (label is SectionLabel.SAFEGUARDS and doc_type is DocumentType.SUMMARY):
        return Modality.PLANNED
    return Modality.PLANNED if doc_type is DocumentType.PLAN else Modality.ACHIEVED
