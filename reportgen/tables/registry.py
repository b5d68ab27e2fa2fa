"""The sources of logs beside event files: tables of metrics and of predictions.

A source is a module with the three functions of `Source`, and an entry in `SOURCES`. It reads a
file into the same columns as an event file, so that later stages see no difference, except that
wall times may be unknown (NaN). If an event file of the run holds the same tag, the event file
overrides the table.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path
from typing import Protocol

import numpy as np

from reportgen.budget import FLOOR, Budget, BudgetError
from reportgen.columns import Damage, LogFile, filter_scalars
from reportgen.runs import is_event_file
from reportgen.tables import metric_csv, predictions, trainer_state


class Source(Protocol):
    """What a module must offer to be a source of logs."""

    def may_be(self, path: Path) -> bool:
        """Return whether a file may be of this kind, by its path alone.

        It is asked of every file in LOGDIR, and of files in archives and buckets before they are
        fetched, so nothing is opened here.
        """

    def home(self, path: Path, root: Path) -> Path | None:
        """Return the directory whose run the file belongs to.

        Args:
            path: a file that exists and that may be of this kind.
            root: LOGDIR; directories from `path` up to it may be looked at.

        Returns:
            None if the content shows that it is not of this kind, or other files below `root`
            hold the same.

        Raises:
            OSError: the file cannot be read.
        """

    def read(self, path: Path) -> LogFile:
        """Return the content of the file.

        Raises:
            OSError: the file cannot be read.
            ValueError: it is not of this kind, or too large; the message says why in words that
                follow the name of the file.
        """


SOURCES: tuple[Source, ...] = (trainer_state, metric_csv, predictions)

_TOO_LARGE = "what it holds needs more memory than files of this size may take"

# For a file with one of these suffixes that no source reads.
SUFFIXES = (".csv", ".parquet")
NEEDED = (
    "a table of metrics is a metrics.csv with a column step or epoch, one of predictions a "
    "predictions.csv with the columns actual and predicted"
)


def may_be(path: Path) -> bool:
    """Return whether a file may be a table that is read, by its path alone."""
    return bool(_candidates(path))


def home(path: Path, root: Path) -> Path | None:
    """Return the directory whose run a file belongs to; None if no source reads the file.

    A file that cannot be opened belongs to its directory: reading it reports the reason.

    Args:
        path: the file.
        root: the directory below which logs are searched.
    """
    for source in _candidates(path):
        if not path.is_file():
            return None
        try:
            directory = source.home(path, root)
        except OSError:
            return path.parent
        if directory is not None:
            return directory
    return None


def read(path: Path, kinds: frozenset[str] | None = None, floor: int = FLOOR) -> LogFile:
    """Return the content of a table; if it cannot be read, only the reason as damage.

    Args:
        path: the file.
        kinds: of frame that are wanted; None for all.
        floor: of the memory that it may take, in bytes; see `reportgen.budget`.
    """
    reasons = []
    for source in _candidates(path):
        try:
            file = source.read(path)
            Budget(file.size, floor).charge(_memory(file))
        except BudgetError:
            reasons.append(_TOO_LARGE)
        except (OSError, ValueError) as error:
            reasons.append((str(error).splitlines() or [""])[0])
        else:
            return file if kinds is None else _filter_kinds(file, kinds)
    return LogFile(damage=[Damage(-1, "not a table", 1, 0, reasons[0] if reasons else "")])


def _memory(file: LogFile) -> int:
    """Return the size of the arrays of a file that are not scalars, in bytes."""
    cells = (cell for columns in file.columns.values() for cell in chain(*columns.values()))
    return sum(cell.nbytes for cell in cells if isinstance(cell, np.ndarray))


def _candidates(path: Path) -> list[Source]:
    """Return the sources that a file may belong to, by its path."""
    if is_event_file(path.name):
        return []
    return [source for source in SOURCES if source.may_be(path)]


def _filter_kinds(file: LogFile, kinds: frozenset[str]) -> LogFile:
    """Drop the kinds that are not wanted."""
    if "scalars" not in kinds:
        no_tags = np.zeros(len(file.tags), np.bool_)
        filter_scalars(file, lambda batch, _: no_tags[batch["code"]])
    file.columns = {kind: columns for kind, columns in file.columns.items() if kind in kinds}
    return file
