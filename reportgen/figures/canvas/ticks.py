"""Ticks: numbers on axes, with as few digits as distinguish the ticks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter
from matplotlib.ticker import (
    FixedLocator,
    Formatter,
    Locator,
    MaxNLocator,
    NullFormatter,
    NullLocator,
)

from reportgen import wording
from reportgen.analysis import x_axis

# Lower limit, size and letter of each unit; larger numbers have an exponent.
_UNITS = ((1e12, 1.0, ""), (1e9, 1e9, "G"), (1e6, 1e6, "M"), (1e4, 1e3, "k"))


_LONG = 1e7  # from here on, a last step is not written out
_MINUTE = 1 / 1440  # days


class PlainFormatter(Formatter):
    """Format numbers without a common offset or factor, so that a label is the tick's value.

    Args:
        units: whether to write large numbers in thousands, millions, ..., and numbers close to 0
            as 0; not on logarithmic axes, where each power of ten has a label.
    """

    def __init__(self, *, units: bool = True) -> None:
        self._units = _UNITS if units else ()

    def set_locs(self, locs: list[float]) -> None:
        """Choose the digits by the distance of the ticks."""
        self._largest = largest = max((abs(loc) for loc in locs), default=0.0)
        gap = min((b - a for a, b in pairwise(locs) if b > a), default=largest)
        self._digits = _digits(largest, gap)
        self._rounding = gap * 1e-9 if self._units else 0.0

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002
        """Return the label of one tick; a rounding error of zero is written as 0."""
        if abs(x) < self._rounding:
            return "0"
        unit, letter = next(
            ((unit, letter) for limit, unit, letter in self._units if self._largest >= limit),
            (1, ""),
        )
        return _grouped(wording.number(x / unit, self._digits)) + letter


class NameFormatter(PlainFormatter):
    """Format whole numbers from 0 on as names."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = names

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002
        """Return the name at one tick."""
        return self._names[round(x)]


class EndFormatter(PlainFormatter):
    """Format numbers as `PlainFormatter`, and the last one with all of its digits."""

    def __init__(self, last: float) -> None:
        super().__init__()
        self._last = last

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the label of one tick."""
        if x != self._last:
            return super().__call__(x, pos)
        whole = x == int(x) and abs(x) < _LONG
        return f"{int(x):,}".replace("-", "\N{MINUS SIGN}") if whole else wording.number(x)


def _grouped(text: str) -> str:
    """Return a whole number with thousands separated, as in captions; other texts unchanged."""
    whole = text.removeprefix("\N{MINUS SIGN}")
    return text.replace(whole, f"{int(whole):,}") if whole.isdecimal() else text


def _digits(largest: float, gap: float) -> int:
    """Return the significant digits that distinguish the ticks: 2, or 3 for 1.25."""
    if not (largest > 0 and gap > 0):
        return 2
    place = math.floor(math.log10(gap) + 1e-9)
    mantissa = gap / 10.0**place if place > -300 else 1.0
    place -= abs(mantissa - round(mantissa)) > 1e-6
    return min(12, max(2, math.floor(math.log10(largest) + 1e-9) - place + 1))


class PowerLocator(Locator):
    """Place ticks at powers of ten, or at 1, 2 and 5 times these where there are few.

    Of many powers, only some have a tick. Matplotlib's locator overflows near the largest float.
    """

    def __init__(self, ticks: int) -> None:
        self._ticks = ticks

    def __call__(self) -> Sequence[float]:
        """Return the ticks in view."""
        low, high = sorted(self.axis.get_view_interval())  # type: ignore[union-attr]
        return self.tick_values(low, high)

    def tick_values(self, vmin: float, vmax: float) -> Sequence[float]:
        """Return the ticks between two positive values."""
        low, high = max(-307, math.ceil(math.log10(vmin))), min(308, math.floor(math.log10(vmax)))
        if high - low >= 1:
            stride = math.ceil((high - low + 1) / self._ticks)
            return [10.0**power for power in range(low, high + 1) if power % stride == 0]
        near = [times * 10.0**power for power in range(low - 1, high + 1) for times in (1, 2, 5)]
        return [tick for tick in near if vmin <= tick <= vmax] or [vmin, vmax]


def ending_at(axis: Axis, first: float, last: float, pixels: float) -> None:
    """Place ticks at round numbers from `first` on, and the last at `last` itself.

    Args:
        axis: horizontal, linear.
        first: where the axis begins.
        last: where it ends.
        pixels: how long it is.
    """
    rough = max(1, min(8, int(pixels // 75)))
    locator = MaxNLocator(rough, steps=[1, 2, 2.5, 5, 10])
    ticks = [float(tick) for tick in locator.tick_values(first, last)]
    formatter = EndFormatter(last)
    axis.set_major_formatter(formatter)
    formatter.set_locs([last])
    room = (last - first) * (6.3 * len(formatter(last)) + 20) / pixels
    early = [tick for tick in ticks if first <= tick < last - room]
    axis.set_major_locator(FixedLocator([*early, last]))


def plain(axis: Axis, intervals: int) -> None:
    """Place at most `intervals` intervals between round numbers on an axis."""
    axis.set_major_locator(MaxNLocator(intervals, steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(PlainFormatter())


def logarithmic(axes: Axes) -> None:
    """Make the y axis logarithmic, with plain numbers at the powers of ten."""
    axes.set_yscale("log")
    powers(axes.yaxis, 6)


def powers(axis: Axis, ticks: int) -> None:
    """Place at most `ticks` ticks at powers of ten, with plain numbers."""
    axis.set_major_locator(PowerLocator(ticks))
    axis.set_major_formatter(PlainFormatter(units=False))
    axis.set_minor_locator(NullLocator())


def along_x(axes: Axes, axis: x_axis.Axis, first: float, last: float) -> None:
    """Set up the x axis: dates for wall time, a logarithmic scale from 1 on where asked for."""
    if axis.kind == "wall":
        if 0 <= last - first < _MINUTE:
            axes.set_xlim(first - _MINUTE, last + _MINUTE)
        locator = AutoDateLocator(maxticks=7)  # type: ignore[no-untyped-call]
        axes.xaxis.set_major_locator(locator)
        axes.xaxis.set_major_formatter(
            ConciseDateFormatter(locator)  # type: ignore[no-untyped-call]
        )
    elif axis.log:
        axes.set_xscale("symlog", linthresh=1)  # linear below 1, as there is a step 0
        axes.xaxis.set_major_formatter(PlainFormatter())
        axes.xaxis.set_minor_formatter(NullFormatter())
