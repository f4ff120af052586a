"""Writers of annotations. Each takes documents and a target, and returns what was written."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from zongji.corpus.extras import required
from zongji.corpus.labels import Bound, Category, Modality
from zongji.corpus.wording import counted
from zongji.pipeline.exchange.annotated import Annotated, FigureSpan, fields_of
from zongji.pipeline.schema.version import version
from zongji.pipeline.sinks.output import replacing, replacing_folder


@dataclass(slots=True)
class Exported:
    """What was written, and what was refused with the reason."""

    documents: int = 0
    figures: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)

    def add(self, document: Annotated) -> None:
        """Count a document; figures without a span in its text are refused."""
        self.documents += 1
        self.figures += len(document.figures)
        if document.unplaced:
            reason = f"{counted(document.unplaced, 'figure')} without words in the text"
            self.refused.append((document.document.source.path, reason))


def write_label_studio(documents: Iterable[Annotated], target: Path) -> Exported:
    """One JSON array of tasks, and next to it the labelling configuration.

    Reviewed documents become annotations, others predictions.

    Raises:
        OSError: if a file cannot be written.
    """
    done = Exported()
    with replacing(target.with_suffix(".xml")) as configuration:
        configuration.path.write_text(label_studio_configuration(), encoding="utf-8")
        with replacing(target) as draft, draft.path.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write("[")
            for document in documents:
                stream.write(",\n" if done.documents else "\n")
                json.dump(_task(document), stream, ensure_ascii=False)
                done.add(document)
            stream.write("\n]\n")
    return done


def _task(document: Annotated) -> dict[str, Any]:
    results = [result for placed in document.figures for result in _results(placed)]
    about = {"text": document.text, "document_id": document.key, "path": document.document.source.path}
    if document.reviewed:
        return {"data": about, "annotations": [{"result": results}]}
    return {"data": about, "predictions": [{"model_version": f"zongji {version()}", "result": results}]}


def _results(placed: FigureSpan) -> Iterator[dict[str, Any]]:
    """The region of a figure, and a result for each of its fields under the same id."""
    start, end, figure = placed
    region = {"start": start, "end": end, "text": figure.text}
    common = {"id": figure.id, "to_name": "text"}
    value = {**region, "labels": [figure.category.value]}
    yield {**common, "from_name": "category", "type": "labels", "value": value, "score": figure.confidence}
    for name, said in fields_of(figure).items():
        kind, key, shown = _region_field(name, said)
        if shown is not None:
            yield {**common, "from_name": name, "type": kind, "value": {**region, key: shown}}


def _region_field(name: str, said: object) -> tuple[str, str, object]:
    """The type, key and value of a field of a region; no value if the field is empty."""
    if name in {"value", "value_max"}:
        return "number", "number", said
    if name in {"modality", "bound"}:
        return "choices", "choices", [said]
    if name == "total":
        return "choices", "choices", ["yes"] if said else None
    return "textarea", "text", [said] if said else None


def label_studio_configuration() -> str:
    """The labelling configuration for our tasks."""
    labels = "".join(f"\n    <Label value={quoteattr(category.value)}/>" for category in Category)
    choices = "".join(
        f'\n  <Choices name="{name}" toName="text" perRegion="true">'
        + "".join(f"<Choice value={quoteattr(value)}/>" for value in values)
        + "</Choices>"
        for name, values in (
            ("modality", [value.value for value in Modality]),
            ("bound", [value.value for value in Bound]),
            ("total", ["yes"]),
        )
    )
    numbers = "".join(f'\n  <Number name="{name}" toName="text" perRegion="true"/>' for name in ("value", "value_max"))
    texts = "".join(f'\n  <TextArea name="{name}" toName="text" perRegion="true"/>' for name in ("unit", "item", "per"))
    head = f'<View>\n  <Labels name="category" toName="text">{labels}\n  </Labels>'
    return f'{head}\n  <Text name="text" value="$text"/>{choices}{numbers}{texts}\n</View>\n'


def write_doccano(documents: Iterable[Annotated], target: Path) -> Exported:
    """One JSON object per line, with the spans of figures under their categories.

    Raises:
        OSError: if the file cannot be written.
    """
    done = Exported()
    with replacing(target) as draft, draft.path.open("w", encoding="utf-8", newline="\n") as stream:
        for document in documents:
            label = [[start, end, figure.category.value] for start, end, figure in document.figures]
            line = {"text": document.text, "label": label, "document_id": document.key}
            stream.write(json.dumps(line, ensure_ascii=False) + "\n")
            done.add(document)
    return done


def write_spacy(documents: Iterable[Annotated], target: Path) -> Exported:
    """A `DocBin` over single characters, so that every span is one of tokens: `doc.spans["figures"]`, `["sections"]`.

    Raises:
        MissingExtraError: if spaCy is not installed.
        OSError: if the file cannot be written.
    """
    spacy, tokens = required("spacy", "spacy"), required("spacy.tokens", "spacy")
    vocabulary = spacy.blank("zh").vocab
    done, bin_ = Exported(), tokens.DocBin(attrs=["ORTH", "SPACY"], store_user_data=True)
    for document in documents:
        doc = tokens.Doc(vocabulary, words=list(document.text), spaces=[False] * len(document.text))
        doc.spans["figures"] = [
            tokens.Span(doc, start, end, label=figure.category.value) for start, end, figure in document.figures
        ]
        doc.spans["sections"] = _section_spans(document, doc, tokens)
        doc.user_data["document_id"] = document.key
        doc.user_data["figures"] = [fields_of(figure) for _, _, figure in document.figures]
        bin_.add(doc)
        done.add(document)
    with replacing(target) as draft:
        bin_.to_disk(draft.path)
    return done


def _section_spans(document: Annotated, doc: Any, tokens: Any) -> list[Any]:  # noqa: ANN401  # spaCy's own types
    """The sections, each up to where the next of its own or a higher level begins."""
    spans = []
    for index, (start, section) in enumerate(document.sections):
        behind = (later for later, other in document.sections[index + 1 :] if other.level <= section.level)
        end = next(behind, len(document.text))
        if start < end:
            spans.append(tokens.Span(doc, start, end, label=section.label.value))
    return spans


def write_brat(documents: Iterable[Annotated], target: Path) -> Exported:
    """A folder of texts and standoff annotations, and the configuration that names our types.

    Raises:
        OSError: if a file cannot be written.
    """
    done = Exported()
    with replacing_folder(target) as draft:
        folder = draft.path
        for document in documents:
            (folder / f"{document.key}.txt").write_text(document.text, encoding="utf-8", newline="")
            lines = [line for number, placed in enumerate(document.figures, 1) for line in _standoff(number, placed)]
            (folder / f"{document.key}.ann").write_text("".join(lines), encoding="utf-8", newline="")
            done.add(document)
        (folder / "annotation.conf").write_text(_brat_configuration(), encoding="utf-8")
    return done


def _standoff(number: int, placed: FigureSpan) -> Iterator[str]:
    """The lines of one figure: its span, its attributes, the other fields as a note."""
    start, end, figure = placed
    words = figure.text.replace("\n", " ")
    yield f"T{number}\t{figure.category.value} {start} {end}\t{words}\n"
    yield f"A{2 * number - 1}\tModality T{number} {figure.modality.value}\n"
    yield f"A{2 * number}\tBound T{number} {figure.bound.value}\n"
    note = json.dumps(fields_of(figure), ensure_ascii=False)
    yield f"#{number}\tAnnotatorNotes T{number}\t{note}\n"


def _brat_configuration() -> str:
    entities = "\n".join(category.value for category in Category)
    attributes = "\n".join(
        f"{name}\tArg:<ENTITY>, Value:{'|'.join(value.value for value in vocabulary)}"
        for name, vocabulary in (("Modality", Modality), ("Bound", Bound))
    )
    return f"[entities]\n{entities}\n\n[relations]\n\n[events]\n\n[attributes]\n{attributes}\n"
