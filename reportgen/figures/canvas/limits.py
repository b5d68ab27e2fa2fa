"""Limits: the part of an axis that holds most values, when a few lie far outside."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes

from reportgen.arrays import FloatArray
from reportgen.figures.canvas.style import GREY

_TAIL = 0.01  # share of the values at either end that are ignored for the range of the others
_MAX_STRETCH = 4.0  # times the range of the others, up to which the axis grows for all values
_LARGEST, _LONGEST, _SMALLEST = 1.6e308, 4e306, 2.3e-287
_MIN_VALUES = 20  # of fewer values, none is an outlier


def robust(values: FloatArray, drawn: FloatArray, *, log: bool) -> tuple[float, float] | None:
    """Return limits that exclude values far outside; None where there are none.

    The range of the middle 98 % is widened by its own length on either side. Values that are still
    outside are excluded if the axis would otherwise be more than four times as long as that range.

    Args:
        values: (n,) finite; a sample of all values is enough, as only its quantiles are used.
        drawn: (m,) finite, the extremes of all values among them.
        log: whether lengths are measured on a logarithmic axis; values are positive then.
    """
    if len(values) < _MIN_VALUES:
        return None
    # A quarter, so that no range overflows.
    values, drawn = (np.log10(numbers) if log else numbers / 4 for numbers in (values, drawn))
    lowest, highest = drawn.min(), drawn.max()
    low, high = np.quantile(values, (_TAIL, 1 - _TAIL))
    length = high - low
    if length <= 0 or highest - lowest <= _MAX_STRETCH * length:
        return None
    ends = max(lowest, low - length), min(highest, high + length)
    return (10 ** ends[0], 10 ** ends[1]) if log else (4 * ends[0], 4 * ends[1])


def undrawable(values: FloatArray) -> str:
    """Return why no linear axis can hold the finite values; "" where one can.

    Matplotlib's axis would overflow, or draw all values as 0.

    Args:
        values: any shape.
    """
    finite = values[np.isfinite(values)]
    if not len(finite):
        return "no finite value"
    low, high = finite.min(), finite.max()
    if max(-low, high) > _LARGEST or high / 4 - low / 4 >= _LONGEST:
        return "values too large for an axis"
    return "values too close to 0 for an axis" if 0 < max(-low, high) < _SMALLEST else ""


def view(axes: Axes, limits: tuple[float, float]) -> None:
    """Set the y limits, with a margin of a twentieth on either side, along the axis's own scale."""
    scale = axes.yaxis.get_transform()
    low, high = scale.transform(np.array(limits))
    margin = 0.05 * (high - low) or 0.5
    ends = np.array([low - margin, high + margin])
    if axes.get_yscale() == "log":
        ends = np.clip(ends, -307, 308)
    axes.set_ylim(*scale.inverted().transform(ends))


def say(axes: Axes, text: str) -> None:
    """Write a text in the middle, where nothing can be drawn."""
    axes.text(0.5, 0.5, text, transform=axes.transAxes, ha="center", color=GREY)


def outside(values: FloatArray, limits: tuple[float, float]) -> int:
    """Return how many of the values lie outside the limits."""
    slack = 1e-9 * max(abs(limits[0]), abs(limits[1]))
    return int(((values < limits[0] - slack) | (values > limits[1] + slack)).sum())
