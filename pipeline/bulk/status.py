"""The status of a database, and of one file in it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select
from zongji.corpus.digests import digest_of_file
from zongji.corpus.wording import counted, plural
from zongji.pipeline.bulk.discovery import path_key
from zongji.pipeline.bulk.failures import kinds_of_failures, states_of_files
from zongji.pipeline.bulk.kinds import Kind
from zongji.pipeline.bulk.paths import UNREAD
from zongji.pipeline.bulk.progress import kind_line
from zongji.pipeline.bulk.worker import State
from zongji.pipeline.database.presence import GONE_DOCUMENTS
from zongji.pipeline.database.tables import ACTIVITIES, DOCUMENTS, FIGURES, FILES, RUNS, SIGNATURES, SOURCES, WARNINGS
from zongji.pipeline.reading.inputs import check_regular
from zongji.pipeline.schema.version import version

_MOST_WARNINGS = 10
_MOST_RUNS = 5


def status_facts(connection: Connection) -> dict[str, Any]:
    """What a database holds, as plain data: the keys of `zongji status --json`, which docs/database.md explains."""
    program = connection.scalar(select(RUNS.c.program).order_by(RUNS.c.id.desc()).limit(1)) or version()
    states = states_of_files(connection, program)
    runs = connection.execute(select(RUNS).order_by(RUNS.c.id.desc()).limit(_MOST_RUNS)).mappings()
    there = DOCUMENTS.c.id.not_in(GONE_DOCUMENTS)
    records = {"documents": _count(connection, DOCUMENTS.c.id, there)}
    for table in (ACTIVITIES, FIGURES):
        records[table.name] = _count(connection, table.c.id, table.c.document_id.not_in(GONE_DOCUMENTS))
    present = or_(WARNINGS.c.document_id.is_(None), WARNINGS.c.document_id.not_in(GONE_DOCUMENTS))
    related = _counts(connection, SIGNATURES.c.relation, SIGNATURES.c.document_id.not_in(GONE_DOCUMENTS))
    return {
        "program": program,
        "files": {
            "states": {state.value: states[state] for state in State if states[state]},
            "gone": _count(connection, SOURCES.c.path_key, SOURCES.c.gone.is_not(None)),
            "other_versions": states[None],
        },
        "contents": _count(connection, FILES.c.sha256, FILES.c.program == program, ~FILES.c.sha256.like(f"{UNREAD}%")),
        "records": records | {"gone_documents": _count(connection, DOCUMENTS.c.id, DOCUMENTS.c.gone.is_not(None))},
        "relations": {relation or "not compared": number for relation, number in related},
        "failures": [asdict(kind) for kind in kinds_of_failures(connection)],
        "warnings": dict(_counts(connection, WARNINGS.c.code, present)),
        "runs": [dict(run) | {"options": json.loads(run["options"])} for run in runs],
    }


def status_lines(facts: Mapping[str, Any]) -> Iterator[str]:
    """The same for people."""
    files, records = facts["files"], facts["records"]
    yield f"files, read by version {facts['program']}"
    yield from (f"  {state:12} {number:>12,}" for state, number in files["states"].items())
    if files["gone"]:
        yield f"  {'gone':12} {files['gone']:>12,}"
    if files["other_versions"]:
        yield f"  {counted(files['other_versions'], 'file')} more, read by other versions"
    yield "records"
    yield f"  {'contents':12} {facts['contents']:>12,}"
    yield from (f"  {name:12} {records[name]:>12,}" for name in ("documents", "activities", "figures"))
    if records["gone_documents"]:
        yield f"  {counted(records['gone_documents'], 'document')} more of files that are gone"
    yield "copies and versions"
    yield from (f"  {relation:12} {number:>12,}" for relation, number in facts["relations"].items())
    if facts["failures"]:
        yield "failures by kind; --failed lists the files"
    yield from (f"  {kind_line(Kind(**kind))}" for kind in facts["failures"][:_MOST_WARNINGS])
    if facts["warnings"]:
        yield "most frequent warnings"
    yield from (f"  {code:24} {number:>12,}" for code, number in list(facts["warnings"].items())[:_MOST_WARNINGS])
    yield "last runs"
    for run in facts["runs"]:
        ended = f"until {run['finished']}" if run["finished"] else "end unknown"
        others = [f"{run[name]:,} {word}" for name, word in _OF_RUNS.items() if run[name]]
        said = ", ".join([counted(run["files"], "file"), f"{run['read']:,} of them read", *others])
        yield f"  {run['id']}  {run['state']}, from {run['started']} {ended}; {said}"


_OF_RUNS = {"failed": "failed", "failed_before": "failed before", "moved": "moved", "gone": "gone", "back": "back"}


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
    asked_paths = select(SOURCES.c.path, SOURCES.c.gone).where(SOURCES.c.sha256 == sha256).order_by(SOURCES.c.path)
    for known_path, gone in connection.execute(asked_paths):
        yield f"  path {known_path}" + (f", gone since {gone}" if gone else "")
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
    yield f"document {row.id}: {row.title or 'without a title'}" + (
        "; left out of sums: its file is gone" if row.gone else ""
    )
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
