"""CSV files of metrics: Lightning's metrics.csv, Keras' CSVLogger, Ultralytics' results.csv.

One row a step or epoch, one column a metric; the step is the column `step`, else `epoch`. A cell
that is empty was not logged.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.columns import LogFile
from reportgen.tables import csv_rows
from reportgen.tables.csv_rows import CsvRows
from reportgen.tables.scalar_rows import Collected, number, whole

_NAMES = ("metrics.csv", "results.csv")
# What people call the file of Keras' CSVLogger. Others do so too, so its first row is looked at.
_LOOSE = ("history.csv", "log.csv", "training.log")
_STEPS = ("step", "epoch")  # columns, the better one first


def may_be(name: str) -> bool:
    """Whether a file may be one, by its name."""
    return name in _NAMES or name in _LOOSE or name.endswith("training.log")


def is_one(path: Path) -> bool:
    """Whether a file of such a name is one, by its header: a column of steps, and others.

    Raises:
        OSError: it cannot be read.
    """
    names = csv_rows.header(path)
    place = _place(names)
    if place is None or not any(name and name not in _STEPS for name in names):
        return False
    if path.name in _NAMES:
        return True
    row = csv_rows.first_row(path)
    return names[place] == "epoch" and (
        not row or number(row[min(place, len(row) - 1)]) is not None
    )


def read(path: Path) -> LogFile:
    """What a file holds.

    Raises:
        OSError: it cannot be read.
        ValueError: it is too large, or no such table.
    """
    table = CsvRows(path)
    place = _place(table.header)
    if place is None:
        raise ValueError("it has neither a column step nor epoch")
    tags = [(at, tag) for at, tag in enumerate(table.header) if tag and at != place]
    found = Collected()
    for row in table:
        step = whole(row[place])
        if step is None:
            found.damaged += 1
            continue
        found.rows += 1
        for at, tag in tags:
            if row[at]:
                found.add(tag, step, row[at])
    found.damaged += table.damaged
    return found.file(path.stat().st_size)


def _place(names: Sequence[str]) -> int | None:
    return next((names.index(name) for name in _STEPS if name in names), None)
