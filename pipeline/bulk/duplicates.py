"""Copies and versions: templates are passed from office to office, and totals must not count them twice.

Each document is compared with the originals that share a band of its signature, and becomes a copy or a version of the
most similar one, or an original itself. Only what is new is compared. A copy states the same figures; a document with
other figures in the same words is a version, and counts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, and_, bindparam, delete, or_, select, update
from zongji.pipeline.bulk.fingerprints import bands, similarity
from zongji.pipeline.database.load import load, portions
from zongji.pipeline.database.presence import GONE_DOCUMENTS
from zongji.pipeline.database.tables import BANDS, SIGNATURES
from zongji.pipeline.database.transactions import transact
from zongji.pipeline.schema import columns

VERSION_FROM = 0.8  # estimated share of common 5-grams
COPY_FROM = 0.9  # together with the same figures
_PORTION = 10_000  # documents per transaction; sorted, so that many of their bands share an index page
_MOST_COMPARED = 64  # originals a document is compared with


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


def mark_copies(engine: Engine) -> int:
    """Mark the new documents as originals, versions or copies; returns how many there were."""
    transact(engine, _reopen, alone=True)
    marked = 0
    while number := transact(engine, _portion, alone=True):
        marked += number
    return marked


def _portion(connection: Connection) -> int:
    """Mark some of the new documents; returns how many."""
    new = _new(connection)
    _compare(connection, new)
    return len(new)


def _reopen(connection: Connection) -> None:
    """Compare copies again whose original is gone; what is gone is no original, and is compared when it is back."""
    lost = or_(SIGNATURES.c.original.is_(None), SIGNATURES.c.original.in_(GONE_DOCUMENTS))
    orphans = and_(SIGNATURES.c.relation.in_([Relation.COPY, Relation.VERSION]), lost)
    gone = and_(SIGNATURES.c.relation.is_not(None), SIGNATURES.c.document_id.in_(GONE_DOCUMENTS))
    connection.execute(update(SIGNATURES).where(or_(orphans, gone)).values(dict.fromkeys(Verdict._fields)))
    connection.execute(delete(BANDS).where(BANDS.c.document_id.in_(GONE_DOCUMENTS)))


def _new(connection: Connection) -> list[SignedDocument]:
    """The next documents by id, so that the result does not depend on the order of import."""
    asked = select(SIGNATURES.c.document_id, SIGNATURES.c.signature, SIGNATURES.c.figures_digest)
    open_ = (SIGNATURES.c.relation.is_(None), SIGNATURES.c.document_id.not_in(GONE_DOCUMENTS))
    waiting = asked.where(*open_).order_by(SIGNATURES.c.document_id).limit(_PORTION)
    return [SignedDocument(*row) for row in connection.execute(waiting)]


def _compare(connection: Connection, new: Sequence[SignedDocument]) -> None:
    banded = {document.document_id: bands(document.signature) for document in new}
    originals = _originals(connection, {band for numbers in banded.values() for band in numbers})
    verdicts = {}
    for document in new:
        verdict = compared(document, _candidates(originals, banded[document.document_id]))
        verdicts[document.document_id] = verdict
        if verdict.relation is Relation.ORIGINAL:
            for band in banded[document.document_id]:
                originals[band].append(document)
    _store(connection, verdicts)
    rows = {(band, key) for key, verdict in verdicts.items() if not verdict.original for band in banded[key]}
    load(connection, BANDS, columns.BANDS.names, sorted(rows))


def compared(document: SignedDocument, candidates: Iterable[SignedDocument]) -> Verdict:
    """A document's relation to the most similar candidate; of equally similar ones, the first by id."""
    likeness = [(-similarity(document.signature, other.signature), other) for other in candidates]
    negative, best = min(likeness, default=(0.0, None))
    if best is None or -negative < VERSION_FROM:
        return Verdict(Relation.ORIGINAL)
    same = -negative >= COPY_FROM and document.figures_digest == best.figures_digest
    return Verdict(Relation.COPY if same else Relation.VERSION, best.document_id, -negative)


def _candidates(originals: dict[int, list[SignedDocument]], numbers: Sequence[int]) -> Iterable[SignedDocument]:
    """The originals in the bands of a document, each once."""
    found = dict.fromkeys(original for band in numbers for original in originals[band])
    return islice(found, _MOST_COMPARED)


def _originals(connection: Connection, numbers: Iterable[int]) -> dict[int, list[SignedDocument]]:
    """The known originals in bands, by band."""
    joined = BANDS.join(SIGNATURES, BANDS.c.document_id == SIGNATURES.c.document_id)
    asked = select(BANDS.c.band, SIGNATURES.c.document_id, SIGNATURES.c.signature, SIGNATURES.c.figures_digest)
    found: dict[int, list[SignedDocument]] = defaultdict(list)
    for some in portions(sorted(numbers)):
        rows = connection.execute(
            asked.select_from(joined).where(BANDS.c.band.in_(some)).order_by(BANDS.c.band, BANDS.c.document_id)
        )
        for band, *signed in rows:
            found[band].append(SignedDocument(*signed))
    return found


def _store(connection: Connection, verdicts: dict[str, Verdict]) -> None:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in Verdict._fields}
    statement = update(SIGNATURES).where(SIGNATURES.c.document_id == bindparam("key")).values(values)
    if verdicts:
        connection.execute(
            statement,
            [
                {
                    "key": key,
                    "new_relation": to.relation.value,
                    "new_original": to.original,
                    "new_similarity": to.similarity,
                }
                for key, to in verdicts.items()
            ],
        )
