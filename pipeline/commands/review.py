"""`zongji review`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from zongji.pipeline.commands import shared

if TYPE_CHECKING:
    from zongji.pipeline.reading.settings import Settings
    from zongji.pipeline.review.server import Listening


def review(
    db: shared.Database = "sqlite:///zongji.db",
    host: Annotated[str, typer.Option(help="Address to listen on; the default is this machine only.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any free one.")] = 8765,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Also accept other machines: anyone with the address may write.")
    ] = False,
    name: Annotated[
        str | None, typer.Option(help="Who reviews; noted with each correction.", show_default="your login")
    ] = None,
    limit: shared.Limiting = None,
    engine: shared.EngineName = "linear",
    models: shared.Models = None,
    lexicon: shared.Lexicon = None,
) -> None:
    """Correct records in a browser, the doubtful ones first. Runs until Ctrl-C."""
    settings = shared.settings_of(limit=limit, engine=engine, models=models, lexicon=lexicon)
    with shared.failing_softly():
        listening = _listening(db, host, port, name or shared.login(), settings, allow_remote=allow_remote)
        typer.echo(f"zongji: {listening.address}", err=True)
        listening.serve()


def _listening(db: str, host: str, port: int, author: str, settings: Settings, *, allow_remote: bool) -> Listening:
    from zongji.corpus.extras import required  # noqa: PLC0415

    required("starlette", "review")
    from zongji.pipeline.database.connection import connect  # noqa: PLC0415
    from zongji.pipeline.review.desk import Desk  # noqa: PLC0415
    from zongji.pipeline.review.server import RemoteRefusedError, listen  # noqa: PLC0415

    desk = Desk(connect(db), author, settings=settings)
    try:
        return listen(desk, host, port, allow_remote=allow_remote)
    except RemoteRefusedError as error:
        shared.complain("review", str(error))
        raise typer.Exit(shared.WRONG_USAGE) from None
    except OSError as error:
        shared.give_up(f"{host}:{port}", f"cannot listen there: {error.strerror or error}")
