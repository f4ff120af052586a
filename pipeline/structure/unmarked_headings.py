"""Headings without a marker: separate lines, lead-ins of lists, known words with a colon before a text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from zongji.corpus.chinese_digits import UP_TO_TEN
from zongji.corpus.patterns import WordPattern, words_for
from zongji.models.rules import evidence_of
from zongji.pipeline.structure import document_cues
from zongji.pipeline.structure.headings import Heading, Line
from zongji.pipeline.structure.lead_ins import lead_in_end, stands_below
from zongji.pipeline.structure.line_roles import Role, TaggedLine
from zongji.pipeline.structure.lines_under_title import seems_office
from zongji.pipeline.structure.markers import MarkerKind
from zongji.pipeline.structure.timed_headings import timed_headings

_KEY = re.compile(r"(?P<key>[㐀-鿿“”、（）()]{2,12}(?:[（(][^（）()：:。，]{2,12}[)）])?)(?:[：:]|——)(?=.)")
_TIMED = re.compile(
    rf"(?P<key>第?[一二三四]季度|第[{UP_TO_TEN}]周|[上中下]旬|(?:\d{{1,2}}|[{UP_TO_TEN}]{{1,2}})月份?"
    r"|[㐀-鿿]{2,8}[（(][^（）()。，：:]{0,12}\d[^（）()。，：:]{0,12}[)）])[：:](?=.{6})"
)
_BRACKETED = re.compile(r"[【〔](?P<key>[㐀-鿿“”、]{2,12})[】〕](?:(?=[^\n]{10})|[：:]?$)")
_NO_HEADING = WordPattern("heading_cues", r"(?:{sum})(?=[：: \u3000\d])|附件?[：:]")
_SENTENCE = re.compile(r"[。；;！!？?]|[，,].*[，,]")
SIGNATURE = WordPattern(
    "document_cues",
    r".{0,40}(?:\d{4}|[二〇○零一]{4}|20[xX×*]{2}|[xX×_*]{2,4}) ?年.{0,10}[月日]?.{0,3}$"
    r"|.{2,30}(?:{signature-end}|(?<!怎么)办)$|[（(]?(?:{signature-label})[：: ]?.*|[（(]?[报送发印][：:].*",
)
_NOT_A_HEADING = re.compile(r"[。；;！!]$|^\d|[，,].*[，,]|\t|(?:^|[^第])\d{4}年|年\d|月\d{1,2}日|^[（(].*[)）]$|^附")
_LEAD = re.compile(r"(?P<lead>[^。；：:！？!?\d.]{3,14})(?:。|\.(?!\d))(?=.{15})")
_ADDRESS = re.compile(r"各位|尊敬的|同志")
_SAID = WordPattern("heading_cues", "(?:{speaks-next}|[{digits}])[来要]?[说讲谈看]")
_STATED = re.compile(r"[。；，,;\d]")
_PUNCTUATED = re.compile(r"[。；，,;！!：:|\t（(]|月|年$|^\d+$")
_FEWEST_SENTENCE = 17  # characters of a full sentence that can follow a bare heading
# Weights of a line's words, on the scale of headings.tsv, and lengths in characters: set by hand, with the
# annotated train and dev documents in view, not tuned by measurement.
_USUAL = 5  # from which a line may hold what headings rarely do: a date, a full stop
_STRONG = 6  # from which a heading may follow an unfinished line, or be followed by another heading
_SURE = 7  # weight of the words of a key that is a heading on its own
_SUREST = 8  # from which it may follow another heading directly
_LONGEST_UNUSUAL = 14  # characters of a line with a date that is a heading
_LONGEST_KEY = 8  # characters of one
_SHORTEST_KEY = 6  # characters of a heading such as 活动主题, which may be followed by a few words only
_SHORTEST_SENTENCE = 12  # characters of a heading with a full stop: `维护职工权益。`
_FOUR_AND_THREE = 7  # characters of a lead such as 全力以赴抓项目
_LONGEST_BARE = 22  # characters of a heading without a marker
_HEADLINE = re.compile(r"[㐀-鿿“”、]{2,12}[：:][㐀-鿿“”、]{2,12}(?:[，, ][㐀-鿿“”、]{2,12})?")
_FEWEST_HEADLINES = 2  # of them in a document
_LONGEST_BOLD = 30  # characters of a line in bold that is a heading
_FEWEST_STATED = 3  # headings that the format marks, from which it marks all
_TRAILING = " 。；;：:，,、.！!"
FEWEST_BODY = 25  # characters of a paragraph that can follow a bare heading


def bare_headings(lines: Sequence[TaggedLine]) -> Iterator[Heading]:
    """Headings without a marker: on their own line, or a known word with a colon before a line's text."""
    leads = _parallel_leads(lines) | _runs_of_keys(lines) | _alike_keys(lines) | _alike_headlines(lines)
    timed = timed_headings(lines)
    is_below, states = False, sum(item.depth is not None for item in lines) >= _FEWEST_STATED
    for index, item in enumerate(lines):
        is_below = is_below or item.heading is not None
        if item.heading is not None or item.role in {Role.BOILERPLATE, Role.SEPARATOR, Role.PIECE}:
            continue
        before, behind = lines[index - 1] if index else None, lines[index + 1 : index + 3]
        if end := timed.get(index, 0):
            is_below = True
            yield _bare(item.line, end, MarkerKind.TIMED)
        elif item.line.text[-1] in "：:" and behind and index not in leads:
            if end := lead_in_end(item.line.text, before, behind, is_below=is_below):
                is_below = True
                yield _bare(item.line, end, MarkerKind.LEAD_IN if stands_below(item.line.text) else MarkerKind.BARE)
        elif end := leads.get(index, 0) or _bare_end(item, before, behind, states=states):
            is_below = True
            yield _bare(item.line, end)


