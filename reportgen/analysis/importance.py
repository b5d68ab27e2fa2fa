"""The importance of a parameter: how closely a metric follows it in rank."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FEWEST = 5  # runs; with fewer, almost any order comes about by chance

Floats = NDArray[np.float64]


def spearman(x: Floats, y: Floats) -> tuple[float, int]:
    """Return Spearman's rank correlation, and of how many pairs; equal values share a mean rank.

    Args:
        x: (n,).
        y: (n,); pairs with a NaN or an infinity are ignored.

    Returns:
        The correlation from -1 to 1, NaN if either is constant or there are fewer than `FEWEST`
        pairs; and the number of pairs.
    """
    finite = np.isfinite(x) & np.isfinite(y)
    pairs = int(finite.sum())
    if pairs < FEWEST:
        return math.nan, pairs
    ranks = [pd.Series(values[finite]).rank().to_numpy() for values in (x, y)]
    first, second = (rank - rank.mean() for rank in ranks)
    scale = math.sqrt(float((first**2).sum()) * float((second**2).sum()))
    return (float((first * second).sum()) / scale if scale else math.nan), pairs


def by_chance(pairs: int) -> float:
    """Return the correlation that 95 % of independent pairs stay below: 1.96 / sqrt(n - 1)."""
    return min(1.0, 1.96 / math.sqrt(max(pairs - 1, 1)))
