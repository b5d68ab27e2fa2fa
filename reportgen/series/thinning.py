"""Thinning: every so many of a series' points, so that few stay of however many there are."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

MOST = 1_024  # points that stay


def stride(count: int) -> int:
    """The smallest power of two that leaves at most `MOST` of so many points."""
    return 1 << (max(1, -(-count // MOST)) - 1).bit_length()


@dataclass(slots=True)
class Thinned:
    """Points that arrive in pieces, every `stride(count)`-th of them kept.

    Attributes:
        kept: the first point and every so-manieth after it, in order; any one dtype.
        count: how many were added.
    """

    kept: NDArray[np.void]
    count: int = 0

    def add(self, points: NDArray[np.void]) -> None:
        """Adds the next points, (n,)."""
        distance = stride(self.count)
        new = points[-self.count % distance :: distance]
        self.count += len(points)
        wider = stride(self.count) // distance
        self.kept = np.concatenate([self.kept, new])[::wider].copy()
