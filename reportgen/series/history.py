"""History: one series as the figures and tables need it, whether all of its rows are held or few.

Of a large log, a report reads sketches (`reportgen.series.sketch`): some rows of each series, with
more columns than the frame of scalars has else. All that is derived from a series here is the
same from these rows as from all.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen.series.sketch import COUNTS
from reportgen.series.smoothing import Smoothing
from reportgen.series.thinning import stride
from reportgen.series.transforms import decimate, decimate_further, smooth

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class History:
    """One series.

    Attributes:
        steps, raw: of the rows that are held, in the order as logged, (m,).
        finite: which values are, (m,).
        points, bad, not_positive: how many were logged; how many of them are not finite, and how
            many of the finite ones are 0 or below.
        index: each row's place among the series' finite values or among the others, (m,); None
            where all rows are held.
        smoothed: (m,); None where all rows are held.
        total: sum of the series' finite values up to each row, (m,); None where all rows are held.
    """

    steps: NDArray[np.int64]
    raw: NDArray[np.float64]
    finite: NDArray[np.bool_]
    points: int
    bad: int
    not_positive: int
    index: Places | None = None
    smoothed: NDArray[np.float64] | None = None
    total: NDArray[np.float64] | None = None

    def drawn(self, most: int) -> Places:
        """Places of the rows that decimating the finite values to about `most` keeps."""
        places, values = np.flatnonzero(self.finite), self.raw[self.finite]
        if self.index is None:
            return places[decimate(values, most)]
        count = self.points - self.bad
        return places[decimate_further(values, self.index[self.finite], count, most)]

    def between(self, kept: Places) -> tuple[Places, NDArray[np.float64]]:
        """How many finite values come after each place of `kept` up to the next, and their mean.

        Args:
            kept: places of finite values in ascending order, the first of all among them, (k,).

        Returns:
            Counts and means, (k,) each; empty where a sum of them has no number.
        """
        if self.index is None or self.total is None:
            ends = self.finite.cumsum()[kept]
            counts = np.diff(ends, prepend=0)
            shares = self.raw[self.finite] / np.repeat(counts, counts)  # the sum could overflow
            return counts, np.add.reduceat(shares, ends - counts) if len(kept) else shares
        counts = np.diff(self.index[kept], prepend=-1)
        with np.errstate(invalid="ignore"):
            means = np.diff(self.total[kept], prepend=0.0) / counts
        return (counts, means) if np.isfinite(means).all() else (counts[:0], means[:0])

    def sample(self) -> Places:
        """Places of finite values at even distances, the first and the last among them."""
        places = _thinned(self.finite, self.index, self.points - self.bad)
        last = np.flatnonzero(self.finite)[-1:]
        return np.append(places[places < last], last)

    def marks(self) -> Places:
        """Places of values that are not finite: of many, every so-manieth."""
        return _thinned(~self.finite, self.index, self.bad)

    def smooth(self, method: Smoothing) -> NDArray[np.float64]:
        """The smoothed values, (m,); those that were smoothed while reading are as they are."""
        if self.smoothed is not None:
            return self.smoothed
        return smooth(self.raw, self.steps, method)


def history(rows: pd.DataFrame) -> History:
    """The rows of one series, at least one."""
    steps, values = rows["step"].to_numpy(), rows["value"].to_numpy()
    finite = np.isfinite(values)
    if not is_sketched(rows):
        good = values[finite]
        bad, low = len(values) - len(good), int((good <= 0).sum())
        return History(steps, values, finite, len(values), bad, low)
    points, nan, infinite, low = (int(rows[name].iloc[0]) for name in COUNTS[:4])
    held = [rows[name].to_numpy() for name in ("index", "smoothed", "total")]
    return History(steps, values, finite, points, nan + infinite, low, *held)


def logged(rows: pd.DataFrame) -> int:
    """How many values a series was logged with."""
    return int(rows["points"].iloc[0]) if is_sketched(rows) else len(rows)


def is_sketched(scalars: pd.DataFrame) -> bool:
    """Whether a frame of scalars holds only some rows of each series."""
    return "smoothed" in scalars


def counts(scalars: pd.DataFrame) -> pd.DataFrame:
    """Run, tag and `COUNTS` of each series of a frame that holds only some rows of each."""
    each = scalars.drop_duplicates(["run", "tag"])[["run", "tag", *COUNTS]]
    return each.astype(dict.fromkeys(COUNTS, "int64"))


def totals(scalars: pd.DataFrame) -> tuple[int, int]:
    """How many values were logged, and how many of them are not finite."""
    if is_sketched(scalars):
        each = counts(scalars)
        return int(each["points"].sum()), int((each["nan"] + each["infinite"]).sum())
    return len(scalars), int((~np.isfinite(scalars["value"].to_numpy())).sum())


def _thinned(chosen: NDArray[np.bool_], index: Places | None, count: int) -> Places:
    places: Places = np.flatnonzero(chosen)
    if index is None:
        return places[:: stride(count)]
    even: Places = places[index[places] % stride(count) == 0]
    return even
