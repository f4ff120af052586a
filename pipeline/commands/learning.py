"""`zongji train` and `zongji evaluate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from zongji.pipeline.commands.shared import (
    EngineName,
    Lexicon,
    Models,
    give_up,
    misused,
    refusing_targets,
    say,
    settings_of,
)

if TYPE_CHECKING:
    from zongji.corpus.gold import GoldFile


def train(
    output: Annotated[
        Path, typer.Option("-o", "--output", help="Write models and cards to this folder.", metavar="FOLDER")
    ] = Path("zongji-models"),
    corpus: Annotated[
        list[Path] | None,
        typer.Option(help="Also train on the annotated documents of this folder; may be repeated.", metavar="FOLDER"),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Write to a folder with other things in it, which stay.")
    ] = False,
) -> None:
    """Train the models on the annotated corpus and, additionally, on your own corrected documents."""
    from zongji.corpus.extras import MissingExtraError  # noqa: PLC0415  # keeps --help fast
    from zongji.models.store import MANIFEST, has_models  # noqa: PLC0415
    from zongji.pipeline.learning.training import train as learn  # noqa: PLC0415
    from zongji.pipeline.learning.training import written  # noqa: PLC0415
    from zongji.pipeline.sinks.output import replacing_folder  # noqa: PLC0415
    from zongji.pipeline.sinks.targets import check_folder, check_targets  # noqa: PLC0415

    added = {file.path.resolve(): file for folder in corpus or () for file in _gold(folder)}
    targets = [(output / name, "model") for name in sorted(written())]
    try:
        with refusing_targets():
            check_folder(output, ours=has_models(output), overwrite=overwrite)
            check_targets(targets, map(str, added), overwrite=overwrite)
        with replacing_folder(output, last=MANIFEST, stale=written()) as draft:
            for told in learn(draft.path, list(added.values())):
                say(told, err=True)
    except MissingExtraError as error:
        give_up("train", str(error))
    except OSError as error:
        give_up(error.filename or str(output), f"cannot be written: {error.strerror or error}")
    say(f"models and cards are in {output}", err=True)


def evaluate(
    gold: Annotated[Path, typer.Argument(help="A folder (or file) of annotated documents.", metavar="GOLD")],
    errors: Annotated[bool, typer.Option("--errors", help="Also show each error with its sentence.")] = False,
    numerals: Annotated[
        bool, typer.Option("--numerals", help="Only list numbers neither annotated nor rejected.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object: measures, tallies, errors.")] = False,
    engine: EngineName = "linear",
    models: Models = None,
    lexicon: Lexicon = None,
) -> None:
    """Score what is found in annotated documents: precision, recall and F1 by kind, class and field."""
    from zongji.pipeline.learning.evaluation import evaluate as score  # noqa: PLC0415
    from zongji.pipeline.sinks import evaluation as sink  # noqa: PLC0415

    if numerals and (errors or as_json):
        misused("--numerals cannot be combined with --errors or --json")
    settings = settings_of(engine=engine, models=models, lexicon=lexicon)
    found = score(_gold(gold), settings.chosen_engine())
    if numerals:
        sink.as_numerals(sys.stdout, found)
    elif as_json:
        sink.as_json(sys.stdout, found)
    else:
        sink.as_table(sys.stdout, found)
        if errors:
            sink.as_errors(sys.stdout, found)


def _gold(place: Path) -> list[GoldFile]:
    """The annotated documents of a folder or file; ends the command if there is none."""
    from zongji.corpus.annotation import AnnotationError  # noqa: PLC0415
    from zongji.corpus.faults import faults  # noqa: PLC0415
    from zongji.corpus.gold import read_file, read_folder  # noqa: PLC0415

    if not place.exists():
        give_up(str(place), "there is no such file or folder")
    try:
        files = [read_file(place)] if place.is_file() else list(read_folder(place))
    except AnnotationError as error:
        give_up("annotated documents", str(error))
    except OSError as error:
        give_up(error.filename or str(place), f"cannot be read: {error.strerror or error}")
    if not any(file.annotated.documents for file in files):
        give_up(str(place), "no annotated documents; annotate .txt files in the notation of corpus/gold/README.md")
    wrong = [f"{file.path}: {fault}" for file in files for fault in faults(file.annotated)]
    if wrong:
        give_up(str(place), "; ".join(wrong[:5]))
    return files
