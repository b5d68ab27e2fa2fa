"""Read rows of predictions from CSV and Parquet; classes become places in a list of names."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from reportgen.arrays import FloatArray, IntArray
from reportgen.runs import natural
from reportgen.tables.csv_rows import CsvRows, header
from reportgen.tables.parquet_rows import ParquetRows
from reportgen.tables.scalar_rows import parse_number

MAX_CLASSES = 1_000
_MAX_NAME = 200  # characters of the name of a class
_CLASS_COLUMNS = (("actual", "predicted"), ("y_true", "y_pred"), ("label", "prediction"))
_SCORE = "score"
_NAN = float("nan")
_BOOLEANS = {"False": "0", "True": "1"}


@dataclass(slots=True)
class Predictions:
    """The content of a file of predictions.

    Attributes:
        classes: their names, in natural order.
        actual, predicted: (n,) places in `classes`.
        scores: (n,) by class; "" is the column `score`. NaN if a cell is not a number.
        damaged: how many rows were skipped.
    """

    classes: tuple[str, ...]
    actual: IntArray
    predicted: IntArray
    scores: Mapping[str, FloatArray]
    damaged: int


def column_names(path: Path) -> tuple[str, ...]:
    """Return the names of the columns of a file.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is not a Parquet file.
    """
    return header(path) if path.suffix == ".csv" else ParquetRows(path).header


def class_columns(names: Sequence[str]) -> tuple[str, str] | None:
    """Return the columns of the actual and the predicted class; None if there are none."""
    by_word = {name.strip().lower(): name for name in names}
    pairs = (pair for pair in _CLASS_COLUMNS if by_word.keys() >= set(pair))
    return next(((by_word[actual], by_word[predicted]) for actual, predicted in pairs), None)


def read(path: Path) -> Predictions:
    """Return the rows of a file.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is too large, or its columns hold no classes.
    """
    names = column_names(path)
    class_names = class_columns(names)
    if class_names is None:
        raise ValueError("it has no columns actual and predicted")
    scores = [name for name in names if _scored_class(name) is not None]
    collector = _Collector([_scored_class(name) or "" for name in scores])
    rows = CsvRows(path) if path.suffix == ".csv" else ParquetRows(path)
    for row in rows.select([*class_names, *scores]):
        collector.add(row)
    collector.damaged += rows.damaged
    return collector.predictions()


def _scored_class(name: str) -> str | None:
    """Return the class whose scores a column holds; "" if its name does not say which."""
    word, _, rest = name.strip().partition("_")
    if word.lower() != _SCORE or (not rest and name.strip().lower() != _SCORE):
        return None
    return rest


@dataclass(slots=True)
class _Collector:
    """Collects rows while they are read."""

    scored_classes: list[str]
    damaged: int = 0
    cell_codes: dict[object, int] = field(default_factory=dict)  # by cell as it is in the file
    codes: dict[str, int] = field(default_factory=dict)  # by name of the class
    actual: array[int] = field(default_factory=lambda: array("i"))
    predicted: array[int] = field(default_factory=lambda: array("i"))
    scores: list[array[float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.scores = [array("d") for _ in self.scored_classes]

    def add(self, row: Sequence[object]) -> None:
        """Add actual class, predicted class and scores; a row without a class is damaged."""
        actual, predicted = self._code(row[0]), self._code(row[1])
        if actual < 0 or predicted < 0:
            self.damaged += 1
            return
        self.actual.append(actual)
        self.predicted.append(predicted)
        for column, cell in zip(self.scores, row[2:], strict=True):
            value = parse_number(cell)
            column.append(_NAN if value is None else value)

    def _code(self, cell: object) -> int:
        """Return the code of the class in a cell, a new one if it is new; -1 if it has none."""
        known_code = self.cell_codes.get(cell)
        if known_code is not None:
            return known_code
        name = _class_name(cell)
        if not name:
            return -1
        code = self.cell_codes[cell] = self.codes.setdefault(name, len(self.codes))
        if len(self.cell_codes) > 2 * MAX_CLASSES:
            raise ValueError(f"it has more than {MAX_CLASSES:,} classes")
        return code

    def predictions(self) -> Predictions:
        """Return the collected rows with named and sorted classes."""
        if not self.actual:
            raise ValueError("it has no row with both classes")
        display_names = _display_names([*self.codes, *filter(None, self.scored_classes)])
        classes = tuple(sorted(set(display_names.values()), key=natural))
        if len(classes) > MAX_CLASSES:
            raise ValueError(f"it has more than {MAX_CLASSES:,} classes")
        places = {name: place for place, name in enumerate(classes)}
        by_code = np.array([places[display_names[name]] for name in self.codes], np.int64)
        scores = {
            display_names.get(name, ""): np.frombuffer(column, np.float64)
            for name, column in zip(self.scored_classes, self.scores, strict=True)
        }
        actual, predicted = by_code[np.array(self.actual)], by_code[np.array(self.predicted)]
        return Predictions(classes, actual, predicted, scores, self.damaged)


def _class_name(cell: object) -> str:
    """Return the name of the class in a cell; "" if it has none."""
    name = str(cell).strip() if isinstance(cell, str | bool | int | float) else ""
    return "" if len(name) > _MAX_NAME or name.lower() == "nan" else name


def _display_names(names: Iterable[str]) -> dict[str, str]:
    """Return names as they are shown: whole numbers without a fraction (pandas writes 1.0 for 1).

    If some names are numbers and the others True or False, these become 1 and 0.

    Raises:
        ValueError: they are fractions, as in a regression, and not classes.
    """
    values = {name: parse_number(_BOOLEANS.get(name, name)) for name in names}
    if values.keys() <= _BOOLEANS.keys() or any(value is None for value in values.values()):
        return {name: name for name in values}
    if not all(value is not None and value.is_integer() for value in values.values()):
        raise ValueError("its columns hold numbers, not classes")
    return {name: str(int(value)) for name, value in values.items() if value is not None}
