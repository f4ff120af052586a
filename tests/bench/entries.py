"""All competitors behind one signature: a name, how to load a function of a text, how to read its answer."""

from __future__ import annotations

import io
import logging
import platform
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import simple
from simple import Found
from zongji.corpus.records import Document

OURS = "zongji extract_text"
OURS_RESTORING = "zongji restore"
YARDSTICK = "jieba.lcut"
NOT_INSTALLED = "not installed"

Run = Callable[[str], Any]
Answer = Callable[[Any], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One who is compared.

    `modules` must be importable; the version of `distribution` is shown (`a+b`: of both). `load` imports them and
    returns the function that is timed. `found` reads spans and values out of that function's answer; None: it only
    cuts words. `categories` are those it can know of, None: all.
    """

    modules: tuple[str, ...]
    distribution: str
    load: Callable[[], Run]
    found: Answer | None = None
    categories: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """An entry that was tried: ready to run, or the reason why not."""

    name: str
    version: str
    entry: Entry
    run: Run | None
    status: str


def loaded(entries: Mapping[str, Entry]) -> list[Loaded]:
    """All entries in their order, also those that cannot run."""
    return [_try(name, entry) for name, entry in entries.items()]


def _try(name: str, entry: Entry) -> Loaded:
    try:
        run = entry.load()
    except ModuleNotFoundError as error:
        missing = error.name in entry.modules
        return Loaded(name, "", entry, None, NOT_INSTALLED if missing else f"broken: {error}")
    except ImportError as error:
        return Loaded(name, _version(entry.distribution), entry, None, f"broken: {error}")
    return Loaded(name, _version(entry.distribution), entry, run, "ok")


def _version(distribution: str) -> str:
    if distribution == "python":
        return platform.python_version()
    if not distribution:
        return "–"
    if "+" in distribution:
        return "+".join(map(_version, distribution.split("+")))
    try:
        return version(distribution)
    except PackageNotFoundError:
        return "checkout"


def _zongji() -> Run:
    from zongji import extract_text  # noqa: PLC0415

    return extract_text


def _jieba() -> Run:
    jieba = import_module("jieba")
    jieba.setLogLevel(logging.CRITICAL)
    jieba.initialize()
    return jieba.lcut  # type: ignore[no-any-return]


def _rjieba() -> Run:
    return import_module("rjieba").Jieba().cut  # type: ignore[no-any-return]


def jionlp() -> Any:  # noqa: ANN401  # it ships no types
    """The module, without its greeting."""
    with redirect_stdout(io.StringIO()):
        return import_module("jionlp")


def _jionlp() -> Run:
    """Its extractors of times and money; it has none for plain numbers or counts."""
    ner = jionlp().ner
    logging.disable(logging.ERROR)  # it logs a traceback for every candidate that it drops
    return lambda text: [*ner.extract_time(text), *ner.extract_money(text)]


def _recognizers_number() -> Run:
    model = import_module("ms_recognizers_number").NumberRecognizer("zh-cn").get_number_model()
    return model.parse  # type: ignore[no-any-return]


def _recognizers_unit() -> Run:
    """The number and percentage models with the four models of numbers with units."""
    number = import_module("ms_recognizers_number").NumberRecognizer("zh-cn")
    unit = import_module("ms_recognizers_number_with_unit").NumberWithUnitRecognizer("zh-cn")
    models = [number.get_number_model(), number.get_percentage_model()]
    models += [
        unit.get_currency_model(),
        unit.get_dimension_model(),
        unit.get_age_model(),
        unit.get_temperature_model(),
    ]
    return lambda text: [result for model in models for result in model.parse(text)]


def documents_found(documents: Sequence[Document]) -> Iterable[Found]:
    """The content of our records."""
    for document in documents:
        for figure in document.figures:
            yield Found(figure.start, figure.end, figure.value, figure.value_max)


def jionlp_found(results: Sequence[Mapping[str, Any]]) -> Iterable[Found]:
    """Amounts of money and lengths of time; points of time are not figures."""
    for result in results:
        detail = result["detail"]
        if result["type"] == "money":
            values = detail["num"] if isinstance(detail["num"], list) else [detail["num"]]
        elif result["type"] == "time_delta":
            spans = detail["time"] if isinstance(detail["time"], list) else [detail["time"]]
            values = [sum(span.values()) for span in spans]
        else:
            continue
        yield Found(*result["offset"], *map(float, values[:2]))


def recognizers_found(results: Iterable[Any]) -> Iterable[Found]:
    """Of results that overlap the longest; its ends are inclusive, its values strings."""
    taken: set[int] = set()
    for result in sorted(results, key=lambda result: (result.start - result.end, result.start)):
        value = (result.resolution or {}).get("value")
        places = range(result.start, result.end + 1)
        if value is not None and taken.isdisjoint(places):
            taken.update(places)
            yield Found(result.start, result.end + 1, float(value.removesuffix("%")))


ENTRIES: dict[str, Entry] = {
    OURS: Entry(("zongji",), "zongji", _zongji, documents_found),
    YARDSTICK: Entry(("jieba",), "jieba", _jieba),
    "rjieba cut": Entry(("rjieba",), "rjieba", _rjieba),
    "simple expression": Entry(("re",), "python", lambda: simple.read, iter),
    "JioNLP time, money": Entry(("jionlp",), "jionlp", _jionlp, jionlp_found, frozenset({"money", "duration"})),
    "recognizers number": Entry(
        ("ms_recognizers_number",), "ms-recognizers-text-number", _recognizers_number, recognizers_found
    ),
    "recognizers number, unit": Entry(
        ("ms_recognizers_number", "ms_recognizers_number_with_unit"),
        "ms-recognizers-text-number-with-unit",
        _recognizers_unit,
        recognizers_found,
    ),
}
