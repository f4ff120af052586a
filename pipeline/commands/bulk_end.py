"""How `zongji import` ends: its exit code, what it could not see, and what a dry run says."""

from __future__ import annotations

import json
import signal
from typing import TYPE_CHECKING

import typer
from zongji.pipeline.commands import shared

if TYPE_CHECKING:
    from zongji.pipeline.bulk.counts import Tally
    from zongji.pipeline.bulk.discovery import Selection
    from zongji.pipeline.bulk.job import Job

STOPPED = 128 + signal.SIGINT  # the exit code shells use for a program ended by Ctrl-C


def end(tally: Tally, chosen: Selection, *, strict: bool) -> None:
    """End the command with the exit code for a tally, if it is not 0."""
    if tally.stopped:
        raise typer.Exit(STOPPED)
    if not tally.seen and not tally.gone and not tally.pruned:
        filtered = chosen.globs or chosen.since is not None or chosen.shard != (1, 1)
        why = "no file matches --glob, --since and --shard" if filtered else shared.NO_FILE
        shared.give_up(", ".join(chosen.paths) or str(chosen.file_list), why)
    if tally.failures and tally.failures == tally.seen:
        raise typer.Exit(shared.NOTHING_DONE)
    if tally.failures or tally.unseen or (strict and tally.failed_before):
        raise typer.Exit(shared.SOME_FAILED)


def say_unseen(tally: Tally) -> None:
    """Name the folders in which nothing could be seen."""
    from zongji.corpus.wording import counted  # noqa: PLC0415

    for folder in tally.unseen:
        known = f"although the database knows {counted(folder.files, 'file')} in it"
        advice = "is it mounted? Nothing in it was marked as gone; --vanished does that"
        shared.complain(folder.folder, f"{folder.reason}, {known}: {advice}")


def preview(job: Job, *, log_json: bool) -> None:
    """Print what an import would do with each file that it would not leave as it is, and the counts."""
    from zongji.pipeline.bulk.dry_run import dry_run  # noqa: PLC0415
    from zongji.pipeline.bulk.progress import tally_facts  # noqa: PLC0415

    tally = None
    for step, tally in dry_run(job):  # noqa: B007  # the last one is used below
        if step is not None:
            facts = {"event": "plan", "action": step.action, "path": step.path, "before": step.before}
            line = f"{step.action}  {step.path}" + (f"  (before {step.before})" if step.before else "")
            shown = json.dumps(facts) if log_json else line
            typer.echo(shown.encode("utf-8", "backslashreplace").decode())
    if tally is None:
        return
    if log_json:
        typer.echo(json.dumps({"event": "planned", **tally_facts(tally), "read": tally.to_read}))
        return
    counts = ("unchanged", "failed_before", "same_content", "moved", "kept", "back", "gone")
    said = [f"{getattr(tally, name):,} {name.replace('_', ' ')}" for name in counts if getattr(tally, name)]
    typer.echo(f"zongji: dry run: {', '.join([f'{tally.to_read:,} to read', *said])}; nothing was changed", err=True)
    shared.say_left_out(tally.left_out)
    say_unseen(tally)
