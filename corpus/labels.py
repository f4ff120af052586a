"""The closed vocabularies of a record. What each value means: `docs/records.md`."""

from __future__ import annotations

from enum import StrEnum


class DocumentType(StrEnum):
    """Whether a document looks ahead or back."""

    PLAN = "plan"
    SUMMARY = "summary"
    MIXED = "mixed"
    OTHER = "other"


class DocumentField(StrEnum):
    """What a document says about itself, with its place."""

    TITLE = "title"
    ORGANIZATION = "organization"
    PERIOD = "period"
    DATE = "date"


class Script(StrEnum):
    """The characters the source is written in."""

    SIMPLIFIED = "simplified"
    TRADITIONAL = "traditional"


class SectionLabel(StrEnum):
    """The classes of sections."""

    TITLE = "title"
    PREAMBLE = "preamble"
    GUIDANCE = "guidance"
    GOALS = "goals"
    TASKS = "tasks"
    ACHIEVEMENTS = "achievements"
    PROBLEMS = "problems"
    EXPERIENCE = "experience"
    NEXT_STEPS = "next_steps"
    SAFEGUARDS = "safeguards"
    SCHEDULE = "schedule"
    BUDGET = "budget"
    CLOSING = "closing"
    BOILERPLATE = "boilerplate"


class Category(StrEnum):
    """The categories of figures."""

    PARTICIPANTS = "participants"
    SESSIONS = "sessions"
    MATERIALS = "materials"
    ORGANIZATIONS = "organizations"
    AWARDS = "awards"
    MONEY = "money"
    RATE = "rate"
    DURATION = "duration"
    OTHER = "other"


class Bound(StrEnum):
    """How the stated number relates to the true one."""

    EXACT = "exact"
    ABOUT = "about"
    OVER = "over"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    RANGE = "range"
    REDACTED = "redacted"


class Modality(StrEnum):
    """Whether a figure was achieved or is planned."""

    ACHIEVED = "achieved"
    PLANNED = "planned"


class ActivityType(StrEnum):
    """Kinds of activities."""

    TRAINING = "training"
    LECTURE = "lecture"
    PUBLICITY = "publicity"
    EXHIBITION = "exhibition"
    COMPETITION = "competition"
    MEETING = "meeting"
    VISIT = "visit"
    CLINIC = "clinic"
    TOUR = "tour"
    PERFORMANCE = "performance"
    VOLUNTEERING = "volunteering"
    INSPECTION = "inspection"
    OTHER = "other"


class Reason(StrEnum):
    """Why a number was rejected as a figure."""

    DATE = "date"
    TIME = "time"
    YEAR = "year"
    ORDINAL = "ordinal"
    LIST_MARKER = "list-marker"
    DOCUMENT_NUMBER = "document-number"
    TELEPHONE = "telephone"
    NAME = "name"
    SLOGAN = "slogan"
    IDIOM = "idiom"
    INDEFINITE = "indefinite"
    ANNOUNCEMENT = "announcement"
    PERIOD = "period"
    SIZE_IN_NAME = "size-in-name"
    THRESHOLD = "threshold"
    AGE = "age"
    MAGNITUDE = "magnitude"
    DENOMINATOR = "denominator"
    VERSION = "version"
    PER_BASE = "per-base"
    NO_UNIT = "no-unit"
    BOILERPLATE = "boilerplate"


class CheckCode(StrEnum):
    """Results of comparing the figures of a document."""

    SUM_AGREES = "sum-agrees"
    SUM_DIFFERS = "sum-differs"
    PARTS_EXCEED_TOTAL = "parts-exceed-total"
    REPEATED_PASSAGE = "repeated-passage"


class FailureCode(StrEnum):
    """Why a file gave no document."""

    UNREADABLE = "unreadable"
    """Its bytes cannot be read: no such file, no permission, a broken disk."""
    TOO_LARGE = "too-large"
    """Beyond a limit: bytes, pixels, cells, pages, the members, ratio or nesting of an archive."""
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    """It is of a known format, but damaged or incomplete."""
    UNSUPPORTED_FORMAT = "unsupported-format"
    WRONG_ENCODING = "wrong-encoding"
    """The requested encoding is not that of the file."""
    EMPTY = "empty"
    """It contains no text, or an archive without files."""
    NO_DOCUMENT = "no-document"
    """It was read, but contains only boilerplate or blanks."""
    MISSING_EXTRA = "missing-extra"
    """A Python library has to be installed first; the message names the extra."""
    MISSING_PROGRAM = "missing-program"
    """A program has to be installed first: antiword or LibreOffice."""
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out-of-memory"
    CRASHED = "crashed"
    """The reader process crashed on it."""
    FAILED_MEMBERS = "failed-members"
    """All members of an archive failed, for different reasons; the message lists them."""
    INTERNAL = "internal"
    """An error in zongji itself, or a reader process that could not start."""


class NoticeCode(StrEnum):
    """Warnings about how a document was read."""

    UNDECODABLE_BYTES = "undecodable-bytes"
    UNCERTAIN_ENCODING = "uncertain-encoding"
    DECLARED_ENCODING_WRONG = "declared-encoding-wrong"
    CONTROL_CHARACTERS = "control-characters"
    DAMAGED_TEXT = "damaged-text"
    NO_FIGURES = "no-figures"
    BROKEN_PART = "broken-part"
    FAILED_MEMBER = "failed-member"
    UNREADABLE_PAGE = "unreadable-page"
    SCANNED_PAGE = "scanned-page"
    UNCERTAIN_CHARACTERS = "uncertain-characters"
    MISSED_LINES = "missed-lines"
    LIMIT_REACHED = "limit-reached"
    HIDDEN_CONTENT = "hidden-content"
    MISSING_VALUES = "missing-values"
    UNSEARCHED_PICTURE = "unsearched-picture"
    WHOLE_PAGE = "whole-page"
