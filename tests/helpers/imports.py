"""Helpers shared by the tests of imports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import select
from zongji.pipeline.bulk.counts import Tally
from zongji.pipeline.bulk.discovery import Selection
from zongji.pipeline.bulk.executors.choose import Workers
from zongji.pipeline.bulk.job import Job, run
from zongji.pipeline.bulk.planning import Policy
from zongji.pipeline.database.connection import connect
from zongji.pipeline.database.tables import METADATA
from zongji.pipeline.reading.settings import DEFAULTS, Settings
from zongji.pipeline.schema.columns import ACTIVITIES, CHECKS, DOCUMENTS, FIGURES, SECTIONS, SIGNATURES, TEXTS, WARNINGS

TEXT = "临河镇2023年工作总结\n今年以来，举办培训班6期，培训农民300余人。其中3月20日在文化广场开展宣传活动1场。\n"
OTHER = "石桥镇2022年工作计划\n一、主要任务\n计划举办讲座12场，发放资料5000份，覆盖群众2000人次。\n"
EMPTY = "首页 > 范文\n"
RECORDS = (DOCUMENTS, TEXTS, SECTIONS, ACTIVITIES, FIGURES, CHECKS, WARNINGS, SIGNATURES)
INLINE = Workers(number=0)


def bring_in(
    database: str,
    *paths: Path | str,
    policy: Policy | None = None,
    workers: Workers = INLINE,
    settings: Settings = DEFAULTS,
    **selection: object,
) -> Tally:
    """Import paths in this process."""
    chosen = Selection(paths=tuple(map(str, paths)), **selection)  # type: ignore[arg-type]
    return run(Job(chosen, database, policy or Policy(), workers, settings))


def rows(database: str, table: str, *names: str) -> list[tuple[object, ...]]:
    """The rows of a table, or some of its columns, sorted."""
    known = METADATA.tables[table]
    engine = connect(database)
    with engine.connect() as connection:
        found = [tuple(row) for row in connection.execute(select(*(known.c[name] for name in names or known.c.keys())))]
    engine.dispose()
    return sorted(found, key=repr)


def records(database: str) -> dict[str, list[tuple[object, ...]]]:
    """All records, without the traces of the runs that made them."""
    return {relation.name: rows(database, relation.name, *relation.names) for relation in RECORDS}


def states(database: str) -> dict[str, str]:
    """The state of each file by the name of its path."""
    state = dict(rows(database, "files", "sha256", "state"))
    return {Path(str(path)).name: str(state[sha256]) for path, sha256 in rows(database, "sources", "path", "sha256")}


def write(folder: Path, **texts: str) -> Sequence[Path]:
    """Text files by their names."""
    paths = [folder / f"{name}.txt" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths
