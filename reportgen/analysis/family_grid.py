"""Family grid: the values of a family of tags as a matrix, a row a member and a column a step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.analysis.odd_member import OddMember, odd_member
from reportgen.analysis.tag_families import TagFamily
from reportgen.arrays import FloatArray

MAX_COLUMNS = 48


@dataclass(frozen=True, slots=True)
class FamilyGrid:
    """One family of tags in one run.

    Attributes:
        family: the tags; its members are the rows.
        edges: (n + 1,) steps between which the columns lie.
        cells: (m, n) mean of the finite values in each cell; NaN where there are none.
        ends: (m, 4) first, last, lowest and highest finite value of each member, or NaN.
        not_finite: how many values are NaN or infinite.
        first_step, last_step: of all members.
        odd: the member that is unlike all others; None if there is none.
    """

    family: TagFamily
    edges: FloatArray
    cells: FloatArray
    ends: FloatArray
    not_finite: int
    first_step: int
    last_step: int
    odd: OddMember | None

    @property
    def limits(self) -> tuple[float, float]:
        """The lowest and the highest cell; NaN if no cell has a value."""
        finite = self.cells[np.isfinite(self.cells)]
        return (float(finite.min()), float(finite.max())) if len(finite) else (np.nan, np.nan)


def family_grid(family: TagFamily, rows: pd.DataFrame) -> FamilyGrid:
    """Return the grid of a family.

    Args:
        family: the tags.
        rows: of the scalars frame, of one run; other tags are ignored. At least one is of the
            family. The last of several values at one step counts.
    """
    place = {tag: index for index, tag in enumerate(family.tags())}
    points = rows[rows["tag"].isin(list(place))]
    points = points.drop_duplicates(["tag", "step"], keep="last").sort_values("step", kind="stable")
    member = points["tag"].astype(object).map(place).to_numpy(np.int64)
    step, value = points["step"].to_numpy(np.int64), points["value"].to_numpy(np.float64)
    steps = np.unique(step)
    starts = np.unique(np.linspace(0, len(steps), min(MAX_COLUMNS, len(steps)) + 1).astype(int))
    column = np.searchsorted(steps[starts[1:-1]], step, side="right")
    finite = np.isfinite(value)
    shape = (len(place), len(starts) - 1)
    sums, counts = np.zeros(shape), np.zeros(shape)
    # A share of each value: the sum of large ones would overflow.
    np.add.at(counts, (member[finite], column[finite]), 1)
    share = value[finite] / counts[member[finite], column[finite]]
    np.add.at(sums, (member[finite], column[finite]), share)
    ends, levels = np.full((len(place), 4), np.nan), np.full(len(place), np.nan)
    for index in range(len(place)):
        series = value[(member == index) & finite]
        if len(series):
            ends[index] = series[0], series[-1], series.min(), series.max()
            levels[index] = np.median(series[-max(1, len(series) // 4) :])
    return FamilyGrid(
        family=family,
        edges=_edges(steps, starts),
        cells=np.where(counts > 0, sums, np.nan),
        ends=ends,
        not_finite=int((~finite).sum()),
        first_step=int(steps[0]),
        last_step=int(steps[-1]),
        odd=odd_member(levels),
    )


def _edges(steps: FloatArray, starts: FloatArray) -> FloatArray:
    """Return the edges of columns that begin at the places `starts` of the steps."""
    inner = starts[1:-1]
    halfway = (steps[inner - 1] + steps[inner]) / 2
    first, last = float(steps[0]), float(steps[-1])
    if first == last:
        return np.array([first - 0.5, last + 0.5])
    return np.concatenate([[first], halfway, [last]])
