"""Patterns with their words in lists: the rule shows the grammar, the list the words.

`WordPattern("document_cues", r"^(?:{closing})")` takes the words of the use `closing` from `document_cues.tsv`, a list
with the columns `word use not_after not_before`. `Words` gives such words for `in`, `startswith` and `endswith`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Protocol

from zongji.corpus import chinese_digits, lexicon

# Quantifiers begin with a digit, so that no `{2,8}` is taken for a placeholder.
_PLACEHOLDER = re.compile(r"\{(?P<begun><)?(?:(?P<list>[a-z_]+)/)?(?P<name>[a-z][a-z_0-9|-]*)\}")
_CHARACTERS = {  # for the character classes of any template
    "digits": chinese_digits.DIGITS,
    "up_to_ten": chinese_digits.UP_TO_TEN,
    "zeros": chinese_digits.ZEROS,
    "capitals": chinese_digits.CAPITALS,
    "stems": chinese_digits.STEMS,
    "branches": chinese_digits.BRANCHES,
    "parenthesized": chinese_digits.PARENTHESIZED,
}
ALL = "all"  # `{organizations/all}`: every word of a list


@dataclass(frozen=True, slots=True)
class Cue:
    """A row of a list of cues: a word and its use in a rule."""

    word: str
    use: str
    not_after: tuple[str, ...] = ()
    """What before the word makes it another word: 最|近."""
    not_before: tuple[str, ...] = ()
    """What after the word makes it another word: 将|军."""

    @property
    def expression(self) -> str:
        """A regular expression that matches the word unless it is part of another."""
        before = "".join(f"(?<!{re.escape(word)})" for word in self.not_after)
        behind = f"(?!{'|'.join(map(re.escape, self.not_before))})" if self.not_before else ""
        return before + re.escape(self.word) + behind


class _Finder(Protocol):
    def __call__(self, string: str, pos: int = ..., endpos: int = ..., /) -> re.Match[str] | None: ...


class WordPattern:
    """A regular expression with words of a list, compiled on first use.

    `{use}` in the template means the words of that use in the list, `{one|other}` those of two uses,
    `{list/use}` those of another list, `{list/all}` every word of it, and `{part}` a keyword's value, which
    may hold placeholders itself. With `{<use}` the first character of a word has already been matched: `(?<=a)bc`.
    `[{up_to_ten}]` and the like are the characters of `chinese_digits`. Words are escaped and become alternatives
    `a|b|c`, longer ones first: the order of a list's rows is irrelevant.
    """

    def __init__(self, cues: str, template: str, **parts: str) -> None:
        self.cues = cues
        known = _CHARACTERS | parts
        for _ in range(2):  # a part may hold placeholders itself
            template = _PLACEHOLDER.sub(lambda found: known.get(found["name"], found[0]), template)
        self.template = template

    def uses(self) -> Iterator[tuple[str, str]]:
        """The list and the use of each placeholder."""
        for found in _PLACEHOLDER.finditer(self.template):
            for use in found["name"].split("|"):
                yield found["list"] or self.cues, use

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The regular expression.

        Raises:
            LexiconError: if a list has no word of a use.
        """
        return re.compile(_PLACEHOLDER.sub(self._words, self.template))

    def _words(self, found: re.Match[str]) -> str:
        cues = _cues_for(found["list"] or self.cues, *found["name"].split("|"))
        if found["begun"]:
            return "|".join(f"(?<={re.escape(cue.word[0])}){re.escape(cue.word[1:])}" for cue in cues)
        return "|".join(cue.expression for cue in cues)

    # Found on the class once, then on the instance: as fast as the compiled pattern's own methods.
    @cached_property
    def search(self) -> _Finder:
        """As `re.Pattern.search`."""
        return self.compiled.search

    @cached_property
    def match(self) -> _Finder:
        """As `re.Pattern.match`."""
        return self.compiled.match

    @cached_property
    def fullmatch(self) -> _Finder:
        """As `re.Pattern.fullmatch`."""
        return self.compiled.fullmatch

    @cached_property
    def findall(self) -> Callable[[str], list[Any]]:
        """As `re.Pattern.findall`."""
        return self.compiled.findall

    @cached_property
    def finditer(self) -> Callable[[str], Iterator[re.Match[str]]]:
        """As `re.Pattern.finditer`."""
        return self.compiled.finditer

    @cached_property
    def sub(self) -> Callable[[str, str], str]:
        """As `re.Pattern.sub`."""
        return self.compiled.sub


class Words:
    """The words of one or more uses in a list, read on first use."""

    def __init__(self, cues: str, *names: str) -> None:
        self.cues = cues
        self.names = names

    def uses(self) -> Iterator[tuple[str, str]]:
        """The list and each use."""
        for name in self.names:
            yield self.cues, name

    @cached_property
    def all(self) -> frozenset[str]:
        """For `in`.

        Raises:
            LexiconError: if the list has no word of a use.
        """
        return frozenset(self.ordered)

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """For `startswith` and `endswith`, longer ones first.

        Raises:
            LexiconError: if the list has no word of a use.
        """
        return tuple(cue.word for cue in _cues_for(self.cues, *self.names))


def alternatives(name: str, use: str) -> str:
    """The words of one use in `lexicons/<name>.tsv` as alternatives of a regular expression.

    Raises:
        LexiconError: if the list has no word of that use.
    """
    return "|".join(map(re.escape, words_for(name, use)))


@cache
def words_for(name: str, use: str) -> tuple[str, ...]:
    """The words of one use in `lexicons/<name>.tsv`, longer ones first; of `ALL` uses, those of any list.

    Raises:
        LexiconError: if the list has no word of that use.
    """
    return tuple(cue.word for cue in _cues_for(name, use))


def _cues_for(name: str, *uses: str) -> list[Cue]:
    """The rows of some uses, longer words first.

    Raises:
        LexiconError: if the list has no word of a use.
    """
    found: dict[str, Cue] = {}
    for use in uses:
        cues = [Cue(word, ALL) for word in lexicon.words(name)] if use == ALL else _by_use(name).get(use)
        if not cues:
            message = f"{name}.tsv: no word of use {use!r}"
            raise lexicon.LexiconError(message)
        found |= {cue.word: cue for cue in cues}
    return sorted(found.values(), key=lambda cue: (-len(cue.word), cue.word))


@cache
def _by_use(name: str) -> dict[str, list[Cue]]:
    uses: dict[str, list[Cue]] = {}
    for cue in lexicon.load(name, Cue):
        uses.setdefault(cue.use, []).append(cue)
    return uses
