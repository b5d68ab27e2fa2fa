"""Sketch: what figures and tables need of a series, gathered while it is read, in bounded memory.

It is some of the series' rows and a few counts. Of the rows stay: those of the decimated series;
every so-manieth of the finite values, and of the others; the first and the last; and where step and
wall time have their extremes.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from reportgen.series.buckets import POINT, Buckets, Points, no_points
from reportgen.series.streamed_smoothing import Smoother
from reportgen.series.thinning import Thinned

COUNTS = ("points", "nan", "infinite", "not_positive", "backwards", "repeated")
COLUMNS = (*COUNTS, "index", "smoothed", "total")  # that a frame of sketches has beside the usual


@dataclass(slots=True)
class Sketch:
    """One series.

    Attributes:
        smoother: of its finite values.
        points: how many were added, finite or not.
        nan, infinite: how many of them were so.
        not_positive: how many of the finite ones were 0 or below.
        backwards, repeated: how often a step was lower than the one before, or the same.
    """

    smoother: Smoother
    points: int = 0
    nan: int = 0
    infinite: int = 0
    not_positive: int = 0
    backwards: int = 0
    repeated: int = 0
    _total: float = 0.0
    _drawn: Buckets = field(default_factory=Buckets)
    _even: Thinned = field(default_factory=lambda: Thinned(no_points()))
    _bad: Thinned = field(default_factory=lambda: Thinned(no_points()))
    _ends: list[Points] = field(default_factory=list)
    _bounds: Points = field(default_factory=no_points)

    def add(
        self,
        rows: NDArray[np.int64],
        steps: NDArray[np.int64],
        wall_times: NDArray[np.float64],
        values: NDArray[np.float64],
    ) -> None:
        """Adds the next points of the series, at least one, (n,) each; rows ascend."""
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
        good, bad = new[finite], new[~finite]
        self._count(good["value"], bad["value"])
        self._compare(steps)
        self._drawn.add(good)
        self._even.add(good)
        self._bad.add(bad)
        self._ends = [self._ends[0] if self._ends else new[:1].copy(), new[-1:].copy()]
        self._bounds = _bounds(np.concatenate([self._bounds, new]))

    def kept(self) -> Points:
        """The rows that stay, in order."""
        parts = [self._even.kept, self._bad.kept, *self._ends, self._bounds]
        found = np.concatenate([*self._drawn.kept(), *parts])
        _, first = np.unique(found["row"], return_index=True)
        return found[first]

    def _compare(self, steps: NDArray[np.int64]) -> None:
        """Looks at each step beside the one before."""
        before = self._ends[1]["step"] if self._ends else steps[:0]
        change = np.diff(np.concatenate([before, steps]))
        self.backwards += int((change < 0).sum())
        self.repeated += int((change == 0).sum())

    def _index(self, finite: NDArray[np.bool_]) -> NDArray[np.int64]:
        """The next points' places among the finite ones, or among the others, (n,)."""
        good, bad = self._even.count + finite.cumsum(), self._bad.count + (~finite).cumsum()
        return np.where(finite, good, bad) - 1

    def _count(self, good: NDArray[np.float64], bad: NDArray[np.float64]) -> None:
        nan = int(np.isnan(bad).sum())
        self.points += len(good) + len(bad)
        self.nan += nan
        self.infinite += len(bad) - nan
        self.not_positive += int((good <= 0).sum())


def _bounds(points: Points) -> Points:
    """Where step and wall time have their extremes; a wall time not above 0 was not logged."""
    steps, times = points["step"], points["wall_time"]
    known = np.where(times > 0, times, np.nan)
    places = [steps.argmin(), steps.argmax()]
    if not np.isnan(known).all():
        places += [np.nanargmin(known), np.nanargmax(known)]
    return points[places]
