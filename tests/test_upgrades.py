"""A database made by any earlier state of the program is upgraded to what a new one is, and keeps its rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import DRIVERS, KINDS, database_of
from imports import TEXT, bring_in
from sqlalchemy import Boolean, Engine, LargeBinary, MetaData, create_engine, event, insert, inspect, select
from sqlalchemy.engine import make_url
from sqlalchemy.types import Float, Integer
from zongji.pipeline.database import migrations
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.migrations import DIGEST
from zongji.pipeline.database.search import find
from zongji.pipeline.database.shape import digest_of_shape
from zongji.pipeline.database.tables import METADATA
from zongji.pipeline.database.transactions import writing
from zongji.pipeline.database.views import VIEWS

SCHEMAS = Path(__file__).parent / "schemas"
STATES = sorted({path.name.partition(".")[0] for path in SCHEMAS.glob("*.sql")})
KEYS = {"document_id": "d1", "sha256": "f1", "program": "old", "run": 1, "section": "s1", "activity": "a1"}
IDS = {
    "documents": "d1",
    "sections": "s1",
    "activities": "a1",
    "figures": "n1",
    "runs": None,
}  # the database counts runs
WORDS = {
    ("documents", "doc_type"): "summary",
    ("documents", "script"): "simplified",
    ("sections", "label"): "tasks",
    ("activities", "type"): "training",
    ("figures", "category"): "sessions",
    ("figures", "bound"): "exact",
    ("figures", "modality"): "achieved",
    ("checks", "code"): "sum-agrees",
    ("checks", "figures"): "[]",
    ("warnings", "code"): "damaged-text",
    ("files", "state"): "success",
    ("runs", "state"): "done",
    ("runs", "options"): "{}",
    ("corrections", "action"): "accept",
    ("corrections", "figure"): "n1",
}
"""Where not every text will do."""


@pytest.fixture(scope="module", params=KINDS)
def new(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, dict[str, Any]]]:
    """A kind of database, and the description of a new one."""
    for address in database_of(request.param, tmp_path_factory.mktemp("new")):
        engine = connect(address, create=True)
        yield request.param, described(engine)
        engine.dispose()


@pytest.fixture
def address(new: tuple[str, Any], tmp_path: Path) -> Iterator[str]:
    yield from database_of(new[0], tmp_path)


def described(engine: Engine) -> dict[str, Any]:
    """Every table with its columns, keys and indexes, and every view, without the names and order of no meaning."""
    found = inspect(engine)
    tables = {}
    for table in sorted(found.get_table_names()):
        columns = {
            column["name"]: (str(column["type"]), column["nullable"], column["default"], column.get("comment"))
            for column in found.get_columns(table)
        }
        references = sorted(
            (key["constrained_columns"], key["referred_table"], key["referred_columns"], key["options"].get("ondelete"))
            for key in found.get_foreign_keys(table)
        )
        indexes = sorted({(*index["column_names"], index["unique"]) for index in found.get_indexes(table)}, key=str)
        key = found.get_pk_constraint(table)["constrained_columns"]
        tables[table] = {"columns": columns, "key": key, "references": references, "indexes": indexes}
    views = {name: [column["name"] for column in found.get_columns(name)] for name in found.get_view_names()}
    return {"tables": tables, "views": views, "definitions": {name: _definition(engine, name) for name in views}}


def _definition(engine: Engine, name: str) -> str:
    said = inspect(engine).get_view_definition(name)
    return said.replace(f"`{engine.url.database}`.", "")


def build(address: str, kind: str, state: str) -> None:
    """Make a database as an earlier state made it, with a row in each of its tables."""
    engine = plain(address)
    with engine.begin() as connection:
        for statement in (SCHEMAS / f"{state}.{kind}.sql").read_text(encoding="utf-8").split("\n;;\n"):
            connection.exec_driver_sql(statement.strip().replace("%", "%%" if kind != "sqlite" else "%"))
    known = MetaData()
    known.reflect(engine, only=lambda name, _: name in METADATA.tables)
    with engine.begin() as connection:
        for table in known.sorted_tables:
            if table.name != "zongji_migrations":
                row = {column.name: value_for(table.name, column) for column in table.columns}
                connection.execute(insert(table), {name: value for name, value in row.items() if value is not None})
    engine.dispose()


def plain(address: str) -> Engine:
    url = make_url(address)
    return create_engine(url.set(drivername=DRIVERS.get(url.drivername, url.drivername)))


def value_for(table: str, column: Any) -> object:  # noqa: ANN401
    if column.name == "id":
        return IDS[table]
    if (table, column.name) in WORDS:
        return WORDS[table, column.name]
    if column.name in KEYS:
        return KEYS[column.name]
    if column.nullable or column.autoincrement is True or column.name == "number":
        return None
    if isinstance(column.type, LargeBinary):
        return b"\0" * 512
    if isinstance(column.type, Boolean):
        return True
    return 1 if isinstance(column.type, Integer | Float) else "培训"


def rows_of(address: str) -> dict[str, list[dict[str, Any]]]:
    """All rows by table, as the database itself knows them."""
    engine, known = plain(address), MetaData()
    known.reflect(engine, only=lambda name, _: name in METADATA.tables and name != "zongji_migrations")
    with engine.connect() as connection:
        found = {
            name: [dict(row._mapping) for row in connection.execute(select(table))]
            for name, table in known.tables.items()
        }
    engine.dispose()
    return found


@pytest.mark.parametrize("state", STATES)
def test_every_earlier_state_becomes_what_a_new_database_is(
    new: tuple[str, dict[str, Any]], address: str, state: str
) -> None:
    build(address, new[0], state)
    before = rows_of(address)
    engine = connect(address)
    assert described(engine) == new[1]
    after = rows_of(address)
    for table, rows in before.items():
        kept = [{name: row[name] for name in old} for row, old in zip(after[table], rows, strict=True)]
        assert kept == rows, table
    engine.dispose()


@pytest.mark.parametrize("state", [STATES[0], "cad2a77"])
def test_an_upgraded_database_takes_imports_and_finds_words(
    new: tuple[str, Any], address: str, state: str, tmp_path: Path
) -> None:
    build(address, new[0], state)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    assert bring_in(address, tmp_path / "a.txt").failures == 0
    with connect(address).connect() as connection:
        assert [hit.title for hit in find(connection, ["培训班"])] == ["临河镇2023年工作总结"]
        assert all(connection.exec_driver_sql(f"select count(*) from {view}").scalar() for view in VIEWS)  # noqa: S608


def test_an_upgrade_that_was_cut_off_is_finished_by_the_next(new: tuple[str, dict[str, Any]], address: str) -> None:
    build(address, new[0], STATES[0])
    step = 0
    while True:  # cut off before the first statement that changes something, the fourth, the seventh …
        count = 0

        def cut(*said: Any) -> None:  # noqa: ANN401  # as SQLAlchemy hands it over
            nonlocal count
            count += str(said[2]).lstrip()[:6].lower() in {"alter ", "create", "drop t", "update"}
            if count > step:  # noqa: B023
                raise KeyboardInterrupt

        event.listen(Engine, "before_cursor_execute", cut)
        try:
            connect(address).dispose()
            break
        except KeyboardInterrupt:
            step += 3
        finally:
            event.remove(Engine, "before_cursor_execute", cut)
    engine = connect(address)
    assert step
    assert described(engine) == new[1]
    engine.dispose()


def test_a_view_that_differs_is_made_anew_in_an_existing_database(fresh: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(connect(fresh, create=True)) as connection:
        connection.exec_driver_sql("drop view activity_rows")
        connection.exec_driver_sql("create view activity_rows as select 1 as old")
    monkeypatch.setattr(migrations, "DIGEST", "another")
    found = inspect(connect(fresh))
    assert "participants" in {column["name"] for column in found.get_columns("activity_rows")}


@pytest.mark.parametrize("kind", KINDS)
def test_the_present_state_is_recorded_for_the_upgrades_to_come(kind: str) -> None:
    recorded = (path.read_text(encoding="utf-8") for path in SCHEMAS.glob(f"*.{kind}.sql"))
    assert any(DIGEST in statements for statements in recorded), "record it with tests/schemas/record.py"


def test_the_digest_of_the_shape_is_recorded() -> None:
    assert digest_of_shape() == DIGEST, (
        "columns, tables, indexes or views have changed: existing databases must get them. Give a new column that "
        "may not be empty a `default`; add a line to CHANGES in pipeline/database/migrations.py (not for views alone); "
        f'set DIGEST = "{digest_of_shape()}" there; then record the new state with tests/schemas/record.py'
    )
