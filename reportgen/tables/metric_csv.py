"""CSV files of metrics: Lightning's metrics.csv, Keras' CSVLogger, Ultralytics' results.csv.

A row is a step or an epoch, a column is a metric; the step is in the column `step`, else `epoch`.
An empty cell was not logged.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportgen.columns import LogFile
from reportgen.tables import csv_rows
from reportgen.tables.csv_rows import CsvRows
from reportgen.tables.scalar_rows import ScalarCollector, parse_number, parse_step

_NAMES = ("metrics.csv", "results.csv")
# Common names for the file of Keras' CSVLogger. Other programs use them too, so that the first row
# of the file is looked at as well.
_AMBIGUOUS_NAMES = ("history.csv", "log.csv", "training.log")
_STEP_COLUMNS = ("step", "epoch")  # the first one that a file has is used


def may_be(path: Path) -> bool:
    """Return whether a file may be a CSV file of metrics, by its name."""
    return path.name in (*_NAMES, *_AMBIGUOUS_NAMES) or path.name.endswith("training.log")


def home(path: Path, root: Path) -> Path | None:  # noqa: ARG001  # as every source
    """Return the directory of the file, or None if its header or first row is another kind's.

    Raises:
        OSError: the file cannot be read.
    """
    return path.parent if _mismatch(path) is None else None


def read(path: Path) -> LogFile:
    """Return the content of a file.

    Raises:
        OSError: the file cannot be read.
        ValueError: it is too large, or not such a table.
    """
    mismatch = _mismatch(path)
    if mismatch is not None:
        raise ValueError(mismatch)
    table = CsvRows(path)
    step_place = _step_place(table.header)
    tags = [(place, tag) for place, tag in enumerate(table.header) if tag and place != step_place]
    scalars = ScalarCollector()
    for row in table:
        step = None if step_place is None else parse_step(row[step_place])
        if step is None:
            scalars.damaged += 1
            continue
        scalars.rows += 1
        for place, tag in tags:
            if row[place]:
                scalars.add(tag, step, row[place])
    scalars.damaged += table.damaged
    return scalars.file(path.stat().st_size)


def _mismatch(path: Path) -> str | None:
    """Return why a file is not a CSV file of metrics, or None if it is one."""
    header = csv_rows.header(path)
    place = _step_place(header)
    if place is None:
        return "it has neither a column step nor epoch"
    if not any(name and name not in _STEP_COLUMNS for name in header):
        return "it has no column of a metric"
    if path.name in _NAMES:
        return None
    row = csv_rows.first_row(path)
    if header[place] != "epoch" or (row and parse_number(row[min(place, len(row) - 1)]) is None):
        return "it has no column epoch of numbers, as Keras writes it"
    return None


def _step_place(header: Sequence[str]) -> int | None:
    """Return the place of the column of steps, or None if there is none."""
    return next((header.index(name) for name in _STEP_COLUMNS if name in header), None)
