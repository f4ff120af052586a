"""Documents that are nothing but a signature, to mark copies of without reading files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from random import Random
from typing import Any

from sqlalchemy import Boolean, Connection, LargeBinary, Table, delete, insert, select, update
from sqlalchemy.types import Float, Integer
from zongji.pipeline.bulk import crowds
from zongji.pipeline.bulk.fingerprints import COMPONENTS, bands
from zongji.pipeline.bulk.likeness import Relation, SignedDocument, Verdict, compared
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.tables import DOCUMENTS, FILES, SIGNATURES
from zongji.pipeline.database.transactions import transact, writing


def seeded(seed: int) -> Random:
    """Random numbers that are the same each time."""
    return Random(seed)  # noqa: S311  # no secret


def family(random: Random, number: int, changed: float) -> list[SignedDocument]:
    """Documents with one signature but for a share of changed components, under random ids."""
    template = [random.getrandbits(32) for _ in range(COMPONENTS)]
    made = []
    for _ in range(number):
        parts = [random.getrandbits(32) if random.random() < changed else part for part in template]
        signature = b"".join(part.to_bytes(4, "little") for part in parts)
        made.append(SignedDocument(f"{random.getrandbits(80):020x}", signature, str(random.randrange(2))))
    return made


def expected(documents: Iterable[SignedDocument]) -> dict[str, tuple[Any, ...]]:
    """The marks of a set of documents, compared one by one in the order of their ids."""
    originals: dict[int, list[SignedDocument]] = defaultdict(list)
    verdicts: dict[str, Verdict] = {}
    for document in sorted(documents):
        own = set(bands(document.signature))
        verdict = compared(document, {other for band in own for other in originals[band][: crowds.CROWD]})
        verdicts[document.document_id] = verdict
        if verdict.relation is Relation.ORIGINAL:
            for band in own:
                originals[band].append(document)
    return {key: tuple(verdict) for key, verdict in verdicts.items()}


def add(database: str, documents: Iterable[SignedDocument]) -> None:
    """Write documents that were not compared yet."""
    every = list(documents)
    if not every:
        return
    engine = connect(database, create=True)
    with writing(engine) as connection:
        for table, key in ((FILES, "sha256"), (DOCUMENTS, "id")):
            filled = _filled(table)
            rows = [filled | {"sha256": one.document_id, key: one.document_id} for one in every]
            connection.execute(insert(table), rows)
        connection.execute(insert(SIGNATURES), [one._asdict() for one in every])
    engine.dispose()


def drop(database: str, documents: Iterable[SignedDocument]) -> None:
    """Delete documents, as an import does."""
    keys = [one.document_id for one in documents]

    def delete_them(connection: Connection) -> None:
        crowds.forget(connection, keys)
        for key in keys:
            connection.execute(delete(FILES).where(FILES.c.sha256 == key))

    engine = connect(database)
    transact(engine, delete_them)
    engine.dispose()


def set_gone(database: str, documents: Iterable[SignedDocument], moment: str | None) -> None:
    """Say when the files of documents went, or that they are there."""
    engine = connect(database)
    with writing(engine) as connection:
        for one in documents:
            connection.execute(update(DOCUMENTS).where(DOCUMENTS.c.id == one.document_id).values(gone=moment))
    engine.dispose()


def marks(database: str) -> dict[str, tuple[Any, ...]]:
    """Relation, original and similarity of every document that has a relation."""
    engine = connect(database)
    asked = select(SIGNATURES.c.document_id, *(SIGNATURES.c[name] for name in Verdict._fields))
    with engine.connect() as connection:
        found = connection.execute(asked.where(SIGNATURES.c.relation.is_not(None))).all()
    engine.dispose()
    return {key: tuple(verdict) for key, *verdict in found}


def _filled(table: Table) -> dict[str, Any]:
    """A value for each column, null where it may be."""
    kinds: tuple[tuple[type[Any], Any], ...] = ((Boolean, False), (Integer, 0), (Float, 0.0), (LargeBinary, b""))
    return {
        column.name: None
        if column.nullable
        else next((value for kind, value in kinds if isinstance(column.type, kind)), "")
        for column in table.c
    }
