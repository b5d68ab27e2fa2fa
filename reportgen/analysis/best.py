"""The best of some values, in the direction that is better."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def best_place(values: NDArray[np.float64], direction: str) -> int:
    """Where the best finite value stands; of equal ones, the first.

    Args:
        values: (n,).
        direction: "up", "down" (is better) or "" (not known).

    Returns:
        Its index; -1 where no value is finite or no way is better.
    """
    finite = np.flatnonzero(np.isfinite(values))
    if not direction or not len(finite):
        return -1
    kept = values[finite]
    return int(finite[kept.argmax() if direction == "up" else kept.argmin()])
