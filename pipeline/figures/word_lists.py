"""Words by what they are used for, and patterns made of them: read and compiled when first used.

Such a list is a file in `corpus/lexicons/` with the columns `word use not_after not_before`; its head tells what each
use means, with an example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property

from zongji.corpus import lexicon
from zongji.corpus.lexicon import LexiconError

_USES = re.compile(r"\{([a-z][a-z|-]*)\}")  # in a template; a quantifier such as {0,8} is none


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row of such a list."""

    word: str
    use: str
    not_after: tuple[str, ...] = ()
    """What in front of the word makes another word of it: 最|近."""
    not_before: tuple[str, ...] = ()
    """What behind the word makes another word of it: 将|军."""


class Words:
    """The words of one use or of several; LexiconError is raised when they are first asked for and one has none."""

    def __init__(self, file: str, *uses: str) -> None:
        self.file = file
        self.uses = uses

    @cached_property
    def all(self) -> frozenset[str]:
        """For `in`."""
        return frozenset(self.ordered)

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """In the order of the file, for `startswith` and `endswith`."""
        return tuple(row.word for use in self.uses for row in _rows(self.file, use))


class WordPattern:
    """A regular expression in which `{use}` stands for any word of that use, and `{one|other}` for any of both.

    Longer words are tried first.

    LexiconError is raised when it is first asked and the list has no word of a use.
    """

    def __init__(self, file: str, template: str) -> None:
        self.file = file
        self.template = template

    @property
    def uses(self) -> tuple[str, ...]:
        """The uses that the template names."""
        return tuple(use for uses in _USES.findall(self.template) for use in uses.split("|"))

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression."""
        return re.compile(_USES.sub(lambda uses: _any_of(self.file, uses[1].split("|")), self.template))

    # The methods of the compiled pattern itself, so that a call costs no more than one of `re.Pattern`.

    @cached_property
    def match(self) -> Callable[..., re.Match[str] | None]:
        """As `re.Pattern.match`."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> Callable[..., re.Match[str] | None]:
        """As `re.Pattern.fullmatch`."""
        return self.compiled.fullmatch

    @cached_property
    def search(self) -> Callable[..., re.Match[str] | None]:
        """As `re.Pattern.search`."""
        return self.compiled.search

    @cached_property
    def sub(self) -> Callable[..., str]:
        """As `re.Pattern.sub`."""
        return self.compiled.sub

    @cached_property
    def finditer(self) -> Callable[..., Iterator[re.Match[str]]]:
        """As `re.Pattern.finditer`."""
        return self.compiled.finditer


def _rows(file: str, use: str) -> tuple[WordRow, ...]:
    rows = _by_use(file).get(use)
    if rows is None:
        message = f"{file}.tsv has no word of use {use!r}"
        raise LexiconError(message)
    return rows


@cache
def _by_use(file: str) -> dict[str, tuple[WordRow, ...]]:
    uses: dict[str, list[WordRow]] = {}
    for row in lexicon.load(file, WordRow):
        uses.setdefault(row.use, []).append(row)
    return {use: tuple(rows) for use, rows in uses.items()}


def _any_of(file: str, uses: list[str]) -> str:
    """A group that matches any word of the uses; those of one character as a set, which is faster."""
    rows = [row for use in uses for row in _rows(file, use)]
    single = [row.word for row in rows if len(row.word) == 1 and not (row.not_after or row.not_before)]
    longer = sorted((row for row in rows if row.word not in single), key=lambda row: -len(row.word))
    options = [_guarded(row) for row in longer]
    if single:
        options.append(f"[{''.join(map(re.escape, single))}]")
    return f"(?:{'|'.join(options)})"


def _guarded(row: WordRow) -> str:
    """The word, and what must not touch it."""
    before = "".join(f"(?<!{re.escape(word)})" for word in row.not_after)
    behind = f"(?!{'|'.join(map(re.escape, row.not_before))})" if row.not_before else ""
    return before + re.escape(row.word) + behind
