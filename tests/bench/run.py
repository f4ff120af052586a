"""The benchmark: zongji and others on the same text in one run; see README.md in this folder.

python tests/bench/run.py                    everything, on corpus/gold/dev
python tests/bench/run.py --text FILE        speed and growth on another UTF-8 text
python tests/bench/run.py --parts speed      only that
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path

from entries import ENTRIES, OURS, Loaded, loaded
from found import figures
from processes import peak_of, starts
from report import Report, as_json, show
from restoration import RESTORERS, restorations, simplified_ones
from rich.console import Console
from speed import growths, speeds
from texts import Text, file_text, gold, gold_text

PARTS = ("speed", "growth", "figures", "restoration", "start")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; a promise that is not kept is printed, it does not fail the run."""
    options = _options(arguments)
    warnings.filterwarnings("ignore", category=SyntaxWarning)  # the others' expressions
    text = file_text(options.text, options.limit) if options.text else gold_text(gold())
    entries = loaded(ENTRIES)
    ours = next(entry for entry in entries if entry.name == OURS)
    report = Report(about(text))
    if "speed" in options.parts:
        report.speeds = speeds(text, entries, rounds=options.rounds, peaks=_peaks(entries, text))
    report.about |= density(text, ours)
    if "growth" in options.parts:
        report.growths = growths(ours, text.parts)
    if "figures" in options.parts:
        report.figures = figures(gold(), entries)
    if "restoration" in options.parts:
        report.restorations = restorations(simplified_ones(gold_text(gold("test")).parts), loaded(RESTORERS))
    if "start" in options.parts:
        report.starts = starts()
    if options.json:
        print(as_json(report))
    else:
        show(report, Console())
    return 0


def about(text: Text) -> dict[str, object]:
    """The text and the machine."""
    return {
        "text": text.name,
        "sha256": text.digest,
        "parts": len(text.parts),
        "characters": text.characters,
        "MB": round(text.megabytes, 3),
        "python": platform.python_version(),
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
    }


def density(text: Text, entry: Loaded) -> dict[str, object]:
    """Figures a thousand characters: those annotated, where the text is, and those that an entry finds."""
    counts = {"annotated": text.annotated} if text.annotated is not None else {}
    if entry.run is not None and entry.entry.found is not None:
        counts["found"] = sum(1 for part in text.parts for _ in entry.entry.found(entry.run(part)))
    return {f"{name}/1,000 characters": round(1000 * n / max(1, text.characters), 1) for name, n in counts.items()}


def _peaks(entries: Sequence[Loaded], text: Text) -> dict[str, float | None]:
    return {entry.name: peak_of(entry.name, text.parts) for entry in entries if entry.run is not None}


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--text", type=Path, metavar="FILE", help="time this UTF-8 text instead of corpus/gold/dev")
    parser.add_argument("--limit", type=int, default=200_000, help="characters of --text that are read (200000)")
    parser.add_argument("--rounds", type=int, default=7, help="timed passes after the warm-up; fewer for the slow (7)")
    parser.add_argument("--parts", default=PARTS, type=_parts, help=f"of {','.join(PARTS)}")
    parser.add_argument("--json", action="store_true", help="JSON instead of tables")
    return parser.parse_args(arguments)


def _parts(value: str) -> tuple[str, ...]:
    parts = tuple(value.split(","))
    if unknown := set(parts) - set(PARTS):
        message = f"unknown part {', '.join(sorted(unknown))}"
        raise argparse.ArgumentTypeError(message)
    return parts


if __name__ == "__main__":
    sys.exit(main())
