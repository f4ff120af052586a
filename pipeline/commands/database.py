"""`zongji why`, `zongji search` and `zongji export`."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from zongji.pipeline.commands.labels import export_annotations
from zongji.pipeline.commands.shared import Database, Overwrite, check_targets, failing_softly, give_up, misused, say

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


def why(
    file: Annotated[str, typer.Argument(help="A file, as it was imported.", show_default=False)],
    db: Database = _DATABASE,
) -> None:
    """Show everything about one file: how it was read, what was found, what went wrong, what it copies."""
    with failing_softly():
        from zongji.pipeline.bulk.status import story_lines  # noqa: PLC0415
        from zongji.pipeline.database.connection import connect  # noqa: PLC0415

        with connect(db).connect() as connection:
            lines = list(story_lines(connection, os.path.abspath(file)))
    if not lines:
        give_up(file, "neither its path nor its content is in the database")
    for line in lines:
        say(line)


def search(
    words: Annotated[list[str], typer.Argument(help="Words that a document must contain; all are required.")],
    db: Database = _DATABASE,
    max_documents: Annotated[int, typer.Option(min=1, help="Show at most this many documents.", metavar="N")] = 20,
    gone: Annotated[bool, typer.Option("--gone", help="Also documents whose files are gone.")] = False,
) -> None:
    """Find documents by their restored text; words may have as few as two characters."""
    if not all(word.strip() for word in words):
        misused("search words must not be empty")
    with failing_softly():
        from zongji.pipeline.database.connection import connect  # noqa: PLC0415
        from zongji.pipeline.database.search import find  # noqa: PLC0415

        with connect(db).connect() as connection:
            hits = list(find(connection, words, limit=max_documents, gone=gone))
    for hit in hits:
        about = " · ".join(str(fact) for fact in (hit.year, hit.organization, hit.title) if fact)
        for line in (f"{hit.document_id}  {hit.path}", f"    {about or 'without a title'}", f"    {hit.quote}"):
            say(line)
    if not hits:
        give_up(" ".join(words), "no matches")


def export(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="File or, for several tables, folder.", metavar="PATH")
    ],
    db: Database = _DATABASE,
    output_format: Annotated[
        ExportFormat | None, typer.Option("-f", "--format", help="What to write.", show_default="csv")
    ] = None,
    flat: Annotated[
        bool | None,
        typer.Option(
            "--flat/--relational",
            help="One table with one figure per row, or one table for each kind of record.",
            show_default="flat",
        ),
    ] = None,
    year: Annotated[list[int] | None, typer.Option(help="Only documents of this year; may be repeated.")] = None,
    organization: Annotated[
        list[str] | None, typer.Option(help="Only documents of organizations with this in the name; may be repeated.")
    ] = None,
    category: Annotated[list[str] | None, typer.Option(help="Only figures of this category; may be repeated.")] = None,
    copies: Annotated[bool, typer.Option("--copies/--no-copies", help="Include documents that copy others.")] = True,
    bom: Annotated[bool, typer.Option("--bom", help="Begin a CSV with a byte-order mark, for Excel.")] = False,
    gold: Annotated[
        bool, typer.Option("--gold", help="Write reviewed documents as a folder of annotated texts, for training.")
    ] = False,
    overwrite: Overwrite = False,
) -> None:
    """Write what a database holds: tables, annotations for other tools, or reviewed documents for training."""
    if gold and output_format is not None:
        misused(f"give either --gold or -f {output_format.value}, not both")
    form = output_format or ExportFormat.CSV
    if gold or form in _EXCHANGED:
        given = {"--flat or --relational": flat is not None, "--no-copies": not copies, "--bom": bom}
        given |= {"--year": bool(year), "--organization": bool(organization), "--category": bool(category)}
        _reject_table_options(
            [option for option, is_given in given.items() if is_given], "gold" if gold else form.value
        )
        _check_targets(db, output, "gold" if gold else form.value, flat=True, overwrite=overwrite)
        export_annotations(db, output, "gold" if gold else form.value)
        return
    if bom and form is not ExportFormat.CSV:
        misused(f"--bom is for -f csv; {form.value} has no byte-order mark")
    _check_categories(category or [])
    _check_targets(db, output, form.value, flat=flat is not False, overwrite=overwrite)
    with failing_softly():
        from zongji.pipeline.database.connection import connect  # noqa: PLC0415
        from zongji.pipeline.exchange.tables import Filters, export_tables, unmatched  # noqa: PLC0415

        filters = Filters(tuple(year or ()), tuple(organization or ()), tuple(category or ()), copies)
        with connect(db).connect() as connection:
            if missing := list(unmatched(connection, filters)):
                things, options = (" and ".join(said) for said in zip(*missing, strict=True))
                give_up("export", f"the database has {things}; leave out {options}")
            counts = export_tables(connection, output, form.value, filters, flat=flat is not False, bom=bom)
    _tell(counts)


def _reject_table_options(options: list[str], written: str) -> None:
    """End the command if options for tables are given with annotations."""
    if options:
        misused(f"{written} exports all documents as annotations; leave out {', '.join(options)}")


def _check_targets(db: str, output: Path, form: str, *, flat: bool, overwrite: bool) -> None:
    """End the command if it would write over the database, or over a file of a foreign kind."""
    with failing_softly():
        from zongji.pipeline.database.connection import files_of  # noqa: PLC0415
        from zongji.pipeline.schema.columns import RECORDS, SOURCES  # noqa: PLC0415
        from zongji.pipeline.sinks.tables import ONE_FILE  # noqa: PLC0415

        targets = [(output, form)]
        if form == ExportFormat.LABELSTUDIO:
            targets.append((output.with_suffix(".xml"), "labelling configuration"))
        if form == ExportFormat.BRAT:
            targets = [(output / "annotation.conf", "brat configuration")]
        if not flat and form not in ONE_FILE:
            targets = [(output / f"{relation.name}.{form}", form) for relation in (*RECORDS, SOURCES)]
        check_targets(targets, files_of(db), overwrite=overwrite)


def _check_categories(given: list[str]) -> None:
    from zongji.corpus.labels import Category  # noqa: PLC0415

    unknown = sorted(set(given) - set(Category))
    if unknown:
        misused(f"unknown category {', '.join(map(repr, unknown))}; known: {', '.join(Category)}")


def _tell(counts: dict[str, int]) -> None:
    from zongji.corpus.wording import counted  # noqa: PLC0415

    for name, number in counts.items():
        typer.echo(f"zongji: {name}: {counted(number, 'row')}", err=True)
