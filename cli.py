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
from zongji.pipeline.commands import bulk, database
from zongji.pipeline.commands.labels import import_labels
from zongji.pipeline.commands.report import report
from zongji.pipeline.commands.review import review

if TYPE_CHECKING:
    from zongji.pipeline.reader import Result

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
    rejected: Annotated[
        bool, typer.Option("--rejected", help="Numerals that are no figures, with reasons, too.")
    ] = False,
    text: Annotated[bool, typer.Option("--text", help="The restored text of each document, too.")] = False,
    bom: Annotated[
        bool, typer.Option("--bom", help="Begin a CSV with a byte-order mark, so that Excel reads it.")
    ] = False,
) -> None:
    """Find documents, sections, figures and activities in files."""
    from zongji.pipeline.sinks import SINKS  # noqa: PLC0415  # a help text needs none of this
    from zongji.pipeline.sinks.options import Options  # noqa: PLC0415

    files = _files(paths)
    name = output_format or (OutputFormat.TABLE if output is None and sys.stdout.isatty() else OutputFormat.JSONL)
    failures = 0
    with _stream(output) as stream:
        sink = SINKS[name](stream, Options(rejected=rejected, text=text, bom=bom))
        for result in _results(files, encoding):
            sink.write(result)
            _report(result)
            failures += result.failure is not None
        sink.close()
    _exit(failures, len(files))


@app.command()
def restore(
    paths: Paths,
    output: Output = None,
    encoding: Encoding = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="List every repair: place, before, after, kind, confidence, alternatives.")
    ] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Show what changed, line by line, in colour.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write a JSON line a file: text and repairs.")] = False,
) -> None:
    """Print the text of files with what conversions did to it undone."""
    from zongji.pipeline.reader import restored_file  # noqa: PLC0415
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
    files = _files(paths)
    failures = 0
    with _stream(output) as stream:
        for file in files:
            restored = restored_file(file, encoding=encoding)
            if restored.failure is not None:
                _complain(file, restored.failure)
                failures += 1
            else:
                write(stream, restored)
    _exit(failures, len(files))


@app.command()
def schema() -> None:
    """Print the JSON Schema of the lines that extract writes."""
    import json  # noqa: PLC0415

    from zongji.pipeline.schema import json_schema  # noqa: PLC0415

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


app.command("import")(bulk.import_)
for command in (database.status, database.why, database.search, database.export, report, review, import_labels):
    app.command()(command)


def _files(paths: list[str]) -> list[str]:
    from zongji.pipeline.inputs import files_of  # noqa: PLC0415

    files = files_of(paths)
    if not files:
        _complain(
            ", ".join(paths),
            "no file with a known extension (.txt .md .html …) in it; name files to read them whatever they are called",
        )
        raise typer.Exit(NOTHING_DONE)
    return files


def _results(files: list[str], encoding: str | None) -> Iterator[Result]:
    from zongji.pipeline.reader import extract_file  # noqa: PLC0415

    if len(files) < _PROGRESS_FROM or not sys.stderr.isatty():
        yield from (extract_file(file, encoding=encoding) for file in files)
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import track  # noqa: PLC0415

    for file in track(files, description="reading", console=Console(stderr=True), transient=True):
        yield extract_file(file, encoding=encoding)


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
            _complain(str(output), f"cannot be written: {error.strerror or error}")
            raise typer.Exit(NOTHING_DONE) from None
        yield stream


def _report(result: Result) -> None:
    """What a user should know about a file, on standard error."""
    if result.failure is not None:
        _complain(result.path, result.failure)
    for code in dict.fromkeys(notice.code for notice in result.notices):
        places = [notice for notice in result.notices if notice.code == code]
        _complain(result.path, f"warning: {places[0].message}, at character {places[0].start}")


def _complain(subject: str, reason: str) -> None:
    typer.echo(f"zongji: {subject}: {reason}", err=True)


def _exit(failures: int, inputs: int) -> None:
    if failures:
        raise typer.Exit(NOTHING_DONE if failures == inputs else SOME_FAILED)


if __name__ == "__main__":
    app()
