"""What a histogram says of its values: how many are 0, and how large they are."""

from __future__ import annotations

import math

import numpy as np

from reportgen.arrays import FloatArray

# A bin around 0 holds zeros alone where it is this narrow, as a share of the mean size of the
# values: 1,000 evenly spread values would put one into it.
_NARROW = 1e-3
_HALF_OF_ZEROS = 5e-7  # half the width of a bin that holds nothing but zeros


def bins_of(left: FloatArray, right: FloatArray, count: FloatArray) -> tuple[float, float]:
    """Return the share of values that are 0, and the mean absolute value.

    Args:
        left: lower edges of the bins, (k,).
        right: upper edges, (k,).
        count: of values in them, (k,).

    Returns:
        The share, NaN where no bin around 0 is narrow enough to hold zeros alone, and the mean of
        the bins' middles; (NaN, NaN) without values.
    """
    finite = np.isfinite(left) & np.isfinite(right) & (count > 0)
    if not finite.any():
        return math.nan, math.nan
    low, high, counts = left[finite], right[finite], count[finite]
    half_widths = high / 2 - low / 2  # edges may be as large as float64 allows
    total = float(counts.sum())
    around = (low <= 0) & (high >= 0)
    middles = np.where(around, 0.0, np.abs(low / 2 + high / 2))
    size = float((middles * (counts / total)).sum())
    zeros = float(counts[around].sum())
    if not zeros:
        return 0.0, size
    others = total - zeros
    if not others:
        return (1.0 if float(half_widths.max()) < _HALF_OF_ZEROS else math.nan), size
    half_width = float(np.minimum(half_widths, np.maximum(-low, high) / 2)[around].max())
    typical = size * (total / others)
    return (zeros / total if half_width <= _NARROW * typical / 2 else math.nan), size
