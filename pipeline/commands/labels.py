"""`zongji import-labels`, and the part of `zongji export` that writes annotations."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from zongji.pipeline.commands.shared import (
    NOTHING_DONE,
    SOME_FAILED,
    Database,
    complain,
    failing_softly,
    login,
    say,
)


def import_labels(
    file: Annotated[Path, typer.Argument(help="An export of Label Studio (JSON) or doccano (JSON Lines).")],
    db: Database = "sqlite:///zongji.db",
    name: Annotated[
        str | None, typer.Option(help="Who annotated; noted with each correction.", show_default="your login")
    ] = None,
) -> None:
    """Turn labels into corrections: kept ones accept, changed ones change, removed ones reject, new ones add."""
    with failing_softly():
        from zongji.pipeline.database.connection import connect  # noqa: PLC0415
        from zongji.pipeline.database.transactions import transact  # noqa: PLC0415
        from zongji.pipeline.exchange import labels  # noqa: PLC0415

        engine, author = connect(db), name or login()
        try:
            done = transact(engine, lambda open_: labels.import_labels(open_, labels.read_labels(file), author=author))
        except labels.LabelsError as error:
            complain("labels", str(error))
            raise typer.Exit(NOTHING_DONE) from None
    said = ", ".join(f"{number:,} {action}" for action, number in sorted(done.actions.items())) or "nothing"
    say(f"zongji: {file}: {said}", err=True)
    _end(done.refused, done.actions.total())


def export_annotations(db: str, output: Path, format_name: str) -> None:
    """Write annotations, and report what could not be written."""
    from zongji.corpus.wording import counted  # noqa: PLC0415  # keeps --help fast

    with failing_softly():
        from zongji.pipeline.database.connection import connect  # noqa: PLC0415
        from zongji.pipeline.exchange.annotated import annotated_documents  # noqa: PLC0415
        from zongji.pipeline.exchange.formats import WRITERS  # noqa: PLC0415

        with connect(db).connect() as connection:
            done = WRITERS[format_name](annotated_documents(connection, reviewed_only=format_name == "gold"), output)
    say(f"zongji: {output}: {counted(done.documents, 'document')}, {counted(done.figures, 'figure')}", err=True)
    if not done.documents and format_name == "gold" and not done.refused:
        complain("gold", "no document is reviewed yet; zongji review reviews figures one by one or whole documents")
        raise typer.Exit(NOTHING_DONE)
    _end(done.refused, done.documents)


def _end(refused: Sequence[tuple[str, str]], done: int) -> None:
    for subject, reason in refused:
        complain(subject, reason)
    if refused:
        raise typer.Exit(SOME_FAILED if done else NOTHING_DONE)
