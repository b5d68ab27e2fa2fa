"""Scalars of a table as they are met, on their way to the columns of an LogFile."""

from __future__ import annotations

from array import array
from collections import Counter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.columns import Damage, LogFile

MOST_TAGS = 2_000
_LONGEST = 200  # characters of a column's name in health
_LIMIT = 1 << 63  # steps are int64
_MISSING = {"", "NA", "None", "null"}  # "NA" is what Keras writes for a metric of other epochs


class Collected:
    """Scalars in the order in which they stand in the table.

    Attributes:
        unknown: how many cells were no numbers, by their column.
        rows: how many rows were read.
        damaged: how many lines or rows were left out.
    """

    def __init__(self) -> None:
        self.unknown: Counter[str] = Counter()
        self.rows = 0
        self.damaged = 0
        self._codes: dict[str, int] = {}
        self._epoch: tuple[int, float] | None = None
        self._code, self._step, self._value = array("i"), array("q"), array("d")

    def add(self, tag: str, step: int, cell: object) -> None:
        """Adds a cell: a number, or its text; an empty one is none."""
        value = number(cell)
        code = self._codes.get(tag, -1)
        if value is None or (code < 0 and len(self._codes) == MOST_TAGS):
            self._not_understood(tag, cell)
            return
        if tag == "epoch":  # several rows of a step each tell it
            if (step, value) == self._epoch:
                return
            self._epoch = (step, value)
        self._code.append(self._codes.setdefault(tag, len(self._codes)) if code < 0 else code)
        self._step.append(step)
        self._value.append(value)

    def _not_understood(self, tag: str, cell: object) -> None:
        if cell is None or (isinstance(cell, str) and cell.strip() in _MISSING):
            return
        what = f"column {tag[:_LONGEST]}"
        known = what in self.unknown or len(self.unknown) < MOST_TAGS
        self.unknown[what if known else "more columns"] += 1

    def file(self, size: int) -> LogFile:
        """All of it, of a table of this many bytes; wall times are not known."""
        steps = np.array(self._step, np.int64)
        columns: dict[str, NDArray[Any]] = {
            "code": np.array(self._code, np.int32),
            "step": steps,
            "wall_time": np.full(len(steps), np.nan),
            "value": np.array(self._value, np.float64),
        }
        return LogFile(
            tags=list(self._codes),
            scalars={name: [column] for name, column in columns.items()},
            damage=[Damage(-1, "row", self.damaged, 0)] if self.damaged else [],
            unknown=self.unknown,
            events=self.rows,
            size=size,
        )


def number(cell: object) -> float | None:
    """A cell as a number; None where it is none. NaN and infinities are numbers."""
    if not cell and isinstance(cell, str):  # most of a sparse table
        return None
    try:
        return None if isinstance(cell, bool) else float(cell)  # type: ignore[arg-type]
    except (ValueError, OverflowError, TypeError):
        return None


def whole(cell: object) -> int | None:
    """A cell as a step; None where it is none."""
    try:
        step = int(cell) if isinstance(cell, str | int) and not isinstance(cell, bool) else None
    except ValueError:
        step = None
    value = number(cell) if step is None else step
    if value is None or not -_LIMIT <= value < _LIMIT:
        return None
    return int(value)
