"""Curve figure: a chart of curves as a matplotlib figure with its labels and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen.figures.canvas.limits import say, view
from reportgen.figures.canvas.pen import Pen
from reportgen.figures.canvas.placing import Places, text_width
from reportgen.figures.canvas.style import new_figure
from reportgen.figures.canvas.ticks import along_x, ending_at, logarithmic, plain
from reportgen.figures.curves.end_labels import EndLabel, end_labels, margin, write_labels
from reportgen.figures.curves.lines import THIN, draw_line
from reportgen.figures.curves.mark_rings import draw_marks, shade_gaps
from reportgen.figures.curves.off_axis import draw_arrows, draw_bars, excursions, write_ends
from reportgen.figures.curves.series import Weight

if TYPE_CHECKING:
    from reportgen.figures.curves.curve_chart import CurveChart

_MAX_RAW = 12  # lines; beyond, the raw ones would hide the smoothed ones
_MAX_STRONG = 24  # lines; beyond, they are thin
_LEFT, _TOP, _BOTTOM = 38.0, 14.0, 38.0  # margins in pixels
_BEST = 9.0  # pixels across


def curve_figure(chart: CurveChart) -> Figure:
    """Return a new figure without a legend."""
    width, height = chart.pixels
    figure, axes = new_figure(width, height)
    reason = chart.undrawable()
    labels = [] if reason else _labels(chart)
    _frame(chart, axes, margin(labels))
    if reason:
        say(axes, reason)
    else:
        _lines(chart, axes)
    axes.set_xlabel(chart.axis.label)
    _ticks(chart, axes)
    if not reason:
        _overlay(chart, figure, axes, labels)
    return figure


def is_labelled(chart: CurveChart) -> bool:
    """Return whether labels at the ends name all runs, or all lines of one."""
    labels = _labels(chart)
    groups = {line.group for line in chart.series}
    if len(groups) == 1:
        return len(labels) == len(chart.series)
    has_lines = any(line.line for line in chart.series)
    return not has_lines and {chart.series[label.index].group for label in labels} == groups


def _labels(chart: CurveChart) -> list[EndLabel]:
    return end_labels(chart.series, chart.short_names, chart.step_curves().best)


def _frame(chart: CurveChart, axes: Axes, right: float) -> None:
    width, height = chart.pixels
    axes.set_position(
        (
            _LEFT / width,
            _BOTTOM / height,
            (width - _LEFT - right) / width,
            (height - _TOP - _BOTTOM) / height,
        )
    )
    axes.grid(visible=False, axis="x")
    axes.margins(x=0)
    first, last = chart.ends("x")
    along_x(axes, chart.axis, first, last)
    plain(axes.yaxis, 5)
    if chart.log_y:
        logarithmic(axes)


def _lines(chart: CurveChart, axes: Axes) -> None:
    many = len(chart.series) > _MAX_STRONG
    best = chart.best()
    if chart.limits is not None:  # first, as matplotlib's own limits of huge values overflow
        view(axes, chart.limits)
    for index, line in enumerate(chart.series, start=1):
        thin = THIN if many and line is not best else 0.0
        draw_line(axes, line, index, raw=len(chart.series) <= _MAX_RAW, width=thin)
    if chart.limits is None:
        axes.set_ylim(*axes.get_ylim())


def _ticks(chart: CurveChart, axes: Axes) -> None:
    """Set the ticks, the last at the last step, and room for their labels."""
    first, last = chart.ends("x")
    axes.xaxis.set_gid("x")
    axes.yaxis.set_gid("y")
    left, bottom, across, up = axes.get_position().bounds
    width = chart.pixels[0]
    if first <= last:
        low, high = axes.get_ylim()
        locs = np.asarray(axes.get_yticks(), float)
        shown = locs[(locs >= low) & (locs <= high)]
        texts = axes.yaxis.get_major_formatter().format_ticks(shown.tolist())
        room = max((text_width(text) for text in texts), default=0.0) + 10
        if room > _LEFT:
            across -= (room - _LEFT) / width
            left = room / width
            axes.set_position((left, bottom, across, up))
    if not np.isfinite(last - first) or first > last or chart.axis.kind == "wall":
        return
    if first < last:
        axes.set_xlim(first, last)
        if not chart.axis.log:
            ending_at(axes.xaxis, first, last, across * width)
    elif not chart.axis.log:
        room = abs(first) * 0.05 or 0.5
        axes.set_xlim(first - room, first + room)
        ending_at(axes.xaxis, first, first, across * width)


def _overlay(chart: CurveChart, figure: Figure, axes: Axes, labels: list[EndLabel]) -> None:
    """Draw what stands over the lines, so that no text covers another."""
    pen = Pen(figure, axes)
    series = chart.series
    light = [line for line in series if line.weight is not Weight.LIGHT]
    dots = [pen.place(line.x, line.smoothed) for line in light[:_MAX_STRONG]]
    points = np.concatenate([np.empty((0, 2)), *map(_filled, dots)])
    places = Places(pen.width, pen.height, pen.left, points)
    low, high = axes.get_ylim()
    off_axis = excursions(series, (low, high))
    shade_gaps(pen, series, chart.marks)
    places.boxes += draw_arrows(pen, series, off_axis)
    _ring_best(chart, pen, places)
    write_labels(pen, places, series, labels)
    draw_bars(pen, places, series)
    ringed = draw_marks(pen, places, series, chart.marks, off_axis)
    if len(series) <= _MAX_STRONG:
        names = chart.short_names if len({line.group for line in series}) > 1 else {}
        write_ends(pen, places, series, [item for item in off_axis if item not in ringed], names)


def _filled(
    places: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return points every few pixels along a line through places."""
    finite = places[np.isfinite(places).all(axis=1)]
    if len(finite) < 2:
        return finite
    x = np.arange(finite[0, 0], finite[-1, 0], 4.0)
    order = np.argsort(finite[:, 0], kind="stable")
    return np.column_stack([x, np.interp(x, finite[order, 0], finite[order, 1])])


def _ring_best(chart: CurveChart, pen: Pen, places: Places) -> None:
    best = chart.best()
    if best is None or (chart.log_y and best.best <= 0):
        return
    x, y = pen.place(np.array([best.best_x]), np.array([best.best]))[0]
    if pen.bottom - 1 <= y <= pen.top + 1:
        pen.axes.plot(
            best.best_x,
            best.best,
            "o",
            color=best.style.color,
            markersize=_BEST * 0.72,
            markeredgewidth=1.3,
            clip_on=False,
            zorder=5,
            gid="best",
            markerfacecolor="#ffffff",
            markeredgecolor=best.style.color,
        )
        places.boxes.append((x - 6, y - 6, x + 6, y + 6))
