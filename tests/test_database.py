"""The tables are the same everywhere, describe their content, and are migrated if they are older."""

from __future__ import annotations

from dataclasses import fields

import pytest
from sqlalchemy import Engine, create_engine, inspect, text
from sqlalchemy.engine import make_url
from zongji.corpus import extras
from zongji.corpus.extras import MissingExtraError
from zongji.corpus.records import Activity, Figure, Section
from zongji.pipeline.database import migrations
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.errors import AddressError, DatabaseError
from zongji.pipeline.database.tables import METADATA
from zongji.pipeline.database.transactions import writing
from zongji.pipeline.database.views import VIEWS
from zongji.pipeline.schema import columns

TABLES = ("documents", "sections", "activities", "figures", "checks", "files", "runs")


@pytest.fixture
def engine(prepared: str) -> Engine:
    return connect(prepared)


@pytest.fixture
def alone(fresh: str) -> Engine:
    """A database that a test may spoil."""
    return connect(fresh, create=True)


def test_every_kind_of_database_has_the_tables_and_the_views(engine: Engine) -> None:
    found = inspect(engine)
    assert set(TABLES) <= set(found.get_table_names())
    assert set(VIEWS) <= set(found.get_view_names())


def test_views_can_be_read_before_anything_is_imported(database: str) -> None:
    with connect(database).connect() as connection:
        assert [connection.exec_driver_sql(f"select * from {view}").all() for view in VIEWS] == [[]] * len(VIEWS)  # noqa: S608


def test_columns_have_their_comments_where_a_database_keeps_them(engine: Engine) -> None:
    kept = "" if engine.dialect.name == "sqlite" else "measure word"
    assert kept in next(c.get("comment") or "" for c in inspect(engine).get_columns("figures") if c["name"] == "unit")


@pytest.mark.parametrize("table", ["sections", "activities", "figures", "checks", "texts", "signatures"])
def test_records_refer_to_their_document(engine: Engine, table: str) -> None:
    assert "documents" in {key["referred_table"] for key in inspect(engine).get_foreign_keys(table)}


@pytest.mark.parametrize(("table", "column"), [("documents", "year"), ("figures", "category"), ("files", "state")])
def test_what_is_asked_for_often_is_indexed(engine: Engine, table: str, column: str) -> None:
    assert column in {name for index in inspect(engine).get_indexes(table) for name in index["column_names"]}


@pytest.mark.parametrize(
    ("record", "relation"),
    [(Section, columns.SECTIONS), (Figure, columns.FIGURES), (Activity, columns.ACTIVITIES)],
)
def test_every_field_of_a_record_has_a_column(record: type, relation: columns.Relation) -> None:
    named = {field.name for field in fields(record)} - ({"figures"} if record is Activity else set())  # figures name it
    shown = {"original" if name == "place" and record is Figure else name for name in named}
    assert shown == set(relation.names) - {"document_id"}


@pytest.mark.parametrize("name", METADATA.tables)
def test_every_column_says_what_it_holds(name: str) -> None:
    assert all(column.comment for column in METADATA.tables[name].columns)


def test_changes_are_recorded_once(engine: Engine, prepared: str) -> None:
    connect(prepared)
    with engine.connect() as connection:
        versions = connection.execute(text("select version from zongji_migrations order by version")).scalars().all()
    assert versions == list(range(1, len(migrations.CHANGES) + 1))


def test_an_older_database_is_upgraded_and_keeps_its_records(alone: Engine, fresh: str) -> None:
    with writing(alone) as connection:
        connection.execute(text("delete from zongji_migrations where version > 1"))
        for view in reversed(VIEWS):
            connection.execute(text(f"drop view {view}"))
        connection.execute(text("drop table bands"))
        connection.execute(text("drop table signatures"))
        connection.execute(text("drop table if exists search_index"))
        connection.execute(
            text("insert into files values ('a', '0', 'success', null, null, null, 1, 1, 1, 1, 1, 0, 1, 1, 'now')")
        )
    upgraded = connect(fresh)
    assert {"bands", "signatures"} <= set(inspect(upgraded).get_table_names())
    assert set(VIEWS) <= set(inspect(upgraded).get_view_names())
    with upgraded.connect() as connection:
        assert connection.execute(text("select count(*) from files")).scalar() == 1


def test_a_newer_database_is_refused_with_a_message(alone: Engine, fresh: str) -> None:
    with writing(alone) as connection:
        connection.execute(text("insert into zongji_migrations values (999, 'to come', '9', 'then', null)"))
    with pytest.raises(DatabaseError, match="written by a newer zongji"):
        connect(fresh)


def test_a_database_of_others_is_left_alone(sqlite: str) -> None:
    with create_engine(sqlite).begin() as connection:
        connection.execute(text("create table documents (mine integer)"))
    with pytest.raises(DatabaseError, match="other tables named documents"):
        connect(sqlite, create=True)


def test_only_an_import_makes_tables(sqlite: str) -> None:
    with pytest.raises(DatabaseError, match="no such database"):
        connect(sqlite)


@pytest.mark.parametrize(
    ("address", "said"),
    [("nonsense", "not a database address"), ("oracle9://x", "unknown kind"), ("sqlite://", "in memory")],
)
def test_an_address_that_cannot_be_used_is_named(address: str, said: str) -> None:
    with pytest.raises(DatabaseError, match=said):
        connect(address, create=True)


@pytest.mark.parametrize("kind", ["postgresql", "mysql"])
def test_a_server_that_does_not_answer_is_named_without_the_password(kind: str) -> None:
    with pytest.raises(DatabaseError, match=r"@127\.0\.0\.1:1/") as caught:
        connect(f"{kind}://somebody:secret@127.0.0.1:1/nothing", create=True)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("address", "extra"), [("postgresql://x/y", "postgresql"), ("mysql://x/y", "mysql"), ("mariadb://x/y", "mysql")]
)
def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch, address: str, extra: str) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr(extras, "import_module", missing)
    with pytest.raises(MissingExtraError, match=rf"zongji\[{extra}\]"):
        connect(address)


def test_sqlite_writes_ahead_and_checks_references(sqlite: str) -> None:
    with connect(sqlite, create=True).connect() as connection:
        pragmas = [connection.exec_driver_sql(f"pragma {name}").scalar() for name in ("journal_mode", "foreign_keys")]
    assert pragmas == ["wal", 1]


def test_the_same_address_is_taken_with_a_driver_named(sqlite: str) -> None:
    named = make_url(sqlite).set(drivername="sqlite+pysqlite").render_as_string()
    assert connect(named, create=True).dialect.name == "sqlite"


@pytest.mark.parametrize(
    "address", ["postgresql://u:sec@ret@h:bad/x", "postgresql://u:s/ecret@h:bad/x", "u:secret@h", "mysql:/u:secret@h/x"]
)
def test_an_address_that_is_none_is_shown_without_its_password(address: str) -> None:
    with pytest.raises(AddressError) as caught:
        connect(address)
    assert ":***@h" in str(caught.value)
    assert "ret@" not in str(caught.value)
