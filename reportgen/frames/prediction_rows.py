"""Rows of predictions, from CSV and Parquet, with classes as places in a list of their names."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from reportgen.events.logdir import natural
from reportgen.frames.collected import number
from reportgen.frames.counts import Codes, Floats
from reportgen.frames.csv_rows import LARGEST, CsvRows, header

MOST_CLASSES = 1_000
_MOST_ROWS = 1 << 23
_LONGEST = 200  # characters of a class' name
_BATCH = 1 << 16  # rows
_PAIRS = (("actual", "predicted"), ("y_true", "y_pred"), ("label", "prediction"))
_SCORE = "score"


@dataclass(slots=True)
class Predictions:
    """What was predicted.

    Attributes:
        classes: their names, in natural order.
        actual, predicted: (n,) places in `classes`.
        scores: (n,) by class; "" is the one column `score`. NaN where a cell is no number.
        damaged: how many rows were left out.
    """

    classes: tuple[str, ...]
    actual: Codes
    predicted: Codes
    scores: Mapping[str, Floats]
    damaged: int


def columns(path: Path) -> tuple[str, ...]:
    """The names of a file's columns.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no Parquet file.
    """
    if path.suffix == ".csv":
        return header(path)
    return tuple(map(str, _parquet(path).schema_arrow.names))


def pair(names: Sequence[str]) -> tuple[str, str] | None:
    """The columns that hold the actual and the predicted class; None where there are none."""
    by_word = {name.strip().lower(): name for name in names}
    pairs = (one for one in _PAIRS if by_word.keys() >= set(one))
    return next(((by_word[actual], by_word[predicted]) for actual, predicted in pairs), None)


def read(path: Path) -> Predictions:
    """The rows of a file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is too large, or its columns hold no classes.
    """
    names = columns(path)
    chosen = pair(names)
    if chosen is None:
        raise ValueError("it has no columns actual and predicted")
    scores = [name for name in names if _class(name) is not None]
    held = _Held([_class(name) or "" for name in scores])
    if path.suffix == ".csv":
        _take_csv(path, [*chosen, *scores], held)
    else:
        _take_parquet(path, [*chosen, *scores], held)
    return held.predictions()


def _class(name: str) -> str | None:
    """The class whose scores a column holds; "" where it does not say which."""
    word, _, rest = name.strip().partition("_")
    if word.lower() != _SCORE or (not rest and name.strip().lower() != _SCORE):
        return None
    return rest


def _take_csv(path: Path, wanted: Sequence[str], held: _Held) -> None:
    table = CsvRows(path)
    places = [table.header.index(name) for name in wanted]
    for row in table:
        held.add([row[place] for place in places])
    held.damaged += table.damaged


def _take_parquet(path: Path, wanted: Sequence[str], held: _Held) -> None:
    """Batch by batch; texts stay in their dictionary, so that few bytes cannot become very many."""
    file = _parquet(path, wanted[:2])
    group = (file.metadata.row_group(place) for place in range(file.num_row_groups))
    if path.stat().st_size > LARGEST or sum(one.total_byte_size for one in group) > 8 * LARGEST:
        raise ValueError("it is too large")
    if file.metadata.num_rows > _MOST_ROWS:
        raise ValueError(f"it has more than {_MOST_ROWS:,} rows")
    errors = import_module("pyarrow").ArrowException
    try:
        for batch in file.iter_batches(_BATCH, columns=list(wanted)):
            for row in zip(*(batch.column(name).to_pylist() for name in wanted), strict=True):
                held.add(row)
    except errors as error:
        raise ValueError(str(error)) from error


def _parquet(path: Path, texts: Sequence[str] = ()) -> Any:  # noqa: ANN401
    try:
        pyarrow = import_module("pyarrow")
        parquet = import_module("pyarrow.parquet")
    except ImportError as error:
        raise ValueError("pip install 'reportgen[parquet]'") from error
    try:
        return parquet.ParquetFile(path, read_dictionary=list(texts))
    except pyarrow.ArrowException as error:
        raise ValueError(str(error)) from error


@dataclass(slots=True)
class _Held:
    """Rows as they come."""

    scored: list[str]
    damaged: int = 0
    codes: dict[str, int] = field(default_factory=dict)
    actual: array[int] = field(default_factory=lambda: array("i"))
    predicted: array[int] = field(default_factory=lambda: array("i"))
    scores: list[array[float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scores = [array("d") for _ in self.scored]

    def add(self, row: Sequence[object]) -> None:
        """Adds actual, predicted and scores; a row that lacks a class is damaged."""
        names = [_name(cell) for cell in row[:2]]
        if not all(names):
            self.damaged += 1
            return
        actual, predicted = (self.codes.setdefault(name, len(self.codes)) for name in names)
        if len(self.codes) > MOST_CLASSES:
            raise ValueError(f"it has more than {MOST_CLASSES:,} classes")
        self.actual.append(actual)
        self.predicted.append(predicted)
        for column, cell in zip(self.scores, row[2:], strict=True):
            value = number(cell)
            column.append(float("nan") if value is None else value)

    def predictions(self) -> Predictions:
        """What was held, classes named and sorted."""
        if not self.actual:
            raise ValueError("it has no row with both classes")
        plain = _plain([*self.codes, *filter(None, self.scored)])
        classes = tuple(sorted(set(plain.values()), key=natural))
        place = {name: at for at, name in enumerate(classes)}
        table = np.array([place[plain[name]] for name in self.codes], np.int64)
        scores = {
            plain.get(name, ""): np.array(column, np.float64)
            for name, column in zip(self.scored, self.scores, strict=True)
        }
        actual, predicted = (table[np.array(one)] for one in (self.actual, self.predicted))
        return Predictions(classes, actual, predicted, scores, self.damaged)


def _name(cell: object) -> str:
    """A class' name; "" where a cell holds none."""
    known = isinstance(cell, str | bool | int | float)
    name = str(cell).strip() if known else ""
    return "" if len(name) > _LONGEST or name.lower() == "nan" else name


def _plain(names: Iterable[str]) -> dict[str, str]:
    """Names as a reader wants them: whole numbers without a fraction (pandas writes 1.0 for 1).

    Raises:
        ValueError: they are numbers that name no classes, as those of a regression.
    """
    values = {name: number(name) for name in names}
    if any(value is None for value in values.values()):
        return {name: name for name in values}
    if not all(value is not None and value.is_integer() for value in values.values()):
        raise ValueError("its columns hold numbers, not classes")
    return {name: str(int(value)) for name, value in values.items() if value is not None}
