"""Features of sections and figures, the same strings in training and use.

A feature is a word with a prefix for its position: `t=` a run of characters of the title, `b=` a
word of the text after it. The output of the rules is a feature like any other, so that the model learns where
they can be trusted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from zongji.corpus import lexicon
from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.labels import DocumentType, SectionLabel
from zongji.corpus.patterns import WordPattern
from zongji.corpus.records import Figure, Section
from zongji.models.rules import evidence_of
from zongji.models.words import tag

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick


@dataclass(frozen=True, slots=True)
class TopicRow:
    """A row of `topics.tsv`."""

    word: str
    topic: str


# Set by hand; the model cards show the resulting quality, other values were not compared.
_TITLE = 24  # characters of a heading; a longer one is a sentence
_BODY = 60  # characters after a heading that characterize it
_CHILD = 150  # characters of the first subsection that characterize the heading, too
_SECTION = 400  # characters of a section in which the words of a topic are counted
_MANY = 3  # words of one topic per hundred characters; more make no difference
_SHORT = 40  # characters; in a shorter section a single word is not dense
_OFTEN = 250  # characters that hold a word at least once if it is frequent
_CLAUSE = 16  # characters before a figure, and after it
_MARKER_SHAPES = (
    (re.compile(r"第.+"), "part"),
    (re.compile(r"[（(].*\d"), "arabic-parentheses"),
    (re.compile(r"[（(]"), "han-parentheses"),
    (WordPattern("heading_cues", ".+是|{order-1}|{order-2}|再次|{order-4}"), "run-in"),
    (re.compile(r"\d"), "arabic"),
    (re.compile(rf"[{UP_TO_TEN}]"), "han"),
    (re.compile(r""), "sign"),
)
# The classes after which a document changes the subject.
_TURNS = (SectionLabel.ACHIEVEMENTS, SectionLabel.TASKS, SectionLabel.PROBLEMS, SectionLabel.NEXT_STEPS)
_WEIGHTS = (3, 5, 8)  # bounds between weak, usual and strong words of a heading


class Outline(NamedTuple):
    """The sections of a document during decoding: earlier ones have their final class, later ones that of the rules."""

    sections: Sequence[Section]
    indexes: Mapping[str, int]
    """The index of each section by its id."""
    seen: Set[SectionLabel]
    """The classes decided so far."""
    text: str
    doc_type: DocumentType


def section_features(outline: Outline, index: int) -> list[str]:
    """The features of the section at `index`."""
    sections, indexes, seen, text, doc_type = outline
    section = sections[index]
    title = section.title or ""
    parent = sections[indexes[section.parent]] if section.parent else None
    features = [
        "bias",
        f"said={section.label}",
        f"said={section.label}:{section.confidence:.2f}",
        f"type={doc_type}",
        f"type={doc_type}:{section.label}",
        f"level={min(section.level, 4)}",
        f"marker={_shape(section.marker)}",
        f"parent={parent.label if parent else None}",
        f"parent={parent.label if parent else None}:{section.label}",
    ]
    features += (f"seen={label}:{label in seen}" for label in _TURNS)
    features += _neighbours(sections, index)
    features += _evidence(title)
    features += (f"t={run}" for run in _runs(title[:_TITLE]))
    body = _body(sections, index, text)
    features += (f"b={word}" for word in set(_words(body[:_BODY])))
    features += _topics(title, body)
    child = index + 1
    if child < len(sections) and sections[child].parent == section.id:
        begun = text[sections[child].start : sections[child].start + _CHILD]
        features += (f"child {feature}" for feature in _topics("", begun))
        features += (f"child b={word}" for word in set(_words(begun[:_BODY])))
    return features


def _neighbours(sections: Sequence[Section], index: int) -> Iterator[str]:
    """The classes of the previous and next section of the same level and parent."""
    section = sections[index]
    for name, around in (("before", range(index - 1, -1, -1)), ("behind", range(index + 1, len(sections)))):
        other = next((sections[beside] for beside in around if sections[beside].level <= section.level), None)
        label = other.label if other is not None and other.parent == section.parent else None
        yield f"{name}={label}"


def _evidence(title: str) -> Iterator[str]:
    """The features of the listed words of a heading."""
    evidence = evidence_of(title)
    if evidence is None:
        yield "words=none"
    else:
        strength = sum(evidence.weight >= weight for weight in _WEIGHTS)
        yield f"words={evidence.label}"
        yield f"words={evidence.label}:{strength}"


def _body(sections: Sequence[Section], index: int, text: str) -> str:
    """The beginning of the text after a heading, up to the next one."""
    section = sections[index]
    start = section.start + len(section.marker or "") + len(section.title or "")
    end = sections[index + 1].start if index + 1 < len(sections) else section.end
    return text[start : min(start + _SECTION, end)]


class _Topics(NamedTuple):
    """The words of all topics, the topic of each, and the features for the density of a topic's words."""

    automaton: AhoCorasick
    topics: tuple[int, ...]
    names: tuple[str, ...]
    density: tuple[tuple[str, ...], ...]


