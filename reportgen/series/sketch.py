"""Sketch: the rows of a series that figures and tables need, gathered in bounded memory.

A sketch is some rows of the series and a few counts. The rows are: those of the decimated series;
every n-th of the finite values, and of the others; the first and the last; and those where step
and wall time have their extremes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from reportgen.arrays import BoolArray, FloatArray, IntArray
from reportgen.series.buckets import POINT, Buckets, Points, no_points
from reportgen.series.streamed_smoothing import Smoother
from reportgen.series.thinning import Thinned

COUNTS = ("points", "nan", "infinite", "not_positive", "backwards", "repeated")
COLUMNS = (*COUNTS, "index", "smoothed", "total")  # that a frame of sketches has beside the usual


@dataclass(slots=True)
class Sketch:
    """The sketch of one series.

    Attributes:
        smoother: of its finite values.
        points: how many were added, finite or not.
        nan, infinite: how many of them were NaN, or infinite.
        not_positive: how many of the finite ones were 0 or below.
        backwards, repeated: how often a step was lower than the step before it, or equal to it.
    """

    smoother: Smoother
    points: int = 0
    nan: int = 0
    infinite: int = 0
    not_positive: int = 0
    backwards: int = 0
    repeated: int = 0
    _total: float = 0.0
    _decimated: Buckets = field(default_factory=Buckets)
    _finite: Thinned = field(default_factory=lambda: Thinned(no_points()))
    _not_finite: Thinned = field(default_factory=lambda: Thinned(no_points()))
    _ends: list[Points] = field(default_factory=list)
    _bounds: Points = field(default_factory=no_points)

    def add(
        self,
        rows: IntArray,
        steps: IntArray,
        wall_times: FloatArray,
        values: FloatArray,
    ) -> None:
        """Add the next points of the series, (n,) each, n > 0; rows ascend."""
        new = np.empty(len(values), POINT)
        new["row"], new["step"], new["wall_time"], new["value"] = rows, steps, wall_times, values
        finite = np.isfinite(values)
        new["index"] = self._index(finite)
        new["smoothed"] = values
        with np.errstate(over="ignore", invalid="ignore"):
            new["total"] = self._total + np.where(finite, values, 0.0).cumsum()
        self._total = float(new["total"][-1])
        if finite.any():
            new["smoothed"][finite] = self.smoother.add(values[finite], steps[finite])
        finite_points, others = new[finite], new[~finite]
        self._count(finite_points["value"], others["value"])
        self._compare(steps)
        self._decimated.add(finite_points)
        self._finite.add(finite_points)
        self._not_finite.add(others)
        self._ends = [self._ends[0] if self._ends else new[:1].copy(), new[-1:].copy()]
        self._bounds = _bounds(np.concatenate([self._bounds, new]))

    def rows(self) -> Points:
        """Return the distinct rows of the sketch, in order."""
        samples = [self._finite.points, self._not_finite.points, *self._ends, self._bounds]
        rows = np.concatenate([*self._decimated.points(), *samples])
        _, first = np.unique(rows["row"], return_index=True)
        return rows[first]

    def _compare(self, steps: IntArray) -> None:
        """Count the steps that are lower than the step before, or equal to it."""
        before = self._ends[1]["step"] if self._ends else steps[:0]
        change = np.diff(np.concatenate([before, steps]))
        self.backwards += int((change < 0).sum())
        self.repeated += int((change == 0).sum())

    def _index(self, finite: BoolArray) -> IntArray:
        """Return the places of the next points among the finite ones, or the others, (n,)."""
        place, other_place = (
            self._finite.count + finite.cumsum(),
            self._not_finite.count + (~finite).cumsum(),
        )
        return np.where(finite, place, other_place) - 1

    def _count(self, finite: FloatArray, others: FloatArray) -> None:
        nan = int(np.isnan(others).sum())
        self.points += len(finite) + len(others)
        self.nan += nan
        self.infinite += len(others) - nan
        self.not_positive += int((finite <= 0).sum())


def _bounds(points: Points) -> Points:
    """Return the points with the extremes of step and wall time.

    A wall time that is not above 0 was not logged.
    """
    steps, times = points["step"], points["wall_time"]
    logged_times = np.where(times > 0, times, np.nan)
    places = [steps.argmin(), steps.argmax()]
    if not np.isnan(logged_times).all():
        places += [np.nanargmin(logged_times), np.nanargmax(logged_times)]
    return points[places]
