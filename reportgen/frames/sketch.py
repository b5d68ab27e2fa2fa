"""Sketch: what a figure and a table need of a series, gathered while it is read, in bounded memory.

A sketch keeps the points that `reportgen.frames.transforms.decimate` would keep of the whole
series. Its buckets have a power of two as size, so that two neighbours make one of the next size:
when a series grows, its buckets are joined, and no point is needed twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

MOST_POINTS = 600  # kept of a series; a multiple of 4, so that buckets can be joined in pairs
_MOST_BAD = 1_000  # places of values that are not finite

POINT = np.dtype(
    [("index", "i8"), ("step", "i8"), ("wall_time", "f8"), ("value", "f8"), ("smoothed", "f8")]
)
Points = NDArray[np.void]


@dataclass(slots=True)
class Sketch:
    """One series, point by point or many at a time.

    Attributes:
        points: how many were added, finite or not.
        non_finite: how many of them were NaN or infinite.
        bad_steps: steps of the first thousand of these.
        first, last: the first and the last value added; NaN before any.
    """

    points: int = 0
    non_finite: int = 0
    bad_steps: list[int] = field(default_factory=list)
    first: float = float("nan")
    last: float = float("nan")
    _finite: int = 0
    _size: int = 0  # of a bucket; 0 while every point is kept
    _waiting: Points = field(default_factory=lambda: np.empty(0, POINT))
    _low: Points = field(default_factory=lambda: np.empty(0, POINT))
    _high: Points = field(default_factory=lambda: np.empty(0, POINT))
    _ends: list[Points] = field(default_factory=list)

    def add(
        self,
        steps: NDArray[np.int64],
        wall_times: NDArray[np.float64],
        values: NDArray[np.float64],
        smoothed: NDArray[np.float64],
    ) -> None:
        """Adds the next points of the series, (n,) each."""
        if not len(values):
            return
        self.first = self.first if self.points else float(values[0])
        self.last = float(values[-1])
        self.points += len(values)
        finite = np.isfinite(values)
        if not finite.all():
            self.non_finite += int(len(finite) - finite.sum())
            self.bad_steps += steps[~finite][: _MOST_BAD - len(self.bad_steps)].tolist()
        new = np.empty(int(finite.sum()), POINT)
        new["index"] = np.arange(self._finite, self._finite + len(new))
        columns = (steps, wall_times, values, smoothed)
        for name, column in zip(POINT.names[1:], columns, strict=True):  # type: ignore[index]
            new[name] = column[finite]
        if len(new):
            self._ends = [self._ends[0] if self._ends else new[:1].copy(), new[-1:].copy()]
            self._finite += len(new)
            self._waiting = np.concatenate([self._waiting, new])
            self._settle()

    def kept(self) -> Points:
        """The points of the decimated series, in order: index, step, wall_time, value, smoothed."""
        if not self._size:
            return self._waiting
        low, high = _extremes(self._waiting, max(1, len(self._waiting)))
        found = np.concatenate([self._low, self._high, low, high, *self._ends])
        _, first = np.unique(found["index"], return_index=True)
        return found[first]

    def _settle(self) -> None:
        """Puts waiting points into buckets, which are joined when there are too many."""
        most = MOST_POINTS // 2
        if self._finite <= MOST_POINTS:
            return
        self._size = self._size or 1
        while True:
            room = (most - len(self._low)) * self._size
            whole = min(len(self._waiting) // self._size * self._size, room)
            low, high = _extremes(self._waiting[:whole], self._size)
            self._low = np.concatenate([self._low, low])
            self._high = np.concatenate([self._high, high])
            self._waiting = self._waiting[whole:]
            if len(self._low) < most or not len(self._waiting):
                return
            self._low = _joined(self._low, -1)
            self._high = _joined(self._high, 1)
            self._size *= 2


def _extremes(points: Points, size: int) -> tuple[Points, Points]:
    """The first minimum and the first maximum of each `size` points; their number is a multiple."""
    values = points["value"].reshape(-1, size)
    starts = np.arange(len(values)) * size
    if not len(values):
        return points, points
    return points[starts + values.argmin(axis=1)], points[starts + values.argmax(axis=1)]


def _joined(points: Points, sign: int) -> Points:
    """Of each pair of buckets the higher point (sign 1) or the lower (-1); the first of equals."""
    pairs = points.reshape(-1, 2)
    second = sign * pairs["value"][:, 1] > sign * pairs["value"][:, 0]
    chosen: Points = pairs[np.arange(len(pairs)), second.astype(int)]
    return chosen
