"""The SQLAlchemy tables, made from `zongji.pipeline.schema.columns`."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Double,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.mysql import LONGTEXT
from sqlalchemy.types import TypeEngine
from zongji.pipeline.schema import columns
from zongji.pipeline.schema.columns import Kind, Relation

_INTEGER = BigInteger().with_variant(Integer(), "sqlite")  # SQLite auto-increments INTEGER keys only
_TYPES: dict[Kind, TypeEngine[Any]] = {
    Kind.KEY: String(80),
    Kind.WORD: String(40),
    Kind.TEXT: Text().with_variant(LONGTEXT(), "mysql", "mariadb"),  # their TEXT ends at 64 KiB
    Kind.INTEGER: _INTEGER,
    Kind.NUMBER: Double(),
    Kind.FLAG: Boolean(),
    Kind.BYTES: LargeBinary(),
    Kind.TIME: String(40),
}
_PREFIX = 64  # characters of a text in a MySQL index
_CHARSET: dict[str, Any] = {"mysql_charset": "utf8mb4", "mysql_collate": "utf8mb4_bin", "mysql_engine": "InnoDB"}

METADATA = MetaData()


def _table(relation: Relation, *keys: ForeignKeyConstraint, number: str | None = None) -> Table:
    """The table of a relation; `number` names an auto-increment column in front of the others."""
    counted = [Column(number, _INTEGER, primary_key=True, comment="counted up by the database")] if number else []
    return Table(
        relation.name,
        METADATA,
        *counted,
        *(_column(column) for column in relation.columns),
        *keys,
        *(_index(relation, names) for names in relation.indexes),
        comment=relation.comment,
        sqlite_with_rowid=sum(column.key for column in relation.columns) < 2,  # a document's rows side by side
        sqlite_autoincrement=number is not None,  # a number is never given twice
        **_CHARSET,
    )


def _column(column: columns.Column) -> Column[Any]:
    return Column(
        column.name,
        _TYPES[column.kind],
        primary_key=column.key,
        nullable=column.empty,
        comment=column.comment,
        server_default=None if column.default is None else text(column.default),
    )


def _index(relation: Relation, names: tuple[str, ...]) -> Index:
    texts = {column.name for column in relation.columns if column.kind is Kind.TEXT}
    lengths = {name: _PREFIX for name in names if name in texts}
    return Index(f"{relation.name}_by_{'_'.join(names)}", *names, mysql_length=lengths)


def _to_document() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["document_id"], ["documents.id"], ondelete="CASCADE")


def _inside_document(column: str, target: str) -> ForeignKeyConstraint:
    """A reference to another record of the same document. Both are deleted with the document, in any order."""
    there = [f"{target}.document_id", f"{target}.id"]
    return ForeignKeyConstraint(["document_id", column], there, ondelete="CASCADE")


RUNS = _table(columns.RUNS)
FILES = _table(columns.FILES)
SOURCES = _table(columns.SOURCES)
DOCUMENTS = _table(
    columns.DOCUMENTS,
    ForeignKeyConstraint(["sha256", "program"], ["files.sha256", "files.program"], ondelete="CASCADE"),
)
TEXTS = _table(columns.TEXTS, _to_document(), number="number")
EVIDENCE = _table(columns.EVIDENCE, _to_document())
SECTIONS = _table(columns.SECTIONS, _to_document(), _inside_document("parent", "sections"))
ACTIVITIES = _table(columns.ACTIVITIES, _to_document(), _inside_document("section", "sections"))
FIGURES = _table(
    columns.FIGURES,
    _to_document(),
    _inside_document("section", "sections"),
    _inside_document("activity", "activities"),
)
CHECKS = _table(columns.CHECKS, _to_document())
WARNINGS = _table(columns.WARNINGS)
SIGNATURES = _table(
    columns.SIGNATURES, _to_document(), ForeignKeyConstraint(["original"], ["documents.id"], ondelete="SET NULL")
)
BANDS = _table(columns.BANDS, _to_document())
CORRECTIONS = _table(columns.CORRECTIONS, number="number")  # no foreign key to documents: corrections outlive them

MIGRATIONS = Table(
    "zongji_migrations",  # prefixed, because others have a table of migrations too
    METADATA,
    Column("version", Integer, primary_key=True, autoincrement=False, comment="number of the change"),
    Column("name", String(200), nullable=False, comment="what it changed"),
    Column("program", String(80), nullable=False, comment="version of zongji that made it"),
    Column("applied", String(40), nullable=False, comment="when, ISO 8601, UTC"),
    Column("digest", String(40), nullable=True, comment="of the tables and views, as they were made last"),
    comment="The changes of these tables, in the order in which they were made",
    **_CHARSET,
)
