"""The originals that stand in each band: documents are compared with the first ones by id, however many there are.

While an original is compared again, it stands on: it has no relation, but a similarity. Only when it turns out to be a
copy or a version, is gone or deleted does it leave its bands, and the next in a crowded band takes its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, and_, case, or_, select, update
from zongji.pipeline.bulk.likeness import Relation, SignedDocument, takes_over
from zongji.pipeline.database.load import portions
from zongji.pipeline.database.tables import BANDS, DOCUMENTS, SIGNATURES

CROWD = 16
"""How many originals of a band others are compared with. Two documents that are alike share other bands, too."""
STANDS = or_(
    SIGNATURES.c.relation == Relation.ORIGINAL,
    and_(SIGNATURES.c.relation.is_(None), SIGNATURES.c.similarity.is_not(None)),
)
"""The condition on signatures of originals, those that are compared again among them."""
SIGNED = (SIGNATURES.c.document_id, SIGNATURES.c.signature, SIGNATURES.c.figures_digest)
_RELATION = SIGNATURES.c.relation + ""  # without its index, by which SQLite would look through all originals
_STANDS = or_(_RELATION == Relation.ORIGINAL, and_(_RELATION.is_(None), SIGNATURES.c.similarity.is_not(None)))
Standing = dict[int, list[str]]
"""The ids of originals by band, in order."""


def first(originals: Sequence[str]) -> Sequence[str]:
    """Those of a band's originals that others are compared with."""
    return originals[:CROWD]


def standing(connection: Connection, numbers: Iterable[int], without: Collection[str] = ()) -> Standing:
    """The originals in bands, but for some."""
    shared = [(band, key) for band, key in _banded(connection, numbers) if key not in without]
    asked = select(SIGNATURES.c.document_id).where(_STANDS)
    there = {
        key
        for some in portions(sorted({key for _, key in shared}))
        for key in connection.scalars(asked.where(SIGNATURES.c.document_id.in_(some)))
    }
    found: Standing = defaultdict(list)
    for band, key in sorted(shared):
        if key in there:
            found[band].append(key)
    return found


def _banded(connection: Connection, numbers: Iterable[int]) -> Iterator[tuple[int, str]]:
    """The documents in bands. No join: databases that know little of the tables yet would look through all of them."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("set local enable_seqscan = off")
    asked = select(BANDS.c.band, BANDS.c.document_id)
    for some in portions(sorted(numbers)):
        yield from map(tuple, connection.execute(asked.where(BANDS.c.band.in_(some))))


def copied(originals: Standing) -> Standing:
    """The same, to be changed apart."""
    return defaultdict(list, {band: list(keys) for band, keys in originals.items()})


def signed(connection: Connection, keys: Iterable[str]) -> dict[str, SignedDocument]:
    """Documents with their signatures, by id."""
    asked = select(*SIGNED)
    rows = (
        row
        for some in portions(sorted(keys))
        for row in connection.execute(asked.where(SIGNATURES.c.document_id.in_(some)))
    )
    return {row.document_id: SignedDocument(*row) for row in rows}


def forget(connection: Connection, digests: Sequence[str]) -> None:
    """The documents of contents are about to be deleted."""
    asked = select(DOCUMENTS.c.id).join(SIGNATURES, SIGNATURES.c.document_id == DOCUMENTS.c.id).where(_STANDS)
    keys = [key for some in portions(digests) for key in connection.scalars(asked.where(DOCUMENTS.c.sha256.in_(some)))]
    leave(connection, keys)


def leave(connection: Connection, keys: Sequence[str]) -> None:
    """These originals are about to leave their bands."""
    leaving = set(keys)
    asked = select(BANDS.c.band).distinct()
    numbers = {
        number for some in portions(keys) for number in connection.scalars(asked.where(BANDS.c.document_id.in_(some)))
    }
    before = {band: ids for band, ids in standing(connection, numbers).items() if len(ids) > CROWD}
    settle(connection, before, {band: [key for key in ids if key not in leaving] for band, ids in before.items()})


def settle(connection: Connection, before: Standing, after: Standing) -> None:
    """The originals of bands change: let those documents be compared again for which that makes a difference."""
    entering: dict[int, list[str]] = {}
    leaving: set[str] = set()
    for band, keys in after.items():
        old, new = set(first(before.get(band, ()))), set(first(keys))
        leaving |= old - new
        if new - old:
            entering[band] = sorted(new - old)
    for some in portions(sorted(leaving)):
        open_again(connection, SIGNATURES.c.original.in_(some))
    for some in portions(_taken_over(connection, entering)):
        open_again(connection, SIGNATURES.c.document_id.in_(some))


def _taken_over(connection: Connection, entering: Mapping[int, Sequence[str]]) -> list[str]:
    """The compared documents that are more like one that enters a band of theirs than what they were found to be."""
    shared: dict[str, list[int]] = defaultdict(list)
    for band, key in _banded(connection, entering):
        if key > entering[band][0]:
            shared[key].append(band)
    others = signed(connection, {key for keys in entering.values() for key in keys} if shared else ())
    found = select(*SIGNED, SIGNATURES.c.original, SIGNATURES.c.similarity).where(_RELATION.is_not(None))
    taken = []
    for keys in portions(sorted(shared)):
        for *row, original, likeness in connection.execute(found.where(SIGNATURES.c.document_id.in_(keys))):
            document = SignedDocument(*row)
            near = {other for band in shared[document.document_id] for other in entering[band]}
            if any(takes_over(others[other], document, original, likeness) for other in near):
                taken.append(document.document_id)
    return taken


def open_again(connection: Connection, condition: Any) -> None:  # noqa: ANN401  # an SQL condition
    """Let documents be compared again; originals stand on meanwhile."""
    mark = case(
        (SIGNATURES.c.relation == Relation.ORIGINAL, 1.0),
        (SIGNATURES.c.relation.is_(None), SIGNATURES.c.similarity),
        else_=None,
    )
    kept = ((SIGNATURES.c.similarity, mark), (SIGNATURES.c.relation, None), (SIGNATURES.c.original, None))
    connection.execute(update(SIGNATURES).where(condition).ordered_values(*kept))  # MySQL sets one after the other
