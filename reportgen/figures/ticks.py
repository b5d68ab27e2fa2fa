"""Ticks: numbers on axes, as few digits as tell the ticks apart."""

from __future__ import annotations

import math
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.ticker import Formatter, LogLocator, MaxNLocator, NullFormatter

from reportgen import wording

# From which number on, in which unit, and its letter; beyond, numbers carry an exponent.
_UNITS = ((1e12, 1.0, ""), (1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e4, 1e3, "k"))


class PlainFormatter(Formatter):
    """Numbers without a common offset or factor: what stands at a tick is its value.

    Args:
        units: whether large numbers are written in thousands, millions, ...; not where small ones
            stand beside them.
    """

    def __init__(self, *, units: bool = True) -> None:
        self._units = _UNITS if units else ()

    def set_locs(self, locs: list[float]) -> None:
        """Chooses the digits by the distance of the ticks."""
        self._largest = largest = max((abs(loc) for loc in locs), default=0.0)
        gap = min((b - a for a, b in pairwise(locs) if b > a), default=largest)
        ratio = largest / gap if gap > 0 else 1.0
        self._digits = min(12, max(1, math.ceil(math.log10(max(1.0, ratio)) - 1e-9)) + 1)

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002
        """The text of one tick; what rounding has left of zero is zero."""
        if abs(x) < self._largest * 1e-9:
            return "0"
        unit, letter = next(
            ((unit, letter) for limit, unit, letter in self._units if self._largest >= limit),
            (1, ""),
        )
        return wording.number(x / unit, self._digits) + letter


def plain(axis: Axis, most: int) -> None:
    """At most `most` intervals between round numbers."""
    axis.set_major_locator(MaxNLocator(most, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(PlainFormatter())


def logarithmic(axes: Axes) -> None:
    """A logarithmic y axis with plain numbers at the powers of ten."""
    axes.set_yscale("log")
    axes.yaxis.set_major_locator(LogLocator(numticks=6))
    axes.yaxis.set_major_formatter(PlainFormatter(units=False))
    axes.yaxis.set_minor_formatter(NullFormatter())
