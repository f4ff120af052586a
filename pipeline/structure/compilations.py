"""Collections: the lines before their first part, and parts numbered like headings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from zongji.corpus.patterns import WordPattern
from zongji.pipeline.structure import document_cues
from zongji.pipeline.structure.document_cues import names_bulletin
from zongji.pipeline.structure.headings import Heading, Line
from zongji.pipeline.structure.markers import MarkerKind

_NAMES_COLLECTION = WordPattern("document_cues", r"{collection}|[二两三四五六七八九十几\d][篇则](?:[）)]|$)")
# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_FRONT = 12  # lines of a file that may hold a collection's name
_FEWEST_PIECES = 2
_SHORTEST_HEADLINE = 8  # characters


def names_collection(text: str) -> bool:
    """True for `社区与物业常用文稿三则`."""
    return len(text) <= document_cues.LONGEST_TITLE and _NAMES_COLLECTION.search(text) is not None


def numbered_parts(lines: Sequence[Line], headings: Mapping[int, Heading]) -> Set[int]:
    """The indexes of the parts of a collection that are numbered like headings: `（一）骨科十月份护理工作小结`.

    So may be the items of a bulletin, each of which begins with a date of its own. `headings` are those at the start
    of a line, by offset. The collection's name must come before them, and their numbering must start at one.
    """
    own = [(index, headings[line.start]) for index, line in enumerate(lines) if line.start in headings]
    titles = [(index, heading) for index, heading in own if _is_title(heading)]
    names = names_collection
    if len(titles) < _FEWEST_PIECES:
        titles = [(index, heading) for index, heading in own if _is_headline(heading, lines[index + 1 : index + 2])]
        names = names_bulletin
    first = titles[0][0] if len(titles) >= _FEWEST_PIECES else 0
    if not any(names(line.text.strip("*")) for line in lines[: min(first, _FRONT)]):
        return frozenset()
    kind = titles[0][1].kind
    pieces = [(index, heading) for index, heading in titles if heading.kind is kind]
    in_order = all(heading.number == number for number, (_, heading) in enumerate(pieces, start=1))
    return frozenset(index for index, _ in pieces) if in_order and len(pieces) >= _FEWEST_PIECES else frozenset()


def _is_title(heading: Heading) -> bool:
    ranks = heading.kind <= MarkerKind.HAN_PARENTHESES
    return ranks and heading.own_line and document_cues.is_title(heading.title or "")


def _is_headline(heading: Heading, below: Sequence[Line]) -> bool:
    """True for `1．县水利局完成山塘安全鉴定` above a text that begins with a day, or as news does."""
    ranks = heading.kind <= MarkerKind.ARABIC and heading.own_line and len(heading.title or "") >= _SHORTEST_HEADLINE
    return ranks and any(
        document_cues.begins_with_time(line.text) or document_cues.is_reported(line.text) for line in below
    )
