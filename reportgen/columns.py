"""What one log file holds, as columns by kind, and what was wrong in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

import numpy as np
from numpy.typing import NDArray

Columns = dict[str, list[Any]]  # lists of equal length by column name
Part = dict[str, NDArray[Any]]  # consecutive scalars, an array a column
# Of a part, and the place of its first row in the file, which rows to keep: (n,) bool.
Keep = Callable[[Part, int], NDArray[np.bool_]]


@dataclass(frozen=True, slots=True)
class Damage:
    """Something wrong in a file.

    Attributes:
        offset: where, in bytes from the start of the file; -1 where that is not known.
        kind: "truncated" (the file ends within a record), "payload" (its checksum is wrong, the
            record is skipped) or "header" (not a record: skipped to the next one that is). Files
            of other formats have kinds of their own, see `reportgen.frames.health`.
        records: how many are known to be lost.
        bytes: how many were skipped.
        detail: more than the kind says, or "".
    """

    offset: int
    kind: str
    records: int
    bytes: int
    detail: str = ""


@dataclass(slots=True)
class Start:
    """A session's START: earlier records at its step or later are void.

    Attributes:
        index: of its record in its batch.
        step: from which on.
        wall_time: of the event.
        rows: by kind, how many rows the file held before it.
    """

    index: int
    step: int
    wall_time: float
    rows: dict[str, int]


@dataclass(slots=True)
class LogFile:
    """What one log file holds, of whatever format.

    Attributes:
        tags: of the scalars.
        scalars: arrays by column, in parts that follow each other: code (of the tag, its place in
            `tags`, int32), step (int64), wall_time and value (float64).
        columns: of every other kind: lists of equal length by column name.
        damage: what was wrong in it, by offset.
        unknown: how many values were not understood, by what they were.
        starts: where sessions begin that void what was logged before.
        rows: how many scalars were read, whether they are kept or not.
        events: how many records were read.
        size: of the file, in bytes.
    """

    tags: list[str] = field(default_factory=list)
    scalars: dict[str, list[NDArray[Any]]] = field(default_factory=dict)
    columns: dict[str, Columns] = field(default_factory=dict)
    damage: list[Damage] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    starts: list[Start] = field(default_factory=list)
    rows: int = 0
    events: int = 0
    size: int = 0


def filter_scalars(file: LogFile, keep: Keep) -> int:
    """Drop scalars of a file and return how many."""
    dropped = before = 0
    for index, part in enumerate(scalar_parts(file)):
        kept = keep(part, before)
        before += len(kept)
        dropped += len(kept) - int(kept.sum())
        if not kept.all():
            for name, column in part.items():
                file.scalars[name][index] = column[kept]
    return dropped


def scalar_parts(file: LogFile) -> Iterator[Part]:
    """Yield the scalars of a file part by part."""
    for index in range(len(file.scalars["step"])):
        yield {name: parts[index] for name, parts in file.scalars.items()}


def filter_rows(columns: Columns, kept: NDArray[np.bool_]) -> int:
    """Drop rows of another kind than scalars and return how many."""
    for name, cells in columns.items():
        columns[name] = list(compress(cells, kept))
    return len(kept) - int(kept.sum())
