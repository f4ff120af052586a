"""`zongji train` and `zongji evaluate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from zongji.pipeline.commands.shared import EngineName, Lexicon, Models, engine_of, give_up

if TYPE_CHECKING:
    from zongji.corpus.gold import GoldFile


def train(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Write models and cards to this folder.", metavar="FOLDER")
    ] = Path("zongji-models"),
    corpus: Annotated[
        list[Path] | None,
        typer.Option(help="Learn from the annotated documents of this folder, too; may be repeated.", metavar="FOLDER"),
    ] = None,
) -> None:
    """Learn the models from the annotated corpus, and from your own corrected documents on top of it."""
    from zongji.corpus.extras import MissingExtraError  # noqa: PLC0415  # a help text needs none of this
    from zongji.pipeline.learning.training import train as learn  # noqa: PLC0415

    added = [file for folder in corpus or () for file in _gold(folder)]
    try:
        for told in learn(output, added):
            typer.echo(told, err=True)
    except MissingExtraError as error:
        give_up("train", str(error))


def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder (or file) of annotated documents.", metavar="GOLD")],
    errors: Annotated[bool, typer.Option("--errors", help="Each error with its sentence, too.")] = False,
    numerals: Annotated[
        bool, typer.Option("--numerals", help="Only the numerals that are neither annotated nor refused.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object: measures, tallies, errors.")] = False,
    engine: EngineName = "linear",
    models: Models = None,
    lexicon: Lexicon = None,
) -> None:
    """Score what is found in annotated documents: precision, recall and F1 by kind, class and field."""
    from zongji.pipeline.learning.evaluation import evaluate as score  # noqa: PLC0415
    from zongji.pipeline.sinks import evaluation as sink  # noqa: PLC0415

    chosen = engine_of(engine, models, lexicon)
    found = score(_gold(gold), chosen)
    if numerals:
        sink.as_numerals(sys.stdout, found)
    elif as_json:
        sink.as_json(sys.stdout, found)
    else:
        sink.as_table(sys.stdout, found)
        if errors:
            sink.as_errors(sys.stdout, found)


def _gold(place: Path) -> list[GoldFile]:
    """The annotated documents of a folder or file; a command has nothing to do without one."""
    from zongji.corpus.annotation import AnnotationError  # noqa: PLC0415
    from zongji.corpus.faults import faults  # noqa: PLC0415
    from zongji.corpus.gold import read_file, read_folder  # noqa: PLC0415

    try:
        files = [read_file(place)] if place.is_file() else list(read_folder(place))
    except (AnnotationError, UnicodeDecodeError) as error:
        give_up(str(place), str(error))
    if not files:
        give_up(str(place), "holds no annotated document (.txt in the notation of corpus/gold/README.md)")
    wrong = [f"{file.path}: {fault}" for file in files for fault in faults(file.annotated)]
    if wrong:
        give_up(str(place), "; ".join(wrong[:5]))
    return files
