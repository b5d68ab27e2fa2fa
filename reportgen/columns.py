"""What one log file holds, as columns by kind, and what was wrong in it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import compress
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import DTypeLike

from reportgen.arrays import AnyArray, BoolArray

Columns = dict[str, list[Any]]  # lists of equal length by column name
Part = dict[str, AnyArray]  # consecutive scalars: an array by column name
# Takes a part and the place of its first row in the file; returns which rows to keep, (n,).
Keep = Callable[[Part, int], BoolArray]

# Columns of scalars; the code of a tag is its place in `LogFile.tags`.
SCALAR_DTYPES: Mapping[str, DTypeLike] = MappingProxyType(
    {"code": np.int32, "step": np.int64, "wall_time": np.float64, "value": np.float64}
)


@dataclass(frozen=True, slots=True)
class Damage:
    """Something wrong in a file.

    Attributes:
        offset: in bytes from the start of the file; -1 if the place is unknown.
        kind: "truncated" (the file ends within a record), "payload" (the record's checksum is
            wrong, it is skipped), "header" (there is no valid record; skipped to the next one) or
            "shrunk" (the file became shorter while it was read).
            Files of other formats have other kinds, see `reportgen.frames.health`.
        records: how many are lost for certain.
        bytes: how many were skipped.
        detail: what the kind does not say, or "".
    """

    offset: int
    kind: str
    records: int
    bytes: int
    detail: str = ""


@dataclass(slots=True)
class Start:
    """A session's START event, which voids earlier records at its step or later.

    Attributes:
        index: of its record in its batch.
        step: of the event; the first step that is void.
        wall_time: of the event.
        rows: by kind, how many rows precede it in the file.
    """

    index: int
    step: int
    wall_time: float
    rows: dict[str, int]


@dataclass(slots=True)
class LogFile:
    """The content of a log file of any format.

    Attributes:
        tags: of the scalars.
        scalars: arrays by column of `SCALAR_DTYPES`, in consecutive parts.
        columns: of every other kind: lists of equal length by column name.
        damage: what was wrong in the file, by offset.
        unknown: how many values were not understood, by what they were.
        starts: where sessions begin that void what was logged before.
        rows: how many scalars were read, whether they are kept or not.
        events: how many records were read.
        size: of the file, in bytes.
    """

    tags: list[str] = field(default_factory=list)
    scalars: dict[str, list[AnyArray]] = field(
        default_factory=lambda: {name: [] for name in SCALAR_DTYPES}
    )
    columns: dict[str, Columns] = field(default_factory=dict)
    damage: list[Damage] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    starts: list[Start] = field(default_factory=list)
    rows: int = 0
    events: int = 0
    size: int = 0


def copied(content: LogFile) -> LogFile:
    """Return the content of a file in lists of its own, from which rows may be taken."""
    return replace(
        content,
        tags=[*content.tags],
        scalars={name: [*parts] for name, parts in content.scalars.items()},
        columns={
            kind: {name: [*cells] for name, cells in columns.items()}
            for kind, columns in content.columns.items()
        },
        damage=[*content.damage],
        unknown=Counter(content.unknown),
        starts=[replace(start, rows=dict(start.rows)) for start in content.starts],
    )


def filter_scalars(file: LogFile, keep: Keep) -> int:
    """Drop scalars of a file and return how many."""
    dropped = row = 0
    for index, columns in enumerate(scalar_parts(file)):
        mask = keep(columns, row)
        row += len(mask)
        dropped += len(mask) - int(mask.sum())
        if not mask.all():
            for name, column in columns.items():
                file.scalars[name][index] = column[mask]
    return dropped


def scalar_parts(file: LogFile) -> Iterator[Part]:
    """Yield the scalars of a file part by part."""
    for index in range(len(file.scalars["step"])):
        yield {name: parts[index] for name, parts in file.scalars.items()}


def filter_rows(columns: Columns, keep: BoolArray) -> int:
    """Drop rows of another kind than scalars and return how many."""
    for name, cells in columns.items():
        columns[name] = list(compress(cells, keep))
    return len(keep) - int(keep.sum())
