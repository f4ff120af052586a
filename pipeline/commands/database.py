"""`zongji status`, `zongji why`, `zongji search` and `zongji export`."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from zongji.pipeline.commands.labels import export_annotations
from zongji.pipeline.commands.shared import NOTHING_DONE, Database, complain, failing_softly

_DATABASE = "sqlite:///zongji.db"


class ExportFormat(StrEnum):
    """What `export` writes."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    DUCKDB = "duckdb"
    LABELSTUDIO = "labelstudio"
    DOCCANO = "doccano"
    SPACY = "spacy"
    BRAT = "brat"


_EXCHANGED = frozenset({ExportFormat.LABELSTUDIO, ExportFormat.DOCCANO, ExportFormat.SPACY, ExportFormat.BRAT})


def status(db: Database = _DATABASE) -> None:
    """Show what a database holds: files by state, records, copies, the last runs, the most frequent warnings."""
    with failing_softly():
        from zongji.pipeline.bulk.status import status_lines  # noqa: PLC0415
        from zongji.pipeline.database.connection import connect  # noqa: PLC0415

        with connect(db).connect() as connection:
            typer.echo("\n".join(status_lines(connection)))


def why(
    file: Annotated[str, typer.Argument(help="A file, as it was imported.", show_default=False)],
    db: Database = _DATABASE,
) -> None:
    """Tell the whole story of one file: what it was read as, what was found, what went wrong, what it copies."""
    with failing_softly():
        from zongji.pipeline.bulk.status import story_lines  # noqa: PLC0415
        from zongji.pipeline.database.connection import connect  # noqa: PLC0415

        with connect(db).connect() as connection:
            lines = list(story_lines(connection, os.path.abspath(file)))
    if not lines:
        complain(file, "the database does not know it, neither its path nor its content")
        raise typer.Exit(NOTHING_DONE)
    typer.echo("\n".join(lines))


def search(
    words: Annotated[list[str], typer.Argument(help="Words that a document must hold, all of them.")],
    db: Database = _DATABASE,
    limit: Annotated[int, typer.Option(min=1, help="At most that many documents.")] = 20,
) -> None:
    """Find documents by their restored text; words of two characters are found, too."""
    with failing_softly():
        from zongji.pipeline.database.connection import connect  # noqa: PLC0415
        from zongji.pipeline.database.search import find  # noqa: PLC0415

        with connect(db).connect() as connection:
            hits = list(find(connection, words, limit=limit))
    for hit in hits:
        about = " · ".join(str(fact) for fact in (hit.year, hit.organization, hit.title) if fact)
        typer.echo(f"{hit.document_id}  {hit.path}\n    {about or 'without a title'}\n    {hit.quote}")
    if not hits:
        complain(" ".join(words), "no document holds it")
        raise typer.Exit(NOTHING_DONE)


def export(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="File or, for a set of tables, folder.", metavar="PATH")
    ],
    db: Database = _DATABASE,
    output_format: Annotated[ExportFormat, typer.Option("-f", "--format", help="What to write.")] = ExportFormat.CSV,
    flat: Annotated[
        bool, typer.Option("--flat/--relational", help="One table, a figure a row, or a table for each kind of record.")
    ] = True,
    year: Annotated[list[int] | None, typer.Option(help="Only documents of that year; may be repeated.")] = None,
    organization: Annotated[
        list[str] | None, typer.Option(help="Only documents of organizations whose name holds this; may be repeated.")
    ] = None,
    category: Annotated[list[str] | None, typer.Option(help="Only figures of that category; may be repeated.")] = None,
    copies: Annotated[bool, typer.Option("--copies/--no-copies", help="Documents that copy others, too.")] = True,
    bom: Annotated[bool, typer.Option("--bom", help="Begin a CSV with a byte-order mark, for Excel.")] = False,
    gold: Annotated[
        bool, typer.Option("--gold", help="Documents that were reviewed as a folder of annotated ones, for training.")
    ] = False,
) -> None:
    """Write what a database holds: tables, annotations for other tools, or reviewed documents for training."""
    if gold or output_format in _EXCHANGED:
        export_annotations(db, output, "gold" if gold else output_format.value)
        return
    from zongji.corpus.labels import Category  # noqa: PLC0415

    unknown = set(category or ()) - set(Category)
    if unknown:
        message = f"--category {', '.join(sorted(unknown))}: known are {', '.join(Category)}"
        raise typer.BadParameter(message)
    with failing_softly():
        from zongji.pipeline.database.connection import connect  # noqa: PLC0415
        from zongji.pipeline.exchange.tables import Filters, export_tables  # noqa: PLC0415

        filters = Filters(tuple(year or ()), tuple(organization or ()), tuple(category or ()), copies)
        with connect(db).connect() as connection:
            counts = export_tables(connection, output, output_format.value, filters, flat=flat, bom=bom)
    for name, number in counts.items():
        typer.echo(f"zongji: {name}: {number:,} rows", err=True)
