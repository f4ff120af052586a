"""`zongji review`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from zongji.pipeline.commands.shared import NOTHING_DONE, Database, complain, failing_softly, login

if TYPE_CHECKING:
    from zongji.pipeline.review.server import Listening


def review(
    db: Database = "sqlite:///zongji.db",
    host: Annotated[str, typer.Option(help="Address to listen on; this machine's own.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes any that is free.")] = 8765,
    allow_remote: Annotated[
        bool, typer.Option("--allow-remote", help="Listen to other machines, too: whoever has the address may write.")
    ] = False,
    name: Annotated[
        str | None, typer.Option(help="Who reviews, as noted beside each correction.", show_default="your login")
    ] = None,
) -> None:
    """Correct records in a browser, the doubtful ones first. Runs until Ctrl-C."""
    with failing_softly():
        listening = _listening(db, host, port, name, allow_remote=allow_remote)
        typer.echo(f"zongji: {listening.address}", err=True)
        listening.serve()


def _listening(db: str, host: str, port: int, name: str | None, *, allow_remote: bool) -> Listening:
    from zongji.corpus.extras import required  # noqa: PLC0415

    required("starlette", "review")
    from zongji.pipeline.database.connection import connect  # noqa: PLC0415
    from zongji.pipeline.review.desk import Desk  # noqa: PLC0415
    from zongji.pipeline.review.server import RemoteRefusedError, listen  # noqa: PLC0415

    desk = Desk(connect(db), name or login())
    try:
        return listen(desk, host, port, allow_remote=allow_remote)
    except RemoteRefusedError as error:
        complain("review", str(error))
        raise typer.Exit(2) from None
    except OSError as error:
        complain(f"{host}:{port}", error.strerror or str(error))
        raise typer.Exit(NOTHING_DONE) from None
