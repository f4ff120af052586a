"""The quality gate: the whole pipeline on the annotated corpus, against floors that cannot be lowered by accident.

    python tests/gate.py dev            scores and floors; exit code 1 where a floor is missed
    python tests/gate.py dev --errors   every miss with its sentence
    python tests/gate.py dev --raise    floors up to what is reached now (never down)

Floors are pinned with the digest of the corpus they were measured on: another corpus is another measurement.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from pathlib import Path

from zongji import extract_text
from zongji.corpus.gold import read_folder
from zongji.corpus.score import Score

HERE = Path(__file__).parent
GOLD = HERE.parent / "corpus" / "gold"
FLOORS = HERE / "floors.json"
SLACK = 0.002  # a floor stands this much below what was reached


def main() -> int:
    """Score a split and compare; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("split", choices=["dev", "test"])
    parser.add_argument("--errors", nargs="?", const="", help="print misses, of one kind if it is named")
    parser.add_argument("--raise", dest="raise_floors", action="store_true", help="raise the floors")
    options = parser.parse_args()
    score = Score()
    for gold in read_folder(GOLD / options.split):
        before = len(score.misses)
        score.add(gold.annotated, extract_text(gold.annotated.text))
        if options.errors is not None:
            _show(gold.path, gold.annotated.text, score.misses[before:], options.errors)
    measures = score.measures()
    floors = json.loads(FLOORS.read_text(encoding="utf-8")) if FLOORS.exists() else {}
    if options.raise_floors:
        return _raise(floors, options.split, measures)
    return _compare(floors.get(options.split, {}), measures, _digest(options.split))


def _show(path: Path, text: str, misses: list, kind: str) -> None:  # type: ignore[type-arg]
    for miss in misses:
        if kind in {"", miss.kind}:
            around = text[max(0, miss.start - 15) : miss.start + 25].replace("\n", "⏎")
            print(f"{path.stem} {miss.kind}: got {miss.predicted!r}, expected {miss.expected!r} …{around}…")


def _compare(floors: dict[str, object], measures: dict[str, float], digest: str) -> int:
    pinned = floors.get("measures", {})
    if floors.get("digest") != digest:
        print("the corpus is not the one the floors were measured on; measure anew and raise the floors")
    missed = 0
    for name, value in measures.items():
        floor = pinned.get(name)  # type: ignore[attr-defined]
        below = floor is not None and value < floor
        missed += below
        print(f"{name:26} {value:.4f}  floor {floor if floor is not None else '-'}{'  MISSED' if below else ''}")
    return 1 if missed or floors.get("digest") != digest else 0


def _raise(floors: dict[str, dict[str, object]], split: str, measures: dict[str, float]) -> int:
    digest = _digest(split)
    known = floors.get(split, {})
    old = known.get("measures", {}) if known.get("digest") == digest else {}
    raised = {name: max(old.get(name, 0), round(value - SLACK, 4)) for name, value in measures.items()}  # type: ignore[attr-defined]
    floors[split] = {"digest": digest, "measures": raised}
    FLOORS.write_text(json.dumps(floors, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return 0


def _digest(split: str) -> str:
    data = b"".join(path.read_bytes() for path in sorted((GOLD / split).rglob("*.txt")))
    return hashlib.sha256(data).hexdigest()[:16]


if __name__ == "__main__":
    sys.exit(main())
