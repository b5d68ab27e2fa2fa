"""Smoothing and decimation of series."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reportgen.series.smoothing import Smoothing

Floats = NDArray[np.float64]
_BLOCK = 32


def smooth(values: Floats, steps: NDArray[np.int64], method: Smoothing) -> Floats:
    """Smooths a series over all its points; non-finite values are passed through unchanged.

    Args:
        values: (n,).
        steps: (n,), for `ema`.
        method: `tb:W` is TensorBoard's: last = last*W + (1-W)*x, divided
            by 1 - W^n, a constant series left alone. `ema:S` is the mean of all points so far, one
            that is d steps back with a weight of exp(-d/S). `window:N` is the mean of the last N
            points.
    """
    finite = np.isfinite(values)
    if finite.all():
        return _smooth(values, steps, method)
    result = values.copy()
    result[finite] = _smooth(values[finite], steps[finite], method)
    return result


def _smooth(values: Floats, steps: NDArray[np.int64], method: Smoothing) -> Floats:
    """The same for finite values."""
    name, parameter = method.method, method.parameter
    if name == "off" or not len(values) or (values == values[0]).all():
        return values
    if name == "window":
        return trailing_mean(values, int(parameter))
    if name == "tb":
        return _evenly_weighted(values, parameter)
    weights = np.exp(-np.maximum(np.diff(steps, prepend=steps[0]), 0) / parameter)
    if len(values) > 1 and weights[1] < 1 and (weights[1:] == weights[1]).all():
        return _evenly_weighted(values, float(weights[1]))
    sums = recurrence(weights, np.stack([values, np.ones(len(values))]))
    mean: Floats = sums[0] / sums[1]
    return mean


def _evenly_weighted(values: Floats, weight: float) -> Floats:
    """TensorBoard's recurrence, divided by 1 - weight^n for the n-th value."""
    result = even_recurrence((1 - weight) * values, weight)
    with np.errstate(divide="ignore"):
        decay = np.log(weight)
    early = min(len(values), int(40 / -decay) + 1)  # beyond, weight^n is less than a rounding error
    result[:early] /= -np.expm1(np.arange(1, early + 1) * decay)
    return result


def even_recurrence(inputs: Floats, weight: float) -> Floats:
    """The recurrence y[i] = y[i-1]*weight + inputs[i] from y[-1] = 0, for inputs (n,).

    The series is cut into blocks. Within each, started at 0, it is one product with a triangular
    matrix of powers; the ends of the blocks follow the same recurrence with weight^32, and what is
    carried into a block decays within it.
    """
    size = len(inputs)
    powers, within = _powers(weight)
    blocks = np.zeros((-(-size // _BLOCK), _BLOCK))
    blocks.ravel()[:size] = inputs
    result: Floats = blocks @ within.T
    if len(blocks) > 1:
        carried = even_recurrence(result[:-1, -1].copy(), float(powers[-1]))
        result[1:] += carried[:, None] * powers[1:]
    return result.ravel()[:size]


@lru_cache(maxsize=16)  # the series of a report share their weights
def _powers(weight: float) -> tuple[Floats, Floats]:
    """The weight to the power of 0 to 32, and what each input of a block adds to each output."""
    powers = weight ** np.arange(_BLOCK + 1.0)
    lag = np.subtract.outer(np.arange(_BLOCK), np.arange(_BLOCK))
    return powers, np.where(lag >= 0, powers[np.maximum(lag, 0)], 0)


def recurrence(weights: Floats, inputs: Floats) -> Floats:
    """The recurrence y[i] = y[i-1]*weights[i] + inputs[i] along the last axis, from y[-1] = 0.

    The series is cut into about sqrt(n) blocks, which all take their steps at once as if each
    started at 0; what is carried from block to block is added afterwards.

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
    # (length, blocks) and (length, m, blocks), so that one step of all blocks lies together.
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


def trailing_mean(values: Floats, size: int) -> Floats:
    """The mean of the last `size` values at each; of all so far where they are fewer.

    In blocks of `size`, a window is the end of one block and the start of the next: sums of these
    lose no digits, as the difference of two sums over everything before would.
    """
    size = min(size, len(values))
    blocks = -(-len(values) // size) + 1
    padded = np.zeros((blocks, size))
    padded.ravel()[size : size + len(values)] = values
    starts = padded.cumsum(axis=1).ravel()[size : size + len(values)]
    ends = padded[:, ::-1].cumsum(axis=1)[:, ::-1].copy()
    ends[:, 0] = 0  # a window that fills a block has no part in the one before
    total = starts + ends.ravel()[1 : len(values) + 1]
    mean: Floats = total / np.minimum(np.arange(1, len(values) + 1), size)
    return mean


def decimate(values: Floats, most: int) -> NDArray[np.int64]:
    """Indices of about `most` points that keep the first, the last and every bucket's extremes.

    Buckets have the smallest power of two as size that leaves at most `most // 2` of them; of each
    the first minimum and the first maximum stay.

    Args:
        values: (n,), NaN nowhere an extreme.
        most: how many points may stay; all do where there are no more.

    Returns:
        Indices in ascending order, int64.
    """
    count = len(values)
    if count <= most:
        return np.arange(count)
    size = _bucket(count, most)
    starts = np.arange(0, count, size)
    spare = len(starts) * size - count
    unknown = np.pad(np.isnan(values), (0, spare), constant_values=True)
    padded = np.pad(values, (0, spare))
    low = np.where(unknown, np.inf, padded).reshape(-1, size).argmin(axis=1)
    high = np.where(unknown, -np.inf, padded).reshape(-1, size).argmax(axis=1)
    kept: NDArray[np.int64] = np.unique(
        np.concatenate([starts + low, starts + high, [0, count - 1]])
    )
    return kept


def decimate_further(
    values: Floats, index: NDArray[np.int64], count: int, most: int
) -> NDArray[np.int64]:
    """What `decimate` keeps of a whole series, found among the points kept with a larger `most`.

    Args:
        values: (m,) finite, among them all that the larger `most` keeps.
        index: their places in the whole series, ascending, (m,).
        count: the length of the whole series.
        most: as for `decimate`.

    Returns:
        Places in `values`, ascending, int64.
    """
    if count <= most:
        return np.arange(len(values))
    buckets = index // _bucket(count, most)
    firsts = np.flatnonzero(np.diff(buckets, prepend=-1))
    low, high = (np.lexsort((sign * values, buckets))[firsts] for sign in (1, -1))
    kept: NDArray[np.int64] = np.unique(np.concatenate([low, high, [0, len(values) - 1]]))
    return kept


def _bucket(count: int, most: int) -> int:
    """The size of a bucket: a power of two."""
    return 1 << max(0, -(-count // max(1, most // 2)) - 1).bit_length()
