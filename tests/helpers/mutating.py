"""Damages files: bytes anywhere, numbers that look like lengths, texts, and the members of zip packages.

A mutation takes the file and a random generator and returns the damaged file; the same generator, the same damage.
"""

from __future__ import annotations

import io
import random
import re
import struct
import warnings
import zipfile
from collections.abc import Callable, Sequence
from contextlib import suppress

Mutation = Callable[[bytes, random.Random], bytes]
_MOST = 3  # mutations of one file
_ENCODINGS = ("utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be", "shift_jis")
_INSERTED = "举办讲座6场，听众1200余人次；"
_EXTREMES = (
    "",
    "-1",
    "0",
    "65536",
    "4294967296",
    "99999999999999999999",
    "1e999",
    "NaN",
    "../../x",
    "a" * 5000,
    "\ufffe",
)


def mutated(data: bytes, others: Sequence[bytes], chance: random.Random) -> tuple[bytes, str]:
    """The file after one to three mutations, never as it was, and their names."""
    kinds = [*ANYWHERE, *(IN_PACKAGES * 3 if zipfile.is_zipfile(io.BytesIO(data)) else IN_TEXTS)]
    result, done = data, []
    while result == data:
        for mutation in chance.choices([*kinds, _spliced(others)], k=chance.randint(1, _MOST)):
            result = mutation(result, chance)
            done.append(mutation.__name__)
    return result, ", ".join(done)


def flipped(data: bytes, chance: random.Random) -> bytes:
    """A few bits are others."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30)) if data else 0):
        changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def overwritten(data: bytes, chance: random.Random) -> bytes:
    """A block is zeros, ones or noise."""
    start, end = _block(data, chance)
    filling = chance.choice((bytes(end - start), b"\xff" * (end - start), chance.randbytes(end - start)))
    return data[:start] + filling + data[end:]


def truncated(data: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(len(data) + 1)]


def beheaded(data: bytes, chance: random.Random) -> bytes:
    """Something is missing in front, or in the middle."""
    start, end = _block(data, chance)
    return data[:start] + data[end:]


def repeated(data: bytes, chance: random.Random) -> bytes:
    """A block stands there many times."""
    start, end = _block(data, chance)
    return data[:end] + data[start:end] * chance.choice((1, 10, 200)) + data[end:]


def swapped(data: bytes, chance: random.Random) -> bytes:
    """The parts in front of and behind a place are exchanged, but for the first bytes."""
    head, place = data[:64], chance.randrange(64, len(data) + 64)
    return head + data[place:] + data[64:place]


def lengths(data: bytes, chance: random.Random) -> bytes:
    """Some numbers of two or four bytes, most of them in headers and directories, are huge, small or off by one."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        form = chance.choice(("<H", ">H", "<I", ">I"))
        size, most = struct.calcsize(form), 256 ** struct.calcsize(form) - 1
        if len(data) < size:
            break
        place = chance.choice((0, max(0, len(data) - 2048), chance.randrange(len(data))))
        place = min(place + chance.randrange(2048), len(data) - size) & ~1
        (before,) = struct.unpack_from(form, changed, place)
        after = chance.choice((0, 1, most, most >> 1, (before + 1) & most, (before * 256) & most))
        struct.pack_into(form, changed, place, after)
    return bytes(changed)


def numbers(data: bytes, chance: random.Random) -> bytes:
    """A number in digits is an extreme one: a length or reference of a PDF, a width in XML, a count in RTF."""
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    match = chance.choice(found)
    return data[: match.start()] + chance.choice(_EXTREMES).encode("utf-8", "replace") + data[match.end() :]


ANYWHERE: list[Mutation] = [flipped, overwritten, truncated, beheaded, repeated, swapped, lengths, numbers]


def _spliced(others: Sequence[bytes]) -> Mutation:
    def spliced(data: bytes, chance: random.Random) -> bytes:
        """It begins as itself and goes on as a file of another format."""
        other = chance.choice(others)
        return data[: chance.randrange(len(data) + 1)] + other[chance.randrange(len(other)) :]

    return spliced


def mixed_encodings(data: bytes, chance: random.Random) -> bytes:
    """Text of another encoding in the middle."""
    place, text = chance.randrange(len(data) + 1), _INSERTED * chance.choice((1, 50))
    return data[:place] + text.encode(chance.choice(_ENCODINGS), "replace") + data[place:]


def odd_characters(data: bytes, chance: random.Random) -> bytes:
    """NULs, marks of byte order, surrogates, controls of direction, line ends of all kinds."""
    odd = (
        b"\0",
        b"\xef\xbb\xbf",
        b"\xed\xa0\x80",
        "\u202e\u2066".encode(),
        b"\r\r\n\x0b\x0c\x85",
        b"\x1b[2J",
        b"\xff\xfe",
    )
    for _ in range(chance.choice((1, 5, 50))):
        place = chance.randrange(len(data) + 1)
        data = data[:place] + chance.choice(odd) + data[place:]
    return data


