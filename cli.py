"""The command line: parse, call, print. Standard output carries results, standard error everything else.

Exit codes: 0 done; 1 nothing could be done; 2 wrong usage; 3 done, but some inputs failed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from io import TextIOWrapper
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated

import typer
from zongji.pipeline.commands import bulk, database, learning, lexicon, shared, status
from zongji.pipeline.commands.group import LazyGroup, command
from zongji.pipeline.commands.labels import import_labels
from zongji.pipeline.commands.report import report
from zongji.pipeline.commands.review import review
from zongji.pipeline.commands.trace import trace

if TYPE_CHECKING:
    from zongji.pipeline.reading.reader import Result
    from zongji.pipeline.reading.settings import Settings
    from zongji.pipeline.reading.walk import LeftOut

app = typer.Typer(
    cls=LazyGroup,
    help="总计: turns Chinese plans and summaries into structured records.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help texts: coloured ones cost a quarter of a second
)

_PROGRESS_FROM = 20  # files; fewer are done before a bar is worth showing


class OutputFormat(StrEnum):
    """What `extract` writes."""

    JSONL = "jsonl"
    CSV = "csv"
    TABLE = "table"


Output = Annotated[
    Path | None, typer.Option("-o", "--output", help="Write to this file instead of standard output.", metavar="FILE")
]


@app.callback(invoke_without_command=True)
def main(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """总计: turns Chinese plans and summaries into structured records."""
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


@command
def extract(
    paths: shared.Paths,
    output_format: Annotated[
        OutputFormat | None,
        typer.Option(
            "-f",
            "--format",
            help="jsonl: one document per line; csv: one figure per row; table: for reading (default in a terminal).",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    encoding: shared.Encoding = None,
    limit: shared.Limiting = None,
    rejected: Annotated[
        bool, typer.Option("--rejected", help="Include the numbers rejected as non-figures, with reasons.")
    ] = False,
    text: Annotated[bool, typer.Option("--text", help="Include the restored text of each document.")] = False,
    bom: Annotated[bool, typer.Option("--bom", help="Begin a CSV with a byte-order mark, for Excel.")] = False,
    engine: shared.EngineName = "linear",
    models: shared.Models = None,
    lexicon: shared.Lexicon = None,
    overwrite: shared.Overwrite = False,
) -> None:
    """Find documents, sections, figures and activities in files."""
    from zongji.pipeline.reading.walk import LeftOut  # noqa: PLC0415  # keeps --help fast
    from zongji.pipeline.sinks import SINKS  # noqa: PLC0415
    from zongji.pipeline.sinks.options import Options  # noqa: PLC0415

    name = output_format or (OutputFormat.TABLE if output is None and sys.stdout.isatty() else OutputFormat.JSONL)
    if bom and name is not OutputFormat.CSV:
        shared.misused(f"--bom is for -f csv; {name.value} has no byte-order mark")
    if text and name is OutputFormat.CSV:
        shared.misused("--text is for -f jsonl and -f table; a CSV has one figure per row")
    settings = shared.settings_of(encoding=encoding, limit=limit, engine=engine, models=models, lexicon=lexicon)
    left_out = LeftOut()
    files = shared.found_files(paths, left_out)
    if output is not None:
        shared.check_targets([(output, name.value)], [*files, *settings.files()], overwrite=overwrite)
    failures = inputs = 0
    with _stream(output) as stream:
        sink = SINKS[name](stream, Options(rejected=rejected, text=text, bom=bom))
        for result in _results(files, settings):
            sink.write(result)
            _report(result)
            inputs += 1
            failures += result.failure is not None
        sink.close()
        _stop_if_all_failed(failures, inputs, left_out)
    shared.say_left_out(left_out)
    _exit(failures, inputs)


@command
def restore(
    paths: shared.Paths,
    output: Output = None,
    encoding: shared.Encoding = None,
    limit: shared.Limiting = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="List all repairs: position, before, after, kind, confidence, alternatives."),
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what changed, line by line, in colour.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON line per file: text and repairs.")] = False,
    overwrite: shared.Overwrite = False,
) -> None:
    """Print the text of files, with conversion damage repaired."""
    from zongji.pipeline.reading.many_files import restorations  # noqa: PLC0415
    from zongji.pipeline.reading.walk import LeftOut  # noqa: PLC0415
    from zongji.pipeline.sinks import restoration  # noqa: PLC0415

    if explain + diff + as_json > 1:
        shared.misused("give only one of --explain, --diff and --json")
    write = (
        restoration.as_json
        if as_json
        else restoration.as_list
        if explain
        else restoration.as_difference
        if diff
        else restoration.as_text
    )
    settings, left_out = shared.settings_of(encoding=encoding, limit=limit), LeftOut()
    files = shared.found_files(paths, left_out)
    if output is not None:
        shared.check_targets([(output, "jsonl" if as_json else "text")], files, overwrite=overwrite)
    failures = 0
    with _stream(output) as stream:
        for restored in restorations(files, settings):
            if restored.failure is not None:
                shared.complain(restored.path, restored.failure.message)
                failures += 1
            else:
                write(stream, restored)
        _stop_if_all_failed(failures, len(files), left_out)
    shared.say_left_out(left_out)
    _exit(failures, len(files))


@command
def inspect(
    paths: shared.Paths,
    encoding: shared.Encoding = None,
    limit: shared.Limiting = None,
    text: Annotated[bool, typer.Option("--text", help="Print the decoded text; offsets refer to it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON line per file.")] = False,
    engine: shared.EngineName = "linear",
    models: shared.Models = None,
    lexicon: shared.Lexicon = None,
) -> None:
    """Show the format of files, how they are read, what is found and excluded, and warnings."""
    from zongji.pipeline.reading.inspection import inspections  # noqa: PLC0415
    from zongji.pipeline.reading.walk import LeftOut  # noqa: PLC0415
    from zongji.pipeline.sinks import inspection  # noqa: PLC0415

    if text and as_json:
        shared.misused("give either --text or --json, not both")
    write = inspection.as_text if text else inspection.as_json if as_json else inspection.as_list
    settings = shared.settings_of(encoding=encoding, limit=limit, engine=engine, models=models, lexicon=lexicon)
    left_out = LeftOut()
    files = shared.found_files(paths, left_out)
    failures = inputs = 0
    with _stream(None) as stream:
        for found in inspections(files, settings):
            inputs += 1
            failures += found.failure is not None
            if found.failure is None:
                write(stream, found)
            else:
                shared.complain(found.name, found.failure.message)
    shared.say_left_out(left_out)
    _exit(failures, inputs)


@command
def doctor() -> None:
    """Show which formats can be read here, and what to install for the others."""
    from zongji.pipeline.reading.doctor import abilities  # noqa: PLC0415

    for ability in abilities():
        extensions = " ".join(ability.extensions)
        advice = f"  install: {ability.install}" if ability.install else ""
        typer.echo(f"{'yes' if ability.reads else 'no ':4}{ability.format:12} {extensions:40} {ability.reader}{advice}")


@command
def schema() -> None:
    """Print the JSON Schema of the lines that extract writes."""
    import json  # noqa: PLC0415

    from zongji.pipeline.schema.json_schema import json_schema  # noqa: PLC0415

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


command(bulk.import_, name="import")
for function in (
    *(status.status, database.why, database.search, database.export),
    *(report, review, import_labels, trace),
    *(learning.evaluate, learning.train, lexicon.lexicon),
):
    command(function)


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
    """The stream for results: UTF-8, line ends as written. A file is replaced only if nothing is raised."""
    from zongji.pipeline.sinks.output import replacing  # noqa: PLC0415  # keeps --help fast

    if output is None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace", newline="")
        yield sys.stdout
        return
    try:
        with (
            replacing(output) as draft,
            draft.path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as stream,
        ):
            yield stream
    except OSError as error:
        if error.filename != str(output):
            raise
        shared.complain(str(output), f"cannot be written: {error.strerror or error}")
        raise typer.Exit(shared.NOTHING_DONE) from None


def _report(result: Result) -> None:
    """Print a file's notices to standard error."""
    from zongji.corpus.wording import counted  # noqa: PLC0415

    if result.failure is not None:
        shared.complain(result.name, result.failure.message)
    for code in dict.fromkeys(notice.code for notice in result.notices):
        first, *others = [notice for notice in result.notices if notice.code == code]
        place = f", at character {first.start}" if first.end else ""
        more = f" (and {counted(len(others), 'more such warning')})" if others else ""
        shared.complain(result.name, f"warning: {first.message}{place}{more}")


def _stop_if_all_failed(failures: int, inputs: int, left_out: LeftOut) -> None:
    """End the command, and leave its output as it was, if there is nothing to write."""
    if failures and failures == inputs:
        shared.say_left_out(left_out)
        raise typer.Exit(shared.NOTHING_DONE)


def _exit(failures: int, inputs: int) -> None:
    if failures:
        raise typer.Exit(shared.NOTHING_DONE if failures == inputs else shared.SOME_FAILED)


if __name__ == "__main__":
    app()