def _parallel_leads(lines: Sequence[TaggedLine]) -> dict[int, int]:
    """Index to length of short first sentences that share a pattern in adjacent paragraphs.

    `抓防疫，守住一方平安。…` `抓脱贫，不落一户一人。…` `抓建设，变了村庄模样。…`
    """
    found: dict[int, int] = {}
    run: list[tuple[int, str]] = []
    for index, item in enumerate(lines):
        lead = _LEAD.match(item.line.text) if item.heading is None and item.role is not Role.BOILERPLATE else None
        if run and (lead is None or not _is_parallel(run[-1][1], lead["lead"])):
            found |= _of_run(run)
            run = []
        if lead is not None:
            run.append((index, lead["lead"]))
    return found | _of_run(run)


def _runs_of_keys(lines: Sequence[TaggedLine]) -> dict[int, int]:
    """Index to length of the keys of a timetable in adjacent lines: `一季度：…`, `摸底（3月底前）：…`."""
    found: dict[int, int] = {}
    run: list[tuple[int, str]] = []
    for index, item in enumerate(lines):
        key = _TIMED.match(item.line.text) if item.heading is None else None
        if key is not None:
            run.append((index, key["key"]))
        elif run:
            found |= _of_run(run)
            run = []
    return found | _of_run(run)


def _alike_keys(lines: Sequence[TaggedLine]) -> dict[int, int]:
    """Index to length of keys with the same ending: `做成的事：…` `没做好的事：…` `打算做的事：…`."""
    found: dict[str, list[tuple[int, str]]] = {}
    for index, item in enumerate(lines):
        text = item.line.text
        key = _KEY.match(text) if item.heading is None else None
        if key is None or SIGNATURE.fullmatch(text):
            continue
        if len(key["key"]) <= _LONGEST_KEY and len(text) - key.end() >= _SHORTEST_SENTENCE:
            found.setdefault(key["key"][-2:], []).append((index, key["key"]))
    return {index: length for run in found.values() for index, length in _of_run(run).items()}


