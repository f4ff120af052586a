"""Whole tables to files: CSV, JSON Lines, Parquet, DuckDB. A writer takes table after table, rows in portions."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import IO, Any, Protocol, Self

from zongji.corpus.extras import required
from zongji.pipeline.schema.columns import Column, Kind
from zongji.pipeline.schema.rows import Row
from zongji.pipeline.sinks.cells import Cells


class TableWriter(Protocol):
    """Writes tables."""

    def begin(self, name: str, columns: Sequence[Column]) -> None:
        """Start a table."""

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows."""

    def end(self) -> None:
        """Finish the table."""

    def __enter__(self) -> Self:
        """Start."""

    def __exit__(self, *_: object) -> None:
        """Close all files."""


class _Files:
    """One file per table: the target itself for a single table, else a file in the target folder."""

    extension = ""

    def __init__(self, target: Path, *, single: bool, bom: bool) -> None:
        self.target, self.single, self.bom = target, single, bom
        self.stack = ExitStack()
        self.columns: Sequence[Column] = ()

    def path(self, name: str) -> Path:
        """The file of a table."""
        if self.single:
            return self.target
        self.target.mkdir(parents=True, exist_ok=True)
        return self.target / f"{name}.{self.extension}"

    def text(self, name: str) -> IO[str]:
        """The file of a table, opened for text with line ends as written."""
        return self.stack.enter_context(self.path(name).open("w", encoding="utf-8", newline=""))

    def end(self) -> None:
        """Close the table's file."""
        self.stack.close()

    def __enter__(self) -> Self:
        """Nothing is open yet."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        self.stack.close()


class CsvFiles(_Files):
    """CSV that is safe to open in spreadsheets."""

    extension = "csv"

    def begin(self, name: str, columns: Sequence[Column]) -> None:
        """Write the header."""
        self.cells = Cells(self.text(name), bom=self.bom)
        self.cells.row(column.name for column in columns)

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows."""
        for row in rows:
            self.cells.row(row)


class JsonFiles(_Files):
    """One JSON object per row, unescaped UTF-8."""

    extension = "jsonl"

    def begin(self, name: str, columns: Sequence[Column]) -> None:
        """Open the file."""
        self.stream, self.columns = self.text(name), columns

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows."""
        names = [column.name for column in self.columns]
        lines = (json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) for row in rows)
        self.stream.writelines(f"{line}\n" for line in lines)


class ParquetFiles(_Files):
    """Apache Parquet, compressed with zstd."""

    extension = "parquet"

    def __init__(self, target: Path, *, single: bool, bom: bool) -> None:
        """Load pyarrow.

        Raises:
            MissingExtraError: if it is not installed.
        """
        super().__init__(target, single=single, bom=bom)
        self.arrow = required("pyarrow", "parquet")
        self.parquet = required("pyarrow.parquet", "parquet")

    def begin(self, name: str, columns: Sequence[Column]) -> None:
        """Write the schema."""
        self.schema = arrow_schema(self.arrow, columns)
        writer = self.parquet.ParquetWriter(self.path(name), self.schema, compression="zstd")
        self.writer = self.stack.enter_context(writer)

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows as one group."""
        self.writer.write_table(arrow_table(self.arrow, self.schema, rows))


class DuckDb:
    """One DuckDB file with all tables."""

    def __init__(self, target: Path, *, single: bool, bom: bool) -> None:  # noqa: ARG002  # one file either way
        """Make the file.

        Raises:
            MissingExtraError: if duckdb or pyarrow is not installed.
        """
        self.target = target
        self.arrow, duckdb = required("pyarrow", "duckdb"), required("duckdb", "duckdb")
        self.error: type[Exception] = duckdb.Error
        with self._failing_as_a_file():
            self.connection: Any = duckdb.connect(str(target))

    def begin(self, name: str, columns: Sequence[Column]) -> None:
        """Make the table."""
        self.name, self.schema = name, arrow_schema(self.arrow, columns)
        self._insert("create table {name} as select * from portion", self.schema.empty_table())

    def write(self, rows: Sequence[Row]) -> None:
        """Write rows through Arrow: a hundred times as fast as one by one."""
        self._insert("insert into {name} select * from portion", arrow_table(self.arrow, self.schema, rows))

    def _insert(self, statement: str, portion: object) -> None:
        with self._failing_as_a_file():
            self.connection.register("portion", portion)
            self.connection.execute(statement.format(name=self.name))
            self.connection.unregister("portion")

    def end(self) -> None:
        """Nothing is open."""

    def __enter__(self) -> Self:
        """The file is open."""
        return self

    def __exit__(self, failure: object, *_: object) -> None:
        """Close the file."""
        with self._failing_as_a_file(), closing(self.connection):
            if failure is None:
                self.connection.execute("checkpoint")  # closing does that, too, but hides a full disk

    @contextmanager
    def _failing_as_a_file(self) -> Iterator[None]:
        """Turn errors of DuckDB (a full disk, a folder that is not there) into the system's."""
        try:
            yield
        except self.error as error:
            said = str(error).splitlines()[0].replace(str(self.target), self.target.name)
            raise OSError(None, said) from error


def arrow_schema(arrow: Any, columns: Sequence[Column]) -> Any:  # noqa: ANN401  # pyarrow has no types
    """The schema of a table, with the comments of its columns."""
    types = {
        Kind.INTEGER: arrow.int64(),
        Kind.NUMBER: arrow.float64(),
        Kind.FLAG: arrow.bool_(),
        Kind.BYTES: arrow.binary(),
    }
    return arrow.schema(
        [
            arrow.field(column.name, types.get(column.kind, arrow.string()), metadata={"comment": column.comment})
            for column in columns
        ]
    )


def arrow_table(arrow: Any, schema: Any, rows: Sequence[Row]) -> Any:  # noqa: ANN401
    """Rows as a table of Arrow."""
    values = zip(*rows, strict=True) if rows else ((),) * len(schema)
    arrays = [arrow.array(column, field.type) for column, field in zip(values, schema, strict=True)]
    return arrow.Table.from_arrays(arrays, schema=schema)


TABLE_WRITERS: dict[str, Callable[..., Any]] = {
    "csv": CsvFiles,
    "jsonl": JsonFiles,
    "parquet": ParquetFiles,
    "duckdb": DuckDb,
}

ONE_FILE = frozenset({"duckdb"})
"""Formats whose tables all go into one file."""
