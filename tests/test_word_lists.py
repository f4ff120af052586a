"""Patterns of listed words match these and nothing else; no use of a list is without words, and none is dead."""

from __future__ import annotations

import pkgutil
from importlib import import_module

import pytest
from zongji.corpus import lexicon
from zongji.corpus.lexicon import LexiconError
from zongji.pipeline import figures
from zongji.pipeline.figures import word_lists
from zongji.pipeline.figures.word_lists import WordPattern, WordRow, Words


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of our own in place of all others."""
    rows = {
        "sum": (WordRow("共", "sum"), WordRow("共计", "sum"), WordRow("计", "sum")),
        "aim": (WordRow("将", "aim", not_before=("军", "近")), WordRow("定", "aim", not_after=("决",))),
        "sign": (WordRow("No.", "sign"),),
    }
    monkeypatch.setattr(word_lists, "_by_use", lambda _: rows)


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize(
    ("template", "text", "found"),
    [
        ("{sum}", "一共计算", "共计"),
        ("{sum}{1,2}$", "共计", "共计"),
        ("{aim}", "将军将来", "将"),
        ("{sum|aim}[0-9]", "计将3", "将3"),
        ("{sign}", "Now No.1", "No."),
    ],
)
def test_a_use_stands_for_its_words_the_longest_first(template: str, text: str, found: str) -> None:
    match = WordPattern("any", template).search(text)
    assert match is not None
    assert match[0] == found


@pytest.mark.usefixtures("listed")
@pytest.mark.parametrize("text", ["将军", "将近", "决定"])
def test_a_word_is_not_found_inside_another(text: str) -> None:
    assert WordPattern("any", "{aim}").search(text) is None


@pytest.mark.usefixtures("listed")
def test_the_words_of_several_uses_are_those_of_each() -> None:
    assert Words("any", "sum", "sign").all == {"共", "共计", "计", "No."}


def test_a_use_without_words_names_the_list() -> None:
    with pytest.raises(LexiconError, match=r"contexts\.tsv has no word of use 'nonsense'"):
        WordPattern("contexts", "{nonsense}").search("")


def _asked() -> set[tuple[str, str]]:
    """List and use of all words that the rules of figures ask for."""
    names = [module.name for module in pkgutil.walk_packages(figures.__path__, figures.__name__ + ".")]
    values = [value for name in names for value in vars(import_module(name)).values()]
    return {(value.file, use) for value in values if isinstance(value, Words | WordPattern) for use in value.uses}


LISTS = sorted({file for file, _ in _asked()})


@pytest.mark.parametrize("name", LISTS)
def test_the_rules_ask_for_every_use_of_a_list_and_for_no_other(name: str) -> None:
    assert {use for file, use in _asked() if file == name} == {row.use for row in lexicon.load(name, WordRow)}


@pytest.mark.parametrize("name", LISTS)
def test_no_list_says_a_thing_twice(name: str) -> None:
    rows = [(row.word, row.use) for row in lexicon.load(name, WordRow)]
    assert sorted(set(rows)) == sorted(rows)
