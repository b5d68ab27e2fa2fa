"""Crowd chart: a metric of many runs, of which the best and the baseline stand out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from reportgen import wording
from reportgen.analysis.tag_splits import SPLIT_ORDER
from reportgen.figures.canvas import legend as legends
from reportgen.figures.canvas.fitted_names import short
from reportgen.figures.canvas.gid import Gid
from reportgen.figures.canvas.limits import say, undrawable, view
from reportgen.figures.canvas.style import GREY, INK, PIXELS_PER_INCH, new_figure, styled
from reportgen.figures.canvas.ticks import along_x, logarithmic
from reportgen.figures.curves.crowd import bunched_ends, crowd
from reportgen.figures.curves.curve_chart import CurveChart
from reportgen.figures.curves.series import Series

MIN_RUNS = 9  # fewer are told apart by their colours
BEST = 5
_COLORS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#56b4e9")
_MARGIN = 132  # pixels right of the axes, for labels
_LINE = 13  # pixels from label to label
_LONGEST = 11  # letters of a label
_TEXT = 7.92  # points
Window = tuple[float, float, float, float]  # x from and to, y from and to


@dataclass(frozen=True, slots=True)
class CrowdChart(CurveChart):
    """A metric's curves of many runs.

    Attributes:
        best_groups: names of the best runs, the best first; coloured in this order.
        baseline: name of the run that others are compared with; "" for none.
        window: what is enlarged beside it, as a frame, or in this chart; None for nothing.
        enlarged: whether this chart shows the window only.
    """

    best_groups: tuple[str, ...] = ()
    baseline: str = ""
    window: Window | None = None
    enlarged: bool = False

    def subtitle(self) -> str:
        """Return the tags, the better direction, how many runs there are and what stands out."""
        better = {"down": "lower is better", "up": "higher is better"}.get(self.direction, "")
        tags = list(dict.fromkeys(line.tag for line in self.series))
        runs = len({line.group for line in self.series})
        texts = [
            wording.listing(tags, 4),
            better,
            "logarithmic scale" if self.log_y else "",
            f"{wording.count(runs, 'run')} grey, their median dashed, their middle 80 % shaded",
        ]
        return " · ".join(filter(None, texts))

    def caption(self) -> str:
        """Return what is not drawn or lies outside."""
        bad = sum(line.bad for line in self.series)
        sentences = [
            f"{wording.count(bad, 'value')} not finite and not drawn." if bad else "",
            f"{wording.count(self.outliers, 'value')} outside the axis." if self.outliers else "",
            f"{wording.count(self.unscaled, 'value')} at or below 0 not on this scale."
            if self.unscaled
            else "",
        ]
        return " ".join(filter(None, sentences))

    def names(self, *, alone: bool) -> list[legends.Entry]:
        """Return nothing: lines are labelled where they end."""
        del alone
        return []

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002
        """Return the figure: grey lines, the range of most, and above them the best."""
        with styled():
            width, height = self.size.pixels
            figure, axes = new_figure(width, height)
            box = axes.get_position()
            labelled = self.enlarged or self.window is None
            across = (width - 56 - (_MARGIN if labelled else 16)) / width
            axes.set_position((box.x0, box.y0, across, box.height))
            x = np.concatenate([np.empty(0), *(line.x for line in self.series)])
            y = np.concatenate([np.empty(0), *(line.raw for line in self.series)])
            reason = undrawable(np.array([y.min(), y.max()])) if len(y) else "no finite value"
            if len(x):
                start = self.window[0] if self.window and self.enlarged else float(x.min())
                along_x(axes, self.axis, start, float(x.max()))
            axes.margins(x=0)
            if self.log_y:
                logarithmic(axes)
            if reason and not (self.log_y and self.limits):
                say(axes, reason)
            else:
                self._fill(axes, labelled=labelled)
            axes.set_xlabel(self.axis.label)
            axes.xaxis.set_gid("x")
            axes.yaxis.set_gid("y")
        return figure

    def _fill(self, axes: Axes, *, labelled: bool) -> None:
        if self.limits is not None:
            view(axes, self.limits)
        if self.window is not None and self.enlarged:
            left, right, low, high = self.window
            axes.set_xlim(left, right)
            axes.set_ylim(low, high)
        middle = crowd(self.series)
        axes.fill_between(
            middle.x, middle.low, middle.high, color=GREY, alpha=0.16, linewidth=0, gid="range"
        )
        for number, line in enumerate(self.series, start=1):
            color, width, opacity, above = self._stroke(line)
            gid = Gid(f"line-{number}", line.group, line.split)
            marker = "o" if len(line.x) == 1 else ""
            axes.plot(
                *(line.x, line.raw),
                color=color,
                linewidth=width,
                alpha=opacity,
                zorder=above,
                marker=marker,
                markersize=3,
                gid=gid,
            )
        axes.plot(
            middle.x, middle.middle, color=GREY, linestyle="--", linewidth=1, zorder=4, gid="median"
        )
        if self.window is not None and not self.enlarged:
            _frame(axes, self.window)
        if labelled:
            self._label(axes, float(middle.middle[-1]) if len(middle.x) else np.nan)

    def _stroke(self, line: Series) -> tuple[str, float, float, float]:
        """Return colour, width, opacity and order of a line."""
        if line.group in self.best_groups:
            place = self.best_groups.index(line.group)
            return _COLORS[place], 1.3, 1.0, 8 - 0.1 * place
        if line.group == self.baseline:
            return INK, 1.3, 1.0, 5.0
        return GREY, 0.5, 0.3, 2.0

    def _label(self, axes: Axes, median: float) -> None:
        """Write name and last value of the lines that stand out, right of the axes."""
        last = {line.group: line for line in self.series if len(line.x)}
        labels = [
            (last[group].raw[-1], short(group, _LONGEST), _COLORS[place])
            for place, group in enumerate(self.best_groups)
            if group in last
        ]
        if self.baseline in last and self.baseline not in self.best_groups:
            labels.append((last[self.baseline].raw[-1], "baseline", INK))
        if np.isfinite(median):
            labels.append((median, "median", GREY))
        _write(axes, [(float(value), name, color) for value, name, color in labels])


def prepare(chart: CurveChart, ranked: Sequence[str], baseline: str) -> list[CrowdChart]:
    """Return the charts of each split of a metric of many runs; of bunched ends one enlarged.

    Args:
        chart: of all runs.
        ranked: names of the runs, the best first.
        baseline: the run that others are compared with; "" for none.
    """
    values: dict[str, Any] = {field.name: getattr(chart, field.name) for field in fields(chart)}
    splits = list(dict.fromkeys(line.split for line in chart.series))
    splits.sort(key=SPLIT_ORDER.index)
    charts = []
    for split in splits:
        series = tuple(line for line in chart.series if line.split == split)
        title = f"{chart.title}, {split}" if len(splits) > 1 else chart.title
        logged = {line.group for line in series}
        best = tuple([group for group in ranked if group in logged][:BEST])
        values |= {"title": title, "series": series, "best_groups": best, "baseline": baseline}
        window = None if chart.log_y or split == "train" else bunched_ends(series)
        charts.append(CrowdChart(**values, window=window))
        if window is not None:
            name = f"{title}, the last 40 %"
            charts.append(CrowdChart(**{**values, "title": name}, window=window, enlarged=True))
    return charts


def _frame(axes: Axes, window: Window) -> None:
    """Draw what is enlarged as a frame."""
    left, right, low, high = window
    look = {"fill": False, "edgecolor": GREY, "linewidth": 0.8, "zorder": 9.0, "gid": "window"}
    axes.add_artist(Rectangle((left, low), right - left, high - low, **look))  # type: ignore[arg-type]
    axes.annotate(
        *("enlarged beside", (right, low), (0, -4)),
        textcoords="offset points",
        ha="right",
        va="top",
        fontsize=_TEXT,
        color=GREY,
    )


def _write(axes: Axes, labels: Sequence[tuple[float, str, str]]) -> None:
    """Write labels beside the right end of the axes at the heights of values, pushed apart."""
    box = axes.get_position()
    figure: Any = axes.get_figure()
    width, height = figure.get_size_inches() * PIXELS_PER_INCH
    bottom, top = box.y0 * height, box.y1 * height
    heights = []
    for value, _, _ in labels:
        share = axes.transAxes.inverted().transform(axes.transData.transform((0, value)))[1]
        heights.append(float(np.clip(share, 0, 1)) * (top - bottom) + bottom)
    order = np.argsort(heights, kind="stable")[::-1]
    place = top + _LINE
    right = box.x1 * width
    spare = bottom + _LINE * (len(labels) - 1)
    for index in order:
        value, name, color = labels[index]
        wanted = min(heights[index], place - _LINE)
        place = max(wanted, min(spare, place - _LINE))
        spare -= _LINE
        ends = ([right + 1, right + 9], [heights[index], place])
        scale = (np.array([1 / width, 1 / height]) * np.column_stack(ends)).T
        axes.plot(*scale, color=color, linewidth=0.6, transform=figure.transFigure, clip_on=False)
        look = {"fontsize": _TEXT, "color": color, "va": "center"}
        figure.text((right + 12) / width, place / height, name, fontweight="bold", **look)
        edge = (width - 4) / width
        figure.text(edge, place / height, wording.number(value, 3), ha="right", **look)
