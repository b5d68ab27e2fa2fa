"""Levels of a curve that noise does not decide, for curves of ten points or a million."""

from __future__ import annotations

import math

import numpy as np

from reportgen.arrays import FloatArray

WINDOWS = 10  # a curve is smoothed over a tenth of its points


def window_of(points: int) -> int:
    """Return how many points a tenth of a curve is, at least 1."""
    return max(1, points // WINDOWS)


def windowed_means(values: FloatArray, window: int) -> FloatArray:
    """Return the mean of each `window` consecutive values, (n - window + 1,)."""
    if window == 1 or len(values) <= window:
        return values if window == 1 else values[:0]
    centre = float(np.median(values))
    sums = np.concatenate([[0.0], np.cumsum(values - centre)])
    means: FloatArray = (sums[window:] - sums[:-window]) / window + centre
    return means


def level_error(noise: float, window: int) -> float:
    """Return the standard error of a mean of `window` values; 0 where the noise is unknown."""
    return 0.0 if math.isnan(noise) else noise / math.sqrt(window)


def block_medians(values: FloatArray, blocks: int) -> FloatArray:
    """Return the medians of up to `blocks` consecutive pieces of equal length."""
    pieces = np.array_split(values, min(blocks, len(values)))
    return np.array([float(np.median(piece)) for piece in pieces])
