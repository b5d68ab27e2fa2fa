"""History: one series as figures and tables need it, from all of its rows or from a sketch.

Of a large log, a report reads sketches (`reportgen.series.sketch`): some rows of each series, with
additional columns. Everything that is derived here is the same from a sketch as from all rows.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.arrays import BoolArray, FloatArray, IntArray
from reportgen.series.automatic_smoothing import centred_means, window_of
from reportgen.series.sketch import COLUMNS, COUNTS
from reportgen.series.smoothing import Smoothing
from reportgen.series.thinning import stride
from reportgen.series.transforms import decimate, decimate_further, smooth


@dataclass(frozen=True, slots=True)
class History:
    """One series.

    Attributes:
        steps, raw: steps and values of the rows at hand, in the order of the log, (m,).
        finite: which values are finite, (m,).
        points: how many values were logged.
        bad: how many of them are not finite.
        not_positive: how many of the finite ones are 0 or below.
        index: place of each row among the finite values of the series or among the others, (m,);
            None if all rows are at hand.
        smoothed: (m,); None if all rows are at hand.
        total: sum of the finite values of the series up to each row, (m,); None if all rows are
            at hand.
    """

    steps: IntArray
    raw: FloatArray
    finite: BoolArray
    points: int
    bad: int
    not_positive: int
    index: IntArray | None = None
    smoothed: FloatArray | None = None
    total: FloatArray | None = None

    def drawn(self, max_points: int) -> IntArray:
        """Return the places of the rows that decimating the finite values keeps."""
        places, values = np.flatnonzero(self.finite), self.raw[self.finite]
        if self.index is None:
            return places[decimate(values, max_points)]
        count = self.points - self.bad
        index = self.index[self.finite]
        return places[decimate_further(values, index, count, max_points)]

    def between(self, selected: IntArray) -> tuple[IntArray, FloatArray]:
        """Return count and mean of the finite values up to each selected one from the one before.

        Args:
            selected: places of finite values in ascending order, (k,); the first value of the
                series is among them.

        Returns:
            Counts and means, (k,) each; empty if a mean is not finite because a sum overflowed.
        """
        if self.index is None or self.total is None:
            ends = self.finite.cumsum()[selected]
            counts = np.diff(ends, prepend=0)
            shares = self.raw[self.finite] / np.repeat(counts, counts)  # the sum could overflow
            return counts, np.add.reduceat(shares, ends - counts) if len(selected) else shares
        counts = np.diff(self.index[selected], prepend=-1)
        with np.errstate(invalid="ignore"):
            means = np.diff(self.total[selected], prepend=0.0) / counts
        return (counts, means) if np.isfinite(means).all() else (counts[:0], means[:0])

    def sample(self) -> IntArray:
        """Return places of finite values at even distances, with the first and the last."""
        places = _thinned(self.finite, self.index, self.points - self.bad)
        last = np.flatnonzero(self.finite)[-1:]
        return np.append(places[places < last], last)

    def marks(self) -> IntArray:
        """Return places of values that are not finite; every n-th if there are many."""
        return _thinned(~self.finite, self.index, self.bad)

    def smooth(self, selected: IntArray, method: Smoothing) -> tuple[FloatArray, int]:
        """Return the smoothed values, and over how many points "auto" has smoothed (0 if not).

        Args:
            selected: places of finite values in ascending order, (k,), as for `between`.
            method: see `reportgen.series.smoothing`.

        Returns:
            (k,); of a sketch, as they were smoothed while reading, but for "auto".
        """
        if method.method == "auto":
            window = window_of(self.raw[self.sample()], self.points - self.bad)
            counts, means = self.between(selected) if window else (selected[:0], self.raw[:0])
            smoothed = centred_means(counts, means, window)
            if window and len(counts) and np.isfinite(smoothed).all():
                return smoothed, window
            return self.raw[selected], 0
        if self.smoothed is not None and method.method != "off":  # a schedule is drawn as logged
            return self.smoothed[selected], 0
        return smooth(self.raw, self.steps, method)[selected], 0


def history(rows: pd.DataFrame) -> History:
    """Return the history of a series from its rows, at least one, of a frame of scalars."""
    steps, values = rows["step"].to_numpy(), rows["value"].to_numpy()
    finite = np.isfinite(values)
    if not is_sketched(rows):
        count = int(finite.sum())
        not_positive = int((values[finite] <= 0).sum())
        return History(steps, values, finite, len(values), len(values) - count, not_positive)
    points, nan, infinite, not_positive = (int(rows[name].iloc[0]) for name in COUNTS[:4])
    columns = [rows[name].to_numpy() for name in ("index", "smoothed", "total")]
    return History(steps, values, finite, points, nan + infinite, not_positive, *columns)


def is_sketched(scalars: pd.DataFrame) -> bool:
    """Return whether a frame of scalars has every column of a sketch.

    A caller's own column may be called as one of them. Of a whole experiment,
    `Experiment.sketched` says it.
    """
    return set(COLUMNS) <= set(scalars.columns)


def counts(scalars: pd.DataFrame) -> pd.DataFrame:
    """Return run, tag and `COUNTS` of each series of a frame that holds sketches."""
    by_series = scalars.drop_duplicates(["run", "tag"])[["run", "tag", *COUNTS]]
    return by_series.astype(dict.fromkeys(COUNTS, "int64"))


def totals(scalars: pd.DataFrame) -> tuple[int, int]:
    """Return how many values were logged, and how many of them are not finite."""
    if is_sketched(scalars):
        sums = counts(scalars)[list(COUNTS)].sum()
        return int(sums["points"]), int(sums["nan"] + sums["infinite"])
    return len(scalars), int((~np.isfinite(scalars["value"].to_numpy())).sum())


def _thinned(mask: BoolArray, index: IntArray | None, count: int) -> IntArray:
    """Return every n-th place of a mask that holds for `count` values of the whole series."""
    places: IntArray = np.flatnonzero(mask)
    if index is None:
        return places[:: stride(count)]
    even: IntArray = places[index[places] % stride(count) == 0]
    return even