def _alike_headlines(lines: Sequence[TaggedLine]) -> dict[int, int]:
    """Index to length of headlines in two halves between paragraphs: `夜间办证：窗口不关，随到随办`."""
    found = {
        index: len(item.line.text)
        for index, (before, item, behind) in enumerate(zip(lines, lines[1:], lines[2:], strict=False), start=1)
        if item.heading is None and _HEADLINE.fullmatch(item.line.text) and _ends(before) and _ends(behind)
    }
    return found if len(found) >= _FEWEST_HEADLINES else {}


def _ends(item: TaggedLine) -> bool:
    return item.heading is None and item.line.text[-1] in "。！”"


def _of_run(run: Sequence[tuple[int, str]]) -> dict[int, int]:
    fewest = 2 if run and _SAID.match(run[0][1]) else 3
    return {index: len(lead) for index, lead in run} if len(run) >= fewest else {}


def _is_parallel(lead: str, other: str) -> bool:
    if _SAID.match(lead) and _SAID.match(other):
        return True
    same_shape = len(lead) == len(other) and (lead[-1] == other[-1] or len(lead) <= _FOUR_AND_THREE)
    return (lead[0] == other[0] and lead[0] not in words_for("heading_cues", "begins-anything")) or same_shape


def _bare(line: Line, end: int, kind: MarkerKind = MarkerKind.BARE) -> Heading:
    title = line.text[:end].strip(_TRAILING)
    own_line = end >= len(line.text.rstrip(_TRAILING))
    return Heading(line.start, line.start, line.start + end, kind, 0, None, title, opens_line=True, own_line=own_line)


def _bare_end(item: TaggedLine, before: TaggedLine | None, behind: Sequence[TaggedLine], *, states: bool) -> int:
    """The length of the heading at a line's start, 0 if there is none.

    `states` tells whether the format marks headings: then no line is one by its shape alone, unless it is in bold.
    """
    text = item.line.text
    if document_cues.is_table_row(text) or _NO_HEADING.match(text):
        return 0
    if (bracketed := _BRACKETED.match(text)) is not None and (behind or bracketed.end() < len(text)):
        return bracketed.end()
    if item.is_bold and behind and len(text) <= _LONGEST_BOLD and not _SENTENCE.search(text):
        is_last = len(behind) == 1 and SIGNATURE.fullmatch(text) is not None
        return 0 if is_last else len(text.rstrip(_TRAILING))
    if _KEY.match(text) is not None:
        return _key_end(item, before, behind)
    if not behind or (states and not item.is_bold):
        return 0
    if len(text) > _LONGEST_BARE or item.role is Role.CLOSING:
        return 0
    if len(text) <= _SHORTEST_SENTENCE and text.endswith("。") and len(behind[0].line.text) >= FEWEST_BODY:
        if before is not None and before.heading is not None and before.heading.own_line:
            return 0  # the text of the heading above it
        return len(text) - 1 if "，" not in text and behind[0].heading is None else 0
    return len(text) if _heads_numbering(text, behind[0]) or _stands_alone(text, before, behind) else 0


def _key_end(item: TaggedLine, before: TaggedLine | None, behind: Sequence[TaggedLine]) -> int:
    """`活动主题：…` with a known word, or one of a list of such lines."""
    text = item.line.text
    key = _KEY.match(text)
    if key is None or key["key"] in words_for("heading_cues", "field"):
        return 0
    known = _weight(key["key"]) >= _SURE and len(key["key"]) <= _LONGEST_KEY and key["key"][-1] not in "是为有"
    known = known and not _opens_items(before, behind) and "—" not in key[0]
    if _is_headline(text, before, behind):
        return len(text)
    return key.end("key") if known or _is_list_of_keys(before, item, behind) else 0


def _is_headline(text: str, before: TaggedLine | None, behind: Sequence[TaggedLine]) -> bool:
    """True for `三圣乡：先规模后散养` between two paragraphs."""
    if len(text) > _LONGEST_BARE or not _is_between_paragraphs(before, behind):
        return False
    return not (_STATED.search(text) or evidence_of(text) is not None or SIGNATURE.fullmatch(text))


