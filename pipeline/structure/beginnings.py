"""How strongly a line looks like the first one of another document: the sum of the points of its signs.

Signs stand in the line itself (a title, a salutation), before it (a signature, a larger gap), behind it (a date, an
opening sentence, a numbering that begins again), and in what it shares with the title of the document before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from zongji.corpus.labels import SectionLabel
from zongji.corpus.patterns import WordPattern
from zongji.models.rules import evidence_of
from zongji.pipeline.structure import document_cues, edge_lines
from zongji.pipeline.structure.likeness import are_alike, are_same_but_numbers
from zongji.pipeline.structure.line_roles import Role
from zongji.pipeline.structure.lines_under_title import is_office
from zongji.pipeline.structure.surroundings import Place

# The points were set by hand, with the cases in tests/cases/collections.txt, the annotated train documents, and
# collections joined from these in view.
ENOUGH = 5  # points from which a line begins a document
_NAMED = 9  # characters of a title that names more than a kind of document
_BODY = 15  # characters of a text
_KNOWN = 5  # weight of the words of a heading
_LONGEST_NAME = 10  # characters of a name with a post
_PARAGRAPH = 25  # characters of a line that has a full stop where it ends
_TITLES = frozenset({SectionLabel.TITLE, SectionLabel.PREAMBLE})
_TELLS_OF_EVENT = WordPattern("document_cues", r"(?:{organizations/all}|{headline-subject}).{0,14}(?:{headline})")
_NAMES_EVENT = WordPattern("document_cues", r"(?:{activities/all})(?:[！!”》]|$)")
_SUBTITLE = re.compile(r"(?:——|--|―).{2,40}$|[（(][^（）()]{4,30}[)）]$")
_IS_FORM = WordPattern("document_cues", r"(?:{form-end})(?:[（(][^（）()]{1,10}[)）])?$")


def points(place: Place) -> int:
    """How strongly a line begins another document."""
    return sum(worth for worth, holds in SIGNS if holds(place))


def is_marked(place: Place) -> bool:
    """A title by its format."""
    return place.index in place.titles


def is_named(place: Place) -> bool:
    """A title with a word for a kind of document, also behind a colon: `外联部：2020年工作总结`."""
    return place.tagged[place.index].role is Role.TITLE or document_cues.is_title(place.text.partition("：")[2])


def is_named_in_full(place: Place) -> bool:
    """Such a title that says more than the kind."""
    return is_named(place) and (len(place.text) >= _NAMED or "关于" in place.text)


def is_part_of_year(place: Place) -> bool:
    """`2023年工作安排`, as headings of a report are worded, too."""
    return document_cues.is_part_of_year(place.text)


def tells_of_event(place: Place) -> bool:
    """A headline: an office and what it did."""
    return _TELLS_OF_EVENT.search(place.text) is not None


def names_event(place: Place) -> bool:
    """`“五月之声”合唱比赛`."""
    return _NAMES_EVENT.search(place.text) is not None


def is_like_title(place: Place) -> bool:
    """Worded like the title of the document before: `第二站：…` after `第一站：…`."""
    return any(are_alike(title, place.text) for title in _titles_before(place))


def differs_in_number(place: Place) -> bool:
    """The same as that line but for its numbers: `驻村日志（第12期）`, `驻村日志（第13期）`."""
    return any(are_same_but_numbers(title, place.text) for title in _titles_before(place))


def _titles_before(place: Place) -> Iterator[str]:
    """What may be the title of the document before: its first line, or the one below the title of a series."""
    first = place.current.first
    lines = 2 if document_cues.names_bulletin(place.tagged[first].line.text) else 1
    for item in place.tagged[first : min(first + lines, place.index)]:
        if edge_lines.may_begin(item):
            yield item.line.text


def salutes(place: Place) -> bool:
    """`尊敬的各位家长：`."""
    return edge_lines.salutes(place.text)


def heads_mail(place: Place) -> bool:
    """The first of several lines such as `主题：…`, `发件人：…`."""
    behind = place.behind[:1]
    is_first = edge_lines.heads_mail(place.text) and not edge_lines.heads_mail(place.before.line.text)
    return is_first and any(edge_lines.heads_mail(item.line.text) for item in behind)


def is_spaced(place: Place) -> bool:
    """More blank lines before it than usual."""
    return place.gaps.surplus(place.index, place.current) > 0


def is_set_apart(place: Place) -> bool:
    """Two blank lines more before it than usual."""
    return place.gaps.surplus(place.index, place.current) > 1


def has_subtitle(place: Place) -> bool:
    """`——…` or `（2022年第11期）` below it."""
    return bool(place.behind) and _SUBTITLE.match(place.behind[0].line.text) is not None


def stands_behind_end(place: Place) -> bool:
    """The document before has closed: with a closing paragraph, a signature, a separator."""
    return place.current.closed or place.current.signed


def is_dated(place: Place) -> bool:
    """A full date or site data right below it, or at its end."""
    if edge_lines.ends_with_date(place.text):
        return True
    item = place.behind[0] if place.behind else None
    return item is not None and (item.role is Role.BOILERPLATE or edge_lines.is_dated(item.line.text))


def has_day(place: Place) -> bool:
    """`7月10日` or a byline right below it."""
    item = place.behind[0] if place.behind else None
    return item is not None and not is_dated(place) and edge_lines.stands_between(item)


def is_reported(place: Place) -> bool:
    """The text below begins as news: `本报讯（记者…）`."""
    return place.body is not None and document_cues.is_reported(place.body.line.text)


def opens_with_time(place: Place) -> bool:
    """The text below begins with a time: `4月5日，…`, `近日，…`, `今年以来，…`."""
    text = place.body.line.text if place.body is not None else ""
    return document_cues.begins_with_time(text)


def opens(place: Place) -> bool:
    """The text below is an opening paragraph or a salutation."""
    body = place.body
    if body is None:
        return False
    if body.heading is None and document_cues.opening_score(body.line.text) > 0:
        return True
    return body.role in {Role.OPENING, Role.MAYBE_OPENING} or edge_lines.salutes(body.line.text)


def numbering_begins_again(place: Place) -> bool:
    """The next heading of the highest level is the first of its numbering, after a second one."""
    current = place.current
    return current.number > 1 and place.numberings.following(current.top, place.index) == 1


def numbering_goes_on(place: Place) -> bool:
    """The next heading of the highest level has the next number: the document is not at its end."""
    current = place.current
    following = place.numberings.following(current.top, place.index)
    return current.number > 0 and following is not None and current.number < following <= current.number + 2


def is_half_of_title(place: Place) -> bool:
    """One half of a double title, as the heading of its part; the plan that a notice brings is none."""
    if f"《{place.text}》" in place.tagged[place.current.first].line.text:
        return False
    return document_cues.is_second_half(place.text, place.tagged[place.current.first].line.text)


def is_heading(place: Place) -> bool:
    """Words of a section's heading, and hardly more."""
    evidence = evidence_of(place.text) if len(place.text) < _NAMED else None
    return evidence is not None and evidence.label not in _TITLES and evidence.weight >= _KNOWN


