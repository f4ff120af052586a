"""From a text or a file to the traces of its documents and numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from zongji.corpus.digests import digest, digest_of_text
from zongji.corpus.records import Figure, Rejection, Source, Span
from zongji.corpus.wording import readable
from zongji.models.engines import Engine, Task, linear
from zongji.pipeline.figures.extract import Stated, numbers
from zongji.pipeline.figures.screen import Screened
from zongji.pipeline.figures.sentences import Sentences
from zongji.pipeline.flow import File, Stages, assembled, boilerplate_within, prepared, staged
from zongji.pipeline.locate import located
from zongji.pipeline.model_decisions import (
    Context,
    asked,
    category_features,
    contexts,
    figure_models,
    modality_features,
)
from zongji.pipeline.reading.inputs import Blob, blob_of, unpacked
from zongji.pipeline.reading.many_files import read_each
from zongji.pipeline.reading.reader import NO_DOCUMENT, failure_of, in_turn, reading_of, reading_of_text
from zongji.pipeline.reading.settings import Settings
from zongji.pipeline.restore.explain import Explanation, explain
from zongji.pipeline.sources import LIMITS, Limits, Reading
from zongji.pipeline.structure.documents import Extent
from zongji.pipeline.trace.activities import Activities
from zongji.pipeline.trace.documents import Beginnings, about_steps
from zongji.pipeline.trace.models import Answer, model_step
from zongji.pipeline.trace.numbers import Cells, rejection_step, scan_step
from zongji.pipeline.trace.records import DocumentTrace, FileTrace, Stage, Step, Trace
from zongji.pipeline.trace.repairs import repair_steps
from zongji.pipeline.trace.sections import section_steps
from zongji.pipeline.trace.statements import statement_steps


def trace_text(text: str, *, engine: Engine | None = None) -> tuple[DocumentTrace, ...]:
    """How each number of a text became its record: one trace per document, in offsets of the text.

    `engine` settles what the rules leave open; the default is the bundled models.

    Raises:
        ArtefactError: if the bundled models do not match their manifest.
    """
    if not text.strip():
        return ()
    return _traced(reading_of_text(text), Blob(""), digest_of_text(text), engine or linear())


def trace_file(
    path: Path | str, *, encoding: str | None = None, limits: Limits = LIMITS, engine: Engine | None = None
) -> tuple[FileTrace, ...]:
    """The same for a file: one `FileTrace`, or one per archive member, with the reason for any failure.

    Raises:
        ValueError: if there is no such encoding.
        ArtefactError: if the bundled models do not match their manifest.
    """
    return tuple(traced(blob_of(str(path), limits), Settings(encoding, limits, engine)))


def traces(path: str, settings: Settings) -> tuple[FileTrace, ...]:
    """The same within the limits of time and memory, in another process if the file may reach them."""
    return tuple(read_each([path], traced, lambda _, why: FileTrace(readable(path), failure=why), settings))


def traced(blob: Blob, settings: Settings) -> Iterator[FileTrace]:
    """The same for a file whose bytes are given, or that cannot be read."""
    for member in unpacked(blob, settings.limits):
        with in_turn(member):
            yield _file_trace(member, settings)


def _file_trace(blob: Blob, settings: Settings) -> FileTrace:
    engine = settings.chosen_engine()
    try:
        reading = reading_of(blob, encoding=settings.encoding, limits=settings.limits)
        documents = _traced(reading, blob, digest(blob.data), engine)
    except Exception as error:  # a bad file is no end of the command
        return FileTrace(readable(blob.path), failure=failure_of(error, settings.limits), member=blob.member)
    failure = None if documents else NO_DOCUMENT
    return FileTrace(readable(blob.path), documents, failure, blob.member, reading.aligned.source)


def _traced(reading: Reading, blob: Blob, sha256: str, engine: Engine) -> tuple[DocumentTrace, ...]:
    file = prepared(reading, engine)
    source = Source(readable(blob.path), sha256, reading.format, reading.encoding, member=blob.member)
    begun, repairs = Beginnings(file), explain(reading.aligned)[1]
    parts = (replace(source, part=part) for part in range(len(file.extents)))
    return tuple(
        _Tracer(file, extent, part, repairs).traced(begun) for extent, part in zip(file.extents, parts, strict=True)
    )


class _Tracer:
    """Traces one document: runs its stages as extraction does, then explains them."""

    def __init__(self, file: File, extent: Extent, source: Source, repairs: Sequence[Explanation]) -> None:
        self.file, self.extent, self.repairs = file, extent, repairs
        self.text = file.aligned.text
        self.made: Stages = staged(file, extent)
        self.document = located(assembled(file, self.made, source), file.aligned, file.reading.locations)
        self.cells = Cells(self.text, self.made.start, self.made.end)
        self.activities = Activities(self.made, self.text)
        self.sections: Mapping[str, tuple[Step, ...]] = section_steps(self.made, self.text, file.engine)
        self.line_ends = [index for index, sign in enumerate(file.aligned.source) if sign == "\n"]

    def traced(self, begun: Beginnings) -> DocumentTrace:
        """The document with all of its numbers."""
        about = (begun.step(self.extent), *about_steps(self.file, self.extent, self.made, self.document))
        return DocumentTrace(self.document, about, dict(self.sections), tuple(self._numbers()))

    def _numbers(self) -> Iterator[Trace]:
        made, document = self.made, self.document
        figures, rejected = iter(zip(document.figures, made.figures, strict=True)), iter(document.rejected)
        said = contexts(made.extracted.figures, self.text, made.sections)
        sentences = Sentences(self.text, made.start, made.end)
        apart = boilerplate_within(made.lines)
        found = numbers(self.text, made.start, made.end, made.sections, made.leaning, apart)
        for screened, stated in found:
            steps = list(self._screening(screened))
            sentence = sentences.around(screened.candidate.start)
            if stated is None:
                yield self._trace(screened, sentence.start, sentence.end, steps, None, next(rejected))
                continue
            record, figure = next(figures)
            steps += self._figure_steps(stated, figure, next(said))
            yield self._trace(screened, sentence.start, sentence.end, steps, record, None)

    def _screening(self, screened: Screened) -> Iterator[Step]:
        yield scan_step(self.text, screened.candidate)
        if (cell := self.cells.step(screened)) is not None:
            yield cell
        yield rejection_step(screened)

    def _figure_steps(self, stated: Stated, figure: Figure, context: Context) -> Iterator[Step]:
        models = {step.stage: step for step in self._model_steps(context)}
        for step in statement_steps(stated):
            yield replace(step, decisive=step.decisive and step.stage not in models)
            if step.stage in models:
                yield models[step.stage]
        yield self.activities.step(figure)
        yield from self.sections.get(figure.section or "", ())

    def _model_steps(self, context: Context) -> Iterator[Step]:
        """The steps of the models about a figure."""
        leaning, figure, models = self.made.leaning, context.figure, figure_models(self.file.engine)
        category, modality = asked(context, leaning, models)
        if models.category is not None and category is not None:
            features = category_features(context)
            answer = Answer(Task.FIGURE_CATEGORY, models.category, features, figure.category, category.label)
            yield model_step(Stage.CATEGORY, answer, ask=asked)
        if models.modality is not None and modality is not None:
            features = modality_features(context, leaning)
            answer = Answer(Task.FIGURE_MODALITY, models.modality, features, figure.modality, modality.label)
            yield model_step(Stage.MODALITY, answer, ask=asked)

    def _trace(
        self,
        screened: Screened,
        start: int,
        end: int,
        steps: Sequence[Step],
        figure: Figure | None,
        rejection: Rejection | None,
    ) -> Trace:
        candidate, aligned = screened.candidate, self.file.aligned
        first, last = aligned.origin(candidate.start, candidate.end)
        places = self.file.reading.locations
        sentence = self.text[start:end]
        blanks = len(sentence) - len(sentence.lstrip())
        mark = Span(candidate.start - start - blanks, candidate.end - start - blanks)
        repaired = repair_steps(self.repairs, *aligned.origin(start, end), touching=Span(first, last))
        return Trace(
            text=self.text[candidate.start : candidate.end],
            start=first,
            end=last,
            line=bisect_left(self.line_ends, first) + 1,
            place=places.at(first, last) if places else None,
            sentence=sentence.strip(),
            mark=mark,
            steps=(*steps, *repaired),
            figure=figure,
            rejection=rejection,
            section=self._section(candidate.start),
        )

    def _section(self, offset: int) -> str | None:
        sections = self.made.sections
        place = bisect_right(sections, offset, key=lambda section: section.start) - 1
        return sections[place].id if place >= 0 else None
