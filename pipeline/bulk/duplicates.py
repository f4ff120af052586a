"""Copies and versions: templates are passed from office to office, and totals must not count them twice.

The marks follow from the set of documents alone. In the order of their ids, each document is compared with the
originals of smaller id that share a band of its signature, and becomes a copy or a version of the most similar one, or
an original itself. A copy states the same figures; a document with other figures in the same words is a version, and
counts.

The words of a widespread template are in a band of thousands of originals; only its first ones by id are compared with
others (`bulk.crowds`), so that the work grows with the number of documents.

What has no relation yet is compared: what is new, and what a comparison opens again. A verdict depends on smaller ids
only, so that this comes to an end, and to the same one in whatever order documents come and go.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Engine, and_, bindparam, or_, select, update
from zongji.pipeline.bulk import crowds
from zongji.pipeline.bulk.crowds import Standing
from zongji.pipeline.bulk.fingerprints import bands
from zongji.pipeline.bulk.likeness import Relation, SignedDocument, Verdict, compared
from zongji.pipeline.database.load import load, portions, remove
from zongji.pipeline.database.presence import GONE_DOCUMENTS
from zongji.pipeline.database.tables import BANDS, SIGNATURES
from zongji.pipeline.database.transactions import transact
from zongji.pipeline.schema import columns

_PORTION = 10_000  # documents per transaction; sorted, so that many of their bands share an index page
_Banded = Mapping[str, Sequence[int]]


def mark_copies(engine: Engine, stopping: Callable[[], bool] = lambda: False) -> int:
    """Mark documents as originals, versions or copies, until it is to stop; returns how many comparisons that took.

    Raises:
        StoppedError: if it is to stop while it waits for others.
    """
    marked = 0
    transact(engine, _open_what_went, alone=True)
    while not stopping() and (number := transact(engine, _portion, alone=True)):
        marked += number
    return marked


def _open_what_went(connection: Connection) -> None:
    """What is gone has no relation, and what was like it, or like a document that was deleted, is compared again."""
    gone = SIGNATURES.c.document_id.in_(GONE_DOCUMENTS)
    crowds.leave(connection, list(connection.scalars(select(SIGNATURES.c.document_id).where(gone, crowds.STANDS))))
    lost = or_(SIGNATURES.c.original.is_(None), SIGNATURES.c.original.in_(GONE_DOCUMENTS))
    crowds.open_again(connection, and_(SIGNATURES.c.relation.in_([Relation.COPY, Relation.VERSION]), lost))
    left = and_(gone, or_(SIGNATURES.c.relation.is_not(None), SIGNATURES.c.similarity.is_not(None)))
    connection.execute(update(SIGNATURES).where(left).values(dict.fromkeys(Verdict._fields)))


def _portion(connection: Connection) -> int:
    """Compare the next documents by id; returns how many."""
    waiting = (SIGNATURES.c.relation.is_(None), SIGNATURES.c.document_id.not_in(GONE_DOCUMENTS))
    asked = select(*crowds.SIGNED, SIGNATURES.c.similarity).where(*waiting)
    rows = connection.execute(asked.order_by(SIGNATURES.c.document_id).limit(_PORTION).with_for_update()).all()
    documents = sorted(SignedDocument(*signed) for *signed, _ in rows)
    if documents:
        stood = {key for key, *_, mark in rows if mark is not None}
        banded = {document.document_id: bands(document.signature) for document in documents}
        others = crowds.standing(connection, {band for numbers in banded.values() for band in numbers}, banded)
        before = crowds.copied(others)
        for key in stood:
            _stand(before, key, banded)
        verdicts = _verdicts(connection, documents, banded, others)
        crowds.settle(connection, before, others)
        for some in portions([key for key in sorted(stood) if verdicts[key].relation is not Relation.ORIGINAL]):
            crowds.open_again(connection, SIGNATURES.c.original.in_(some))
        _store(connection, verdicts, banded)
    return len(documents)


def _verdicts(
    connection: Connection, documents: Sequence[SignedDocument], banded: _Banded, originals: Standing
) -> dict[str, Verdict]:
    """What documents in the order of their ids are to the known originals and to each other; adds the new originals."""
    known = crowds.signed(connection, {key for keys in originals.values() for key in crowds.first(keys)})
    verdicts = {}
    for document in documents:
        key = document.document_id
        near = {other for band in banded[key] for other in crowds.first(originals[band]) if other < key}
        verdicts[key] = compared(document, (known[other] for other in near))
        if verdicts[key].relation is Relation.ORIGINAL:
            known[key] = document
            _stand(originals, key, banded)
    return verdicts


def _stand(originals: Standing, key: str, banded: _Banded) -> None:
    for band in set(banded[key]):
        insort(originals[band], key)


def _store(connection: Connection, verdicts: Mapping[str, Verdict], banded: _Banded) -> None:
    values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in Verdict._fields}
    statement = update(SIGNATURES).where(SIGNATURES.c.document_id == bindparam("key")).values(values)
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
    remove(connection, BANDS.c.document_id, sorted(banded))
    pairs = {(band, key) for key, numbers in banded.items() for band in numbers}
    load(connection, BANDS, columns.BANDS.names, sorted(pairs))
