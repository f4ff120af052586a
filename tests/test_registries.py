"""What a command offers is what its registry has: an entry without its name on the command line reaches nobody."""

from __future__ import annotations

from zongji.cli import OutputFormat
from zongji.pipeline.bulk.executors.choose import EXECUTORS
from zongji.pipeline.commands.bulk import Executor
from zongji.pipeline.commands.database import ExportFormat
from zongji.pipeline.exchange.formats import WRITERS
from zongji.pipeline.sinks import SINKS
from zongji.pipeline.sinks.tables import TABLE_WRITERS


def test_extract_offers_every_sink() -> None:
    assert set(OutputFormat) == set(SINKS)


def test_export_offers_every_writer() -> None:
    assert set(ExportFormat) | {"gold"} == set(TABLE_WRITERS) | set(WRITERS)  # gold is --gold


def test_import_offers_every_executor() -> None:
    assert set(Executor) == set(EXECUTORS)
