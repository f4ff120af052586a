"""总计: reads Chinese plans and summaries in bulk and turns them into records.

    >>> import zongji
    >>> document, = zongji.extract_text("一年来，县科协举办科普讲座6场，听众1200余人次。")
    >>> [figure.text for figure in document.figures]
    ['6场', '1200余人次']

`extract_text`, `extract_bytes`, `extract_file` and `extract_files` read; `Document`, `Result` and the records in them
are what comes out; `to_dict`, `figure_rows` and `to_dataframe` carry that on. Offsets count code points of the decoded
source, and `end` is the place behind the last one.

The names of `__all__` are public; whatever else can be imported is private and may change with any version.
"""

from __future__ import annotations

TYPE_CHECKING = False  # type checkers know it by its name, and importing typing takes longer than all else here
if TYPE_CHECKING:
    from zongji.corpus.extras import MissingExtraError
    from zongji.corpus.labels import (
        ActivityType,
        Bound,
        Category,
        CheckCode,
        DocumentType,
        FailureCode,
        Modality,
        NoticeCode,
        Reason,
        Script,
        SectionLabel,
    )
    from zongji.corpus.lexicon import LexiconError, add_words
    from zongji.corpus.records import (
        Activity,
        Check,
        Damage,
        Document,
        Failure,
        Figure,
        Location,
        Notice,
        Period,
        Rejection,
        Section,
        Source,
        Span,
    )
    from zongji.models.engines import Engine, load_engine
    from zongji.models.store import ArtefactError
    from zongji.pipeline.reading.many_files import extract_files
    from zongji.pipeline.reading.reader import Result, extract_bytes, extract_file, extract_text
    from zongji.pipeline.reading.settings import Settings
    from zongji.pipeline.schema.json_schema import json_schema
    from zongji.pipeline.schema.rows import FIGURE_COLUMNS, figure_rows
    from zongji.pipeline.sinks.dataframe import to_dataframe
    from zongji.pipeline.sources.limits import Limits
    from zongji.pipeline.trace import DocumentTrace, FileTrace, Step, Trace, trace_file, trace_text

    __version__: str
    """The installed version; `checkout` where nothing is installed."""

__all__ = [
    "FIGURE_COLUMNS",
    "Activity",
    "ActivityType",
    "ArtefactError",
    "Bound",
    "Category",
    "Check",
    "CheckCode",
    "Damage",
    "Document",
    "DocumentTrace",
    "DocumentType",
    "Engine",
    "Failure",
    "FailureCode",
    "Figure",
    "FileTrace",
    "LexiconError",
    "Limits",
    "Location",
    "MissingExtraError",
    "Modality",
    "Notice",
    "NoticeCode",
    "Period",
    "Reason",
    "Rejection",
    "Result",
    "Script",
    "Section",
    "SectionLabel",
    "Settings",
    "Source",
    "Span",
    "Step",
    "Trace",
    "__version__",
    "add_words",
    "extract_bytes",
    "extract_file",
    "extract_files",
    "extract_text",
    "figure_rows",
    "json_schema",
    "load_engine",
    "to_dataframe",
    "trace_file",
    "trace_text",
]
# Where each is imported from on first use, so that `import zongji` costs nothing.
_HOMES = {
    "corpus.extras": "MissingExtraError",
    "corpus.labels": (
        "ActivityType Bound Category CheckCode DocumentType FailureCode Modality NoticeCode Reason Script SectionLabel"
    ),
    "corpus.lexicon": "LexiconError add_words",
    "corpus.records": (
        "Activity Check Damage Document Failure Figure Location Notice Period Rejection Section Source Span"
    ),
    "models.engines": "Engine load_engine",
    "models.store": "ArtefactError",
    "pipeline.reading.many_files": "extract_files",
    "pipeline.reading.reader": "Result extract_bytes extract_file extract_text",
    "pipeline.reading.settings": "Settings",
    "pipeline.schema.json_schema": "json_schema",
    "pipeline.schema.rows": "FIGURE_COLUMNS figure_rows",
    "pipeline.sinks.dataframe": "to_dataframe",
    "pipeline.sources.limits": "Limits",
    "pipeline.trace": "DocumentTrace FileTrace Step Trace trace_file trace_text",
}

if not TYPE_CHECKING:  # a type checker shall report a name that is not there

    def __getattr__(name: str) -> object:
        """A public name, imported on first use."""
        from importlib import import_module  # noqa: PLC0415

        if name == "__version__":
            return import_module("zongji.pipeline.schema.version").version()
        home = next((home for home, names in _HOMES.items() if name in names.split()), None)
        if home is None:
            message = f"module {__name__!r} has no attribute {name!r}"
            raise AttributeError(message)
        value = globals()[name] = getattr(import_module(f"zongji.{home}"), name)
        return value

    def __dir__() -> list[str]:
        """The public names."""
        return sorted(__all__)
