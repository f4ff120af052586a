"""The command line: parse, call, print. Standard output carries results, standard error everything else.

Exit codes: 0 done; 1 nothing could be done; 2 wrong usage; 3 done, but some inputs failed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from zongji.pipeline.commands import bulk, database, learning, lexicon
from zongji.pipeline.commands.labels import import_labels
from zongji.pipeline.commands.report import report
from zongji.pipeline.commands.review import review
from zongji.pipeline.commands.shared import EngineName, Lexicon, Models, complain, engine_of

if TYPE_CHECKING:
    from zongji.pipeline.reading.reader import Result
    from zongji.pipeline.reading.settings import Settings
    from zongji.pipeline.sources import Limits

app = typer.Typer(
    help="总计: reads Chinese plans and summaries and turns them into records one can query.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help texts: the coloured ones cost a quarter of a second
)

NOTHING_DONE = 1
SOME_FAILED = 3
_PROGRESS_FROM = 20  # files; fewer are done before a bar could be read


class OutputFormat(StrEnum):
    """What `extract` writes."""

    JSONL = "jsonl"
    CSV = "csv"
    TABLE = "table"


Paths = Annotated[list[str], typer.Argument(help="Files and folders to read; - is standard input.", show_default=False)]
Encoding = Annotated[
    str | None, typer.Option(help="Read all files in this encoding instead of finding it out.", metavar="NAME")
]
Limiting = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        help="What a file may cost, by name: bytes, pages, ocr_pages, members, ratio, nesting, seconds, memory (MiB).",
        metavar="NAME=NUMBER",
        show_default=False,
    ),
]
Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.", metavar="FILE")
]


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """总计: reads Chinese plans and summaries and turns them into records one can query."""
    if version:
        from importlib.metadata import PackageNotFoundError  # noqa: PLC0415
        from importlib.metadata import version as installed  # noqa: PLC0415

        try:
            typer.echo(f"zongji {installed('zongji')}")
        except PackageNotFoundError:
            typer.echo("zongji, from a checkout that is not installed")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def extract(
    paths: Paths,
    output_format: Annotated[
        OutputFormat | None,
        typer.Option(
            "-f",
            "--format",
            help="jsonl: a document a line. csv: a figure a row. table: for reading (in a terminal the default).",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    encoding: Encoding = None,
    limit: Limiting = None,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="Numerals that are no figures, with reasons, too.")
    ] = False,
    text: Annotated[bool, typer.Option("--text", help="The restored text of each document, too.")] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin a CSV with a byte-order mark, so that Excel reads it.")
    ] = False,
    engine: EngineName = "linear",
    models: Models = None,
    lexicon: Lexicon = None,
) -> None:
    """Find documents, sections, figures and activities in files."""
    from zongji.pipeline.reading.settings import Settings  # noqa: PLC0415  # a help text needs none of this
    from zongji.pipeline.sinks import SINKS  # noqa: PLC0415
    from zongji.pipeline.sinks.options import Options  # noqa: PLC0415

    settings = Settings(encoding, _limits(limit), engine_of(engine, models, lexicon), tuple(lexicon or ()))
    files = _files(paths)
    name = output_format or (OutputFormat.TABLE if output is None and sys.stdout.isatty() else OutputFormat.JSONL)
    failures = inputs = 0
    with _stream(output) as stream:
        sink = SINKS[name](stream, Options(rejected=rejected, text=text, bom=bom))
        for result in _results(files, settings):
            sink.write(result)
            _report(result)
            inputs += 1
            failures += result.failure is not None
        sink.close()
    _exit(failures, inputs)


@app.command()
def restore(
    paths: Paths,
    output: Output = None,
    encoding: Encoding = None,
    limit: Limiting = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="List every repair: place, before, after, kind, confidence, alternatives.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what changed, line by line, in colour.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON line a file: text and repairs.")] = False,
) -> None:
    """Print the text of files with what conversions did to it undone."""
    from zongji.pipeline.reading.reader import restored_file  # noqa: PLC0415
    from zongji.pipeline.sinks import restoration  # noqa: PLC0415

    if explain + diff + as_json > 1:
        message = "--explain, --diff and --json exclude each other"
        raise typer.BadParameter(message)
    write = (
        restoration.as_json
        if as_json
        else restoration.as_list
        if explain
        else restoration.as_difference
        if diff
        else restoration.as_text
    )
    limits = _limits(limit)
    files = _files(paths)
    failures = 0
    with _stream(output) as stream:
        for file in files:
            restored = restored_file(file, encoding=encoding, limits=limits)
            if restored.failure is not None:
                complain(file, restored.failure.message)
                failures += 1
            else:
                write(stream, restored)
    _exit(failures, len(files))


@app.command()
def inspect(
    paths: Paths,
    encoding: Encoding = None,
    limit: Limiting = None,
    text: Annotated[bool, typer.Option("--text", help="The decoded text instead, in which offsets count.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON line a file.")] = False,
) -> None:
    """Show what files are, how they are read, what is found and set apart, and the warnings."""
    from zongji.pipeline.reading.inspection import inspect as inspections  # noqa: PLC0415
    from zongji.pipeline.sinks import inspection  # noqa: PLC0415

    write = inspection.as_text if text else inspection.as_json if as_json else inspection.as_list
    limits = _limits(limit)
    failures = inputs = 0
    with _stream(None) as stream:
        for found in (found for file in _files(paths) for found in inspections(file, encoding=encoding, limits=limits)):
            inputs += 1
            failures += found.failure is not None
            if found.failure is None:
                write(stream, found)
            else:
                complain(found.name, found.failure.message)
    _exit(failures, inputs)


@app.command()
def doctor() -> None:
    """Show which formats can be read here, and what to install for the others."""
    from zongji.pipeline.reading.doctor import abilities  # noqa: PLC0415

    for ability in abilities():
        extensions = " ".join(ability.extensions)
        advice = f"  install: {ability.install}" if ability.install else ""
        typer.echo(f"{'yes' if ability.reads else 'no ':4}{ability.format:12} {extensions:40} {ability.reader}{advice}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of the lines that extract writes."""
    import json  # noqa: PLC0415

    from zongji.pipeline.schema.json_schema import json_schema  # noqa: PLC0415

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


