"""The class of each section: by its heading, then its parent's class, then its document's type."""

from __future__ import annotations

from collections.abc import Sequence

from zongji.corpus.labels import DocumentType, SectionLabel
from zongji.corpus.patterns import WordPattern
from zongji.corpus.records import Section
from zongji.models.rules import Evidence, evidence_of, looks_ahead
from zongji.pipeline.structure.line_roles import Role
from zongji.pipeline.structure.markers import MarkerKind
from zongji.pipeline.structure.outline import Node, ends_of

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_SHORT = 16  # characters of a run-in heading that still describes its paragraph
_SURE = 5  # weight from which the words of a top-level heading decide alone
_OVERRULES = 7  # weight from which the words of a subheading override its parent
_OVERRULING = {SectionLabel.PROBLEMS: 4, SectionLabel.NEXT_STEPS: 5}
_CONFIDENCE = {True: 0.95, False: 0.75}
_ROLES = {
    Role.TITLE: SectionLabel.TITLE,
    Role.OPENING: SectionLabel.PREAMBLE,
    Role.CLOSING: SectionLabel.CLOSING,
}
_PAST_IN_PLAN = WordPattern("heading_cues", "{past-in-plan}")
_INDEPENDENT = frozenset(
    {
        SectionLabel.PROBLEMS,
        SectionLabel.NEXT_STEPS,
        SectionLabel.EXPERIENCE,
        SectionLabel.BUDGET,
        SectionLabel.SCHEDULE,
        SectionLabel.SAFEGUARDS,
        SectionLabel.GOALS,
        SectionLabel.GUIDANCE,
    }
)
_AHEAD = frozenset(
    {
        SectionLabel.TASKS,
        SectionLabel.GOALS,
        SectionLabel.SCHEDULE,
        SectionLabel.SAFEGUARDS,
        SectionLabel.GUIDANCE,
        SectionLabel.BUDGET,
    }
)


def classify(nodes: Sequence[Node], doc_type: DocumentType, end: int) -> tuple[Section, ...]:
    """The sections of a document with their classes; `end` is the end offset of the document."""
    labels: list[tuple[SectionLabel, float]] = []
    second_half = False
    for node in nodes:
        parent = labels[node.parent][0] if node.parent is not None else None
        label, confidence = class_of(node, parent, doc_type, second_half=second_half)
        second_half = second_half or (
            doc_type is DocumentType.MIXED and label is SectionLabel.NEXT_STEPS and node.parent is None
        )
        labels.append((label, confidence))
    ends = ends_of(nodes, end)
    return tuple(
        Section(
            id=f"s{index + 1}",
            parent=None if node.parent is None else f"s{node.parent + 1}",
            start=node.start,
            end=ends[index],
            level=node.level,
            marker=node.marker,
            title=node.title,
            label=labels[index][0],
            confidence=labels[index][1],
        )
        for index, node in enumerate(nodes)
    )


def class_of(
    node: Node, parent: SectionLabel | None, doc_type: DocumentType, *, second_half: bool
) -> tuple[SectionLabel, float]:
    """The class of a section whose parent has one, and its confidence; `second_half` is set after the first plan."""
    if node.heading is None:
        return _ROLES[node.role], 0.95
    evidence = evidence_of(node.title or "")
    if parent is None:
        label = _top_label(node.title or "", evidence, doc_type)
        if second_half and label not in {SectionLabel.CLOSING, SectionLabel.BOILERPLATE}:
            return SectionLabel.NEXT_STEPS, 0.8
        return label, _CONFIDENCE[evidence is not None and evidence.weight >= _SURE]
    return _sub_label(node, parent, evidence)


def _top_label(title: str, evidence: Evidence | None, doc_type: DocumentType) -> SectionLabel:
    """The class of a top-level section."""
    summary = doc_type in {DocumentType.SUMMARY, DocumentType.MIXED}
    default = SectionLabel.ACHIEVEMENTS if summary else SectionLabel.TASKS
    if evidence is None or evidence.weight < 3 or evidence.label in {SectionLabel.TITLE, SectionLabel.PREAMBLE}:
        return default
    label = evidence.label
    if summary and looks_ahead(title):
        return SectionLabel.NEXT_STEPS
    if doc_type is DocumentType.PLAN and label in {SectionLabel.ACHIEVEMENTS, SectionLabel.NEXT_STEPS}:
        return label if _PAST_IN_PLAN.search(title) and label is SectionLabel.ACHIEVEMENTS else SectionLabel.TASKS
    if summary and label in _AHEAD:
        return (
            label
            if evidence.weight >= 8 and label is not SectionLabel.TASKS and label is not SectionLabel.SAFEGUARDS
            else default
        )
    return label


def _sub_label(node: Node, parent: SectionLabel, evidence: Evidence | None) -> tuple[SectionLabel, float]:
    """The parent's class, unless the heading clearly contradicts it."""
    if (
        evidence is None
        or evidence.label not in _INDEPENDENT
        or evidence.weight < _OVERRULING.get(evidence.label, _OVERRULES)
    ):
        return parent, 0.85
    if parent in {SectionLabel.NEXT_STEPS, SectionLabel.PROBLEMS, SectionLabel.EXPERIENCE}:
        return parent, 0.85
    heading = node.heading
    short = heading is not None and heading.kind <= MarkerKind.ARABIC and len(node.title or "") <= _SHORT
    own_heading = heading is not None and (heading.own_line or (short and heading.opens_line))
    if parent is SectionLabel.ACHIEVEMENTS and evidence.label in _AHEAD:
        return parent, 0.8
    return (evidence.label, 0.7) if own_heading else (parent, 0.75)
