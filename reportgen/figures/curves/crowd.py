"""Crowd: where many lines of one metric lie together: their median and middle 80 per cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reportgen.arrays import FloatArray
from reportgen.figures.curves.series import Series

_MAX_PLACES = 200
_MIN_LINES = 5  # at a place; of fewer, no range is shown
_LAST = 0.4  # of the x axis that is enlarged where the ends bunch
_MIN_PLACES = 6  # in what is enlarged
_BUNCHED = 0.5  # the ends take at most so much of the whole height


@dataclass(frozen=True, slots=True)
class Crowd:
    """Quantiles of lines at places x.

    Attributes:
        x: (n,) places.
        low, middle, high: (n,) quantiles of 10, 50 and 90 per cent; NaN where few lines are.
    """

    x: FloatArray
    low: FloatArray
    middle: FloatArray
    high: FloatArray


def crowd(lines: Sequence[Series]) -> Crowd:
    """Return the quantiles of the lines; each counts from its first to its last point."""
    x = np.unique(np.concatenate([np.empty(0), *(line.x for line in lines)]))
    if len(x) > _MAX_PLACES:
        x = np.linspace(x[0], x[-1], _MAX_PLACES)
    values = np.full((len(lines), len(x)), np.nan)
    for row, line in enumerate(lines):
        if len(line.x):
            values[row] = np.interp(x, line.x, line.raw, left=np.nan, right=np.nan)
    quantiles = np.full((3, len(x)), np.nan)
    enough = np.isfinite(values).sum(axis=0) >= _MIN_LINES
    if enough.any():
        quantiles[:, enough] = np.nanquantile(values[:, enough], [0.1, 0.5, 0.9], axis=0)
    return Crowd(x, *quantiles)


def bunched_ends(lines: Sequence[Series]) -> tuple[float, float, float, float] | None:
    """Return x and y limits of the last 40 % of the lines, where these take half of the height.

    None where the ends are not bunched. The lowest and highest 10 % of the values set no limit.
    """
    drawn = [line for line in lines if len(line.x)]
    if not drawn:
        return None
    first, last = min(line.x[0] for line in drawn), max(line.x[-1] for line in drawn)
    start = last - _LAST * (last - first)
    values = np.concatenate([line.raw for line in drawn])
    late = np.concatenate([line.raw[line.x >= start] for line in drawn])
    places = np.unique(np.concatenate([line.x[line.x >= start] for line in drawn]))
    if not first < start < last or len(places) < _MIN_PLACES:
        return None
    low, high = np.quantile(late, [0.1, 0.9])
    room = 0.25 * (high - low)
    low, high = max(low - room, late.min()), min(high + room, late.max())
    whole = values.max() - values.min()
    if not np.isfinite(whole) or not 0 < high - low <= _BUNCHED * whole:
        return None
    return float(start), float(last), float(low), float(high)
