"""Our own documents, damaged by every variant, are restored except for what is marked doubtful."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from itertools import islice
from pathlib import Path

import pytest
from zongji.corpus import noise
from zongji.corpus.alignment import Aligned
from zongji.corpus.gold import read_folder
from zongji.corpus.labels import Script
from zongji.corpus.noise import Damaged, damage
from zongji.pipeline.restore import Restored, restore
from zongji.pipeline.restore.record import Certainty
from zongji.pipeline.restore.script import script_of

GOLD = Path(__file__).resolve().parents[1] / "corpus" / "gold" / "dev"


@cache
def documents() -> dict[str, str]:
    """The documents in simplified characters, repaired and without what GBK lacks."""
    texts = {gold.path.stem: gold.annotated.text for gold in read_folder(GOLD)}
    simplified = {name: text for name, text in texts.items() if script_of(text) is Script.SIMPLIFIED}
    repaired = {name: restore(Aligned.of(text)).aligned.text for name, text in simplified.items()}
    return {name: text.encode("gbk", "ignore").decode("gbk") for name, text in repaired.items()}


def alike(text: str) -> str:
    """A text in the one form in which both sides are compared."""
    return noise.narrowed(noise.traditional(text))


def differences(page: Damaged, restored: Restored) -> Iterator[tuple[int, int]]:
    """Where the restored text is not the clean one, as places of the latter; blanks are not compared."""
    before, after = alike(page.clean), alike(restored.aligned.text)
    for tag, start, end, at, to in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal" and (before[start:end] + after[at:to]).strip():
            yield start, end


def doubtful(page: Damaged, restored: Restored) -> list[tuple[int, int]]:
    """The places of the clean text whose repair is not marked exact."""
    way = Aligned.of(page.clean).apply(page.edits)
    repairs = (repair for repair in restored.repairs if repair.certainty is not Certainty.EXACT)
    return [way.origin(repair.start, repair.end) for repair in repairs]


@pytest.mark.parametrize("variant", noise.variants())
def test_what_differs_is_marked_as_doubtful(variant: str) -> None:
    wrong = []
    for name, text in islice(documents().items(), 0, None, 1 if variant == "usual" else 3):  # they differ in little
        page = damage(text, noise.variants()[variant])
        restored = restore(Aligned.of(page.text))
        marked = doubtful(page, restored)
        for start, end in differences(page, restored):
            if not any(start <= last and first <= end for first, last in marked):
                wrong.append((name, page.clean[max(0, start - 5) : end + 5]))
    assert not wrong
