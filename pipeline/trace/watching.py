"""The path through a pure function: its inner calls, what each returned, and from which line."""

from __future__ import annotations

import linecache
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import zongji.pipeline
from zongji.pipeline.trace.records import Rule

_ROOT = str(Path(zongji.pipeline.__file__).parent.parent)
_LONGEST = 110  # characters of a line of code


@dataclass
class Call:
    """A call of a function of this package, with its inner calls."""

    code: CodeType
    line: int = 0
    """Of the `return`."""
    value: Any = None
    inside: list[Call] = field(default_factory=list)

    def all(self) -> Iterator[Call]:
        """This call and all inner ones, in the order of their start."""
        yield self
        for call in self.inside:
            yield from call.all()

    def of(self, function: Callable[..., Any]) -> Iterator[Call]:
        """The calls of a function among these."""
        return (call for call in self.all() if call.code is function.__code__)

    def path(self) -> tuple[Rule, ...]:
        """The functions that passed the value on, outermost first, each with the line that returned it."""
        rule = Rule(self.code.co_name, f"{_relative(self.code.co_filename)}:{self.line}", _code(self))
        inner = next((call for call in reversed(self.inside) if _hands_on(call, self)), None)
        return (rule, *(inner.path() if inner is not None else ()))


def watched(function: Callable[..., Any], /, *args: Any, **options: Any) -> Call:  # noqa: ANN401
    """Call a function, and return the call. Cached functions (`lru_cache`) may not show up in it."""
    root = Call(function.__code__)
    stack = [root]

    def observe(frame: FrameType, event: str, value: Any) -> None:  # noqa: ANN401
        if event == "call":
            ours = frame.f_code.co_filename.startswith(_ROOT)
            call = Call(frame.f_code) if ours else Call(frame.f_code, inside=stack[-1].inside)
            if ours:
                stack[-1].inside.append(call)
            stack.append(call)
        elif event == "return" and len(stack) > 1:
            call = stack.pop()
            call.line, call.value = frame.f_lineno, value

    before = sys.getprofile()
    sys.setprofile(observe)
    try:
        function(*args, **options)
    finally:
        sys.setprofile(before)
    return root.inside[0]


@cache
def rule_of(function: Callable[..., Any]) -> Rule:
    """The name of a rule, its location, and the first line of its docstring."""
    code = function.__code__
    says = (function.__doc__ or "").strip().partition("\n")[0]
    return Rule(function.__name__, f"{_relative(code.co_filename)}:{code.co_firstlineno}", says)


def _hands_on(call: Call, outer: Call) -> bool:
    """True if the value of a call is that of the enclosing one, or its first part."""
    if call.value is None or call.value == "" or isinstance(call.value, bool):
        return False
    return bool(
        call.value is outer.value
        or call.value == outer.value
        or (isinstance(outer.value, tuple) and outer.value and call.value == outer.value[0])
    )


def _relative(path: str) -> str:
    return path.removeprefix(_ROOT).lstrip("/\\").replace("\\", "/")


def _code(call: Call) -> str:
    line = linecache.getline(call.code.co_filename, call.line).strip()
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
