"""Automatic smoothing: whether a series needs it, and a centred mean that keeps its ends.

Everything follows from points that a sketch of the series has too, so that a large log is smoothed
as a small one is.
"""

from __future__ import annotations

import math

import numpy as np

from reportgen.arrays import FloatArray, IntArray

MIN_POINTS = 50  # of fewer, all are read one by one
_SHARE = 20  # the mean is over a twentieth of the points
_MIN_WINDOW = 5
_MIN_NOISE = 0.005  # of the range of the values: less is not visible on paper
_LARGEST = 1e300  # range of values that can be added up
_MAD_TO_SD = 1.4826  # standard deviation over MAD of a normal distribution


def window_of(sample: FloatArray, points: int) -> int:
    """Return over how many points a series is smoothed; 0 where it is not noisy enough.

    Noisy is a series whose noise is larger than its trend from point to point. The noise is
    estimated from pseudo-residuals (Gasser, Sroka and Jennen-Steinmetz, Biometrika 73, 1986), the
    trend from the differences of the smoothed sample.

    Args:
        sample: (k,) finite values at even distances.
        points: how many finite values the series has.
    """
    if points < MIN_POINTS or len(sample) < MIN_POINTS:
        return 0
    low, high = np.quantile(sample, (0.01, 0.99))
    if not 0 < high / 2 - low / 2 < _LARGEST:
        return 0
    values = (sample - low) / (high - low)
    residuals = (values[:-2] - 2 * values[1:-1] + values[2:]) / math.sqrt(6)
    noise = _MAD_TO_SD * float(np.median(np.abs(residuals)))
    if noise <= _MIN_NOISE:
        return 0
    ones = np.ones(len(values), np.int64)
    smooth = centred_means(ones, values, _odd(len(values)))
    trend = float(np.median(np.abs(np.diff(smooth))))
    return _odd(points) if noise > trend else 0


def centred_means(counts: IntArray, means: FloatArray, window: int) -> FloatArray:
    """Return the mean of the values around each selected one.

    Near an end of the series the window is as long on one side as on the other, so that the first
    and the last value stay. Sums between selected values are interpolated.

    Args:
        counts: (m,) values up to each selected one, from the one before; all of the series' first.
        means: (m,) of these.
        window: odd, how many values are averaged.
    """
    ends = np.concatenate([[0], counts.cumsum()])
    middle = float(means.mean()) if len(means) else 0.0  # so that sums lose no digits
    with np.errstate(over="ignore", invalid="ignore"):
        sums = np.concatenate([[0.0], (counts * (means - middle)).cumsum()])
    places = ends[1:] - 1
    half = np.minimum(np.minimum(places, ends[-1] - 1 - places), window // 2)
    above, below = (np.interp(at, ends, sums) for at in (places + half + 1, places - half))
    result: FloatArray = (above - below) / (2 * half + 1) + middle
    return result


def _odd(points: int) -> int:
    return max(_MIN_WINDOW, points // _SHARE // 2 * 2 + 1)
