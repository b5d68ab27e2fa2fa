"""Thinning: every n-th point of a series, so that few remain however many there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from reportgen.arrays import StructArray

MAX_SAMPLES = 1_024  # points that remain


def stride(count: int) -> int:
    """Return the smallest power of two that leaves at most `MAX_SAMPLES` of `count` points."""
    return 1 << (max(1, -(-count // MAX_SAMPLES)) - 1).bit_length()


@dataclass(slots=True)
class Thinned:
    """Points that arrive in pieces, of which every `stride(count)`-th is kept.

    Attributes:
        points: the first point and every n-th after it, in order, of any dtype.
        count: how many were added.
    """

    points: StructArray
    count: int = 0

    def add(self, points: StructArray) -> None:
        """Add the next points, (n,)."""
        distance = stride(self.count)
        new = points[-self.count % distance :: distance]
        self.count += len(points)
        factor = stride(self.count) // distance
        self.points = np.concatenate([self.points, new])[::factor].copy()
