"""The kind of a noun by its ending: people, an organization, a measurement."""

from __future__ import annotations

from zongji.corpus.labels import Category
from zongji.corpus.patterns import Words
from zongji.pipeline.figures.categories import category_of_noun
from zongji.pipeline.figures.items.word_lists import AREAS, GOODS, HOSTS, MEASURES, NO_MEASURES

_ACTORS = frozenset({Category.PARTICIPANTS, Category.ORGANIZATIONS})
_QUANTITIES = Words("word_classes", "measure", "amount")
_GIVEN = frozenset({Category.PARTICIPANTS, Category.ORGANIZATIONS, Category.MATERIALS})


def is_people(noun: str) -> bool:
    """People: `困难党员`."""
    return category_of_noun(noun) is Category.PARTICIPANTS


def is_organization(noun: str) -> bool:
    """Organizations: `木材企业`."""
    return category_of_noun(noun) is Category.ORGANIZATIONS


def is_material(noun: str) -> bool:
    """Materials: `黑板报`."""
    return category_of_noun(noun) is Category.MATERIALS


def is_actor(noun: str) -> bool:
    """People or organizations."""
    return category_of_noun(noun) in _ACTORS


def is_subject(noun: str) -> bool:
    """People or organizations in one word, as agents: not `农村`."""
    return noun not in AREAS.all and is_actor(noun)


def is_guest(noun: str) -> bool:
    """People and organizations that a verb before them does not qualify: not `培训机构`."""
    return noun not in HOSTS.all and is_subject(noun)


def is_given(noun: str) -> bool:
    """People and objects, which a verb before them more often governs than qualifies."""
    return noun in GOODS.all or category_of_noun(noun) in _GIVEN


def is_measurement(word: str) -> bool:
    """The name of a measurement: `整改率`, not `规章制度`."""
    return word.endswith(MEASURES.ordered) and not word.endswith(NO_MEASURES.ordered)


def is_quantity(phrase: str) -> bool:
    """What a rate can refer to: a measurement or an amount, `销售额`."""
    return phrase.endswith(_QUANTITIES.ordered)
