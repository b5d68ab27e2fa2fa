"""Buckets: decimate a series while it arrives, in bounded memory.

The points are those that `reportgen.series.transforms.decimate` would keep of the whole series. The
size of its buckets is a power of two, so that two neighbours make a bucket of the next size: when
the series grows, buckets are joined, and no earlier point is needed again.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from reportgen.arrays import StructArray

MAX_POINTS = 600  # of a decimated series; a multiple of 4, so that buckets can be joined in pairs

# row: place among all scalars of a run; index: place among the finite values of the series, or
# among its other values; total: sum of the finite values up to this point.
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
Points = StructArray  # of POINT


def no_points() -> Points:
    """Return an empty array of `POINT`, (0,)."""
    return np.empty(0, POINT)


@dataclass(slots=True)
class Buckets:
    """The finite points of one series.

    Attributes:
        count: how many points were added.
    """

    count: int = 0
    _size: int = 0  # of a bucket; 0 while all points are kept
    _waiting: Points = field(default_factory=no_points)
    _low: Points = field(default_factory=no_points)
    _high: Points = field(default_factory=no_points)
    _ends: list[Points] = field(default_factory=list)

    def add(self, points: Points) -> None:
        """Add the next points, (n,) of `POINT`."""
        if len(points):
            first = self._ends[0] if self._ends else points[:1].copy()
            self._ends = [first, points[-1:].copy()]
            self.count += len(points)
            self._waiting = np.concatenate([self._waiting, points])
            self._settle()

    def points(self) -> list[Points]:
        """Return the points of the decimated series, in no order; some are repeated."""
        if not self._size:
            return [self._waiting]
        low, high = _extremes(self._waiting, max(1, len(self._waiting)))
        return [self._low, self._high, low, high, *self._ends]

    def _settle(self) -> None:
        """Put waiting points into buckets, and join buckets while there are too many."""
        max_buckets = MAX_POINTS // 2
        if self.count <= MAX_POINTS:
            return
        self._size = self._size or 1
        while True:
            room = (max_buckets - len(self._low)) * self._size
            filled = min(len(self._waiting) // self._size * self._size, room)
            low, high = _extremes(self._waiting[:filled], self._size)
            self._low = np.concatenate([self._low, low])
            self._high = np.concatenate([self._high, high])
            self._waiting = self._waiting[filled:].copy()  # a view would keep all of it in memory
            if len(self._low) < max_buckets or not len(self._waiting):
                return
            self._low = _join_pairs(self._low, -1)
            self._high = _join_pairs(self._high, 1)
            self._size *= 2


def _extremes(points: Points, size: int) -> tuple[Points, Points]:
    """Return the first minimum and the first maximum of each bucket.

    Args:
        points: a multiple of `size`.
        size: of a bucket.
    """
    values = points["value"].reshape(-1, size)
    starts = np.arange(len(values)) * size
    if not len(values):
        return points, points
    return points[starts + values.argmin(axis=1)], points[starts + values.argmax(axis=1)]


def _join_pairs(points: Points, sign: int) -> Points:
    """Return the higher (sign 1) or lower (-1) point of each pair; the first of equal ones."""
    pairs = points.reshape(-1, 2)
    second = sign * pairs["value"][:, 1] > sign * pairs["value"][:, 0]
    extremes: Points = pairs[np.arange(len(pairs)), second.astype(int)]
    return extremes
