"""Whether a verb before a noun takes it as its object (`走访|群众`) or is part of a compound (`培训时间`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from zongji.pipeline.figures.items.nouns import is_given, is_guest, is_material, is_people, is_subject
from zongji.pipeline.figures.items.roles import ACT, DEED, EITHER, JOIN, MODIFYING, NOUN, VERB, VERBAL, Role, Word
from zongji.pipeline.figures.items.word_lists import AIMS, CAUSATIVES, FIXTURES, OPENERS, PARTICIPLES, heads


class _Verb(NamedTuple):
    """A verb in a run; `opens` if only verbs precede it, `governor` is the verb they depend on."""

    run: list[Word]
    place: int
    opens: bool
    governor: str

    @property
    def word(self) -> str:
        return self.run[self.place][0]

    @property
    def following(self) -> str:
        return self.run[self.place + 1][0]

    @property
    def finite(self) -> bool:
        """True if the tagger also reads a verb."""
        return self.run[self.place][1] is EITHER

    @property
    def caused(self) -> bool:
        return self.governor in CAUSATIVES.all

    @property
    def chained(self) -> bool:
        """True before another verb that may open a compound: `走访|慰问`."""
        return self.run[self.place + 1][1] in MODIFYING

    @property
    def last(self) -> bool:
        """True before the last word of the run."""
        return self.place + 2 == len(self.run)

    @property
    def behind_subject(self) -> bool:
        return self.place > 0 and is_subject(self.run[self.place - 1][0])

    @property
    def behind_new(self) -> bool:
        return self.place > 0 and self.run[self.place - 1][0] == "新"

    @property
    def compounds(self) -> bool:
        """True before a word of `heads.tsv`, but not in `书友|精读|图书` and `学生|招募|志愿者`."""
        if self.following not in heads():
            return False
        return not (self.behind_subject and (is_material(self.following) or is_guest(self.following)))


def takes_object(run: list[Word], place: int, start: int, governor: str, *, rate: bool) -> bool:
    """True for a verb whose object is the rest of the run; `governor` is the verb before `start`, if any."""
    word, role = run[place]
    following, following_role = run[place + 1]
    if following_role is JOIN:
        return role is ACT and not rate
    if len(following) == 1 and place + 2 == len(run) and _closes_word(word, role, following):
        return False
    if rate and (place > start or governor or role is not ACT or (len(run) == 2 and word not in AIMS.all)):
        return False
    return _DECIDE[role](_Verb(run, place, _opens(run, start, place), governor))


def _closes_word(word: str, role: Role, noun: str) -> bool:
    """True for a noun of one character that forms one word with the verb before it: `救生|绳`."""
    return noun in heads() or (role is VERB and len(word) > 1)


def _opens(run: list[Word], start: int, place: int) -> bool:
    return all(role in VERBAL or word == "新" for word, role in run[start:place])


def _unless_inside(verb: _Verb) -> bool:
    """A verb of this class always takes an object, except within a compound: `产业|发展|资金`."""
    if not verb.place or len(verb.word) == 1 or verb.behind_subject or not verb.compounds:
        return True
    if is_guest(verb.following) or verb.word[0] == "新":
        return True
    return verb.run[verb.place - 1][1] is not NOUN or verb.behind_new or is_material(verb.following)


def _unless_compound(verb: _Verb) -> bool:
    """A verb that may open a compound takes an object at the start of a clause, after a subject, and with people."""
    if verb.behind_new:
        return True
    if verb.opens and not verb.governor:
        return _acts_first(verb)
    if verb.compounds or verb.chained or (verb.opens and _qualifies(verb)):
        return False
    return _acts_second(verb) if verb.opens else _acts_late(verb)


def _qualifies(verb: _Verb) -> bool:
    """`受教育|学生`."""
    return verb.word in PARTICIPLES.all and is_subject(verb.following)


def _acts_first(verb: _Verb) -> bool:
    """`走访|群众`, but `走访慰问|群众`, `受教育学生`, `培训时间`."""
    if verb.word in OPENERS.all and (not verb.last or verb.following in FIXTURES.all):
        return True
    if _qualifies(verb) or (verb.chained and verb.following not in PARTICIPLES.all):
        return False
    return verb.following not in heads() or is_guest(verb.following)


def _acts_second(verb: _Verb) -> bool:
    """After another verb: `组织|培训|农民`, `开展|走访|困难群众`, but `开展|集中整治行动`."""
    if verb.word in OPENERS.all and verb.governor in OPENERS.all:
        return True
    return verb.caused or is_people(verb.run[-1][0]) or (verb.finite and is_subject(verb.following))


def _acts_late(verb: _Verb) -> bool:
    """After nouns: `县总工会|检查|企业`."""
    if is_people(verb.run[-1][0]) and verb.following not in heads():
        return True
    return (verb.finite and (not verb.governor or verb.caused)) or verb.behind_subject


def _unless_modifier(verb: _Verb) -> bool:
    """An unlisted verb takes an object at the start of a clause or after a subject; after another verb it modifies."""
    first = verb.opens and not verb.governor
    if verb.word in PARTICIPLES.all or (verb.compounds and not (first and is_given(verb.following))):
        return False
    if verb.opens:
        return first or (verb.caused and not is_subject(verb.following))
    return not verb.governor or verb.behind_subject


_DECIDE: dict[Role, Callable[[_Verb], bool]] = {
    ACT: _unless_inside,
    EITHER: _unless_compound,
    DEED: _unless_compound,
    VERB: _unless_modifier,
}
