"""The tables of a database, of Parquet files or of a set of CSVs, as plain data: one definition for all.

`docs/records.md` explains the columns of records; the comments here go into the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The type of a column; each kind of store maps it to its own."""

    KEY = "key"  # a digest, an id or a version: short, ASCII, compared often
    WORD = "word"  # a word of a closed vocabulary
    TEXT = "text"
    INTEGER = "integer"  # 64 bits
    NUMBER = "number"
    FLAG = "flag"
    BYTES = "bytes"
    TIME = "time"  # ISO 8601, UTC, as text


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `key` makes it part of the primary key, `empty` allows null.

    `default` is SQL (`0`, `''`): what the rows of a database get that was made before the column.
    """

    name: str
    kind: Kind
    comment: str
    key: bool = False
    empty: bool = False
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """One table: its columns in the order of the values in rows."""

    name: str
    comment: str
    columns: tuple[Column, ...]
    indexes: tuple[tuple[str, ...], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)


_DOCUMENT = Column("document_id", Kind.KEY, "documents.id of the document that this belongs to", key=True)
_SECTION = Column("section", Kind.KEY, "sections.id of the section it stands in", empty=True)
_START = Column("start", Kind.INTEGER, "first character, in code points of the decoded source text")
_END = Column("end", Kind.INTEGER, "the character behind the last one, in code points of the decoded source text")
_SHA256 = Column("sha256", Kind.KEY, "SHA-256 of the file's bytes")
_PROGRAM = Column("program", Kind.KEY, "version of zongji that read the file")

DOCUMENTS = Relation(
    "documents",
    "One plan or summary per row",
    (
        Column(
            "id", Kind.KEY, "the document_id; for a member of an archive made of the archive's digest too", key=True
        ),
        Column("document_id", Kind.KEY, "the id that zongji extract gives: the same bytes have the same id anywhere"),
        _SHA256,
        _PROGRAM,
        Column("member", Kind.TEXT, "path inside the archive that the document came in", empty=True),
        Column("part", Kind.INTEGER, "number of the document in its file, from 0"),
        Column("format", Kind.WORD, "what the file was read as"),
        Column("encoding", Kind.WORD, "the encoding its bytes were read in"),
        _START,
        _END,
        Column("doc_type", Kind.WORD, "plan, summary, mixed or other"),
        Column("title", Kind.TEXT, "the title line", empty=True),
        Column("organization", Kind.TEXT, "who speaks", empty=True),
        Column("period_start", Kind.KEY, "first day of the period spoken of, as far as it is stated", empty=True),
        Column("period_end", Kind.KEY, "last day of that period, as far as it is stated", empty=True),
        Column("period_text", Kind.TEXT, "the period in the document's words", empty=True),
        Column("date", Kind.KEY, "when it was signed or published, an ISO date as precise as stated", empty=True),
        Column("year", Kind.INTEGER, "year of the period, else of the date", empty=True),
        Column("year_from", Kind.WORD, "period or date: what the year was taken from", empty=True),
        Column("script", Kind.WORD, "simplified or traditional"),
        Column("characters", Kind.INTEGER, "length of the restored text"),
        Column("damage_exact", Kind.INTEGER, "damaged places whose repair is certain"),
        Column("damage_likely", Kind.INTEGER, "damaged places whose repair is likely"),
        Column("damage_unrecovered", Kind.INTEGER, "damaged places that could not be repaired"),
        Column("gone", Kind.TIME, "when no file had it any more; such a document is left out of sums", empty=True),
    ),
    (("sha256", "program"), ("document_id",), ("year",), ("organization",), ("gone",)),
)
TEXTS = Relation(
    "texts",
    "The restored text of each document",
    (
        Column("document_id", Kind.KEY, "documents.id"),
        Column("text", Kind.TEXT, "the restored text"),
    ),
    (("document_id",),),
)
EVIDENCE = Relation(
    "evidence",
    "Where the title, the organization, the period and the date of each document were found",
    (
        _DOCUMENT,
        Column("field", Kind.WORD, "title, organization, period or date", key=True),
        Column("start", Kind.INTEGER, _START.comment, empty=True),
        Column("end", Kind.INTEGER, _END.comment, empty=True),
        Column("text", Kind.TEXT, "the words there"),
        Column("rule", Kind.KEY, "the rule that found it"),
        Column("confidence", Kind.NUMBER, "0 to 1"),
    ),
    (("field", "confidence"),),
)
SECTIONS = Relation(
    "sections",
    "A heading and what it governs, up to the next heading of its own or a higher level",
    (
        _DOCUMENT,
        Column("id", Kind.KEY, "s1, s2 … in each document", key=True),
        Column("parent", Kind.KEY, "sections.id of the section around it", empty=True),
        _START,
        _END,
        Column("level", Kind.INTEGER, "1 is the outermost"),
        Column("marker", Kind.TEXT, "一、 (二) 3．", empty=True),
        Column("title", Kind.TEXT, "the heading without its marker", empty=True),
        Column("label", Kind.WORD, "the class: guidance, goals, tasks, achievements, problems …"),
        Column("confidence", Kind.NUMBER, "0 to 1, of the label"),
    ),
    (("label",),),
)
ACTIVITIES = Relation(
    "activities",
    "One event or programme; its figures name it in figures.activity",
    (
        _DOCUMENT,
        Column("id", Kind.KEY, "a1, a2 … in each document", key=True),
        Column("name", Kind.TEXT, "what it is called"),
        Column("type", Kind.WORD, "training, lecture, publicity …"),
        Column("start_date", Kind.KEY, "ISO date as precise as the document states it", empty=True),
        Column("end_date", Kind.KEY, "ISO date as precise as the document states it", empty=True),
        Column("date_text", Kind.TEXT, "the date in the document's words", empty=True),
        Column("place", Kind.TEXT, "where", empty=True),
        Column("organizer", Kind.TEXT, "who held it", empty=True),
        _SECTION,
    ),
    (("type",),),
)
FIGURES = Relation(
    "figures",
    "A quantity that a document states",
    (
        _DOCUMENT,
        Column("id", Kind.KEY, "f1, f2 … in each document", key=True),
        Column("category", Kind.WORD, "participants, sessions, materials, organizations, awards, money, rate …"),
        Column(
            "value", Kind.NUMBER, "the number in full, of a range its lower end; null where it is blanked", empty=True
        ),
        Column("value_max", Kind.NUMBER, "the upper end of a range", empty=True),
        Column("bound", Kind.WORD, "exact, about, over, at_least, at_most, range or redacted"),
        Column("unit", Kind.TEXT, "the measure word"),
        Column("item", Kind.TEXT, "what is counted"),
        Column("modality", Kind.WORD, "achieved or planned"),
        Column("total", Kind.FLAG, "true where a summing cue covers a whole document, period or programme"),
        Column("per", Kind.TEXT, "the base of a per: 每个乡镇 has 乡镇", empty=True),
        Column("text", Kind.TEXT, "the words of the figure"),
        _START,
        _END,
        Column("page", Kind.INTEGER, "page of the original, where it has pages", empty=True),
        _SECTION,
        Column("activity", Kind.KEY, "activities.id of the activity it belongs to", empty=True),
        Column("confidence", Kind.NUMBER, "0 to 1"),
        Column("quote", Kind.TEXT, "the restored sentence"),
        Column("original", Kind.TEXT, "place in the original: line, paragraph, cell, page and box", empty=True),
    ),
    (("category",),),
)
CHECKS = Relation(
    "checks",
    "What comparing figures or passages of one document showed",
    (
        _DOCUMENT,
        Column("position", Kind.INTEGER, "number of the check in its document, from 0", key=True),
        Column("code", Kind.WORD, "sum-agrees, sum-differs, parts-exceed-total or repeated-passage"),
        Column("figures", Kind.TEXT, "JSON array of figures.id, the total first"),
        Column("message", Kind.TEXT, "for people"),
    ),
    (("code",),),
)
WARNINGS = Relation(
    "warnings",
    "What a reader should know about how a file was read",
    (
        Column("sha256", Kind.KEY, "SHA-256 of the file's bytes", key=True),
        Column("position", Kind.INTEGER, "number of the warning in its file, from 0", key=True),
        Column("document_id", Kind.KEY, "documents.id; null where it is about the file as a whole", empty=True),
        Column("code", Kind.WORD, "undecodable-bytes, damaged-text, no-figures …"),
        Column("message", Kind.TEXT, "for people"),
        _START,
        _END,
    ),
    (("code",), ("document_id",)),
)
FILES = Relation(
    "files",
    "The ledger: what became of each file content, by version of the program",
    (
        Column("sha256", Kind.KEY, "SHA-256 of the bytes; of the path, with path: before it, if unreadable", key=True),
        Column("program", Kind.KEY, "version of zongji", key=True),
        Column("state", Kind.WORD, "pending started success partial failed timeout crashed skipped"),
        Column("reason", Kind.TEXT, "why it is in this state", empty=True),
        Column("format", Kind.WORD, "what it was read as", empty=True),
        Column("encoding", Kind.WORD, "the encoding its bytes were read in", empty=True),
        Column("bytes", Kind.INTEGER, "size of the file"),
        Column("documents", Kind.INTEGER, "documents found"),
        Column("sections", Kind.INTEGER, "sections found"),
        Column("activities", Kind.INTEGER, "activities found"),
        Column("figures", Kind.INTEGER, "figures found"),
        Column("warnings", Kind.INTEGER, "warnings given"),
        Column("milliseconds", Kind.INTEGER, "time that reading it took"),
        Column("run", Kind.INTEGER, "runs.id of the run that last touched it"),
        Column("updated", Kind.TIME, "when that was"),
    ),
    (("state",),),
)
SOURCES = Relation(
    "sources",
    "Where each file content lies: two paths with the same bytes are two sources of one document",
    (
        Column("path_key", Kind.KEY, "SHA-256 of the absolute path", key=True),
        Column("path", Kind.TEXT, "the absolute path"),
        _SHA256,
        Column("bytes", Kind.INTEGER, "size when it was read; -1 if it could not be", empty=False),
        Column("modified", Kind.INTEGER, "time of change in nanoseconds when it was read"),
        Column("run", Kind.INTEGER, "runs.id of the run that read it"),
        Column("gone", Kind.TIME, "when an import found that no file is there any more; null while one is", empty=True),
    ),
    (("sha256",),),
)
RUNS = Relation(
    "runs",
    "One zongji import a row",
    (
        Column("id", Kind.INTEGER, "number of the run", key=True),
        Column("program", Kind.KEY, "version of zongji"),
        Column("options", Kind.TEXT, "what it was asked to do, as JSON"),
        Column("host", Kind.TEXT, "the machine"),
        Column("process", Kind.INTEGER, "the process on it"),
        Column("started", Kind.TIME, "begin"),
        Column("finished", Kind.TIME, "end; null while it runs, or if it was killed", empty=True),
        Column("state", Kind.WORD, "running, done or stopped; a killed run stays running"),
        Column("files", Kind.INTEGER, "files that it was to look at; each is one of the next six, down to kept"),
        Column("unchanged", Kind.INTEGER, "files that were done before"),
        Column("read", Kind.INTEGER, "files that it read"),
        Column("failed_before", Kind.INTEGER, "files that failed before and have not changed since", empty=True),
        Column("same_content", Kind.INTEGER, "files whose content was read at another path", empty=True),
        Column("moved", Kind.INTEGER, "files that lay at another path before", empty=True),
        Column("kept", Kind.INTEGER, "changed files whose records were kept: --on-exists skip", empty=True),
        Column("failed", Kind.INTEGER, "files read that failed or lost a part", empty=True),
        Column("back", Kind.INTEGER, "files that had been gone", empty=True),
        Column("gone", Kind.INTEGER, "known files that are not there any more", empty=True),
        Column("left_out", Kind.INTEGER, "entries of folders that it left out", empty=True),
    ),
)
SIGNATURES = Relation(
    "signatures",
    "What each document is like, and which other it is a copy or a version of",
    (
        _DOCUMENT,
        Column("signature", Kind.BYTES, "MinHash over its 5-grams of characters"),
        Column("figures_digest", Kind.KEY, "the same for documents that state the same figures"),
        Column("relation", Kind.WORD, "original, version or copy; null until it was compared", empty=True),
        Column("original", Kind.KEY, "documents.id of what it is a version or a copy of", empty=True),
        Column("similarity", Kind.NUMBER, "estimated share of common 5-grams with the original", empty=True),
    ),
    (("relation", "original"), ("original",)),
)
BANDS = Relation(
    "bands",
    "Where documents find those that are like them",
    (
        Column("band", Kind.INTEGER, "checksum of a sixteenth of a signature, and which one", key=True),
        _DOCUMENT,
    ),
    (("document_id",),),
)
CORRECTIONS = Relation(
    "corrections",
    "What people said of records: they outrank every import of the same content, and are never deleted",
    (
        _SHA256,
        Column("member", Kind.TEXT, "path inside the archive that the document came in", empty=True),
        Column("document_id", Kind.KEY, "documents.id of the document that it stands in, as of the last import"),
        Column("figure", Kind.KEY, "figures.id as of the last import; null where it is about the document", empty=True),
        Column("section", Kind.KEY, "sections.id as of the last import, where it is about a section", empty=True),
        Column("action", Kind.WORD, "accept, change, reject, add; relabel a section; complete: document read through"),
        _START,
        _END,
        Column("text", Kind.TEXT, "the words of the figure"),
        Column("quote", Kind.TEXT, "the restored sentence, by which it is found again where offsets changed"),
        Column("before", Kind.TEXT, "the record as it was extracted, as JSON; null for what was not", empty=True),
        Column("after", Kind.TEXT, "the record as it should be, as JSON; null for what is no figure", empty=True),
        Column("author", Kind.TEXT, "who"),
        Column("made", Kind.TIME, "when"),
        Column("undone", Kind.TIME, "when it was taken back; null while it holds", empty=True),
        Column("placed", Kind.FLAG, "false where the last import has no such place"),
    ),
    (("sha256",), ("document_id", "figure")),
)

RECORDS = (DOCUMENTS, EVIDENCE, SECTIONS, ACTIVITIES, FIGURES, CHECKS)
"""What is exported as the relational set."""
