"""Files to text: bytes to a decoded source, and the source to what a reader of it sees."""

from zongji.pipeline.sources.formats import FORMATS, Format, read, read_text
from zongji.pipeline.sources.reading import Reading, SourceError

__all__ = ["FORMATS", "Format", "Reading", "SourceError", "read", "read_text"]
