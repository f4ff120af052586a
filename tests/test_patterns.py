"""Patterns with words from lists: the meaning of placeholders, and no unused words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from zongji.corpus import lexicon, patterns
from zongji.corpus.lexicon import LexiconError
from zongji.corpus.patterns import ALL, Cue, WordPattern, Words, words_for

ROOT = Path(__file__).parent.parent
LISTS_OF_CUES = [name for name in lexicon.names() if "\nword\tuse\t" in lexicon.text_of(name)]


def sources() -> dict[str, str]:
    """The modules that take words from lists of cues, with their source."""
    found = {}
    for package in ("models", "pipeline"):
        for path in (ROOT / package).rglob("*.py"):
            source = path.read_text(encoding="utf-8")
            if "zongji.corpus.patterns" in source:
                found[".".join(("zongji", *path.relative_to(ROOT).with_suffix("").parts))] = source
    return found


def word_patterns() -> list[tuple[str, WordPattern]]:
    """The patterns of a module, by the module's name and their own."""
    return [
        (f"{name}.{attribute}", pattern)
        for name in sources()
        for attribute, pattern in vars(import_module(name)).items()
        if isinstance(pattern, WordPattern)
    ]


def listed_words() -> list[Words]:
    """The words that a module takes as such."""
    values = [value for name in sources() for value in vars(import_module(name)).values()]
    return list(dict.fromkeys(value for value in values if isinstance(value, Words)))


@pytest.fixture
def cues(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A list of cues in place of any other."""
    rows = (
        Cue("会", "end"),
        Cue("协会", "end"),
        Cue("C++", "signs"),
        Cue("科学", "word"),
        Cue("将", "aim", not_before=("军", "近")),
        Cue("近", "nearly", not_after=("最", "附")),
    )
    words_for.cache_clear()
    patterns._by_use.cache_clear()
    monkeypatch.setattr(patterns.lexicon, "load", lambda *_: rows)
    monkeypatch.setattr(patterns.lexicon, "words", lambda _: frozenset(row.word for row in rows))
    yield
    words_for.cache_clear()
    patterns._by_use.cache_clear()


@pytest.mark.usefixtures("cues")
@pytest.mark.parametrize(
    ("template", "expression"),
    [
        ("{end}", "协会|会"),
        ("(?:{signs})", r"(?:C\+\+)"),
        (".{2,8}(?:{end})", ".{2,8}(?:协会|会)"),
        ("(?!{<word})", "(?!(?<=科)学)"),
        ("{other/end}", "协会|会"),
        ("{other/all}", r"C\+\+|协会|科学|会|将|近"),
        ("{end|word}", "协会|科学|会"),
        ("{aim}", "将(?!军|近)"),
        ("{nearly}", "(?<!最)(?<!附)近"),
        ("{year}年{end}", r"\d{4}年协会|会"),
    ],
)
def test_a_placeholder_stands_for(template: str, expression: str) -> None:
    assert WordPattern("any", template, year=r"\d{4}").compiled.pattern == expression


@pytest.mark.usefixtures("cues")
def test_a_part_may_hold_placeholders() -> None:
    assert WordPattern("any", "^{office}$", office="县(?:{end})").match("县协会") is not None


@pytest.mark.usefixtures("cues")
def test_words_are_those_of_all_the_uses() -> None:
    assert Words("any", "word", "end").ordered == ("协会", "科学", "会")


@pytest.mark.usefixtures("cues")
def test_words_of_a_use_without_any_are_an_error() -> None:
    with pytest.raises(LexiconError, match=re.escape("any.tsv: no word of use 'start'")):
        assert Words("any", "end", "start").all


@pytest.mark.usefixtures("cues")
def test_a_use_without_words_is_an_error() -> None:
    with pytest.raises(LexiconError, match=re.escape("any.tsv: no word of use 'start'")):
        WordPattern("any", "{start}").search("协会")


@pytest.mark.parametrize(
    ("name", "pattern"), word_patterns(), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_pattern_compiles(name: str, pattern: WordPattern) -> None:
    assert pattern.compiled.pattern, name


@pytest.mark.parametrize("name", LISTS_OF_CUES)
def test_every_use_of_a_list_is_asked_for(name: str) -> None:
    asked = {use for _, pattern in word_patterns() for cues, use in pattern.uses() if cues == name}
    asked |= {use for words in listed_words() for cues, use in words.uses() if cues == name}
    asked |= {use for cues, use in asked_by_name() if cues == name}
    assert {row.use for row in lexicon.load(name, Cue)} - asked == set()


@pytest.mark.parametrize("words", listed_words(), ids=lambda words: "-".join((words.cues, *words.names)))
def test_every_use_that_words_ask_for_has_some(words: Words) -> None:
    assert words.all


def asked_by_name() -> Iterator[tuple[str, str]]:
    """The uses that code names in `words_for` and `alternatives`."""
    for source in sources().values():
        yield from re.findall(r"(?:words_for|alternatives)\(\"(\w+)\", \"([\w-]+)\"\)", source.replace("'", '"'))


def test_all_means_every_word_of_a_list() -> None:
    assert set(words_for("surnames", ALL)) == lexicon.words("surnames")
