"""A table of figures for pandas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from zongji.corpus.extras import required
from zongji.corpus.records import Document
from zongji.pipeline.reading.reader import Result
from zongji.pipeline.schema.rows import FIGURE_COLUMNS, figure_rows

if TYPE_CHECKING:
    from pandas import DataFrame

Documents = Document | Result | Iterable[Document | Result]

# All other columns are text. `page` is the only whole number that may be missing, which int64 does not allow for.
_TYPES = {
    "value": "float64",
    "value_max": "float64",
    "total": "bool",
    "start": "int64",
    "end": "int64",
    "page": "Int64",
    "confidence": "float64",
}


def to_dataframe(documents: Documents) -> DataFrame:
    """The figures of documents or results as a pandas DataFrame: one figure per row, with the columns of `-f csv`.

    Numbers are numbers (`value` and `value_max` float64, `page` a nullable integer), `total` is a bool, and all else is
    text; dates are text as the document words them. What is not known is missing. `start` and `end` are offsets in the
    decoded source, in code points. A result that failed gives no row.

    Raises:
        MissingExtraError: if pandas is not installed; the extra `pandas` brings it.
    """
    pandas = required("pandas", "pandas")
    rows = [row for document in _each(documents) for row in figure_rows(document)]
    text = pandas.StringDtype("python")  # the same in pandas 2 and 3, and it takes the path of any file
    columns = {
        name: pandas.array([_value(row[name], name) for row in rows], dtype=_TYPES.get(name, text))
        for name in FIGURE_COLUMNS
    }
    return pandas.DataFrame(columns)


def _each(documents: Documents) -> Iterator[Document]:
    if isinstance(documents, Document):
        yield documents
        return
    for item in documents.documents if isinstance(documents, Result) else documents:
        yield from (item,) if isinstance(item, Document) else item.documents


def _value(value: Any, column: str) -> Any:  # noqa: ANN401  # whatever a column holds
    """A value as its column takes it: a float has no place for a number of more than 308 digits."""
    if _TYPES.get(column) != "float64" or value is None:
        return value
    try:
        return float(value)
    except OverflowError:
        return None
