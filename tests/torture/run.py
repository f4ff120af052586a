"""The torture suite as one command, beside throwaway database servers: `poe torture`.

    poe torture                                          all of it: about an hour
    poe torture --part kills --trials 6                  a part, and only its first trials
    poe torture --part mutations --seed 20 --only 317    one trial again

Exit codes: 0 nothing failed; 1 something did.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "helpers"))
sys.path.insert(0, str(Path(__file__).parents[1]))

from growth import Growth
from kills import Kills
from limits import Limits
from mutations import Mutations
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from trials import SEED, Outcome, Part

_SAID = 20  # trials from one line to the next where nobody sees a bar
PARTS: dict[str, Part] = {part.name: part for part in (Mutations(), Kills(), Limits(), Growth())}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the chosen parts, naming each failure as it comes, and print the table."""
    options = _options(arguments)
    console = Console(highlight=False, soft_wrap=True)
    console.print(f"seed {options.seed}")
    outcomes: list[Outcome] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        for name in options.part or PARTS:
            part = PARTS[name]
            numbers = options.only or range(min(options.trials or part.trials, part.trials))
            shown = progress.add_task(name, total=len(numbers))
            with tempfile.TemporaryDirectory() as folder:
                for outcome in part.run(numbers, options.seed, Path(folder)):
                    outcomes.append(outcome)
                    progress.advance(shown)
                    if not console.is_terminal and len(outcomes) % _SAID == 0:
                        failed = sum(bool(outcome.faults) for outcome in outcomes)
                        console.print(f"{name}: up to {outcome.number}, {failed} of {len(outcomes)} failed")
                    _tell(console, name, options.seed, outcome)
    console.print(_table(outcomes))
    return 1 if any(outcome.faults for outcome in outcomes) else 0


def _tell(console: Console, part: str, seed: int, outcome: Outcome) -> None:
    if outcome.faults:
        console.print(f"FAILED {outcome.test}: poe torture --part {part} --seed {seed} --only {outcome.number}")
        console.print(*(f"  {fault}" for fault in outcome.faults), sep="\n", markup=False)


def _table(outcomes: Sequence[Outcome]) -> Table:
    """Tests, tries, how many of them hit, failures."""
    table = Table("test", "tries", "hits", "failures", "measured")
    tests = dict.fromkeys(outcome.test for outcome in outcomes)
    for test in tests:
        of_test = [outcome for outcome in outcomes if outcome.test == test]
        table.add_row(test, *_counts(of_test), of_test[-1].note)
    table.add_section()
    table.add_row("together", *_counts(outcomes))
    return table


def _counts(outcomes: Sequence[Outcome]) -> tuple[str, str, str]:
    tries = sum(outcome.tries for outcome in outcomes)
    hits = sum(outcome.tries if outcome.hits is None else outcome.hits for outcome in outcomes)
    return str(tries), str(hits), str(sum(bool(outcome.faults) for outcome in outcomes))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", action="append", choices=PARTS, help="only this part; may be repeated")
    parser.add_argument("--seed", type=int, default=SEED, help=f"what is random depends on it ({SEED})")
    parser.add_argument("--trials", type=int, help="only the first trials of each part")
    parser.add_argument("--only", type=int, action="append", help="only the trial of this number; may be repeated")
    options = parser.parse_args(arguments)
    if options.only and len(options.part or ()) != 1:
        parser.error("--only needs one --part")
    if options.only and max(options.only) >= PARTS[options.part[0]].trials:
        parser.error(f"--only: the part has the trials 0 to {PARTS[options.part[0]].trials - 1}")
    return options


if __name__ == "__main__":
    sys.exit(main())
