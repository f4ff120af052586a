"""The period that a document plans or reports."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from zongji.corpus.chinese_digits import in_arabic
from zongji.corpus.patterns import WordPattern
from zongji.corpus.records import Period, Span
from zongji.pipeline.metadata.passages import Passage, Passages, joined
from zongji.pipeline.metadata.period_dates import PART, dates_of_words
from zongji.pipeline.metadata.said import Said
from zongji.pipeline.metadata.stated_dates import Stretch, stretches
from zongji.pipeline.structure.document_cues import YEAR

# Set by hand, with the annotated train and dev documents in view; not tuned by measurement.
_OPENING = 120  # characters of an opening paragraph that may state the period by its year
_WORDS = 200  # characters of it that may state the period in words
_FIRST_DAY = 100  # characters of it in which the day of a single event begins
_FRESH = 15  # days after an event in which it is reported
_STORY = 800  # characters of a text among which the day of the event that it reports stands
_FEWEST_YEARS = 3  # mentions of a year that make it the period of a text that says nothing else
_KEY_LINES = 40  # first lines of a text among which the time of an activity is stated
_FOUNDED = "(?<!我于)(?<![建立办生]于)(?<![我自从])"  # 始建于1958年 dates an office, not the report
_PERIOD = WordPattern(
    "periods",
    r"{founded}{year} ?年?[—–\-~～至到]{1,2}{year} ?(?:学年度?|年度?)(?:[（(]?第?[上下一二]学期)?"
    r"|{founded}{year} ?学年度?(?:第?[上下一二]学期)?"
    r"|{founded}{year} ?年?度?(?:{part_of_year})?(?<={ends})",
    founded=_FOUNDED,
    year=YEAR,
    part_of_year=PART,
)
_PROGRAMME = re.compile('[“"]?十[一二三四五六]五[”"]?(?:期间|时期)?')
_OF_REPUBLIC = re.compile(r"(?:民国)?(?<!\d)1[0-4]\d ?年度")
_BARE_YEAR = re.compile(r"(?<![\d.\-])20[0-3]\d(?![\d.\-年]|[届级号])")
_OF_ONE_EVENT = WordPattern("periods", "{one-event}")
_PERSONAL = WordPattern("periods", "{personal}")
_CAREER = WordPattern(
    "periods", r"{year}年(?=(?:\d{1,2}|[{up_to_ten}]{1,3})月|{career})", year=YEAR
)  # `2021年8月调任现职`: when someone took up a post
_PART_OF_YEAR = WordPattern(
    "periods",
    r"{part_of_year}|(?<![{up_to_ten}\d])(?:1[0-2]|[1-9]|[{digits}]|十[一二]?)月(?!\d|[{up_to_ten}])"
    r"|第(?:\d{1,2}|[{up_to_ten}]{1,3})周|[{stems}][{branches}]年",
    part_of_year=PART,
)
_YEAR_OF_LINE = re.compile(rf"(?<=\n){YEAR}年(?=[，,])")  # `2023年，…` at the beginning of the report proper
_YEAR = re.compile(YEAR)
_IN_BRACKETS = re.compile(rf"[（(《]{YEAR}年?[)）》]")  # `首届（2011年）`
_MENTION = re.compile(rf"{YEAR} ?年")
_BLANK = re.compile(r"[ \u3000]")
_PERIOD_WORDS = WordPattern("periods", r"(?:{relative})(?![\d{up_to_ten}]{1,4}岁)")
_KEY = WordPattern(
    "periods",
    r"^[【\[（(]?(?:[{up_to_ten}\d]{1,2}[、.．)）] ?)?(?:[㐀-鿿]{0,6}(?:{time-of}))?"
    r"(?:时间|日期)(?:[、和及与]?(?:地点|安排))?"
    r"[】\])）]?[:： \u3000]*",
)
_SENTENCE = re.compile(r"[^。！？]{0,160}")
_HAPPENS = WordPattern("periods", "{happens}|{activity_cues/holding}")
_TOLD = WordPattern("periods", "{told}")
_NO_EVENT_BEFORE = WordPattern("periods", r"(?:{not-on-day})$")
_NO_EVENT_BEHIND = WordPattern("periods", r"[ ]?(?:{not-from-day})")


class _Evidence(NamedTuple):
    """The passages in which a document may state its period."""

    about: Passages
    titled: Passage
    """Title and lines under it that state no day."""
    dated: Passage
    """Those that do: when the document was read out or lasted from and to."""
    text: Passage
    """All lines below."""
    one_event: bool
    """True if the title names a single event: an activity, a briefing."""
    is_plan: bool
    signed: Said | None
    """The document's date, which is no period."""

    def is_date(self, place: Span) -> bool:
        """True for the place of the document's date."""
        return self.signed is not None and self.signed.place is not None and place.start == self.signed.place.start


class _Match(NamedTuple):
    words: str
    place: Span
    stretch: Stretch | None = None


