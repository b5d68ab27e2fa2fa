"""Buckets: the points of a decimated series, gathered while it arrives, in bounded memory.

They are those that `reportgen.series.transforms.decimate` would keep of the whole series. Its
buckets have a power of two as size, so that two neighbours make one of the next size: when a series
grows, its buckets are joined, and no point is needed twice.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

MOST_POINTS = 600  # kept of a series; a multiple of 4, so that buckets can be joined in pairs

# row: among all of a run; index: among the series' finite values, or among the others; total: the
# sum of the finite values up to it.
POINT = np.dtype(
    [
        ("row", "i8"),
        ("index", "i8"),
        ("step", "i8"),
        ("wall_time", "f8"),
        ("value", "f8"),
        ("smoothed", "f8"),
        ("total", "f8"),
    ]
)
Points = NDArray[np.void]


def no_points() -> Points:
    """None yet, (0,) of `POINT`."""
    return np.empty(0, POINT)


@dataclass(slots=True)
class Buckets:
    """The finite points of one series.

    Attributes:
        count: how many were added.
    """

    count: int = 0
    _size: int = 0  # of a bucket; 0 while every point is kept
    _waiting: Points = field(default_factory=no_points)
    _low: Points = field(default_factory=no_points)
    _high: Points = field(default_factory=no_points)
    _ends: list[Points] = field(default_factory=list)

    def add(self, points: Points) -> None:
        """Adds the next points, (n,) of `POINT`."""
        if len(points):
            first = self._ends[0] if self._ends else points[:1].copy()
            self._ends = [first, points[-1:].copy()]
            self.count += len(points)
            self._waiting = np.concatenate([self._waiting, points])
            self._settle()

    def kept(self) -> list[Points]:
        """The points of the decimated series; some stand twice."""
        if not self._size:
            return [self._waiting]
        low, high = _extremes(self._waiting, max(1, len(self._waiting)))
        return [self._low, self._high, low, high, *self._ends]

    def _settle(self) -> None:
        """Puts waiting points into buckets, which are joined when there are too many."""
        most = MOST_POINTS // 2
        if self.count <= MOST_POINTS:
            return
        self._size = self._size or 1
        while True:
            room = (most - len(self._low)) * self._size
            whole = min(len(self._waiting) // self._size * self._size, room)
            low, high = _extremes(self._waiting[:whole], self._size)
            self._low = np.concatenate([self._low, low])
            self._high = np.concatenate([self._high, high])
            self._waiting = self._waiting[whole:].copy()  # not a view of all that came
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
