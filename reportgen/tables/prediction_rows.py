"""Rows of predictions, from CSV and Parquet, with classes as places in a list of their names."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from reportgen.runs import natural
from reportgen.tables.csv_rows import CsvRows, header
from reportgen.tables.parquet_rows import ParquetRows
from reportgen.tables.prediction_counts import Codes, Floats
from reportgen.tables.scalar_rows import number

MOST_CLASSES = 1_000
_LONGEST = 200  # characters of a class' name
_PAIRS = (("actual", "predicted"), ("y_true", "y_pred"), ("label", "prediction"))
_SCORE = "score"
_NAN = float("nan")
_BOOLEANS = {"False": "0", "True": "1"}


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
    return header(path) if path.suffix == ".csv" else ParquetRows(path).header


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
    rows = CsvRows(path) if path.suffix == ".csv" else ParquetRows(path)
    for row in rows.of([*chosen, *scores]):
        held.add(row)
    held.damaged += rows.damaged
    return held.predictions()


def _class(name: str) -> str | None:
    """The class whose scores a column holds; "" where it does not say which."""
    word, _, rest = name.strip().partition("_")
    if word.lower() != _SCORE or (not rest and name.strip().lower() != _SCORE):
        return None
    return rest


@dataclass(slots=True)
class _Held:
    """Rows as they come."""

    scored: list[str]
    damaged: int = 0
    cells: dict[object, int] = field(default_factory=dict)  # as they stand in the file
    codes: dict[str, int] = field(default_factory=dict)
    actual: array[int] = field(default_factory=lambda: array("i"))
    predicted: array[int] = field(default_factory=lambda: array("i"))
    scores: list[array[float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scores = [array("d") for _ in self.scored]

    def add(self, row: Sequence[object]) -> None:
        """Adds actual, predicted and scores; a row that lacks a class is damaged."""
        actual, predicted = self._code(row[0]), self._code(row[1])
        if actual < 0 or predicted < 0:
            self.damaged += 1
            return
        self.actual.append(actual)
        self.predicted.append(predicted)
        for column, cell in zip(self.scores, row[2:], strict=True):
            value = number(cell)
            column.append(_NAN if value is None else value)

    def _code(self, cell: object) -> int:
        """The place of a cell's class among those met; -1 where it holds none."""
        known = self.cells.get(cell)
        if known is not None:
            return known
        name = _name(cell)
        if not name:
            return -1
        code = self.cells[cell] = self.codes.setdefault(name, len(self.codes))
        if len(self.cells) > 2 * MOST_CLASSES:
            raise ValueError(f"it has more than {MOST_CLASSES:,} classes")
        return code

    def predictions(self) -> Predictions:
        """What was held, classes named and sorted."""
        if not self.actual:
            raise ValueError("it has no row with both classes")
        plain = _plain([*self.codes, *filter(None, self.scored)])
        if len(set(plain.values())) > MOST_CLASSES:
            raise ValueError(f"it has more than {MOST_CLASSES:,} classes")
        classes = tuple(sorted(set(plain.values()), key=natural))
        place = {name: at for at, name in enumerate(classes)}
        table = np.array([place[plain[name]] for name in self.codes], np.int64)
        scores = {
            plain.get(name, ""): np.frombuffer(column, np.float64)
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

    Where some are numbers and the others True or False, these are 1 and 0.

    Raises:
        ValueError: they are numbers that name no classes, as those of a regression.
    """
    values = {name: number(_BOOLEANS.get(name, name)) for name in names}
    if values.keys() <= _BOOLEANS.keys() or any(value is None for value in values.values()):
        return {name: name for name in values}
    if not all(value is not None and value.is_integer() for value in values.values()):
        raise ValueError("its columns hold numbers, not classes")
    return {name: str(int(value)) for name, value in values.items() if value is not None}
