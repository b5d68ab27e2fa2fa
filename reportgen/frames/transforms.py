"""Smoothing and decimation of series."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from reportgen.errors import UsageError

Floats = NDArray[np.float64]


def parse_smoothing(text: str) -> tuple[str, float]:
    """Reads a smoothing method: its name and parameter.

    Raises:
        UsageError: it is none of off, tb:WEIGHT (0 <= WEIGHT < 1), ema:STEPS, window:POINTS (> 0).
    """
    if text == "off":
        return ("off", 0.0)
    match = re.fullmatch(r"(tb|ema|window):(\d+(?:\.\d+)?)", text)
    if match:
        name, parameter = match[1], float(match[2])
        if (name == "tb" and parameter < 1) or (name != "tb" and parameter >= 1):
            return (name, parameter)
    raise UsageError(
        f"--smooth {text}: not a method; use off, tb:WEIGHT below 1, ema:STEPS or window:POINTS"
    )


def smooth(values: Floats, steps: NDArray[np.int64], method: str) -> Floats:
    """Smooths a series over all its points; non-finite values are passed through unchanged.

    Args:
        values: (n,).
        steps: (n,), for `ema`.
        method: see `parse_smoothing`. `tb:W` is TensorBoard's: last = last*W + (1-W)*x, divided
            by 1 - W^n, a constant series left alone. `ema:S` is the same with a weight of
            exp(-d/S) for a distance of d steps. `window:N` is the mean of the last N points.

    Raises:
        UsageError: the method cannot be read.
    """
    name, parameter = parse_smoothing(method)
    finite = np.isfinite(values)
    kept = values[finite]
    if name == "off" or not len(kept) or (kept == kept[0]).all():
        return values
    result = values.copy()
    if name == "window":
        result[finite] = _trailing_mean(kept, int(parameter))
        return result
    if name == "tb":
        weights = np.full(len(kept), parameter)
    else:
        distance = np.diff(steps[finite], prepend=steps[finite][0])
        weights = np.exp(-np.maximum(distance, 0) / parameter)
    result[finite] = _weighted(kept, weights)
    return result


def _weighted(values: Floats, weights: Floats) -> Floats:
    """The recurrence last = last*w + (1-w)*x, divided by the sum of what was weighed so far."""
    last = mass = 0.0
    result = np.empty_like(values)
    for index, (value, weight) in enumerate(zip(values.tolist(), weights.tolist(), strict=True)):
        last = last * weight + (1 - weight) * value
        mass = mass * weight + (1 - weight)
        result[index] = last / mass if mass else value
    return result


def _trailing_mean(values: Floats, size: int) -> Floats:
    total = np.cumsum(np.concatenate([[0.0], values]))
    end = np.arange(1, len(values) + 1)
    start = np.maximum(end - size, 0)
    mean: Floats = (total[end] - total[start]) / (end - start)
    return mean


def decimate(values: Floats, most: int) -> NDArray[np.int64]:
    """Indices of about `most` points that keep the first, the last and every bucket's extremes.

    Args:
        values: (n,), NaN nowhere an extreme.
        most: how many points may stay; all do where there are no more.

    Returns:
        Indices in ascending order, int64.
    """
    size = len(values)
    if size <= most:
        return np.arange(size)
    edges = np.linspace(0, size, max(1, most // 2) + 1).astype(np.int64)[:-1]
    kept = {0, size - 1}
    low, high = (
        np.where(np.isnan(values), np.inf, values),
        np.where(np.isnan(values), -np.inf, values),
    )
    for start, end in zip(edges, [*edges[1:], size], strict=True):
        kept |= {int(start + low[start:end].argmin()), int(start + high[start:end].argmax())}
    return np.array(sorted(kept))
