"""Importing annotations: labels from Label Studio or doccano become corrections."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, NoReturn

from sqlalchemy import Connection, select
from zongji.corpus.labels import Bound, Category, Modality
from zongji.corpus.records import Figure
from zongji.pipeline.corrections import journal
from zongji.pipeline.database.stored import read_documents
from zongji.pipeline.database.tables import TEXTS
from zongji.pipeline.exchange.annotated import MisplacedError, checked_span
from zongji.pipeline.pages.document_view import DocumentView, view
from zongji.pipeline.pages.positions import by_distance
from zongji.pipeline.reading.inputs import check_regular
from zongji.pipeline.review.missed import read_missed

_EXPECTED = (
    "expected are an export of Label Studio, a JSON list of tasks with data.text and annotations, or of doccano, "
    "a JSON object with text and label per line"
)


class LabelsError(Exception):
    """A file that is not an export of a supported tool."""


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled span with its category and other fields."""

    start: int
    end: int
    category: str
    words: str | None = None
    fields: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Labelled:
    """One text with its labels."""

    text: str
    key: str | None
    labels: Sequence[Label]


@dataclass(slots=True)
class Imported:
    """The result of an import: corrections by action, and refusals with reasons."""

    actions: Counter[str] = field(default_factory=Counter)
    refused: list[tuple[str, str]] = field(default_factory=list)


