"""A user's program that uses every public name; `tests/test_public.py` checks its types and runs it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import zongji
from zongji import (
    FIGURE_COLUMNS,
    Activity,
    ActivityType,
    ArtefactError,
    Bound,
    Category,
    Check,
    CheckCode,
    Damage,
    Document,
    DocumentTrace,
    DocumentType,
    Engine,
    Failure,
    FailureCode,
    Figure,
    FileTrace,
    LexiconError,
    Limits,
    Location,
    MissingExtraError,
    Modality,
    Notice,
    NoticeCode,
    Period,
    Reason,
    Rejection,
    Result,
    Script,
    Section,
    SectionLabel,
    Settings,
    Source,
    Span,
    Step,
    Trace,
    add_words,
    extract_bytes,
    extract_file,
    extract_files,
    extract_text,
    figure_rows,
    json_schema,
    load_engine,
    to_dataframe,
    trace_file,
    trace_text,
)

TEXT = "县科协2023年工作总结\n一、主要工作\n2023年3月20日举办科普讲座6场，听众1200余人次。落实三项制度。\n"


def advice(failure: Failure) -> str:
    """The advice for a file that gave no document."""
    if failure.code is FailureCode.MISSING_EXTRA:
        return f"install something: {failure.message}"
    return f"look into it: {failure}"


def people(document: Document) -> float:
    """How many took part, where that is known and reached."""
    return sum(
        figure.value
        for figure in document.figures
        if figure.category is Category.PARTICIPANTS and figure.modality is Modality.ACHIEVED and figure.value
    )


def decided(trace: Trace) -> Step:
    """The last step of a number."""
    return trace.steps[-1]


def numbers(files: tuple[FileTrace, ...]) -> int:
    """How many numbers were traced."""
    documents: list[DocumentTrace] = [document for file in files for document in file.documents]
    return sum(len(document.numbers) for document in documents)


def label_of(document: Document, figure: Figure) -> SectionLabel | None:
    """The class of a figure's section."""
    return next((section.label for section in document.sections if section.id == figure.section), None)


def words_of(found: Section | Activity | Rejection | Check | Notice) -> str:
    """A record as a log line."""
    match found:
        case Section():
            return found.title or ""
        case Activity():
            return f"{found.type}: {found.name}"
        case Rejection():
            return f"{found.text}: {found.reason}"
        case Check() | Notice():
            return f"{found.code}: {found.message}"


def place_of(figure: Figure) -> str:
    """The location of a figure in the original."""
    place: Location | None = figure.place
    return "" if place is None else f"line {place.line}"


def shown(result: Result) -> str:
    """One line about a file."""
    if result.failure is not None:
        return f"{result.name}: {advice(result.failure)}"
    aside: tuple[Span, ...] = result.boilerplate
    return f"{result.name}: {len(result.documents)}, {len(aside)} lines aside"


def main(folder: Path) -> None:
    """Everything once."""
    (folder / "own.tsv").write_text("kind\tword\tsays\nunit\t车次\tparticipants\n", encoding="utf-8")
    (folder / "wrong.tsv").write_text("kind\tword\tsays\nunit\t车次\tnobody\n", encoding="utf-8")
    (folder / "in").mkdir()
    (folder / "in" / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "in" / "b.txt").write_text("", encoding="utf-8")
    print("words", add_words(folder / "own.tsv"))
    try:
        add_words(folder / "wrong.tsv")
    except LexiconError as error:
        print("lexicon", "nobody" in str(error))
    try:
        load_engine(models=folder)
    except ArtefactError as error:
        print("models", str(folder) in str(error))

    rules: Engine = load_engine("rules")
    (document,) = extract_text(TEXT, engine=rules)
    source: Source = document.source
    period: Period = document.period
    damage: Damage = document.damage
    print(document.doc_type is DocumentType.SUMMARY, document.script is Script.SIMPLIFIED, source.format)
    print(period.start, damage.unrecovered, people(document))
    print([(figure.text, figure.bound is Bound.OVER, label_of(document, figure)) for figure in document.figures])
    print([activity.type is ActivityType.LECTURE for activity in document.activities])
    print([rejection.reason for rejection in document.rejected if rejection.reason is Reason.SLOGAN])
    print([check for check in document.checks if check.code is CheckCode.SUM_DIFFERS])
    print([notice for notice in document.notices if notice.code is NoticeCode.DAMAGED_TEXT])
    print([words_of(section) for section in document.sections], words_of(document.rejected[0]))

    line = document.to_dict()
    print(line["schema"] == json_schema()["$id"], len(json.dumps(line, ensure_ascii=False)) > len(TEXT))
    (first, *_) = figure_rows(document)
    print(tuple(first) == FIGURE_COLUMNS, first["value"])

    print(shown(extract_bytes(TEXT.encode("gb18030"), encoding="gb18030", limits=Limits(bytes=1000))))
    single = extract_file(folder / "in" / "a.txt", engine=rules)
    print([place_of(figure) for figure in single.documents[0].figures])
    print(numbers(trace_file(folder / "in" / "a.txt", engine=rules)) > 0)
    print([decided(trace).rule.name for trace in trace_text(TEXT, engine=rules)[0].numbers][:1])
    for result in extract_files([folder / "in"], Settings(engine=rules, limits=Limits(seconds=60))):
        print(Path(result.path).name, result.failure.code if result.failure else None)
    try:
        frame = to_dataframe(extract_files(folder / "in"))
        print("frame", len(frame))
    except MissingExtraError as error:
        print("frame", error)
    print("version", bool(zongji.__version__))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
