"""Small multiple: a chart of curves without labels, of a size that four stand in a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator

from reportgen import wording
from reportgen.figures.canvas.limits import say
from reportgen.figures.canvas.pen import POINTS, Pen
from reportgen.figures.canvas.placing import text_width
from reportgen.figures.canvas.style import new_figure
from reportgen.figures.canvas.ticks import EndFormatter, PlainFormatter, along_x, logarithmic
from reportgen.figures.curves.lines import LIGHT, SMALL, draw_line
from reportgen.figures.curves.off_axis import draw_arrows, draw_bars, excursions
from reportgen.figures.curves.series import Weight

if TYPE_CHECKING:
    from reportgen.figures.curves.curve_chart import CurveChart

_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 12.0, 6.0, 20.0  # margins in pixels
_SIZE = 10.0  # of texts in pixels
_MIN_RANGE = 0.1  # of the mean
_PERCENT = ("util", "percent", "pct", "utilization")
_SMALLEST, _LARGEST = 1e-300, 1e307  # ends of a logarithmic axis
_MAX_SHARE = 2.0  # values up to here are shares of 1, not per cent
_NEAR_ZERO = 0.2  # of the highest value: lower ones begin their axis at 0
_CLOSE = 0.02  # of the largest: last values that differ less are one number


def small_multiple(chart: CurveChart) -> Figure:
    """Return a new figure with two labels on either axis."""
    width, height = chart.pixels
    figure, axes = new_figure(width, height)
    reason = chart.undrawable()
    first, last = chart.ends("x")
    along_x(axes, chart.axis, first, last)
    axes.grid(visible=False)
    if chart.log_y:
        logarithmic(axes)
    low, high = (0.0, 1.0) if reason else value_range(chart)
    axes.set_ylim(low, high)
    if reason:
        say(axes, reason)
    else:
        many = len(chart.series) > 12
        for index, line in enumerate(chart.series, start=1):
            thin = many or line.weight is Weight.LIGHT
            draw_line(axes, line, index, raw=not many, width=LIGHT if thin else SMALL)
    ticks = [low, high]
    axes.yaxis.set_major_locator(FixedLocator(ticks))
    formatter = PlainFormatter(units=not chart.log_y)
    formatter.set_locs(ticks)
    axes.yaxis.set_major_formatter(formatter)
    labels = [formatter(tick) for tick in ticks]
    left = max(_LEFT, 8 + max(text_width(label, _SIZE) for label in labels))
    across, up = width - left - _RIGHT, height - _TOP - _BOTTOM
    axes.set_position((left / width, _BOTTOM / height, across / width, up / height))
    if first < last and np.isfinite(last - first) and chart.axis.kind != "wall":
        axes.set_xlim(first, last)
        axes.xaxis.set_major_locator(FixedLocator([first, last]))
        axes.xaxis.set_major_formatter(EndFormatter(last))
    axes.tick_params(labelsize=_SIZE * POINTS)
    axes.xaxis.set_gid("x")
    axes.yaxis.set_gid("y")
    if not reason:
        _overlay(chart, figure)
    return figure


def value_range(chart: CurveChart) -> tuple[float, float]:
    """Return the ends of the y axis: a range of a tenth of the mean or more; 0 to 100 per cent."""
    low, high = chart.limits or chart.ends("raw")
    if chart.log_y:
        return max(low / 1.2, _SMALLEST), min(high, _LARGEST) * 1.2
    if _is_percent(chart):
        return 0.0, 100.0
    if 0 < low < _NEAR_ZERO * high:
        low = 0.0
    room = _MIN_RANGE * abs(low / 2 + high / 2) - (high - low)
    if room > 0:
        low, high = low - room / 2, high + room / 2
    if low == high:
        low, high = low - 0.5, high + 0.5
    return low, high


def last_text(chart: CurveChart) -> str:
    """Return the last value; of several runs their range where it is not one number."""
    lines = [line for line in chart.series if line.weight is not Weight.LIGHT and len(line.raw)]
    lasts = [float(line.raw[-1]) for line in lines]
    if not lasts:
        return ""
    low, high = min(lasts), max(lasts)
    largest = max(float(np.abs(line.raw).max()) for line in lines)
    if largest > 0 and max(abs(low), abs(high)) <= 0.01 * largest:
        return "→ 0"
    unit = " %" if _is_percent(chart) else ""
    if high - low <= _CLOSE * max(abs(low), abs(high)):
        return _short(float(np.median(lasts))) + unit
    return f"{_short(low)} to {_short(high)}{unit}"


def _is_percent(chart: CurveChart) -> bool:
    """Return whether the values are per cent, by the name and the range."""
    low, high = chart.ends("raw")
    named = any(word in chart.title.lower() for word in _PERCENT)
    return named and low >= 0 and _MAX_SHARE < high <= 100


def _short(value: float) -> str:
    """Return three digits, or thousands in full below 10,000."""
    if 1000 <= abs(value) < 1e4:
        return f"{value:,.0f}".replace("-", "\N{MINUS SIGN}")
    for unit, letter in ((1e9, "G"), (1e6, "M"), (1e4, "k")):
        if abs(value) >= unit and abs(value) < 1e12:
            return wording.number(value / (1e3 if unit == 1e4 else unit), 3) + letter
    return wording.number(value, 3)


def _overlay(chart: CurveChart, figure: Figure) -> None:
    axes = figure.axes[0]
    pen = Pen(figure, axes)
    low, high = axes.get_ylim()
    draw_arrows(pen, chart.series, excursions(chart.series, (low, high)))
    draw_bars(pen, None, chart.series)
