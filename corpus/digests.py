"""SHA-256 digests in hexadecimal: of bytes, of text, of a file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path


def digest(data: bytes) -> str:
    """The digest of bytes."""
    return hashlib.sha256(data).hexdigest()


def digest_of_pieces(pieces: Iterable[bytes]) -> str:
    """The digest of the pieces joined, with only one in memory at a time."""
    found = hashlib.sha256()
    for piece in pieces:
        found.update(piece)
    return found.hexdigest()


def digest_of_text(text: str) -> str:
    """The digest of a text as UTF-8, in which a lone surrogate keeps its own three bytes."""
    return digest(text.encode("utf-8", "surrogatepass"))


def digest_of_file(path: str | Path) -> str:
    """The digest of a file's bytes, read in chunks.

    Raises:
        OSError: if the file cannot be read.
    """
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