def _topics(title: str, body: str) -> list[str]:
    """The topics of a heading; the density of each in the section, and the two densest."""
    automaton, topics, names, density = _topic_words()
    features = [f"title={names[topic]}" for topic in {topics[index] for index, _, _ in _found(automaton, title)}]
    counts = [0] * len(names)
    whole = title + body
    for index, _, _ in _found(automaton, whole):
        counts[topics[index]] += 1
    share = 100 / max(len(whole), _SHORT)
    features += [density[topic][min(_MANY, round(count * share))] for topic, count in enumerate(counts)]
    second, first = sorted(range(len(names)), key=counts.__getitem__)[-2:]
    if counts[first]:
        features.append(f"densest={names[first]}")
    if counts[second]:
        features.append(f"densest={names[first]}:{names[second]}")
    return features


def _found(automaton: AhoCorasick, text: str) -> Sequence[tuple[int, int, int]]:
    return automaton.find_matches_as_indexes(text)


@cache
def _topic_words() -> _Topics:
    from ahocorasick_rs import AhoCorasick, MatchKind  # noqa: PLC0415  # only when a text is read

    rows = lexicon.load("topics", TopicRow)
    names = tuple(sorted({row.topic for row in rows}))
    return _Topics(
        AhoCorasick([row.word for row in rows], matchkind=MatchKind.LeftmostLongest),
        tuple(names.index(row.topic) for row in rows),
        names,
        tuple(tuple(f"topic={name}:{level}" for level in range(_MANY + 1)) for name in names),
    )


def _runs(title: str) -> Iterator[str]:
    """The runs of two and three characters of a title, its ends marked."""
    marked = f"^{title}$"
    for length in (2, 3):
        for start in range(len(marked) - length + 1):
            yield marked[start : start + length]


def _words(text: str) -> Iterator[str]:
    return (word for word, _ in tag(text) if word[0] >= "a")  # neither digits nor signs


def _shape(marker: str | None) -> str:
    if marker is None:
        return "none"
    return next(name for pattern, name in _MARKER_SHAPES if pattern.match(marker.strip()))


def category_features(figure: Figure, before: Figure | None) -> list[str]:
    """The features of a figure whose measure word leaves its category open; `before` is the previous one there.

    The words around it were tried and added nothing to the rules.
    """
    item, unit = figure.item, figure.unit
    features = ["bias", f"said={figure.category}", f"unit={unit}", f"unit={unit}:{figure.category}"]
    features += (f"item={item[-length:]}" for length in (1, 2, 3, 4) if len(item) >= length)
    features += (f"item={word}" for word, _ in tag(item))
    features += (f"u={unit}:{item[-length:]}" for length in (1, 2) if len(item) >= length)
    features += (f"before={before.category if before else None}", f"modality={figure.modality}")
    return features


def modality_features(
    figure: Figure, left: str, right: str, section: Section | None, doc_type: DocumentType
) -> list[str]:
    """The features of a figure's modality."""
    label = section.label if section else None
    features = ["bias", f"said={figure.modality}", f"section={label}", f"type={doc_type}"]
    features += (f"said={figure.modality}:{label}", f"said={figure.modality}:{doc_type}", f"bound={figure.bound}")
    features += (f"s={word}" for word in set(_words(left[-3 * _CLAUSE :])))
    features += (f"c={word}" for word in set(_words(left[-_CLAUSE:])))
    features += (f"r={word}" for word in set(_words(right[:_CLAUSE])))
    return features


def document_features(headings: Sequence[str], body: str) -> list[str]:
    """The features of a document's type: the words of its text, the frequent ones, its headings of the first level."""
    counts = Counter(_words(body))
    features = ["bias", *(f"w={word}" for word in counts)]
    features += (f"often={word}" for word, count in counts.items() if count * _OFTEN >= len(body))
    for heading in headings:
        features += _evidence(heading)
        features += (f"h={word}" for word in set(_words(heading[:_TITLE])))
    return features
