"""Panics of libraries in Rust: no exceptions of Python, and told on standard error, where they belong to no file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

_ERRORS = 2  # the descriptor that libraries write to, past sys.stderr


class PanicError(Exception):
    """A panic, with its words."""


@contextmanager
def panics_as_exceptions() -> Iterator[None]:
    """Raise PanicError for a panic, and keep its words off standard error; what others write there follows behind.

    Raises:
        PanicError: with the panic's words.
    """
    held = _held()
    try:
        yield
    except (Exception, KeyboardInterrupt, SystemExit, GeneratorExit):
        _release(held, told=True)
        raise
    except BaseException as error:
        _release(held, told=False)
        raise PanicError(" ".join(str(error).split())) from error
    _release(held, told=True)


def _held() -> tuple[int, int] | None:
    """Standard error goes into memory: the descriptor of that, and one of where it went before."""
    try:
        kept = os.dup(_ERRORS)
    except OSError:  # closed
        return None
    try:
        held = os.memfd_create("standard error")
    except (AttributeError, OSError):  # only Linux has such files
        os.close(kept)
        return None
    os.dup2(held, _ERRORS)
    return held, kept


def _release(descriptors: tuple[int, int] | None, *, told: bool) -> None:
    if descriptors is None:
        return
    held, kept = descriptors
    os.dup2(kept, _ERRORS)
    os.close(kept)
    with open(held, "rb") as stream:
        stream.seek(0)
        written = stream.read()
    if told and written:
        _write(written)


def _write(data: bytes) -> None:
    try:
        os.write(_ERRORS, data)
    except OSError:  # full or gone: messages never end a command
        return
