"""The best of several values, in the better direction."""

from __future__ import annotations

import numpy as np

from reportgen.arrays import FloatArray


def best_place(values: FloatArray, direction: str) -> int:
    """Return the index of the best finite value, the first one of equal values.

    Args:
        values: (n,).
        direction: the better one, "up" or "down", or "" (unknown).

    Returns:
        An index; -1 if no value is finite or the direction is unknown.
    """
    finite = np.flatnonzero(np.isfinite(values))
    if not direction or not len(finite):
        return -1
    candidates = values[finite]
    return int(finite[candidates.argmax() if direction == "up" else candidates.argmin()])
