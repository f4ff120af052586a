"""Files to text: bytes to a decoded source, and the source to what a reader of it sees."""

from zongji.pipeline.sources.formats import BINARIES, FORMATS, Binary, Format, read, read_text
from zongji.pipeline.sources.limits import LIMITS, Limits
from zongji.pipeline.sources.reading import Reading, SourceError

__all__ = ["BINARIES", "FORMATS", "LIMITS", "Binary", "Format", "Limits", "Reading", "SourceError", "read", "read_text"]
