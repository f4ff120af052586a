"""What `zongji evaluate` writes: a table of scores, the errors with their sentences, or one JSON object."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO

from zongji.corpus.score import Tally
from zongji.corpus.wording import readable, visible
from zongji.pipeline.learning.evaluation import Error, Evaluation, grouped
from zongji.pipeline.sinks.cells import defused


def as_table(stream: IO[str], evaluation: Evaluation) -> None:
    """Precision, recall and F1 by kind, category and class; then the accuracy of the fields of matches."""
    score = evaluation.score
    stream.write(f"{'':28}{'precision':>10}{'recall':>10}{'F1':>10}{'of':>8}\n")
    for name, tally in sorted(score.tallies.items()):
        stream.write(_row(name, tally))
    for name, tally in sorted(score.classes.items()):
        stream.write(_row(f"class:{name}", tally))
    stream.write(f"\n{'field':28}{'right':>10}{'of':>8}\n")
    for name, whole in sorted(score.judged.items()):
        stream.write(f"{name:28}{score.fields[name] / whole:>10.4f}{whole:>8}\n")
    stream.write(f"\nmacro-F1 of the classes {score.measures().get('class macro-F1', 1.0):.4f}, ")
    stream.write(f"expected calibration error {evaluation.calibration:.4f}\n")


def _row(name: str, tally: Tally) -> str:
    whole = tally.right + tally.missed
    return f"{name:28}{tally.precision:>10.4f}{tally.recall:>10.4f}{tally.f1:>10.4f}{whole:>8}\n"


def as_errors(stream: IO[str], evaluation: Evaluation) -> None:
    """One line per error, by kind."""
    for kind, errors in grouped(evaluation.errors):
        stream.write(f"\n{kind}: {len(errors)}\n")
        stream.writelines(_error(error) for error in errors)


def _error(error: Error) -> str:
    miss = error.miss
    found, wanted = miss.predicted or "nothing", miss.expected or "nothing"
    said = f"{error.path.name}:{miss.start}  found {found}, annotated {wanted}  …{error.around}…"
    return f"  {defused(visible(said))}\n"


def as_numerals(stream: IO[str], evaluation: Evaluation) -> None:
    """The numbers neither annotated nor rejected, one per line."""
    lines = (visible(f"{path.name}  {shown}") for path, shown in evaluation.unexplained)
    stream.writelines(f"{defused(line)}\n" for line in lines)


def as_json(stream: IO[str], evaluation: Evaluation) -> None:
    """One object: measures, tallies, errors."""
    score = evaluation.score
    content = {
        "schema": "zongji/1",
        "kind": "evaluation",
        "measures": score.measures() | {"calibration error": evaluation.calibration},
        "tallies": dict(_tallies(evaluation)),
        "errors": [
            {
                "path": readable(str(error.path)),
                "kind": error.miss.kind,
                "start": error.miss.start,
                "found": error.miss.predicted,
                "annotated": error.miss.expected,
                "around": error.around,
            }
            for error in evaluation.errors
        ],
    }
    stream.write(json.dumps(content, ensure_ascii=False) + "\n")


def _tallies(evaluation: Evaluation) -> Iterator[tuple[str, dict[str, float]]]:
    classes = {f"class:{name}": tally for name, tally in evaluation.score.classes.items()}
    for name, tally in sorted({**evaluation.score.tallies, **classes}.items()):
        yield (
            name,
            {"precision": tally.precision, "recall": tally.recall, "f1": tally.f1, "of": tally.right + tally.missed},
        )
