"""LibreOffice converts older formats to docx, many files per run because starting it takes a second."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path

from zongji.corpus.digests import digest
from zongji.corpus.labels import FailureCode
from zongji.pipeline.sources import programs, scratch
from zongji.pipeline.sources.reading import SourceError

INSTALL = "Install LibreOffice (Debian: libreoffice-writer-nogui; elsewhere: libreoffice.org)"

# What a file is read as, by kind: with an explicit filter, LibreOffice rejects bytes of another kind; without one
# it takes anything for text and "converts" it.
FILTERS = {
    "doc": "MS Word 97",
    "rtf": "Rich Text Format",
    "odt": "writer8",
    "word-xml": "MS Word 2003 XML",
}
BATCH = 50
_KEPT = 2 * BATCH  # converted files waiting for their reader
_START = 60.0  # seconds for the first start with a new profile on a slow machine
_SOCKETS = Path("/tmp")  # noqa: S108  # written into LibreOffice
_BINDING = 60  # seconds after which a new socket is sure to be listened to
_EACH = 3.0  # seconds per further file of a batch; most take a tenth

# Macros stay off, links are not followed, nothing is fetched: LibreOffice's own settings by path and name.
_SETTINGS = (
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
    ("Calc/Content/Update", "Link", "1"),
)
_SETTING = (
    '<item oor:path="/org.openoffice.Office.{}"><prop oor:name="{}" oor:op="fuse"><value>{}</value></prop></item>\n'
)
_REGISTRY = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry">\n'
    f"{''.join(_SETTING.format(*setting) for setting in _SETTINGS)}</oor:items>\n"
)
_NO_NETWORK = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")

_converted: dict[tuple[str, str], bytes] = {}


def program() -> str | None:
    """The path of LibreOffice, None if it is not installed."""
    return programs.found("soffice", "libreoffice")


def convert_ahead(files: Iterable[tuple[str, bytes]], *, seconds: float) -> None:
    """Convert files in few runs; those that fail are tried alone when they are read."""
    waiting: dict[str, list[bytes]] = {}
    for kind, data in files:
        if _key(kind, data) not in _converted:
            waiting.setdefault(kind, []).append(data)
    for kind, batch in waiting.items() if program() else ():
        for first in range(0, len(batch), BATCH):
            _keep(kind, batch[first : first + BATCH], seconds)


def _keep(kind: str, batch: Sequence[bytes], seconds: float) -> None:
    try:
        results = _run(kind, batch, seconds=min(seconds, _START) + _EACH * len(batch))
    except SourceError:
        return
    for data, result in zip(batch, results, strict=True):
        if result is not None:
            _converted[_key(kind, data)] = result
    while len(_converted) > _KEPT:
        _converted.pop(next(iter(_converted)))


def converted(data: bytes, kind: str, *, seconds: float) -> bytes:
    """The file as docx.

    Raises:
        SourceError: if LibreOffice is missing, refuses the file or takes too long.
    """
    ready = _converted.pop(_key(kind, data), None)
    if ready is not None:
        return ready
    if program() is None:
        message = f"it needs LibreOffice, which is not installed. {INSTALL}"
        raise SourceError(FailureCode.MISSING_PROGRAM, message)
    (result,) = _run(kind, [data], seconds=seconds)
    if result is None:
        message = "LibreOffice cannot read it. The file may be damaged: try the program that wrote it"
        raise SourceError(FailureCode.DAMAGED, message)
    return result


def _key(kind: str, data: bytes) -> tuple[str, str]:
    return kind, digest(data)


def _run(kind: str, batch: Sequence[bytes], *, seconds: float) -> list[bytes | None]:
    """The files as docx, None for those that failed."""
    with scratch.folder() as folder:
        sources = [folder / f"{number}.{kind}" for number in range(len(batch))]
        for path, data in zip(sources, batch, strict=True):
            path.write_bytes(data)
        command = [
            program() or "soffice", "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard",
            f"-env:UserInstallation={_profile().as_uri()}", f"--infilter={FILTERS[kind]}",
            "--convert-to", "docx:MS Word 2007 XML", "--outdir", f"{folder}/out", *map(str, sources),
        ]  # fmt: skip
        # Its own temporary files, too, go where they are removed if it is killed.
        programs.run(command, seconds=seconds, environment={**_NO_NETWORK, "TMPDIR": str(folder)})
        results = [folder / "out" / f"{path.stem}.docx" for path in sources]
        if not all(path.is_file() for path in results):
            scratch.check_free()
        return [path.read_bytes() if path.is_file() else None for path in results]


@cache
def _profile() -> Path:
    """This process's profile: two instances cannot share one."""
    _remove_dead_sockets()
    profile = scratch.own() / "profile"
    (profile / "user").mkdir(parents=True, exist_ok=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_REGISTRY, encoding="utf-8")
    return profile


def _remove_dead_sockets() -> None:
    """Remove what killed instances left: a socket in /tmp each, wherever their other temporary files are."""
    if not hasattr(os, "getuid"):  # Windows has none
        return
    for path in _SOCKETS.glob(f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_*"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _BINDING and _is_dead(path):
                path.unlink()


def _is_dead(path: Path) -> bool:
    """True for a socket that nobody listens to."""
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(1)
        try:
            client.connect(str(path))
        except ConnectionRefusedError:
            return True
    return False
