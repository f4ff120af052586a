"""One digest for the same content, however it comes."""

from __future__ import annotations

from pathlib import Path

from zongji.corpus.digests import digest, digest_of_file, digest_of_pieces, digest_of_text

ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"  # FIPS 180-2, appendix B.1


def test_bytes_text_pieces_and_a_file_of_the_same_content_share_a_digest(tmp_path: Path) -> None:
    file = tmp_path / "abc"
    file.write_bytes(b"abc")
    assert {digest(b"abc"), digest_of_text("abc"), digest_of_pieces([b"a", b"bc"]), digest_of_file(file)} == {ABC}


def test_a_lone_surrogate_has_a_digest_of_its_own() -> None:
    assert digest_of_text("\ud800") != digest_of_text("?")
