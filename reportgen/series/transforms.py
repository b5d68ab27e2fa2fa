"""Smooth and decimate series."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from reportgen.arrays import FloatArray, IntArray
from reportgen.series.smoothing import Smoothing

_BLOCK = 32  # values


def smooth(values: FloatArray, steps: IntArray, method: Smoothing) -> FloatArray:
    """Smooth a series by one of the methods that look back; others leave it unchanged.

    Values that are not finite stay as they are.

    Args:
        values: (n,).
        steps: (n,), for `ema`.
        method: `tb:W` is TensorBoard's: last = last*W + (1-W)*x, divided
            by 1 - W^n; a constant series stays unchanged. `ema:S` is the mean of all points so
            far, where a point d steps back has the weight exp(-d/S). `window:N` is the mean of
            the last N points.
    """
    finite = np.isfinite(values)
    if finite.all():
        return _smooth(values, steps, method)
    result = values.copy()
    result[finite] = _smooth(values[finite], steps[finite], method)
    return result


def _smooth(values: FloatArray, steps: IntArray, method: Smoothing) -> FloatArray:
    """Smooth finite values."""
    name, parameter = method.method, method.parameter
    if name in ("off", "auto") or not len(values) or (values == values[0]).all():
        return values
    if name == "window":
        return trailing_mean(values, int(parameter))
    if name == "tb":
        return _evenly_weighted(values, parameter)
    weights = np.exp(-np.maximum(np.diff(steps, prepend=steps[0]), 0) / parameter)
    if len(values) > 1 and weights[1] < 1 and (weights[1:] == weights[1]).all():
        return _evenly_weighted(values, float(weights[1]))
    sums = recurrence(weights, np.stack([values, np.ones(len(values))]))
    mean: FloatArray = sums[0] / sums[1]
    return mean


def _evenly_weighted(values: FloatArray, weight: float) -> FloatArray:
    """Return TensorBoard's recurrence, divided by 1 - weight^n for the n-th value."""
    result = even_recurrence((1 - weight) * values, weight)
    with np.errstate(divide="ignore"):
        decay = np.log(weight)
    early = min(len(values), int(40 / -decay) + 1)  # later, weight^n is negligible
    result[:early] /= -np.expm1(np.arange(1, early + 1) * decay)
    return result


