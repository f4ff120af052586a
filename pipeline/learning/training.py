"""The corpus to models: examples from annotated documents, a model for each task, the cards that say how good it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from zongji.corpus.digests import digest_of_pieces
from zongji.corpus.gold import GoldFile, read_folder
from zongji.models import cards, characters, store
from zongji.models.cards import Card, write
from zongji.models.engines import Task
from zongji.models.linear import LinearModel
from zongji.models.train import Fitted, fit
from zongji.pipeline.learning.examples import examples


def train(folder: Path, added: Sequence[GoldFile] = ()) -> Iterator[str]:
    """Write the models and their cards to a folder; what was done is told on the way.

    `added` are documents of a user's own, to be learned from on top of ours. A model is used only where it is right
    more often than the rules; its card is written anyway.

    Raises:
        MissingExtraError: if scikit-learn, skops or matplotlib is not installed.
    """
    training, held_out = [*_split("train"), *added], _split("dev")
    yield f"{len(training)} documents to learn from, {len(held_out)} to choose by"
    learned, chosen_by = examples(training), examples(held_out)
    used: dict[str, tuple[LinearModel, bytes]] = {}
    for task in Task:
        fitted = fit(learned[task], chosen_by[task])
        yield _told(task, fitted)
        if fitted.is_better:
            used[task.value] = fitted.model, fitted.estimator
        write(folder, Card(task.value, fitted, learned[task], chosen_by[task]))
    every = [*training, *held_out]
    store.save(folder, used, _digest(every))
    folder.joinpath(characters.NAME).write_bytes(characters.rebuilt(file.annotated.text for file in every))


def written() -> frozenset[str]:
    """The names of all files that a training may write; which of them it does depends on what was learned."""
    tasks = (f"{task.value}.{kind}" for task in Task for kind in (*store.KINDS, *cards.KINDS))
    return frozenset((store.MANIFEST, characters.NAME, *tasks))


def _split(name: str) -> list[GoldFile]:
    with as_file(files("zongji.corpus").joinpath("gold", name)) as folder:
        return list(read_folder(folder))


def _digest(gold: Sequence[GoldFile]) -> str:
    """The digest of the annotated files' contents, in order."""
    return digest_of_pieces(file.path.read_bytes() for file in gold)


def _told(task: Task, fitted: Fitted) -> str:
    rules, kept = fitted.trials[0], fitted.kept
    verdict = "used" if fitted.is_better else "not used, the rules are as good"
    return (
        f"{task}: {kept.name}, accuracy {kept.cross_validated.accuracy:.3f} cross-validated, "
        f"{kept.held_out.accuracy:.3f} held-out "
        f"(rules {rules.cross_validated.accuracy:.3f}, {rules.held_out.accuracy:.3f}); {verdict}"
    )
