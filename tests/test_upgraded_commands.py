"""The commands over a database that an earlier version made: each upgrades it and shows what it held."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import KINDS, database_of
from imports import TEXT, bring_in, rows
from sqlalchemy import delete, insert, select, update
from test_upgrades import build
from typer.testing import CliRunner
from zongji.cli import app
from zongji.pipeline.bulk.fingerprints import bands
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.migrations import CHANGES
from zongji.pipeline.database.tables import BANDS, MIGRATIONS, SIGNATURES
from zongji.pipeline.database.transactions import writing

STATES = ("158988b", "d378ec9", "366d9b1", "036731b")
"""One of each number of changes."""
COMMANDS = {
    "status": ["status", "--db", "ADDRESS", "--json"],
    "export": ["export", "--db", "ADDRESS", "-o", "OUT/out.csv"],
    "relational": ["export", "--db", "ADDRESS", "--relational", "-o", "OUT/out"],
    "doccano": ["export", "--db", "ADDRESS", "-f", "doccano", "-o", "OUT/out.jsonl"],
    "report": ["report", "ADDRESS", "-o", "OUT/out.html"],
    "import": ["import", "OUT/../a.txt", "--db", "ADDRESS", "--workers", "0"],
}


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def address(kind: str, tmp_path: Path) -> Iterator[str]:
    """Where an earlier version makes a database."""
    yield from database_of(kind, tmp_path)


def run(name: str, address: str, folder: Path) -> str:
    """What a command says and writes; there is a file to import in the folder."""
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    out = folder / name
    out.mkdir()
    given = [word.replace("ADDRESS", address).replace("OUT", str(out)) for word in COMMANDS[name]]
    done = CliRunner().invoke(app, given)
    assert done.exit_code == 0, done.output
    return done.stdout + "".join(path.read_text(encoding="utf-8") for path in sorted(out.rglob("*.*")))


@pytest.mark.parametrize("state", STATES)
def test_every_command_works_on_what_an_earlier_version_made(
    kind: str, address: str, state: str, tmp_path: Path
) -> None:
    build(address, kind, state)
    said = {name: run(name, address, tmp_path) for name in COMMANDS}
    assert json.loads(said["status"])["records"]["figures"] == 1
    assert all("培训" in said[name] for name in ("export", "relational", "doccano", "report"))
    assert len(rows(address, "documents")) == 2


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_upgrades_what_an_earlier_version_made(sqlite: str, command: str, tmp_path: Path) -> None:
    build(sqlite, "sqlite", STATES[0])
    run(command, sqlite, tmp_path)
    assert max(number for (number,) in rows(sqlite, "zongji_migrations", "version")) == len(CHANGES)


@pytest.mark.parametrize("foreign", [-5, 1 << 50])
def test_documents_whose_bands_were_numbered_otherwise_are_compared_again(
    database: str, tmp_path: Path, foreign: int
) -> None:
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(TEXT.replace("临河", f"{name}河"), encoding="utf-8")
    bring_in(database, tmp_path / "a.txt", tmp_path / "b.txt")
    found = rows(database, "signatures"), rows(database, "bands")
    engine = connect(database)
    with writing(engine) as connection:
        key = connection.scalar(select(SIGNATURES.c.document_id).limit(1))
        connection.execute(delete(BANDS))
        connection.execute(insert(BANDS).values(band=foreign, document_id=key))
        connection.execute(update(SIGNATURES).values(relation="original", original=None, similarity=None))
        connection.execute(delete(MIGRATIONS).where(MIGRATIONS.c.version >= 5))
    engine.dispose()
    connect(database).dispose()
    assert (rows(database, "signatures", "relation"), rows(database, "bands")) == ([(None,), (None,)], [])
    bring_in(database, tmp_path / "a.txt", tmp_path / "b.txt")
    assert (rows(database, "signatures"), rows(database, "bands")) == found


def test_documents_whose_bands_are_numbered_as_now_keep_them(database: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    bring_in(database, tmp_path / "a.txt")
    before = rows(database, "bands")
    ((signature,),) = rows(database, "signatures", "signature")
    assert sorted(band for band, _ in before) == sorted(bands(bytes(signature)))  # type: ignore[arg-type]
    engine = connect(database)
    with writing(engine) as connection:
        connection.execute(delete(MIGRATIONS).where(MIGRATIONS.c.version >= 5))
    engine.dispose()
    connect(database).dispose()
    assert rows(database, "bands") == before