def unbalanced(data: bytes, chance: random.Random) -> bytes:
    """Tags, brackets and quotes that are opened again and again and never closed."""
    place = chance.randrange(len(data) + 1)
    opened = chance.choice(
        (b"<div>", b"<table><tr><td>", b"<!--", b"{\\rtf1", b"(", "“（".encode(), b"<a href='", b"# ")
    )
    return data[:place] + opened * chance.choice((1, 30, 3000)) + data[place:]


IN_TEXTS: list[Mutation] = [mixed_encodings, odd_characters, unbalanced]


def inside(data: bytes, chance: random.Random) -> bytes:
    """The bytes of a member are damaged; the package is sound."""
    return _with_member(data, chance, lambda content: chance.choice(ANYWHERE)(content, chance))


def element(data: bytes, chance: random.Random) -> bytes:
    """An element of a member's XML is missing, repeated, nested in itself or in another place."""
    return _with_member(data, chance, lambda content: _element(content, chance))


def attribute(data: bytes, chance: random.Random) -> bytes:
    """Some values of attributes are extreme."""

    def changed(content: bytes) -> bytes:
        share = chance.choice((0.01, 0.1, 1.0))

        def value(match: re.Match[bytes]) -> bytes:
            new = chance.choice(_EXTREMES).encode("utf-8", "replace")
            return match[1] + new + b'"' if chance.random() < share else match[0]

        return re.sub(rb'(<[^?!][^>]*? [\w:]+=")[^"]*"', value, content)

    return _with_member(data, chance, changed)


def doctype(data: bytes, chance: random.Random) -> bytes:
    """A member declares entities, some of them growing or naming files, and uses them."""
    levels = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 9))
    declared = f"<!DOCTYPE x [<!ENTITY e0 '举办讲座6场'>{levels}<!ENTITY f SYSTEM 'file:///etc/passwd'>]>".encode()

    def changed(content: bytes) -> bytes:
        place = content.find(b"?>") + 2 if content.startswith(b"<?xml") else 0
        body = content[place:].replace("科普".encode(), chance.choice((b"&e8;", b"&f;", b"&e1;", b"&none;")))
        return content[:place] + declared + body

    return _with_member(data, chance, changed)


def members(data: bytes, chance: random.Random) -> bytes:
    """A member is missing, empty, there twice, under another's or a harmful name, or packed otherwise."""
    parts = _parts(data)
    if not parts:
        return data
    place = chance.randrange(len(parts))
    name, content = parts[place]
    other = chance.choice(parts)[0]
    new = chance.choice(
        ([], [(name, b"")], [(name, content)] * 2, [(other, content)], [(f"../../{name}", content)],
         [(f"/{name}", content)], [(name.upper(), content)], [("\x1b[2J\n\u202e", content)], [(name, _again(parts))])
    )  # fmt: skip
    return _packed([*parts[:place], *new, *parts[place + 1 :]], chance)


IN_PACKAGES: list[Mutation] = [inside, element, attribute, doctype, members]


def _again(parts: list[tuple[str, bytes]]) -> bytes:
    """The package as a member of itself."""
    return _packed(parts, random.Random(0))  # noqa: S311  # nothing secret


def _element(content: bytes, chance: random.Random) -> bytes:
    found = list(re.finditer(rb"<([\w:]+)(?: [^<>]*)?>[^<>]*</\1>|<[\w:]+(?: [^<>]*)?/>", content))
    if not found:
        return content
    match, other = chance.choice(found), chance.choice(found)
    times = chance.choice((2, 50, 2000))
    start = re.match(rb"<([\w:]+)", match[0])
    opening, closing = (b"<" + start[1] + b">", b"</" + start[1] + b">") if start else (b"", b"")
    new = chance.choice((b"", match[0] * times, opening * times + match[0] + closing * times, other[0]))
    return content[: match.start()] + new + content[match.end() :]


def _with_member(data: bytes, chance: random.Random, change: Callable[[bytes], bytes]) -> bytes:
    """The package with one member changed; large ones, which hold the content, more often."""
    parts = _parts(data)
    if not parts:
        return data
    place = chance.choices(range(len(parts)), [1 + len(content) ** 0.5 for _, content in parts])[0]
    name, content = parts[place]
    return _packed([*parts[:place], (name, change(content)), *parts[place + 1 :]], chance)


def _parts(data: bytes) -> list[tuple[str, bytes]]:
    """The members of a package; none if it is broken already."""
    with suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(info.filename, package.read(info)) for info in package.infolist()]
    return []


def _packed(parts: Sequence[tuple[str, bytes]], chance: random.Random) -> bytes:
    stream = io.BytesIO()
    method = chance.choice((zipfile.ZIP_DEFLATED,) * 6 + (zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA))
    with zipfile.ZipFile(stream, "w", method) as package, warnings.catch_warnings(action="ignore"):  # of a name twice
        for name, content in parts:
            package.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), content, method)
    return stream.getvalue()


def _block(data: bytes, chance: random.Random) -> tuple[int, int]:
    start = chance.randrange(len(data) + 1)
    return start, min(len(data), start + chance.choice((1, 16, 512, 8192)))
