"""What one document is to another: a copy, a version, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from zongji.pipeline.bulk.fingerprints import similarity

VERSION_FROM = 0.8  # estimated share of common 5-grams
COPY_FROM = 0.9  # together with the same figures


class Relation(StrEnum):
    """A document's relation to the one it resembles."""

    ORIGINAL = "original"
    VERSION = "version"
    COPY = "copy"


class SignedDocument(NamedTuple):
    """A document with its signature."""

    document_id: str
    signature: bytes
    figures_digest: str


class Verdict(NamedTuple):
    """A document's relation, to which other, and how similar they are."""

    relation: Relation
    original: str | None = None
    similarity: float | None = None


def compared(document: SignedDocument, candidates: Iterable[SignedDocument]) -> Verdict:
    """A document's relation to the most similar candidate; of equally similar ones, the first by id."""
    likeness = ((-similarity(document.signature, other.signature), other) for other in candidates)
    negative, best = min(likeness, default=(0.0, None))
    if best is None or -negative < VERSION_FROM:
        return Verdict(Relation.ORIGINAL)
    same = -negative >= COPY_FROM and document.figures_digest == best.figures_digest
    return Verdict(Relation.COPY if same else Relation.VERSION, best.document_id, -negative)


def takes_over(other: SignedDocument, document: SignedDocument, original: str | None, likeness: float | None) -> bool:
    """True if another original comes before the one that a document was found to be like, if it is like any."""
    if other.document_id >= document.document_id:
        return False
    found = similarity(document.signature, other.signature)
    if original is None or likeness is None:
        return found >= VERSION_FROM
    return (-found, other.document_id) < (-likeness, original)
