"""Picks evenly spaced items where there is not room for all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def evenly(size: int, most: int) -> NDArray[np.int64]:
    """Return at most `most` evenly spaced indices of `size` items, with the first and the last.

    They are in order and without duplicates. If `most` is 1, it is the last one.
    """
    if most == 1:
        return np.arange(size)[-1:]
    return np.linspace(0, size - 1, min(most, size)).round().astype(np.int64)
