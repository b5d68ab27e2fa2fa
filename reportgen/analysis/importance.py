"""Importance: how much a metric's order of the runs follows a parameter's."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from numpy.typing import NDArray

FEWEST = 5  # runs; below, almost any order comes about by chance

Floats = NDArray[np.float64]


def spearman(x: Floats, y: Floats) -> tuple[float, int]:
    """Spearman's rank correlation, equal values sharing their mean rank, and the pairs it is of.

    Args:
        x: (n,).
        y: (n,); pairs with a NaN or an infinity are left out.

    Returns:
        From -1 to 1, NaN where either is constant or fewer than `FEWEST` pairs are known; and how
        many those are.
    """
    known = np.isfinite(x) & np.isfinite(y)
    pairs = int(known.sum())
    if pairs < FEWEST:
        return math.nan, pairs
    ranks = [pd.Series(values[known]).rank().to_numpy() for values in (x, y)]
    first, second = (rank - rank.mean() for rank in ranks)
    scale = math.sqrt(float((first**2).sum()) * float((second**2).sum()))
    return (float((first * second).sum()) / scale if scale else math.nan), pairs


def by_chance(pairs: int) -> float:
    """The correlation that independent values stay below 19 times of 20: 1.96 / sqrt(n - 1)."""
    return min(1.0, 1.96 / math.sqrt(max(pairs - 1, 1)))