_Rule = Callable[[_Evidence], Iterator[_Match]]


def period_of(about: Passages, signed: Said | None, *, is_plan: bool) -> tuple[Period, Said | None]:
    """The period that the first of `RULES` finds, with its dates, and where it stands; `signed` is the date."""
    lines = list(_lines(about.block))
    evidence = _Evidence(
        about=about,
        titled=_part([line for line in lines if not _states_day(line[0])]),
        dated=_part([line for line in lines if _states_day(line[0])]),
        text=joined(about.lines),
        one_event=_OF_ONE_EVENT.search(about.block.text) is not None,
        is_plan=is_plan,
        signed=signed,
    )
    for rule, confidence in RULES.items():
        for found in rule(evidence):
            if not evidence.is_date(found.place):
                said = Said(_BLANK.sub("", found.words), found.words, found.place, rule.__name__.strip("_"), confidence)
                return Period(*_dates(found, evidence), text=said.value), said
    return Period(), None


def _dates(found: _Match, evidence: _Evidence) -> tuple[str | None, str | None]:
    if found.stretch is None:
        return dates_of_words(found.words)
    days = found.stretch.days(_year_of(evidence))
    signed = evidence.signed.value if evidence.signed and not evidence.is_plan else None
    if found.stretch.year is None and signed and days[0] and days[0][: len(signed)] > signed:
        return None, None  # would lie behind the date of the document
    return days


def _year_of(evidence: _Evidence) -> str | None:
    """The only year that title and date state."""
    titled = {in_arabic(year) for year in _YEAR.findall(evidence.about.block.text)}
    if len(titled) == 1 and (year := titled.pop()).isdecimal():
        return year
    return evidence.signed.value[:4] if evidence.signed and not titled else None


def _in_the_title(evidence: _Evidence) -> Iterator[_Match]:
    return _matches(_PERIOD, evidence.titled)


def _days_of_the_title(evidence: _Evidence) -> Iterator[_Match]:
    """`（2020年6月1日—6月7日）` and `5月10日至20日` in the title or under it; of an event, a month as well."""
    block = evidence.about.block
    for found in stretches(block.text):
        if found.is_long or (evidence.one_event and found.year and found.day is None):
            yield _stretch(found, block)


def _days_of_an_event(evidence: _Evidence) -> Iterator[_Match]:
    """The day on which something happened, as the first thing that the text says."""
    opening = evidence.about.opening
    for found in stretches(opening.text):
        if found.start >= _FIRST_DAY:
            return
        behind = _SENTENCE.match(opening.text, found.end)[0]  # type: ignore[index]  # matches always
        if _is_of_event(found, opening.text) and (not evidence.is_plan or _HAPPENS.search(behind)):
            yield _stretch(found, opening)


def _is_of_event(found: Stretch, text: str) -> bool:
    """False for a month, and for a day up to which, since which or as of which something holds."""
    is_day = bool(found.day or found.is_vague or found.third or found.is_long)
    before, behind = text[max(0, found.start - 8) : found.start], text[found.end : found.end + 8]
    return is_day and not _NO_EVENT_BEFORE.search(before) and not _NO_EVENT_BEHIND.match(behind)


def _month_of_an_event(evidence: _Evidence) -> Iterator[_Match]:
    """The month of a single event with which the text begins: `2022年6月是…`."""
    opening = evidence.about.opening
    found = next(stretches(opening.text), None) if evidence.one_event else None
    if found is not None and found.start == 0 and found.year and not found.day:
        yield _stretch(found, opening)


def _days_of_a_titled_event(evidence: _Evidence) -> Iterator[_Match]:
    """The same where the title tells of it: `…科普日活动启动`."""
    return _days_of_an_event(evidence) if _TOLD.search(evidence.about.title) else iter(())


def _days_before_the_date(evidence: _Evidence) -> Iterator[_Match]:
    """A day that the text names right before the date on which it was published."""
    signed = _day(evidence.signed.value) if evidence.signed is not None else None
    if signed is None or evidence.is_plan or (evidence.signed is not None and evidence.signed.rule == "signed"):
        return
    for found in stretches(evidence.text.text[:_STORY]):
        last = _day(found.days(str(signed.year))[1] or "")
        if last and found.day and timedelta() <= signed - last <= timedelta(days=_FRESH):
            yield _stretch(found, evidence.text)


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if len(iso) == len("2023-03-05") else None


def _in_a_key_line(evidence: _Evidence) -> Iterator[_Match]:
    """`活动时间：3月5日至10日`, or on the line below that heading."""
    lines = evidence.about.lines[:_KEY_LINES]
    for place, line in enumerate(lines):
        key = _KEY.match(line.text)
        if key is None:
            continue
        below = lines[place + 1 : place + 2] if key.end() == len(line.text) else ()
        passage = joined([line, *below])
        yield from (_stretch(found, passage) for found in stretches(passage.text) if found.start >= key.end())


