"""The noun phrase that begins the text after a measure word."""

from __future__ import annotations

import re

from zongji.corpus.patterns import WordPattern, Words
from zongji.models.words import tag
from zongji.pipeline.figures.categories import category_of_noun
from zongji.pipeline.figures.items.grouping import grouped
from zongji.pipeline.figures.items.nouns import is_actor, is_organization, is_people
from zongji.pipeline.figures.items.phrases import attributive, leading_phrase
from zongji.pipeline.figures.items.roles import read
from zongji.pipeline.figures.items.word_lists import ALONE_UNITS, is_share

_REACH = 40  # chosen: characters of a clause that may hold the counted noun
_OF = frozenset("的之")
_OF_PEOPLE = frozenset({"人", "人次"})
_STOP = WordPattern(
    "word_classes",
    r"\.(?![0-9])|[，。；：！？,;:!?\n\t（）()“”\"【】|｜]| (?= )"
    r"|(?<!{not-among})中(?={among-behind}|[，,一二三两0-9])",
)
# A clause that starts with one of these has ended or changes the subject: `20万元以上`.
_NO_NOUN = frozenset('.，。；：！？,;:!?\n\t（）()”"【】|｜ 、和与及以至—-~～/+')
_COVERBS = Words("word_classes", "coverb")
_OPTIONAL = re.compile(r"[（(](?![含不])[㐀-鿿]{1,4}[)）]")
_QUOTED = re.compile(r"的?(《[^》]{1,20}》|“[^”]{1,20}”)([㐀-鿿]{0,8})")
_QUALIFYING_TAGS = frozenset("ilaz")  # of jieba: idioms and adjectives
_QUOTED_STARTS = frozenset("的《“")
_AGES = re.compile(r"[0-9.]+(?:[—～~－-]+[0-9.]+)?周?岁(?:及?以上|以下)?的?")
_FURTHER_COUNT = WordPattern("word_classes", r"[0-9][0-9.,]*[万亿]?[余多]?(?:{further-count})?(?=[㐀-鿿]{2})")


def phrase_behind(right: str, unit: str) -> str:
    """The noun phrase that begins the text after the measure word; empty if none does."""
    clause = right[:_REACH].lstrip(" ")
    if not clause or clause[0] in _NO_NOUN:
        return ""
    if clause[0] in _QUOTED_STARTS and (quoted := _QUOTED.match(clause)):
        return quoted[1] + leading_phrase(read(tag(quoted[2])))
    ages = _AGES.match(clause)
    return _phrase_of_clause(clause[ages.end() :] if ages else clause, unit)


def phrase_behind_further_count(right: str, unit: str) -> str:
    """The noun phrase after a second count of the same things: `3218户1.14万贫困群众`."""
    if unit in ALONE_UNITS.all:
        return ""
    clause = right.lstrip(" ")
    match = _FURTHER_COUNT.match(clause)
    return phrase_behind(clause[match.end() :], unit) if match else ""


def _phrase_of_clause(text: str, unit: str) -> str:
    stop = _STOP.search(text)
    clause = text[: stop.start()] if stop else text
    if not clause or _goes_on(clause) or (_is_alone_but_for_of(unit) and clause[0] not in _OF):
        return ""
    phrase = _phrase(clause, unit)
    optional = _OPTIONAL.match(text, stop.start()) if stop and phrase else None
    return phrase + optional[0] if optional and clause.endswith(phrase) else phrase


def _phrase(clause: str, unit: str) -> str:
    words = read(grouped(tag(clause), clause))
    of = words[0][0] in _OF
    if of:
        words = words[1:]
    phrase = leading_phrase(words, unit)
    if phrase and not of and not is_share(unit):
        phrase = _with_attribute(clause, phrase)
    if (unit in ALONE_UNITS.all or is_share(unit)) and not _may_follow(
        words[0][0] if words else "", phrase, unit, of=of
    ):
        return ""
    return phrase or ("" if of else attributive(words))


def _with_attribute(clause: str, phrase: str) -> str:
    """`20多首|家喻户晓|的|合唱曲目`: with the noun after 的, if the phrase before it names nothing that is counted."""
    end = len(phrase)
    if not clause.startswith(phrase + "的") or category_of_noun(phrase) is not None:
        return phrase
    if tag(phrase)[-1][1][0] not in _QUALIFYING_TAGS:
        return phrase
    noun = leading_phrase(read(tag(clause[end + 1 :])))
    return f"{phrase}的{noun}" if noun else phrase


def _goes_on(clause: str) -> bool:
    """True for text after a measure word that changes the subject: `20万元对文化宫进行改造`."""
    return clause[0] in _NO_NOUN or (clause[0] in _COVERBS.all and not category_of_noun(clause[:2]))


def _is_alone_but_for_of(unit: str) -> bool:
    """True for a unit after which `_may_follow` accepts only what follows a 的."""
    return unit in ALONE_UNITS.all and unit not in _OF_PEOPLE and not is_share(unit)


def _may_follow(first: str, phrase: str, unit: str, *, of: bool) -> bool:
    """True if the phrase after a unit mostly used alone is counted: `六成队员`, `85%的农户`, `3人小组`."""
    if is_share(unit):
        return of or is_actor(phrase)
    if of:
        return unit not in _OF_PEOPLE or is_people(phrase)
    if unit == "人次":
        return is_people(phrase)
    return unit == "人" and is_organization(first)
