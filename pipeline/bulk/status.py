"""The status of a database, and of one file in it."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import ColumnElement, Connection, Row, func, select
from zongji.corpus.digests import digest_of_file
from zongji.corpus.wording import counted, plural
from zongji.pipeline.bulk.discovery import path_key
from zongji.pipeline.bulk.worker import State
from zongji.pipeline.database.tables import ACTIVITIES, DOCUMENTS, FIGURES, FILES, RUNS, SIGNATURES, SOURCES, WARNINGS
from zongji.pipeline.reading.inputs import check_regular
from zongji.pipeline.schema.version import version

_MOST_WARNINGS = 10
_MOST_RUNS = 5


def status_lines(connection: Connection) -> Iterator[str]:
    """Files by state, records, copies, runs and warnings, for people."""
    program = connection.scalar(select(RUNS.c.program).order_by(RUNS.c.id.desc()).limit(1)) or version()
    yield f"files, read by version {program}"
    states = dict(_counts(connection, FILES.c.state, FILES.c.program == program))
    yield from (f"  {state.value:12} {states[state]:>12,}" for state in State if state in states)
    others = _count(connection, FILES.c.sha256, FILES.c.program != program)
    if others:
        yield f"  {counted(others, 'row')} more of other versions"
    yield "records"
    for table in (SOURCES, DOCUMENTS, ACTIVITIES, FIGURES):
        yield f"  {table.name:12} {_count(connection, *table.primary_key.columns[:1]):>12,}"
    yield "copies and versions"
    yield from (
        f"  {relation or 'not compared':12} {number:>12,}"
        for relation, number in _counts(connection, SIGNATURES.c.relation)
    )
    yield from _warnings(connection)
    yield "last runs"
    for run in connection.execute(select(RUNS).order_by(RUNS.c.id.desc()).limit(_MOST_RUNS)):
        ended = f"until {run.finished}" if run.finished else "end unknown"
        files = f"{counted(run.files, 'file')}, {run.read:,} of them read"
        yield f"  {run.id}  {run.state}, from {run.started} {ended}; {files}"


def _warnings(connection: Connection) -> Iterator[str]:
    counts = _counts(connection, WARNINGS.c.code)[:_MOST_WARNINGS]
    if counts:
        yield "most frequent warnings"
    yield from (f"  {code:24} {number:>12,}" for code, number in counts)


def _counts(connection: Connection, column: ColumnElement[str], *where: ColumnElement[bool]) -> list[tuple[str, int]]:
    """The values of a column with their counts, most frequent first."""
    number = func.count()
    rows = connection.execute(select(column, number).where(*where).group_by(column).order_by(number.desc(), column))
    return [(value, count) for value, count in rows]


def _count(connection: Connection, column: ColumnElement[str], *where: ColumnElement[bool]) -> int:
    return connection.scalar(select(func.count(column)).where(*where)) or 0


def story_lines(connection: Connection, path: str) -> Iterator[str]:
    """The facts about a file, for people; empty if neither its path nor its content is known."""
    sha256 = connection.scalar(select(SOURCES.c.sha256).where(SOURCES.c.path_key == path_key(path)))
    on_disk = _digest(path)
    if sha256 is None:
        known = on_disk and connection.scalar(select(FILES.c.sha256).where(FILES.c.sha256 == on_disk).limit(1))
        if not known:
            return
        yield f"{path} was not imported under this path, but its content was"
        sha256 = known
    yield f"content  {sha256}"
    if on_disk != sha256 and not sha256.startswith("path:"):
        yield "  the file has changed since" if on_disk else "  the file cannot be read now"
    for known_path in connection.scalars(
        select(SOURCES.c.path).where(SOURCES.c.sha256 == sha256).order_by(SOURCES.c.path)
    ):
        yield f"  path {known_path}"
    for row in connection.execute(select(FILES).where(FILES.c.sha256 == sha256).order_by(FILES.c.updated)):
        yield from _ledger_lines(row)
    for row in connection.execute(select(DOCUMENTS).where(DOCUMENTS.c.sha256 == sha256).order_by(DOCUMENTS.c.part)):
        yield from _document_lines(connection, row)
    asked = select(WARNINGS).where(WARNINGS.c.sha256 == sha256).order_by(WARNINGS.c.position)
    for row in connection.execute(asked):
        yield f"warning  {row.code} at {row.start}-{row.end}: {row.message}"


def _ledger_lines(row: Row[tuple[object, ...]]) -> Iterator[str]:
    yield f"read by version {row.program} in run {row.run}, {row.updated}: {row.state}"
    if row.reason:
        yield f"  because {row.reason}"
    if row.format:
        yield f"  {row.bytes:,} bytes of {row.format} in {row.encoding}, {row.milliseconds:,} ms"
    records = ("document", "section", "activity", "figure", "warning")
    yield "  " + ", ".join(counted(getattr(row, plural(noun)), noun) for noun in records)


def _document_lines(connection: Connection, row: Row[tuple[object, ...]]) -> Iterator[str]:
    yield f"document {row.id}: {row.title or 'without a title'}"
    facts = (row.member, row.doc_type, row.organization, row.period_text, row.script, f"{row.characters:,} characters")
    yield f"  {' · '.join(str(fact) for fact in facts if fact)}"
    damage = (row.damage_exact, row.damage_likely, row.damage_unrecovered)
    if any(damage):
        yield "  damage: {} exact repairs, {} likely, {} unrecovered".format(*damage)
    for category, number in _counts(connection, FIGURES.c.category, FIGURES.c.document_id == row.id):
        yield f"  {number:>6} {category}"
    like = connection.execute(select(SIGNATURES).where(SIGNATURES.c.document_id == row.id)).one_or_none()
    if like is not None and like.original is not None:
        yield f"  {like.relation} of {like.original}, {like.similarity:.0%} alike"
    number = _count(connection, SIGNATURES.c.document_id, SIGNATURES.c.original == row.id)
    if number:
        yield f"  original of {counted(number, 'other document')}"


def _digest(path: str) -> str | None:
    """The digest of a file's bytes, None if it cannot be read."""
    try:
        check_regular(path)
        return digest_of_file(path)
    except OSError:
        return None
