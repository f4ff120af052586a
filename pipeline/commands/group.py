"""The group of all commands, which makes the parser of a command only when it is asked for.

Reading the signatures of all commands takes a quarter of the time of `zongji --help`, which needs only their names
and docstrings.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from inspect import getdoc
from typing import Any, ClassVar, TypeVar

from typer import BadParameter
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info
from typer.models import CommandInfo
from zongji.corpus.wording import visible
from zongji.pipeline.commands import shared
from zongji.pipeline.commands.signals import ending_in_good_order
from zongji.pipeline.commands.streams import steady_streams

_UsageError: Any = BadParameter.__base__  # typer has no public name for it
Function = TypeVar("Function", bound=Callable[..., Any])


class LazyGroup(TyperGroup):
    """The commands by name, in the order in which `command` was called."""

    functions: ClassVar[dict[str, Callable[..., Any]]] = {}

    def __init__(self, **attributes: Any) -> None:  # noqa: ANN401  # whatever typer gives a group
        """Begin with commands that have a name and a docstring only."""
        super().__init__(**attributes)
        self.commands = {name: TyperCommand(name, help=getdoc(function)) for name, function in self.functions.items()}
        self.made: set[str] = set()

    def make_context(self, info_name: Any, args: Any, *others: Any, **options: Any) -> Any:  # noqa: ANN401
        """The context; errors are shown on one line each, only the help, for no arguments, on its own."""
        with _visible_errors() if args else nullcontext():
            return super().make_context(info_name, args, *others, **options)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401
        """Run a command; its errors are shown on one line each."""
        with _visible_errors():
            return super().invoke(ctx)

    def main(self, *arguments: Any, **options: Any) -> Any:  # noqa: ANN401
        """Run a command; as a program, with streams and signals that leave no half output and no traceback."""
        if sys.stdout is not sys.__stdout__:  # a test's or another program's
            return super().main(*arguments, **options)
        with ending_in_good_order(), steady_streams():
            return super().main(*arguments, **options)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401  # typer's own context and command
        """The command of that name, with its parser; None if there is none."""
        if cmd_name in self.functions and cmd_name not in self.made:
            info = CommandInfo(name=cmd_name, callback=self.functions[cmd_name])
            self.commands[cmd_name] = get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None)
            self.made.add(cmd_name)
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """Write the listing, which needs no parser."""
        TyperGroup(commands=dict(self.commands)).format_commands(ctx, formatter)


@contextmanager
def _visible_errors() -> Iterator[None]:
    """Escape what was given on the command line in messages of wrong usage, and mask passwords of addresses in it."""
    try:
        yield
    except _UsageError as error:
        error.message = visible(shared.masked(error.message or ""))
        raise


def command(function: Function, *, name: str | None = None) -> Function:
    """Make a command of a function, named like it with hyphens; usable as a decorator."""
    LazyGroup.functions[name or function.__name__.replace("_", "-")] = function
    return function
