"""Symlog: an axis for values that span decades on both sides of 0."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.scale import SymmetricalLogTransform
from matplotlib.ticker import FixedLocator, NullLocator

from reportgen import wording
from reportgen.arrays import FloatArray
from reportgen.figures.canvas.ticks import PlainFormatter
from reportgen.figures.distributions.bins import Bins

_NEAREST = 0.14  # share of the axis' length between two ticks
_DECADES = 100.0  # farther end over median distance from 0, from which on an axis is symlog
_MOST = 1e200  # farther end over the linear part; beyond 1e308, matplotlib's inverse overflows


def linear(bins: Sequence[Bins], limits: tuple[float, float]) -> float:
    """Return the distance from 0 within which the axis is linear; 0 if all of it is.

    Args:
        bins: the histograms.
        limits: of the axis.
    """
    counted = [histogram for histogram in bins if len(histogram.count)]
    if not counted:
        return 0.0
    size = np.concatenate(
        [np.abs(histogram.left / 2 + histogram.right / 2) for histogram in counted]
    )
    weight = np.concatenate([histogram.count / histogram.count.sum() for histogram in counted])
    order = np.argsort(size)
    below = np.cumsum(weight[order]) / weight.sum()
    low, middle = size[order][np.searchsorted(below, (0.1, 0.5))]
    farthest = max(abs(limits[0]), abs(limits[1]))
    if middle * _DECADES >= farthest or middle == 0:
        return 0.0
    return max(float(low or middle), farthest / _MOST)


def transform(width: float) -> SymmetricalLogTransform:
    """Return the transform from values to lengths along the axis; all linear for a width of 0."""
    return SymmetricalLogTransform(10, width or np.inf, 1)


def edges(limits: tuple[float, float], width: float, count: int) -> FloatArray:
    """Return the ends (count + 1,) of `count` equally long parts of the axis, as lengths."""
    low, high = transform(width).transform(np.array(limits))
    return np.linspace(low, high, count + 1)


def scale(axes: Axes, which: str, limits: tuple[float, float], width: float) -> None:
    """Make the "x" or "y" axis symlog, with plain numbers at 0 and a few powers of ten.

    Args:
        axes: to change.
        which: "x" or "y".
        limits: of the axis.
        width: see `linear`; 0 leaves the axis unchanged.
    """
    if not width:
        return
    axis, change = {"x": (axes.xaxis, axes.set_xscale), "y": (axes.yaxis, axes.set_yscale)}[which]
    change("symlog", linthresh=width)
    axis.set_major_locator(FixedLocator(_ticks(limits, width)))
    axis.set_major_formatter(PlainFormatter(units=False))
    axis.set_minor_locator(NullLocator())


def _ticks(limits: tuple[float, float], width: float) -> list[float]:
    """Return 0 and powers of ten in view, none so close that their labels would touch."""
    forward = transform(width).transform
    least = _NEAREST * float(np.diff(forward(np.array(limits)))[0])
    ticks = [0.0] if limits[0] <= 0 <= limits[1] else []
    for end in limits:
        last = 0.0 if ticks else np.inf
        top = int(np.floor(np.log10(abs(end)))) if end else -400
        for power in range(top, int(np.floor(np.log10(width))), -1):
            place = float(np.copysign(10.0**power, end))
            length = abs(float(forward(np.array([place]))[0]))
            inside = limits[0] <= place <= limits[1]
            if inside and length >= least and abs(last - length) >= least:
                ticks.append(place)
                last = length
    return sorted(ticks)


def note(width: float) -> str:
    """Return the sentence for a caption; "" where the axis is linear."""
    if not width:
        return ""
    return f"Symmetric logarithmic scale, linear within ±{wording.number(width, 2)}."