def _is_between_paragraphs(before: TaggedLine | None, behind: Sequence[TaggedLine]) -> bool:
    if before is None or before.heading is not None or not _has_ended(before):
        return False
    return bool(behind) and behind[0].heading is None and _is_paragraph(behind[0].line.text)


def _stands_alone(text: str, before: TaggedLine | None, behind: Sequence[TaggedLine]) -> bool:
    """True for a short line between two paragraphs, or with known words."""
    weight = _weight(text)
    if document_cues.PART_OF_YEAR.fullmatch(text):
        return _can_be_governed(behind[0])
    if _NOT_A_HEADING.search(text) and (weight < _USUAL or len(text) > _LONGEST_UNUSUAL or text[-1] in _TRAILING):
        return False
    if before is not None and before.heading is not None and before.heading.own_line and weight < _SUREST:
        return False  # the text of the heading above it
    if weight == 0 and SIGNATURE.fullmatch(text) and not seems_office(text):
        return False
    governs = _can_be_governed(behind[0]) or (weight >= _SUREST and len(text) <= _SHORTEST_KEY)
    if not governs and weight >= _STRONG and len(behind[0].line.text) <= _LONGEST_BARE:
        governs = any(_can_be_governed(item) for item in behind[1:])  # a heading right above a heading
    return governs and (weight >= _STRONG or before is None or _has_ended(before))


def _has_ended(before: TaggedLine) -> bool:
    text = before.line.text
    return text[-1] in "。！!；;：:”）)." or before.heading is not None or document_cues.is_table_row(text)


def _weight(text: str) -> int:
    """How strongly the words of a line indicate a section class."""
    found = evidence_of(text)
    return found.weight if found is not None else 0


def _opens_items(before: TaggedLine | None, behind: Sequence[TaggedLine]) -> bool:
    """True between a heading on its own line and the next heading: `主要预期目标：…`."""
    if before is None or before.heading is None or not behind or behind[0].heading is None:
        return False
    return before.heading.own_line


def _heads_numbering(text: str, following: TaggedLine) -> bool:
    """True for a short line right above the first item of a numbering: `2022年的履职足迹`."""
    opens = following.heading is not None and following.heading.number == 1
    signed = SIGNATURE.fullmatch(text) and "年" not in text
    signed = signed or _ADDRESS.match(text) is not None
    return opens and len(text) <= _LONGEST_BARE and not _PUNCTUATED.search(text) and not signed


def _is_list_of_keys(before: TaggedLine | None, item: TaggedLine, behind: Sequence[TaggedLine]) -> bool:
    """True for one of several adjacent lines of the form `课业辅导：面向…`."""
    neighbours = [line for line in (before, *behind[:1]) if line is not None]
    return _is_keyed(item) and any(_is_keyed(line) for line in neighbours)


def _is_keyed(item: TaggedLine) -> bool:
    text = item.line.text
    key = _KEY.match(text)
    if key is None or item.heading is not None or SIGNATURE.fullmatch(text):
        return False
    return len(text) - key.end() >= FEWEST_BODY


def _can_be_governed(following: TaggedLine) -> bool:
    """True for what can follow a heading: another heading, a paragraph, a lead-in, a sentence, a table."""
    return following.heading is not None or any(governed(following.line.text) for governed in _GOVERNED)


def _is_paragraph(text: str) -> bool:
    return len(text) >= FEWEST_BODY


def _leads_in(text: str) -> bool:
    return text[-1] in "：:"


def _is_sentence(text: str) -> bool:
    return len(text) >= _FEWEST_SENTENCE and text[-1] in "。；"


_GOVERNED: tuple[Callable[[str], bool], ...] = (_is_paragraph, _leads_in, _is_sentence, document_cues.is_table_row)
"""What a line without a heading must be to follow one."""
