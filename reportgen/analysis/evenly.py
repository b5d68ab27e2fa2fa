"""Picks evenly spaced items where there is not room for all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reportgen.arrays import FloatArray, IntArray

_SPARKLINE_POINTS = 40


def evenly(size: int, most: int) -> IntArray:
    """Return at most `most` evenly spaced indices of `size` items, with the first and the last.

    They are in order and without duplicates. If `most` is 1, it is the last one.
    """
    if most == 1:
        return np.arange(size)[-1:]
    return np.linspace(0, size - 1, min(most, size)).round().astype(np.int64)


def sparkline(values: Sequence[float] | FloatArray) -> tuple[float, ...]:
    """Return at most 40 of the values, evenly spaced, the first and the last among them."""
    return tuple(float(values[place]) for place in evenly(len(values), _SPARKLINE_POINTS))