def read_labels(path: Path) -> Iterator[Labelled]:
    """The labelled texts in an export of Label Studio (JSON) or doccano (JSON Lines).

    Raises:
        LabelsError: if it is neither.
        OSError: if it cannot be read.
    """
    check_regular(path)
    try:
        entries = list(_entries(path.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError:
        message = f"{path}: not UTF-8; save it as UTF-8 text"
        raise LabelsError(message) from None
    except _NotJsonError as error:
        message = f"{path}, {error}; {_EXPECTED}"
        raise LabelsError(message) from None
    if not entries:
        message = f"{path}: it holds no labels"
        raise LabelsError(message)
    for place, read, entry in entries:
        try:
            found = [_checked(one) for one in read(entry)]
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
            missing = f"{error} is missing" if isinstance(error, KeyError) else "a field has an unexpected value"
            message = f"{path}, {place}: {missing}; {_EXPECTED}"
            raise LabelsError(message) from error
        yield from found


def _checked(given: Labelled) -> Labelled:
    """The same, if text and key are texts that a database takes."""
    given.text.encode()
    (given.key or "").encode()
    return given


class _NotJsonError(Exception):
    """Text that is not JSON; the message begins with its line."""


def _entries(written: str) -> Iterator[tuple[str, Callable[[Any], Iterable[Labelled]], Any]]:
    """The tasks or lines of an export, each with its place in words and its reader."""
    if written.lstrip().startswith("["):
        yield from ((f"task {number}", _of_label_studio, task) for number, task in enumerate(_json(written), start=1))
        return
    for number, line in enumerate(written.split("\n"), start=1):
        if line.strip():
            yield f"line {number}", _of_doccano, _json(line, number)


def _json(written: str, first: int = 1) -> Any:  # noqa: ANN401  # whatever a file holds
    try:
        return json.loads(written, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        message = f"line {first + error.lineno - 1}: not JSON"
    except RecursionError:
        message = f"line {first}: nested too deeply"
    except ValueError:
        message = f"line {first}: it holds a number that is none, or of more digits than a number has"
    raise _NotJsonError(message)


def _no_constant(name: str) -> NoReturn:
    """Refuse what Python takes for numbers and JSON does not: NaN, Infinity."""
    raise ValueError(name)


def _of_label_studio(task: Mapping[str, Any]) -> Iterator[Labelled]:
    """The last annotation of a task; none for an unannotated one."""
    given = [one for one in task.get("annotations") or task.get("completions") or () if not one.get("was_cancelled")]
    if given:
        results = given[-1]["result"]
        spans = [result for result in results if result["type"] == "labels"]
        labels = [_region(span, results) for span in spans]
        yield Labelled(task["data"]["text"], task["data"].get("document_id"), labels)


def _region(span: Mapping[str, Any], results: Sequence[Mapping[str, Any]]) -> Label:
    fields = {
        result["from_name"]: _said(result["value"])
        for result in results
        if result.get("id") == span["id"] and result["type"] in {"number", "choices", "textarea"}
    }
    value = span["value"]
    return Label(int(value["start"]), int(value["end"]), value["labels"][0], value.get("text"), fields)


def _said(value: Mapping[str, Any]) -> object:
    if "number" in value:
        return None if value["number"] is None else _finite(value["number"])
    said = value.get("choices") or value.get("text") or ""
    said = said[0] if isinstance(said, list) else said
    said.encode()  # what is no text that a database takes is no value
    return said


def _finite(number: float) -> float:
    if not math.isfinite(number):
        message = f"{number} is no value"
        raise ValueError(message)
    return float(number)


def _of_doccano(line: Mapping[str, Any]) -> Iterator[Labelled]:
    """A line of an export, under the field names of any version."""
    spans = line.get("label") or line.get("labels") or ()
    labels = [Label(int(start), int(end), str(category)) for start, end, category in spans]
    labels += [
        Label(int(one["start_offset"]), int(one["end_offset"]), str(one["label"])) for one in line.get("entities") or ()
    ]
    key = line.get("document_id") or (line.get("meta") or {}).get("document_id")
    yield Labelled(line["text"], key, labels)


def import_labels(connection: Connection, labelled: Iterator[Labelled], *, author: str) -> Imported:
    """Turn labels into corrections: kept ones accept, changed ones change, removed ones reject, new ones add.

    A text that is not in the database, and a label whose offsets do not match its words, are refused.
    """
    done = Imported()
    for given in labelled:
        key = _key_of(connection, given)
        if key is None:
            done.refused.append((given.key or given.text[:20], "the database has no document with this text"))
            continue
        try:
            _apply(connection, key, given, done, author)
        except (MisplacedError, ValueError) as error:
            done.refused.append((key, str(error)))
    return done


def _key_of(connection: Connection, given: Labelled) -> str | None:
    """The document with this text: the one that the label names, or any."""
    asked = select(TEXTS.c.document_id, TEXTS.c.text)
    asked = asked.where(TEXTS.c.document_id == given.key) if given.key else asked.where(TEXTS.c.text == given.text)
    return next((key for key, text in connection.execute(asked) if text == given.text), None)


def _apply(connection: Connection, key: str, given: Labelled, done: Imported, author: str) -> None:
    """The labels of one document; all of them are checked before the first is applied."""
    (stored,) = read_documents(connection, [key])
    found = view(stored.document, by_distance(stored.document.start))
    wanted = [
        replace(label, start=span[0], end=span[1], category=Category(label.category).value)
        for label in given.labels
        for span in [checked_span(given.text, label.start, label.end, label.words)]
    ]
    left = {figure.id: (offset, figure) for figure, offset in _placed(found)}
    for label in sorted(wanted, key=lambda one: one.start):
        match = _match(label, left)
        if match is None:
            _add(connection, key, found, label, author)
            done.actions[journal.Action.ADD] += 1
            continue
        offset, figure = left.pop(match)
        fields = _fields(label, figure) | _moved(found, label, offset, figure)
        journal.change(connection, key, figure.id, fields, author=author)
        done.actions[journal.Action.CHANGE if replace(figure, **fields) != figure else journal.Action.ACCEPT] += 1
    for identifier in left:
        journal.reject(connection, key, identifier, author=author)
        done.actions[journal.Action.REJECT] += 1


def _placed(found: DocumentView) -> Iterator[tuple[Figure, int]]:
    pairs = zip(found.document.figures, found.figures, strict=True)
    return ((figure, offset) for figure, offset in pairs if offset is not None)


def _match(label: Label, left: Mapping[str, tuple[int, Figure]]) -> str | None:
    """The figure of a label: the one with the same span, else one that it overlaps."""
    exact = (key for key, (at, figure) in left.items() if (at, at + len(figure.text)) == (label.start, label.end))
    touching = (key for key, (at, figure) in left.items() if at < label.end and label.start < at + len(figure.text))
    return next(exact, None) or next(touching, None)


def _add(connection: Connection, key: str, found: DocumentView, label: Label, author: str) -> None:
    figure = read_missed(found, label.start, label.end)
    journal.add(connection, key, replace(figure, **_fields(label, figure)), author=author)


def _moved(found: DocumentView, label: Label, offset: int, figure: Figure) -> dict[str, Any]:
    """The new words and offsets of a figure whose label was moved."""
    if (label.start, label.end) == (offset, offset + len(figure.text)):
        return {}
    anew = read_missed(found, label.start, label.end)
    return {"text": anew.text, "start": anew.start, "end": anew.end, "quote": anew.quote}


def _fields(label: Label, figure: Figure) -> dict[str, Any]:
    """The fields that the label changes; the others stay."""
    fields: dict[str, Any] = {"category": Category(label.category)}
    said = label.fields
    if not said:
        return fields
    fields |= {name: _whole(said.get(name)) for name in ("value", "value_max")}
    fields |= {name: str(said.get(name) or "") for name in ("unit", "item")}
    fields |= {"per": said.get("per") or None, "total": said.get("total") == "yes"}
    fields["modality"] = Modality(said.get("modality", figure.modality))
    fields["bound"] = Bound(said.get("bound", figure.bound))
    return fields


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value
