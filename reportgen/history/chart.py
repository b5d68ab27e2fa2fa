"""The chart of a metric over reports: a point each, its levels, and the band of their noise."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen.figures.canvas.style import GREY, HAIRLINE, INK, new_figure, run_styles, styled
from reportgen.figures.canvas.ticks import PlainFormatter
from reportgen.history.series import MetricSeries

_WIDTH, _HEIGHT = 880, 240  # CSS pixels
_MARGIN = 0.08  # of the range of values, above and below
_LABELS = 4  # reports that have a label, beside the first


def draw(series: MetricSeries) -> Figure:
    """Return the chart of a series; reports stand at equal distances, as nights do."""
    with styled():
        figure, axes = new_figure(_WIDTH, _HEIGHT)
        places = range(len(series.values))
        for level in series.levels:
            across = (level.start - 0.5, level.stop - 0.5)
            axes.fill_between(across, level.low, level.high, color=HAIRLINE, linewidth=0, zorder=0)
            axes.plot(across, (level.center, level.center), color=GREY, linewidth=1, zorder=1)
        color = run_styles([""])[""].color
        axes.plot(places, series.values, color=color, linewidth=1.2, marker="o", markersize=3)
        for level in series.levels[1:]:
            axes.axvline(level.start - 0.5, color=INK, linewidth=0.8, linestyle=(0, (3, 3)))
        low = min([*series.values, *(level.low for level in series.levels)])
        high = max([*series.values, *(level.high for level in series.levels)])
        margin = (high - low or abs(high) or 1.0) * _MARGIN
        axes.set_xlim(-0.5, len(series.values) - 0.5)
        axes.set_ylim(low - margin, high + margin)
        axes.yaxis.set_major_formatter(PlainFormatter())
        _label_reports(axes, series)
    return figure


def _label_reports(axes: Axes, series: MetricSeries) -> None:
    """Label some reports with their day, or their place where a date is not known."""
    last = len(series.entries) - 1
    places = sorted({round(last * part / _LABELS) for part in range(_LABELS + 1)})
    axes.set_xticks(places, [_label(series, place) for place in places])


def _label(series: MetricSeries, place: int) -> str:
    date = series.entries[place].date
    return f"{date.day} {date:%b}" if date else f"{place + 1:,}"
