"""From bytes to a decoded source, and from there to the text that a reader sees: one module per format."""

from zongji.pipeline.sources.formats import BINARIES, FORMATS, Binary, Format, read, read_text
from zongji.pipeline.sources.limits import LIMITS, Limits
from zongji.pipeline.sources.reading import Reading, SourceError

__all__ = ["BINARIES", "FORMATS", "LIMITS", "Binary", "Format", "Limits", "Reading", "SourceError", "read", "read_text"]
