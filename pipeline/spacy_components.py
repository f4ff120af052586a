"""Extraction as spaCy components: `zongji_sections` and `zongji_figures`, found by their entry points.

    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.add_pipe("zongji_sections")
    nlp.add_pipe("zongji_figures", config={"engine": "linear", "models": "zongji-models", "lexicon": ["own.tsv"]})

Each takes a `Doc` and returns it with its spans in `doc.spans` (`sections`, `figures`, labelled by class and category).
A token that a figure only touches is taken whole into its span.

The documents are in `doc.user_data["zongji"]` as `Document.to_dict` gives them; their offsets are exact and count code
points of `doc.text`. They are those of the first component; one with another engine or other models keeps its own under
its name in the pipeline, as in `doc.user_data["zongji_figures"]`.

The words of a lexicon hold for the whole process: both components and whatever else reads texts in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from zongji.corpus.lexicon import add_words
from zongji.models.engines import Engine, load_engine
from zongji.pipeline.reading.reader import extract_text

try:
    from spacy.language import Language
except ImportError as error:
    message = 'the spaCy components need spaCy: pip install "zongji[spacy]"'
    raise ImportError(message) from error

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_DOCUMENTS = "zongji"
_READ_BY = "zongji_read_by"
_DEFAULTS: dict[str, Any] = {"engine": "linear", "models": None, "lexicon": []}


@dataclass(frozen=True, slots=True)
class Options:
    """What the configuration of a component says."""

    engine: str
    models: str | None
    lexicon: tuple[str, ...]

    @property
    def reader(self) -> str:
        """What two components must have in common to share their documents; words are common to all."""
        return f"{self.engine} {self.models or ''}".strip()


@dataclass(slots=True)
class Component:
    """Puts the records of one kind into `doc.spans`; `name` is its own in the pipeline, where spaCy may change it."""

    kind: str
    name: str
    options: Options
    engine: Engine
    end_of: Callable[[dict[str, Any]], int]

    def __call__(self, doc: Doc) -> Doc:
        """The same `Doc`, with its spans."""
        records = [record for document in self._documents(doc) for record in document[self.kind]]
        spans = (_span(doc, record, self.end_of(record)) for record in records)
        doc.spans[self.kind] = [span for span in spans if span is not None]
        return doc

    def __reduce__(self) -> tuple[Callable[..., Component], tuple[str, str, Options]]:
        """A process that is handed the component adds the words and loads the engine by itself."""
        return _component, (self.kind, self.name, self.options)

    def _documents(self, doc: Doc) -> list[dict[str, Any]]:
        """The documents of a `Doc`, extracted by the first component that has this engine."""
        read_by = doc.user_data.setdefault(_READ_BY, self.options.reader)
        key = _DOCUMENTS if read_by == self.options.reader else self.name
        if key != _DOCUMENTS or key not in doc.user_data:
            found = extract_text(doc.text, engine=self.engine)
            doc.user_data[key] = [document.to_dict() for document in found]
        documents: list[dict[str, Any]] = doc.user_data[key]
        return documents


@Language.factory("zongji_sections", default_config=_DEFAULTS)
def make_sections(
    nlp: Language,  # noqa: ARG001  # spaCy calls factories so
    name: str,
    engine: str,
    models: str | None,
    lexicon: list[str],
) -> Component:
    """The component that puts headings into `doc.spans["sections"]`: marker and title of each section.

    Raises:
        ValueError: if there is no such engine, or models are given to the rules.
        ArtefactError: if there are no models in the folder, or one is not what its manifest says.
        LexiconError: naming file and line of what cannot be read, or if a text was read before without these words.
        OSError: if a list of words cannot be read.
    """
    return _component("sections", name, Options(engine, models, tuple(lexicon)))


@Language.factory("zongji_figures", default_config=_DEFAULTS)
def make_figures(
    nlp: Language,  # noqa: ARG001
    name: str,
    engine: str,
    models: str | None,
    lexicon: list[str],
) -> Component:
    """The component that puts figures into `doc.spans["figures"]`; it raises what `make_sections` does."""
    return _component("figures", name, Options(engine, models, tuple(lexicon)))


def _component(kind: str, name: str, options: Options) -> Component:
    for path in options.lexicon:
        add_words(path)
    return Component(kind, name, options, load_engine(options.engine, models=options.models), _ENDS[kind])


def _heading_end(section: dict[str, Any]) -> int:
    """Where a section's heading ends, as far as marker and title stand in the text unrestored."""
    length = len(section["marker"] or "") + len(section["title"] or "")
    return int(min(section["start"] + max(length, 1), section["end"]))


def _own_end(record: dict[str, Any]) -> int:
    return int(record["end"])


_ENDS = {"sections": _heading_end, "figures": _own_end}


def _span(doc: Doc, record: dict[str, Any], end: int) -> Span | None:
    """The tokens from a record's start to `end`; None outside all tokens."""
    label = record.get("label") or record["category"]
    return doc.char_span(record["start"], end, label=label, alignment_mode="expand")
