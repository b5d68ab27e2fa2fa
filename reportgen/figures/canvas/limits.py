"""Limits: the part of an axis that holds most values, when a few lie far outside."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from reportgen.arrays import FloatArray
from reportgen.figures.canvas.style import GREY

# Share of the values that may be outside at either end, and how many times longer the axis would
# have to be to hold them too.
_CUTS = ((0.005, 1.5), (0.01, 1.6), (0.02, 1.8), (0.05, 5), (0.1, 12), (0.2, 100))
_MIN_LINES = 3  # of which one can have failed
_FAR = 2.0  # ranges of the others
_ROOM = 0.08  # of the axis, that is added where it was cut
_LARGEST, _LONGEST, _SMALLEST = 1.6e308, 4e306, 2.3e-287
_MIN_VALUES = 20  # of fewer values, none is an outlier


def robust(
    samples: Sequence[FloatArray], drawn: FloatArray, *, log: bool
) -> tuple[float, float] | None:
    """Return limits that a few points or one diverging run do not set; None where they are not.

    A small share of the values is left outside where the axis gets much longer scale by that: the
    larger the share, the more it has to gain (`_CUTS`).

    Args:
        samples: finite values of each line, which all have the same weight.
        drawn: (m,) finite, the extremes of all values among them.
        log: whether lengths are measured on a logarithmic axis; values are positive then.
    """
    samples = [values for values in samples if len(values)]
    if sum(map(len, samples)) < _MIN_VALUES:
        return None
    # A quarter, so that no range overflows.
    values, drawn = (
        np.log10(numbers) if log else numbers / 4 for numbers in (np.concatenate(samples), drawn)
    )
    weights = np.concatenate([np.full(len(sample), 1 / len(sample)) for sample in samples]) / len(
        samples
    )
    order = np.argsort(values, kind="stable")
    below = weights[order].cumsum()
    lowest, highest = drawn.min(), drawn.max()
    low, high = lowest, highest
    for share, gain in _CUTS:
        bottom, top = (
            values[order][min(int(np.searchsorted(below, at)), len(values) - 1)]
            for at in (share, 1 - share)
        )
        for _ in range(2):
            if 0 < gain * (top - low) <= high - low:
                high = top
            if 0 < gain * (high - bottom) <= high - low:
                low = bottom
    if (low, high) == (lowest, highest):
        return None
    room = _ROOM * (high - low)
    ends = max(lowest, low - room), min(highest, high + room)
    return (10 ** ends[0], 10 ** ends[1]) if log else (4 * ends[0], 4 * ends[1])


def failed(samples: Sequence[FloatArray], direction: str) -> list[int]:
    """Return which lines end so far on the worse side of the others that these would be flat.

    A line has failed if the median of its second half is farther from the others than twice their
    own range. At most a third of the lines can have.

    Args:
        samples: finite values of each line in order.
        direction: "down", "up" or "" (nothing has failed then).
    """
    usable = [index for index, values in enumerate(samples) if len(values)]
    if len(usable) < _MIN_LINES or not direction:
        return []
    sign = -1 if direction == "up" else 1
    ends = {index: sign * samples[index][len(samples[index]) // 2 :] for index in usable}
    order = sorted(usable, key=lambda index: -float(np.median(ends[index])))
    worst: list[int] = []
    for index in order[: len(usable) // _MIN_LINES]:
        rest = np.concatenate([ends[other] for other in order if other not in (*worst, index)])
        low, high = np.quantile(rest / 4, (0.02, 0.98))
        if np.median(ends[index]) / 4 - high <= _FAR * (high - low):
            break
        worst.append(index)
    return worst


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
