"""Copies and versions: templates are passed from office to office, and totals must not count them twice.

The marks follow from the set of documents alone. In the order of their ids, each document is compared with the
originals of smaller id that share a band of its signature, and becomes a copy or a version of the most similar one, or
an original itself. A copy states the same figures; a document with other figures in the same words is a version, and
counts.

What has no relation yet is compared: what is new, and what a comparison opens again. A verdict depends on smaller ids
only, so that this comes to an end, and to the same one in whatever order documents come and go.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection, Engine, and_, bindparam, or_, select, update
from zongji.pipeline.bulk.fingerprints import bands
from zongji.pipeline.bulk.likeness import Relation, SignedDocument, Verdict, compared, takes_over
from zongji.pipeline.database.errors import StoppedError
from zongji.pipeline.database.load import load, portions, remove
from zongji.pipeline.database.presence import GONE_DOCUMENTS
from zongji.pipeline.database.tables import BANDS, SIGNATURES
from zongji.pipeline.database.transactions import transact
from zongji.pipeline.schema import columns

_PORTION = 10_000  # documents per transaction; sorted, so that many of their bands share an index page
_SIGNED = (SIGNATURES.c.document_id, SIGNATURES.c.signature, SIGNATURES.c.figures_digest)
_BANDED = BANDS.join(SIGNATURES, BANDS.c.document_id == SIGNATURES.c.document_id)
_Banded = Mapping[str, Sequence[int]]


def mark_copies(engine: Engine, stopping: Callable[[], bool] = lambda: False) -> int:
    """Mark documents as originals, versions or copies, until it is to stop; returns how many comparisons that took."""
    marked = 0
    with suppress(StoppedError):
        transact(engine, _open_what_went, alone=True)
        while not stopping() and (number := transact(engine, _portion, alone=True)):
            marked += number
    return marked


def _open_what_went(connection: Connection) -> None:
    """What is gone has no relation, and what was like it, or like a document that was deleted, is compared again."""
    lost = or_(SIGNATURES.c.original.is_(None), SIGNATURES.c.original.in_(GONE_DOCUMENTS))
    orphans = and_(SIGNATURES.c.relation.in_([Relation.COPY, Relation.VERSION]), lost)
    gone = and_(SIGNATURES.c.relation.is_not(None), SIGNATURES.c.document_id.in_(GONE_DOCUMENTS))
    _open(connection, or_(orphans, gone))


def _portion(connection: Connection) -> int:
    """Compare the next documents by id; returns how many."""
    waiting = (SIGNATURES.c.relation.is_(None), SIGNATURES.c.document_id.not_in(GONE_DOCUMENTS))
    asked = select(*_SIGNED).where(*waiting).order_by(SIGNATURES.c.document_id).limit(_PORTION)
    documents = sorted(SignedDocument(*row) for row in connection.execute(asked))
    if documents:
        banded = {document.document_id: bands(document.signature) for document in documents}
        verdicts = _verdicts(connection, documents, banded)
        new = [document for document in documents if verdicts[document.document_id].original is None]
        taken = _taken_over(connection, new, banded)
        for keys in portions(sorted(taken)):
            _open(connection, SIGNATURES.c.document_id.in_(keys))
        for keys in portions(sorted(banded)):  # who followed them did so when they were otherwise
            _open(connection, SIGNATURES.c.original.in_(keys))
        _store(connection, verdicts, banded)
    return len(documents)


def _verdicts(connection: Connection, documents: Sequence[SignedDocument], banded: _Banded) -> dict[str, Verdict]:
    """What documents in the order of their ids are to the known originals and to each other."""
    originals = _originals(connection, banded)
    verdicts = {}
    for document in documents:
        key = document.document_id
        near = {other for band in banded[key] for other in originals[band] if other.document_id < key}
        verdicts[key] = compared(document, near)
        if verdicts[key].relation is Relation.ORIGINAL:
            for band in banded[key]:
                originals[band].append(document)
    return verdicts


def _originals(connection: Connection, banded: _Banded) -> dict[int, list[SignedDocument]]:
    """The known originals that share bands with documents, by band."""
    found: dict[int, list[SignedDocument]] = defaultdict(list)
    known: dict[str, SignedDocument] = {}
    for numbers in portions(_numbers(banded.values())):
        in_bands = (BANDS.c.band.in_(numbers), SIGNATURES.c.relation == Relation.ORIGINAL)
        for band, *signed in connection.execute(select(BANDS.c.band, *_SIGNED).select_from(_BANDED).where(*in_bands)):
            document = SignedDocument(*signed)
            found[band].append(known.setdefault(document.document_id, document))
    return found


def _taken_over(connection: Connection, new: Sequence[SignedDocument], banded: _Banded) -> set[str]:
    """The compared documents of larger id that new originals are more like than what they were found to be like."""
    by_band: dict[int, list[SignedDocument]] = defaultdict(list)
    for document in new:
        for band in banded[document.document_id]:
            by_band[band].append(document)
    judged = (SIGNATURES.c.relation.is_not(None), BANDS.c.document_id > min(new).document_id) if new else ()
    asked = select(BANDS.c.band, *_SIGNED, SIGNATURES.c.original, SIGNATURES.c.similarity).select_from(_BANDED)
    taken: set[str] = set()
    seen: set[tuple[str, str]] = set()
    for numbers in portions(sorted(by_band)):
        for band, *signed, original, likeness in connection.execute(asked.where(BANDS.c.band.in_(numbers), *judged)):
            document = SignedDocument(*signed)
            for other in by_band[band]:
                pair = (document.document_id, other.document_id)
                if document.document_id not in taken and pair not in seen:
                    seen.add(pair)
                    if takes_over(other, document, original, likeness):
                        taken.add(document.document_id)
    return taken


def _numbers(banded: Iterable[Sequence[int]]) -> list[int]:
    return sorted({band for numbers in banded for band in numbers})


def _open(connection: Connection, condition: Any) -> None:  # noqa: ANN401  # an SQL condition
    """Let documents be compared again."""
    connection.execute(update(SIGNATURES).where(condition).values(dict.fromkeys(Verdict._fields)))


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
