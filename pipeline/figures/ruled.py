"""Ordered rules: the first with an answer decides, and is returned with the answer.

This lets `zongji trace` explain a decision by the code that made it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias, TypeVar

Value = TypeVar("Value")
Evidence = TypeVar("Evidence")

# A plain tuple: a named one takes ten times as long to create, and every figure has five.
Ruled: TypeAlias = tuple[Value, Callable[..., Any]]
"""An outcome, and the rule (a function) that decided it."""


def first_answer(rules: Iterable[Callable[[Evidence], Value | None]], evidence: Evidence) -> Ruled[Value] | None:
    """The first answer of the rules, with its rule; None if none answers."""
    for rule in rules:
        value = rule(evidence)
        if value is not None:
            return value, rule
    return None


def decided(
    rules: Iterable[Callable[[Evidence], Value | None]], evidence: Evidence, *, default: Callable[[Evidence], Value]
) -> Ruled[Value]:
    """The same if the last rule always answers."""
    return first_answer(rules, evidence) or (default(evidence), default)


def answers(rules: Iterable[Callable[[Evidence], Value | None]], evidence: Evidence) -> Iterator[Ruled[Value]]:
    """All answers of the rules, in order; `first_answer` returns the first."""
    for rule in rules:
        value = rule(evidence)
        if value is not None:
            yield value, rule
