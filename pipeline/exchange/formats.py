"""The formats of annotations by name. A new one is a writer and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from zongji.pipeline.exchange import gold, writers
from zongji.pipeline.exchange.annotated import Annotated
from zongji.pipeline.exchange.writers import Exported

WRITERS: dict[str, Callable[[Iterable[Annotated], Path], Exported]] = {
    "labelstudio": writers.write_label_studio,
    "doccano": writers.write_doccano,
    "spacy": writers.write_spacy,
    "brat": writers.write_brat,
    "gold": gold.write_gold,
}
