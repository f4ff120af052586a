"""The corpus to models: examples from annotated documents, a model for each task, the cards that say how good it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from importlib.resources import as_file, files
from pathlib import Path

from zongji.corpus.digests import digest_of_pieces
from zongji.corpus.gold import GoldFile, read_folder
from zongji.models import characters, store
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
    training, apart = [*_split("train"), *added], _split("dev")
    yield f"{len(training)} documents to learn from, {len(apart)} to choose by"
    learned, chosen_by = examples(training), examples(apart)
    used: dict[str, tuple[LinearModel, bytes]] = {}
    for task in Task:
        fitted = fit(learned[task], chosen_by[task])
        yield _told(task, fitted)
        if fitted.is_better:
            used[task.value] = fitted.model, fitted.estimator
        write(folder, Card(task.value, fitted, learned[task], chosen_by[task]))
    every = [*training, *apart]
    store.save(folder, used, _digest(every))
    folder.joinpath(characters.NAME).write_bytes(characters.rebuilt(file.annotated.text for file in every))
    yield f"models and cards are in {folder}"


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
        f"{task}: {kept.name}, accuracy {kept.crosswise.accuracy:.3f} crosswise, {kept.apart.accuracy:.3f} apart "
        f"(rules {rules.crosswise.accuracy:.3f}, {rules.apart.accuracy:.3f}); {verdict}"
    )