def is_governed(place: Place) -> bool:
    """Right below a heading or a colon, in the middle of a sentence."""
    before = place.before
    if before.role in {Role.SEPARATOR, Role.BOILERPLATE, Role.TITLE}:
        return False
    text = before.line.text
    goes_on = place.gaps.before[place.index] == 0 and not is_named(place)
    unfinished = goes_on and len(text) >= _PARAGRAPH and text[-1] not in "。！？!?；;）)”》…."
    heads = before.heading is not None and before.heading.own_line and text[-1] not in "。；！？"
    return heads or text[-1] in "：:，,、" or unfinished


def lacks_body(place: Place) -> bool:
    """No text below it; of a list of titles, only the last."""
    below = [item for item in place.behind if not edge_lines.stands_between(item)][:3]
    if below and (below[0].heading is not None or below[0].role is Role.TITLE):
        return False
    return sum(len(item.line.text) for item in below) < _BODY


def signs(place: Place) -> bool:
    """An office or a name above a date: the signature of the document before."""
    if is_named(place) or tells_of_event(place) or not (is_dated(place) or has_day(place)):
        return False
    gaps, behind = place.gaps.before, place.index + 2
    ends = behind >= len(gaps) or gaps[behind] > gaps[place.index]
    return is_office(place.text) or (ends and len(place.text) <= _LONGEST_NAME)


def is_form(place: Place) -> bool:
    """`报名表`, `回执`: what is appended to a document."""
    return _IS_FORM.search(place.text) is not None


Sign = Callable[[Place], bool]
SIGNS: tuple[tuple[int, Sign], ...] = (
    (5, is_marked),
    (3, is_named),
    (2, is_named_in_full),
    (-4, is_part_of_year),
    (2, tells_of_event),
    (1, names_event),
    (3, is_like_title),
    (2, differs_in_number),
    (2, salutes),
    (5, heads_mail),
    (2, is_spaced),
    (1, is_set_apart),
    (2, has_subtitle),
    (3, stands_behind_end),
    (4, is_dated),
    (2, has_day),
    (4, is_reported),
    (2, opens_with_time),
    (2, opens),
    (2, numbering_begins_again),
    (-9, numbering_goes_on),
    (-9, is_half_of_title),
    (-3, is_heading),
    (-5, is_governed),
    (-5, lacks_body),
    (-4, is_form),
    (-9, signs),
)
"""The signs of a document's first line, with their points."""