def even_recurrence(inputs: FloatArray, weight: float) -> FloatArray:
    """Return y[i] = y[i-1]*weight + inputs[i] with y[-1] = 0, for inputs (n,).

    The series is cut into blocks. Within a block that starts at 0, the recurrence is a product
    with a triangular matrix of powers. The ends of the blocks follow the same recurrence with
    weight^32, and the value carried into a block decays within it.
    """
    size = len(inputs)
    powers, within = _powers(weight)
    blocks = np.zeros((-(-size // _BLOCK), _BLOCK))
    blocks.ravel()[:size] = inputs
    result: FloatArray = blocks @ within.T
    if len(blocks) > 1:
        carried = even_recurrence(result[:-1, -1].copy(), float(powers[-1]))
        result[1:] += carried[:, None] * powers[1:]
    return result.ravel()[:size]


@lru_cache(maxsize=16)  # the series of a report have the same weight
def _powers(weight: float) -> tuple[FloatArray, FloatArray]:
    """Return the powers 0 to 32 of the weight, and what each input adds to each output."""
    powers = weight ** np.arange(_BLOCK + 1.0)
    lag = np.subtract.outer(np.arange(_BLOCK), np.arange(_BLOCK))
    return powers, np.where(lag >= 0, powers[np.maximum(lag, 0)], 0)


def recurrence(weights: FloatArray, inputs: FloatArray) -> FloatArray:
    """Return y[i] = y[i-1]*weights[i] + inputs[i] along the last axis, with y[-1] = 0.

    The series is cut into about sqrt(n) blocks, which are computed at the same time as if each
    started at 0; the value that is carried from block to block is added afterwards.

    Args:
        weights: (n,).
        inputs: (m, n).

    Returns:
        (m, n).
    """
    rows, size = inputs.shape
    length = max(1, math.isqrt(size))
    blocks = -(-size // length)
    spare = blocks * length - size
    # (length, blocks) and (length, m, blocks): a step of all blocks is contiguous in memory.
    decay = np.pad(weights, (0, spare)).reshape(blocks, length).T.copy()
    local = np.pad(inputs, ((0, 0), (0, spare))).reshape(rows, blocks, length)
    local = local.transpose(2, 0, 1).copy()
    for step in range(1, length):
        local[step] += local[step - 1] * decay[step]
        decay[step] *= decay[step - 1]
    carried = np.zeros((rows, blocks))
    for block in range(1, blocks):
        carried[:, block] = local[-1, :, block - 1] + decay[-1, block - 1] * carried[:, block - 1]
    local += decay[:, None] * carried
    return local.transpose(1, 2, 0).reshape(rows, -1)[:, :size]


def trailing_mean(values: FloatArray, size: int) -> FloatArray:
    """Return at each value the mean of the last `size` values, or of all so far if fewer.

    In blocks of `size`, a window is the end of one block and the start of the next. Sums of these
    lose no digits, unlike the difference of two running totals.
    """
    size = min(size, len(values))
    blocks = -(-len(values) // size) + 1
    padded = np.zeros((blocks, size))
    padded.ravel()[size : size + len(values)] = values
    starts = padded.cumsum(axis=1).ravel()[size : size + len(values)]
    ends = padded[:, ::-1].cumsum(axis=1)[:, ::-1].copy()
    ends[:, 0] = 0  # such a window is a whole block and needs no other
    total = starts + ends.ravel()[1 : len(values) + 1]
    mean: FloatArray = total / np.minimum(np.arange(1, len(values) + 1), size)
    return mean


def decimate(values: FloatArray, max_points: int) -> IntArray:
    """Return indices of the first and the last point and of the extremes of every bucket.

    The size of a bucket is the smallest power of two that gives at most `max_points // 2` buckets;
    of each bucket the first minimum and the first maximum are kept.

    Args:
        values: (n,); NaN is never an extreme.
        max_points: about how many points are kept; all if there are no more than that.

    Returns:
        Indices in ascending order, int64.
    """
    count = len(values)
    if count <= max_points:
        return np.arange(count)
    size = _bucket_size(count, max_points)
    starts = np.arange(0, count, size)
    spare = len(starts) * size - count
    missing = np.pad(np.isnan(values), (0, spare), constant_values=True)
    padded = np.pad(values, (0, spare))
    low = np.where(missing, np.inf, padded).reshape(-1, size).argmin(axis=1)
    high = np.where(missing, -np.inf, padded).reshape(-1, size).argmax(axis=1)
    selected: IntArray = np.unique(np.concatenate([starts + low, starts + high, [0, count - 1]]))
    return selected


def decimate_further(values: FloatArray, index: IntArray, count: int, max_points: int) -> IntArray:
    """Decimate a series of which only the points of a finer decimation are at hand.

    Args:
        values: (m,) finite, all that `decimate` keeps with a larger `max_points` among them.
        index: their places in the whole series, ascending, (m,).
        count: the length of the whole series.
        max_points: as for `decimate`.

    Returns:
        Places in `values` of what `decimate` keeps of the whole series, ascending, int64.
    """
    if count <= max_points:
        return np.arange(len(values))
    buckets = index // _bucket_size(count, max_points)
    firsts = np.flatnonzero(np.diff(buckets, prepend=-1))
    low, high = (np.lexsort((sign * values, buckets))[firsts] for sign in (1, -1))
    selected: IntArray = np.unique(np.concatenate([low, high, [0, len(values) - 1]]))
    return selected


def _bucket_size(count: int, max_points: int) -> int:
    """Return the size of a bucket, a power of two."""
    return 1 << max(0, -(-count // max(1, max_points // 2)) - 1).bit_length()
