"""`zongji status`."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from zongji.corpus.wording import visible
from zongji.pipeline.commands.shared import Database, failing_softly, misused


def status(
    db: Database = "sqlite:///zongji.db",
    failed: Annotated[bool, typer.Option("--failed", help="List the files that failed, with the reasons.")] = False,
    gone: Annotated[bool, typer.Option("--gone", help="List the files that are gone.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON, a list as one object a line.")] = False,
) -> None:
    """Show what a database holds: files by state, records, copies, failures, warnings, the last runs."""
    if failed and gone:
        misused("give either --failed or --gone, not both")
    with failing_softly():
        from zongji.pipeline.bulk.failures import failed_files, gone_files  # noqa: PLC0415
        from zongji.pipeline.bulk.kinds import without_text  # noqa: PLC0415
        from zongji.pipeline.bulk.status import status_facts, status_lines  # noqa: PLC0415
        from zongji.pipeline.database.connection import connect  # noqa: PLC0415

        with connect(db).connect() as connection:
            if failed:
                for path, state, reason in failed_files(connection):
                    facts = {"path": path, "state": state, "reason": without_text(reason)}
                    said = f"{path}: {state}" + (f": {facts['reason']}" if reason else "")
                    typer.echo(json.dumps(facts, ensure_ascii=False) if as_json else visible(said))
            elif gone:
                for path in gone_files(connection):
                    typer.echo(json.dumps({"path": path}, ensure_ascii=False) if as_json else visible(path))
            else:
                found = status_facts(connection)
                typer.echo(
                    json.dumps(found, ensure_ascii=False) if as_json else "\n".join(map(visible, status_lines(found)))
                )
