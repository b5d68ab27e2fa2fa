"""Tables: files of metrics and predictions that people have instead of, or beside, event files.

Each is read into the same columns as an event file, so that all that follows knows no difference;
only wall times are not known. Where an event file of the run holds the same tag, that one counts.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reportgen.columns import Damage, LogFile, filter_scalars
from reportgen.runs import is_event_file
from reportgen.tables import metric_csv, predictions, trainer_state


def may_be(name: str) -> bool:
    """Whether a file may be a table that is read, by its name."""
    known = name == trainer_state.NAME or metric_csv.may_be(name) or predictions.may_be(name)
    return known and not is_event_file(name)


def is_table(path: Path) -> bool:
    """Whether a file is a table that is read, by its name and columns.

    One that cannot be opened is: its reading tells why.
    """
    if not may_be(path.name) or not path.is_file():
        return False
    try:
        if path.name == trainer_state.NAME:
            return True
        named = metric_csv.may_be(path.name)
        return metric_csv.is_one(path) if named else predictions.is_one(path)
    except OSError:
        return True


def home(path: Path, root: Path) -> Path | None:
    """The directory whose run a file belongs to; None where it is no table that is read.

    Args:
        path: the file.
        root: below which logs are looked for.
    """
    if not is_table(path):
        return None
    return trainer_state.home(path, root) if path.name == trainer_state.NAME else path.parent


def read(path: Path, kinds: frozenset[str] | None = None) -> LogFile:
    """What a table holds; where it cannot be read, nothing but the reason as damage.

    Args:
        path: the file.
        kinds: of frame that are wanted; all where it is None.
    """
    try:
        file = _read(path)
    except (OSError, ValueError) as error:
        return _unreadable((str(error).splitlines() or [""])[0])
    return file if kinds is None else _only(file, kinds)


def _read(path: Path) -> LogFile:
    if path.name == trainer_state.NAME:
        return trainer_state.read(path)
    return metric_csv.read(path) if metric_csv.may_be(path.name) else predictions.read(path)


def _only(file: LogFile, kinds: frozenset[str]) -> LogFile:
    """Without the kinds that are not wanted."""
    if "scalars" not in kinds:
        nothing = np.zeros(len(file.tags), np.bool_)
        filter_scalars(file, lambda part, _: nothing[part["code"]])
    file.columns = {kind: held for kind, held in file.columns.items() if kind in kinds}
    return file


def _unreadable(reason: str) -> LogFile:
    none: dict[str, list[NDArray[Any]]] = {
        name: [] for name in ("code", "step", "wall_time", "value")
    }
    return LogFile(scalars=none, damage=[Damage(-1, "not a table", 1, 0, reason)])