def _under_the_title_of_an_event(evidence: _Evidence) -> Iterator[_Match]:
    return _matches(_PERIOD, evidence.dated) if evidence.one_event else iter(())


def _at_the_opening(evidence: _Evidence) -> Iterator[_Match]:
    """The opening paragraph's; in a personal report, years of taking up a post are ignored."""
    opening = evidence.about.opening
    career = _career(opening) if _PERSONAL.search(evidence.about.block.text) else set()
    found = _matches(
        _PERIOD, Passage(_IN_BRACKETS.sub(_blanked, opening.text), opening.starts, opening.origins), _OPENING
    )
    return (match for match in found if match.place.start not in career)


def _blanked(brackets: re.Match[str]) -> str:
    return " " * len(brackets[0])


def _career(opening: Passage) -> set[int]:
    return {opening.span(*found.span()).start for found in _CAREER.finditer(opening.text)}


def _in_the_first_heading(evidence: _Evidence) -> Iterator[_Match]:
    return _matches(_PERIOD, evidence.about.first_heading)


def _year_that_begins_a_line(evidence: _Evidence) -> Iterator[_Match]:
    return _matches(_YEAR_OF_LINE, evidence.text) if evidence.dated.text else iter(())


def _part_of_a_year(evidence: _Evidence) -> Iterator[_Match]:
    return _matches(_PART_OF_YEAR, evidence.about.block)


def _words_in_the_title(evidence: _Evidence) -> Iterator[_Match]:
    return _matches(_PERIOD_WORDS, evidence.titled)


def _programme_in_the_title(evidence: _Evidence) -> Iterator[_Match]:
    return _matches(_PROGRAMME, evidence.titled)


def _year_of_the_republic(evidence: _Evidence) -> Iterator[_Match]:
    yield from _matches(_OF_REPUBLIC, evidence.titled)
    yield from _matches(_OF_REPUBLIC, evidence.about.opening, _OPENING)


def _year_of_most_mentions(evidence: _Evidence) -> Iterator[_Match]:
    """The year that the text names most often, where it names no other half as often."""
    found = list(_matches(_MENTION, evidence.text))
    counted = Counter(_BLANK.sub("", match.words) for match in found).most_common(2)
    if counted and counted[0][1] >= _FEWEST_YEARS and (len(counted) == 1 or counted[1][1] * 2 <= counted[0][1]):
        yield from (match for match in found if _BLANK.sub("", match.words) == counted[0][0])


def _bare_year_in_the_title(evidence: _Evidence) -> Iterator[_Match]:
    return _matches(_BARE_YEAR, evidence.titled)


def _words_at_the_opening(evidence: _Evidence) -> Iterator[_Match]:
    return _matches(_PERIOD_WORDS, evidence.about.opening, _WORDS)


RULES: dict[_Rule, float] = {
    _days_of_the_title: 0.95,
    _days_of_a_titled_event: 0.85,
    _in_the_title: 0.95,
    _programme_in_the_title: 0.9,
    _under_the_title_of_an_event: 0.9,
    _month_of_an_event: 0.85,
    _in_a_key_line: 0.85,
    _days_before_the_date: 0.8,
    _days_of_an_event: 0.8,
    _at_the_opening: 0.85,
    _in_the_first_heading: 0.8,
    _year_that_begins_a_line: 0.8,
    _part_of_a_year: 0.8,
    _year_of_the_republic: 0.8,
    _words_in_the_title: 0.8,
    _bare_year_in_the_title: 0.7,
    _words_at_the_opening: 0.6,
    _year_of_most_mentions: 0.5,
}
"""The sources of the period, strongest first, each with its confidence; set by hand."""


def _matches(pattern: WordPattern | re.Pattern[str], passage: Passage, longest: int | None = None) -> Iterator[_Match]:
    text = passage.text if longest is None else passage.text[:longest]
    return (_Match(found[0], passage.span(*found.span())) for found in pattern.finditer(text))


def _stretch(found: Stretch, passage: Passage) -> _Match:
    words = found.text.removesuffix("份")
    return _Match(words, passage.span(found.start, found.start + len(words)), found)


def _states_day(line: str) -> bool:
    return any(found.day or line.strip(" （()）") == found.text for found in stretches(line))


def _lines(passage: Passage) -> Iterator[tuple[str, int, int]]:
    """The lines of a passage, each with its beginning in the passage and in the restored text."""
    lines = passage.text.split("\n") if passage.text else []
    return zip(lines, passage.starts, passage.origins, strict=True)


def _part(lines: Iterable[tuple[str, int, int]]) -> Passage:
    texts, origins = [], []
    for text, _start, origin in lines:
        texts.append(text)
        origins.append(origin)
    starts = [sum(len(text) + 1 for text in texts[:place]) for place in range(len(texts))]
    return Passage("\n".join(texts), tuple(starts), tuple(origins))
