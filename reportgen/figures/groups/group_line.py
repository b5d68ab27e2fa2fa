"""Group line: one seed group in a chart over steps, as it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from reportgen.arrays import FloatArray, IntArray

MAX_FULL = 8  # groups that have a colour, their seeds and their range


@dataclass(frozen=True, slots=True, eq=False)
class SeedLine:
    """One series.

    Attributes:
        run: its run group.
        steps, numbers: (n,) finite points that are drawn.
        points: how many finite points there are.
    """

    run: str
    steps: IntArray
    numbers: FloatArray
    points: int


@dataclass(frozen=True, slots=True, eq=False)
class GroupLine:
    """The centre of a group, the band around it, and its seeds.

    Attributes:
        name: of the group.
        color: "#rrggbb", shared by its runs.
        size: how many series with a finite value it has.
        steps, centre, low, high, count: (k,) that are drawn, see `aggregation.Aggregate`.
        points: how many steps it has, drawn or not.
        told_from: places from which on another number of seeds reaches a part of the axis that is
            long enough to be told.
        seeds: its series.
    """

    name: str
    color: str
    size: int
    steps: IntArray
    centre: FloatArray
    low: FloatArray
    high: FloatArray
    count: IntArray
    points: int
    told_from: tuple[int, ...]
    seeds: tuple[SeedLine, ...]

    def parts(self) -> list[slice]:
        """Return the places of each part with one number of seeds, however short."""
        starts = [0, *(np.flatnonzero(np.diff(self.count)) + 1).tolist()]
        ends = [*starts[1:], len(self.steps)]
        return [slice(start, end) for start, end in zip(starts, ends, strict=True)]

    def pieces(self) -> list[tuple[int, int]]:
        """Return first and last place, the last excluded, of each part with one number of seeds."""
        return list(pairwise([*self.told_from, len(self.steps)]))
