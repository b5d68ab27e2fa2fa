"""Group line: one seed group in a chart over steps, as it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from reportgen.arrays import FloatArray, IntArray

MAX_FULL = 8  # groups that have a colour, their seeds and their range


@dataclass(frozen=True, slots=True, eq=False)
class SeedLine:
    """One series: its run, and its steps and finite numbers, (n,) both."""

    run: str
    steps: IntArray
    numbers: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class GroupLine:
    """The centre of a group, the band around it, and its seeds.

    Attributes:
        name: of the group.
        color: "#rrggbb", shared by its runs.
        size: how many series with a finite value it has.
        steps, centre, low, high, count: (k,) that are drawn, see `aggregation.Aggregate`.
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
    told_from: tuple[int, ...]
    seeds: tuple[SeedLine, ...]

    def pieces(self) -> list[tuple[int, int]]:
        """Return first and last place, the last excluded, of each part with one number of seeds."""
        return list(pairwise([*self.told_from, len(self.steps)]))
