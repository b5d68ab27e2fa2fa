"""Noise: how far the values of one series scatter, and the level it reached despite that.

One run without repeats shows only the noise between its own evaluations. It says nothing about
other seeds, so whoever compares two runs by it may say "leads", not "is better".
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from reportgen.arrays import FloatArray

MIN_POINTS = 6  # finite values, from which on noise is estimated: four pseudo-residuals
MIN_END_POINTS = 5  # values that make up the level at the end
END_SHARE = 10  # the level at the end is over a tenth of the points
CONFIDENT = 1.96  # standard errors: 95 % of a normal distribution lies within
_MAD_TO_SD = 1.4826  # standard deviation over MAD of a normal distribution
_MIN_BLOCKS = 5  # means of blocks, from which on correlated noise is estimated


@dataclass(frozen=True, slots=True)
class Level:
    """What a series reached, with its standard error.

    Attributes:
        value: in the unit of the series; NaN where no value is finite.
        error: the standard error of `value`, by the noise between evaluations alone; NaN where
            there are too few points to tell.
        index: the place in the series that `value` belongs to; for the level at the end, of the
            last finite value; -1 where `value` is NaN.
        points: how many finite values `value` is the mean of.
    """

    value: float
    error: float
    index: int
    points: int


NO_LEVEL = Level(math.nan, math.nan, -1, 0)


def evaluation_noise(values: FloatArray) -> float:
    """Return the standard deviation of a series around its own trend.

    The pseudo-residuals of Gasser, Sroka and Jennen-Steinmetz (Biometrika 73, 1986) for points at
    even distances, r[i] = (x[i-1] - 2 x[i] + x[i+1]) / sqrt(6), have the variance of the noise and
    no straight trend; their MAD about zero times 1.4826 is not moved by spikes.

    Args:
        values: (n,); values that are not finite are left out.

    Returns:
        In the unit of the values; NaN for fewer than `MIN_POINTS` finite values.
    """
    finite, scale = _scaled(values)
    if len(finite) < MIN_POINTS:
        return math.nan
    residuals = (finite[:-2] - 2 * finite[1:-1] + finite[2:]) / math.sqrt(6)
    return float(_MAD_TO_SD * np.median(np.abs(residuals))) * scale


def end_level(values: FloatArray) -> Level:
    """Return the mean of the last tenth of a series, at least of its last five values.

    The standard error is the larger of two. For independent noise: the noise of the last half over
    sqrt(points). For noise that is correlated from value to value, as in reinforcement learning:
    the standard deviation of means of blocks of the same size in the last half, around their own
    straight trend (method of batch means).

    Args:
        values: (n,); values that are not finite are left out.
    """
    places = np.flatnonzero(np.isfinite(values))
    if not len(places):
        return NO_LEVEL
    finite, scale = _scaled(values)
    points = min(len(finite), max(MIN_END_POINTS, len(finite) // END_SHARE))
    late = finite[-max(len(finite) // 2, 2 * points) :]
    independent = evaluation_noise(late) / math.sqrt(points)
    error = float(np.fmax(independent, _block_error(late, points)))
    return Level(float(finite[-points:].mean()) * scale, error * scale, int(places[-1]), points)


def best_level(values: FloatArray, direction: str) -> Level:
    """Return the best of the smoothed series, so that one lucky value does not decide.

    Smoothed is by the mean of `smoothing_window` values in a row. The standard error is that of
    such a mean: the noise of the series over sqrt(points). The index is that of the best value
    among them, whose checkpoint can be used.

    Args:
        values: (n,); values that are not finite are left out.
        direction: "up" or "down" (is better); with "" there is no best.
    """
    places = np.flatnonzero(np.isfinite(values))
    if not direction or not len(places):
        return NO_LEVEL
    finite = np.asarray(values, float)[places]
    window = smoothing_window(len(finite))
    sign = 1 if direction == "up" else -1
    half = window // 2
    smoothed = moving_mean(finite, window)[half : len(finite) - half]
    start = int((sign * smoothed).argmax())  # of the window; the middle of it is half further
    best = start + int((sign * finite[start : start + window]).argmax())
    error = evaluation_noise(finite) / math.sqrt(window)
    return Level(float(smoothed[start]), error, int(places[best]), window)


def smoothing_window(points: int) -> int:
    """Return the odd number of points to smooth over: at most a tenth; 1 of fewer than 30."""
    return max(1, (points // END_SHARE - 1) // 2 * 2 + 1)


def moving_mean(values: FloatArray, window: int) -> FloatArray:
    """Return the centred mean over `window` points; at the ends of those that are there.

    Args:
        values: (n,), finite.
        window: an odd number of points.

    Returns:
        (n,), in the unit of the values.
    """
    if window < 2 or not len(values):
        return np.asarray(values, float)
    half = window // 2
    scaled, scale = _scaled(values)
    centre = float(scaled.mean())
    sums = np.concatenate([[0.0], np.cumsum(scaled - centre)])
    index = np.arange(len(values))
    low, high = np.maximum(index - half, 0), np.minimum(index + half + 1, len(values))
    mean: FloatArray = ((sums[high] - sums[low]) / (high - low) + centre) * scale
    return mean


def difference_error(first: Level, second: Level) -> float:
    """Return the standard error of the difference of two levels; NaN where either is unknown."""
    return math.hypot(first.error, second.error)


def differs(first: Level, second: Level) -> bool:
    """Return whether two levels differ by more than the noise: |a - b| > 1.96 standard errors.

    Of unknown noise nothing is said: the answer is False.
    """
    return abs(first.value - second.value) > CONFIDENT * difference_error(first, second)


def tied(first: Level, second: Level) -> bool:
    """Return whether two levels are equal or differ by no more than their noise, which is known."""
    distance = abs(first.value - second.value)
    return distance == 0 or distance <= CONFIDENT * difference_error(first, second)


def _scaled(values: FloatArray) -> tuple[FloatArray, float]:
    """Return the finite values, divided by a power of two so that none exceeds 2, and that."""
    finite = np.asarray(values, float)
    finite = finite[np.isfinite(finite)]
    largest = float(np.abs(finite).max(initial=0.0))
    scale = 2.0 ** (math.frexp(largest)[1] - 1)
    return finite / scale, scale


def _block_error(late: FloatArray, size: int) -> float:
    """Return the standard deviation of means of blocks around their straight trend."""
    blocks = len(late) // size
    if blocks < _MIN_BLOCKS:
        return math.nan
    means = late[len(late) - blocks * size :].reshape(blocks, size).mean(axis=1)
    times = np.arange(blocks) - (blocks - 1) / 2
    slope = (times * means).sum() / (times**2).sum()
    residuals = means - means.mean() - slope * times
    return math.sqrt(float((residuals**2).sum()) / (blocks - 2))
