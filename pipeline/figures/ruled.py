"""Ordered rules: the first that says something decides, and is named beside what it said.

A decision that knows its rule can be explained (`zongji trace`) by the same code that made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar

Value = TypeVar("Value")
Evidence = TypeVar("Evidence")

# A plain tuple: making a named one takes ten times as long, and every figure has five.
Ruled: TypeAlias = tuple[Value, Callable[..., Any]]
"""What was decided, and the rule (a function) that decided it."""


def first_answer(rules: Iterable[Callable[[Evidence], Value | None]], evidence: Evidence) -> Ruled[Value] | None:
    """What the first rule says that says anything; None where all keep silent."""
    for rule in rules:
        value = rule(evidence)
        if value is not None:
            return value, rule
    return None


def decided(
    rules: Iterable[Callable[[Evidence], Value | None]], evidence: Evidence, *, default: Callable[[Evidence], Value]
) -> Ruled[Value]:
    """The same, where a last rule always says something."""
    return first_answer(rules, evidence) or (default(evidence), default)


def answers(rules: Iterable[Callable[[Evidence], Value | None]], evidence: Evidence) -> Iterator[Ruled[Value]]:
    """What all rules say that say anything, in their order; the first is what `first_answer` returns."""
    for rule in rules:
        value = rule(evidence)
        if value is not None:
            yield value, rule