app.command("import")(bulk.import_)
for command in (database.status, database.why, database.search, database.export, report, review, import_labels):
    app.command()(command)
app.command()(learning.evaluate)
app.command()(learning.train)
app.command()(lexicon.lexicon)


def _files(paths: list[str]) -> list[str]:
    from zongji.pipeline.reading.inputs import files_of  # noqa: PLC0415

    files = files_of(paths)
    if not files:
        complain(
            ", ".join(paths),
            "no file with a known extension (.txt .html .docx .pdf …) in it; name files to read others",
        )
        raise typer.Exit(NOTHING_DONE)
    return files


def _limits(given: list[str] | None) -> Limits:
    """The default limits with those that were given, as `name=number`."""
    from dataclasses import fields, replace  # noqa: PLC0415

    from zongji.pipeline.sources import LIMITS  # noqa: PLC0415

    names = [field.name for field in fields(LIMITS)]
    changed = {}
    for text in given or ():
        name, _, number = text.partition("=")
        if name not in names or not number.isdecimal():
            message = f"{text!r} is no limit; write one as NAME=NUMBER with a name of {', '.join(names)}"
            raise typer.BadParameter(message)
        changed[name] = int(number)
    return replace(LIMITS, **changed)


def _results(files: list[str], settings: Settings) -> Iterator[Result]:
    from zongji.pipeline.reading.many_files import results  # noqa: PLC0415

    found = results(files, settings)
    if len(files) < _PROGRESS_FROM or not sys.stderr.isatty():
        yield from found
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    yield from track(found, "reading", len(files), console=Console(stderr=True), transient=True)


@contextmanager
def _stream(output: Path | None) -> Iterator[IO[str]]:
    """The stream that results go to: UTF-8, line ends as written."""
    with ExitStack() as stack:
        if output is None:
            if isinstance(sys.stdout, TextIOWrapper):
                sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
            yield sys.stdout
            return
        try:
            stream = stack.enter_context(output.open("w", encoding="utf-8", errors="backslashreplace", newline=""))
        except OSError as error:
            complain(str(output), f"cannot be written: {error.strerror or error}")
            raise typer.Exit(NOTHING_DONE) from None
        yield stream


def _report(result: Result) -> None:
    """What a user should know about a file, on standard error."""
    if result.failure is not None:
        complain(result.name, result.failure.message)
    for code in dict.fromkeys(notice.code for notice in result.notices):
        first, *others = [notice for notice in result.notices if notice.code == code]
        place = f", at character {first.start}" if first.end else ""
        more = f" (and {len(others)} more such warnings)" if others else ""
        complain(result.name, f"warning: {first.message}{place}{more}")


def _exit(failures: int, inputs: int) -> None:
    if failures:
        raise typer.Exit(NOTHING_DONE if failures == inputs else SOME_FAILED)


if __name__ == "__main__":
    app()
