"""Limits: the part of an axis where a chart's values are, when few lie far from all others."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from reportgen.figures.canvas.style import GREY

_TAIL = 0.01  # of the values at either end are not asked where the others lie
_FAR = 4.0  # times as long as the others' range: as long as the axis may grow for them
_LARGEST, _LONGEST, _SMALLEST = 1.6e308, 4e306, 2.3e-287
_FEWEST = 20  # values; of fewer, none is an outlier

Floats = NDArray[np.float64]


def robust(values: Floats, drawn: Floats, *, log: bool) -> tuple[float, float] | None:
    """The limits that leave out what lies far from all else; None where nothing does.

    The range of the middle 98 % is widened by its own length on either side; what is still outside
    is left out if with it the axis would be more than four times as long as that range.

    Args:
        values: (n,) finite, of which few may stand for many: the lengths are theirs.
        drawn: (m,) finite, the extremes of all values among them.
        log: whether lengths are measured on a logarithmic axis; values are positive then.
    """
    if len(values) < _FEWEST:
        return None
    # A quarter: no range of it overflows.
    values, drawn = (np.log10(part) if log else part / 4 for part in (values, drawn))
    lowest, highest = drawn.min(), drawn.max()
    low, high = np.quantile(values, (_TAIL, 1 - _TAIL))
    length = high - low
    if length <= 0 or highest - lowest <= _FAR * length:
        return None
    ends = max(lowest, low - length), min(highest, high + length)
    return (10 ** ends[0], 10 ** ends[1]) if log else (4 * ends[0], 4 * ends[1])


def undrawable(values: Floats) -> str:
    """Why no linear axis can hold the finite values; "" where one can.

    Matplotlib's would reach beyond the largest number, or take all values near 0 for 0.

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
    """The y axis a twentieth longer on either side than `limits`, along its own scale."""
    scale = axes.yaxis.get_transform()
    low, high = scale.transform(np.array(limits))
    margin = 0.05 * (high - low) or 0.5
    ends = np.array([low - margin, high + margin])
    if axes.get_yscale() == "log":
        ends = np.clip(ends, -307, 308)
    axes.set_ylim(*scale.inverted().transform(ends))


def say(axes: Axes, text: str) -> None:
    """Words in the middle, in place of what cannot be drawn."""
    axes.text(0.5, 0.5, text, transform=axes.transAxes, ha="center", color=GREY)


def outside(values: Floats, limits: tuple[float, float]) -> int:
    """How many of the values are left out."""
    slack = 1e-9 * max(abs(limits[0]), abs(limits[1]))
    return int(((values < limits[0] - slack) | (values > limits[1] + slack)).sum())
