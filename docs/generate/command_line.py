"""The reference of the command line, made of the commands themselves: what `--help` says, as Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import typer
from typer.core import TyperCommand, TyperGroup
from zongji.cli import app

_MARKUP = re.compile(r"([\\`*_\[\]|])")  # signs of Markdown that a help text means as they are


def reference(_: str = "") -> str:
    """Every command with its arguments and options, in the order of `zongji --help`."""
    group = typer.main.get_group(app)
    context = typer.Context(group, info_name="zongji")
    lines = list(_command("zongji", group, context))
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, TyperCommand) and not command.hidden:
            lines += _command(f"zongji {name}", command, typer.Context(command, info_name=name, parent=context))
    return "\n".join(lines)


def _command(name: str, command: TyperCommand | TyperGroup, context: typer.Context) -> Iterator[str]:
    usage = " ".join(command.collect_usage_pieces(context))
    yield from (f"## {name}", "", _plain(command.help), "", "```text", f"{name} {usage}", "```", "")
    records = [parameter.get_help_record(context) for parameter in command.params]
    if shown := [record for record in records if record]:  # a hidden option has none
        yield from ("| argument or option | meaning |", "|---|---|")
        yield from (f"| `{' '.join(term.split())}` | {_plain(meaning)} |" for term, meaning in shown)
        yield ""


def _plain(text: str | None) -> str:
    return _MARKUP.sub(r"\\\1", html.escape(text or "", quote=False))
