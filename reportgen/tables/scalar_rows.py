"""Collect the scalars of a table, row by row, into the columns of a LogFile."""

from __future__ import annotations

from array import array
from collections import Counter

import numpy as np

from reportgen.arrays import AnyArray
from reportgen.columns import SCALAR_DTYPES, Damage, LogFile

MAX_TAGS = 2_000
_MAX_NAME = 200  # characters of a column's name in the section on data health
_STEP_LIMIT = 1 << 63  # steps are int64
_MISSING = {"", "NA", "None", "null"}  # Keras writes "NA" for metrics of other epochs


class ScalarCollector:
    """Collects scalars in the order of the table.

    Attributes:
        unknown: how many cells were not numbers, by their column.
        rows: how many rows were read.
        damaged: how many lines or rows were skipped.
    """

    def __init__(self) -> None:
        self.unknown: Counter[str] = Counter()
        self.rows = 0
        self.damaged = 0
        self._codes: dict[str, int] = {}
        self._last_epoch: tuple[int, float] | None = None
        self._code, self._step, self._value = array("i"), array("q"), array("d")
        self._wall_time = array("d")

    def add(self, tag: str, step: int, cell: object, wall_time: float = float("nan")) -> None:
        """Add a cell, which is a number or its text; ignore an empty one.

        Args:
            tag: of the scalar, mostly the name of the column.
            step: of the row.
            cell: the value; a cell that is not a number is counted in `unknown`.
            wall_time: in seconds since 1970; NaN if the table has none.
        """
        value = parse_number(cell)
        code = self._codes.get(tag, -1)
        if value is None or (code < 0 and len(self._codes) == MAX_TAGS):
            self._count_unknown(tag, cell)
            return
        if tag == "epoch":  # several rows of one step repeat it
            if (step, value) == self._last_epoch:
                return
            self._last_epoch = (step, value)
        self._code.append(self._codes.setdefault(tag, len(self._codes)) if code < 0 else code)
        self._step.append(step)
        self._value.append(value)
        self._wall_time.append(wall_time)

    def _count_unknown(self, tag: str, cell: object) -> None:
        if cell is None or (isinstance(cell, str) and cell.strip() in _MISSING):
            return
        name = f"column {tag[:_MAX_NAME]}"
        has_room = name in self.unknown or len(self.unknown) < MAX_TAGS
        self.unknown[name if has_room else "more columns"] += 1

    def file(self, size: int) -> LogFile:
        """Return all scalars as the content of a file of `size` bytes."""
        cells = {
            "code": self._code,
            "step": self._step,
            "wall_time": self._wall_time,
            "value": self._value,
        }
        scalars: dict[str, list[AnyArray]] = {
            name: [np.array(cells[name], dtype)] for name, dtype in SCALAR_DTYPES.items()
        }
        return LogFile(
            tags=list(self._codes),
            scalars=scalars,
            damage=[Damage(-1, "row", self.damaged, 0)] if self.damaged else [],
            unknown=self.unknown,
            events=self.rows,
            size=size,
        )


def parse_number(cell: object) -> float | None:
    """Return a cell as a number, or None if it is none; NaN and infinities are numbers."""
    if not cell and isinstance(cell, str):  # the most frequent case in a sparse table
        return None
    try:
        return None if isinstance(cell, bool) else float(cell)  # type: ignore[arg-type]
    except (ValueError, OverflowError, TypeError):
        return None


def parse_step(cell: object) -> int | None:
    """Return a cell as a step, or None if it is none."""
    try:
        step = int(cell) if isinstance(cell, str | int) and not isinstance(cell, bool) else None
    except ValueError:
        step = None
    value = parse_number(cell) if step is None else step
    if value is None or not -_STEP_LIMIT <= value < _STEP_LIMIT:
        return None
    return int(value)
