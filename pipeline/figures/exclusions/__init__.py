"""Numbers rejected as non-figures: small rules, in the order in which they are tried.

The rules implement the record definitions ("Not figures"). A rule gets a candidate with its surroundings and says
whether it rejects it.
"""

from __future__ import annotations

from zongji.corpus.labels import Reason
from zongji.corpus.patterns import Words
from zongji.pipeline.figures.exclusions import calendar, contests, counts, names, speech
from zongji.pipeline.figures.exclusions.surroundings import HAN_NUMERALS, Rule, Surroundings
from zongji.pipeline.figures.ruled import Ruled

__all__ = ["HAN_NUMERALS", "RULES", "RULES_FOR_COUNTS", "Surroundings", "rejection", "rules_for"]

# With these an Arabic number may be a date, an ordinal, an age or a duration.
_AMBIGUOUS_UNITS = Words("unit_classes", "period", "age", "ambiguous")
RULES: tuple[Rule, ...] = (
    names.list_marker,
    names.in_title,
    calendar.clock,
    names.identifier,
    names.pointer,
    counts.per_base,
    names.counted_ordinal,
    names.repeated_one,
    speech.repeated,
    names.idiom,
    calendar.blanked_year,
    names.document_number,
    names.telephone,
    names.ordinal,
    speech.stage,
    speech.stage_of_place,
    speech.enumerated,
    speech.numbered_group,
    speech.interval,
    calendar.date,
    calendar.time,
    names.version,
    calendar.age,
    counts.denominator,
    calendar.period,
    counts.threshold,
    names.size,
    speech.product,
    contests.race,
    contests.combined_events,
    contests.school_class,
    names.package,
    counts.unmet,
    counts.announcement,
    speech.introduced,
    speech.list_summed_up,
    speech.quoted_words,
    speech.reference,
    speech.figure_of_speech,
    speech.comparison,
    speech.collection,
    names.name,
    speech.narrated,
    counts.indefinite,
    counts.bare,
)
RULES_FOR_COUNTS: tuple[Rule, ...] = (
    names.list_marker,
    names.in_title,
    calendar.clock,
    names.identifier,
    names.pointer,
    counts.per_base,
    names.counted_ordinal,
    contests.race,
    contests.school_class,
    names.package,
    counts.unmet,
    names.version,
    counts.threshold,
    names.size,
    speech.stage,
    speech.product,
    counts.announcement,
    speech.collection,
)
"""For Arabic numbers whose measure word forms neither a date nor an ordinal nor a duration."""


def rejection(surroundings: Surroundings) -> Ruled[Reason] | None:
    """Why a candidate is rejected, and the deciding rule; None for a figure."""
    for rule in rules_for(surroundings):
        reason = rule(surroundings)
        if reason is not None:
            return reason, rule
    return None


def rules_for(around: Surroundings) -> tuple[Rule, ...]:
    """The rules that can apply to a candidate: most numbers are Arabic with a plain measure word after them."""
    if around.is_han or not around.unit or around.unit in _AMBIGUOUS_UNITS.all:
        return RULES
    return RULES_FOR_COUNTS
