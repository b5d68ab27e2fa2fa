"""Curve chart: the curves of one metric."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.evenly import sparkline
from reportgen.analysis.x_axis import Axis
from reportgen.figures.canvas import legend as legends
from reportgen.figures.canvas.limits import say, undrawable, view
from reportgen.figures.canvas.style import LOOKS, new_figure, styled
from reportgen.figures.canvas.ticks import along_x, logarithmic
from reportgen.figures.chart import DROPPED_LAST, Chart, Sparkline
from reportgen.figures.curves import looks
from reportgen.figures.curves.curve_table import curve_table
from reportgen.figures.curves.lines import Look, draw_line, mark_outside
from reportgen.figures.curves.series import Series, StepCurves
from reportgen.figures.text_table import TextTable
from reportgen.series.smoothing import Smoothing

_MAX_NAMES = 12
_MAX_RAW = 12  # lines; beyond, the raw ones would hide the smoothed ones
_MAX_THICK = 24  # lines; beyond, they are thin


@dataclass(frozen=True, slots=True)
class CurveChart(Chart):
    """A metric's curves, ready to be drawn.

    Attributes:
        limits: of the y axis where some values lie far outside or the scale is logarithmic; None
            where all are in view.
        outliers: how many of the values that were read lie outside.
        sketched: whether only some values of some series were read, so that more may lie outside.
        unscaled: how many values have no place on the logarithmic scale.
    """

    kind: ClassVar[str] = "curves"
    direction: str
    smoothing: Smoothing
    log_y: bool
    series: tuple[Series, ...]
    axis: Axis = field(default_factory=Axis)
    limits: tuple[float, float] | None = None
    outliers: int = 0
    unscaled: int = 0
    sketched: bool = False

    def caption(self) -> str:
        """Return the better direction, how lines differ, smoothing, omissions, the best value."""
        if not self.series:
            return "Nothing was logged."
        return " ".join(filter(None, [*self._meaning(), *self._left_out(), self._best_text()]))

    def _meaning(self) -> list[str]:
        points = max(line.points for line in self.series)
        splits = {line.split for line in self.series}
        raw = ", raw behind" if len(self.series) <= _MAX_RAW else ""
        return [
            {"down": "Lower is better.", "up": "Higher is better."}.get(self.direction, ""),
            looks.looks_text(self.series),
            "Solid train, dashed validation." if {"train", "validation"} <= splits else "",
            f"Smoothed {self.smoothing} over all {wording.count(points, 'point')}{raw}."
            if self.smoothing.method != "off" and points > 1
            else "",
            "Logarithmic scale." if self.log_y else "",
            f"Logarithmic {self.axis.kind} axis, linear below 1." if self.axis.log else "",
            self.axis.note,
            f"{len(self.series)} lines share {LOOKS} looks, so some look alike."
            if len(self.series) > LOOKS
            else "",
        ]

    def _left_out(self) -> list[str]:
        points = max(line.points for line in self.series)
        drawn = max(len(line.steps) for line in self.series)
        bad = sum(line.bad for line in self.series)
        return [
            f"{drawn:,} of {points:,} points per line are drawn, including every extreme."
            if drawn < points - max(line.bad for line in self.series)
            else "",
            f"{wording.count(bad, 'value')} not finite, marked at the bottom." if bad else "",
            f"{'At least ' * self.sketched}{wording.count(self.outliers, 'value')} far outside, "
            "marked at the edge."
            if self.outliers
            else "",
            f"{wording.count(self.unscaled, 'value')} at or below 0 not on this scale."
            if self.unscaled
            else "",
        ]

    def _best_text(self) -> str:
        best = self.best()
        if best is None:
            return ""
        return f"Best {wording.number(best.best)} at step {best.best_step:,} ({best.name})."

    def alt(self) -> str:
        """Return first and last value of each line, the range of all, and the best value."""
        texts = [
            f"{line.name} goes from {wording.number(line.first)} to {wording.number(line.last)}"
            for line in self.series[:_MAX_NAMES]
        ]
        hidden = len(self.series) - len(texts)
        rest = f"; and {wording.count(hidden, 'more line')}" if hidden > 0 else ""
        over = {"step": "steps", "epoch": "epochs"}.get(self.axis.kind, "time")
        low, high = self._ends("raw")
        sentences = [
            f"{self.title} over {over}: {'; '.join(texts) or 'nothing'}{rest}.",
            f"All values lie between {wording.number(low)} and {wording.number(high)}."
            if low <= high
            else "",
            self._best_text(),
        ]
        return " ".join(filter(None, sentences))

    def data(self) -> pd.DataFrame:
        """Return the drawn points, a row each."""
        if not self.series:
            return pd.DataFrame(columns=["run", "split", "step", "value", "smoothed"])
        lengths = [len(line.steps) for line in self.series]
        table = pd.DataFrame(
            {
                "run": pd.Index([line.group for line in self.series]).repeat(lengths),
                "split": pd.Index([line.split for line in self.series]).repeat(lengths),
                "line": pd.Index([line.line for line in self.series]).repeat(lengths),
                "step": np.concatenate([line.steps for line in self.series]),
                "value": np.concatenate([line.raw for line in self.series]),
                "smoothed": np.concatenate([line.smoothed for line in self.series]),
            }
        )
        return table if any(line.line for line in self.series) else table.drop(columns="line")

    def priority(self) -> int:
        """Return how long the figure stays: metrics with a better direction stay the longest."""
        return DROPPED_LAST if self.direction else 80

    def line_groups(self) -> tuple[str, ...]:
        """Return the run group of each line."""
        return tuple(line.group for line in self.series)

    def step_curves(self) -> StepCurves:
        """Return the curves with what the chart knows of them."""
        smoothing = self.smoothing
        best = self.best()
        return StepCurves(
            series=self.series,
            axis=self.axis,
            weight=smoothing.parameter if smoothing.method in ("off", "tb") else None,
            best=next((index for index, line in enumerate(self.series) if line is best), -1),
        )

    def sparkline(self) -> Sparkline | None:
        """Return the first line, as it is smoothed."""
        if not self.series:
            return None
        line = self.series[0]
        return Sparkline(sparkline(line.smoothed), line.style.color)

    def text_table(self, order: Mapping[str, int]) -> TextTable:
        """Return the first and the last value of each line, the best runs first."""
        return curve_table(self.series, order)

    def draw(self, *, legend: bool | None = False) -> Figure:
        """Return the figure: the raw line faint under the smoothed one."""
        with styled():
            figure, axes = new_figure()
            along_x(axes, self.axis, *self._ends("x"))
            axes.margins(x=0.03)
            if self.log_y:
                logarithmic(axes)
            reason = self._undrawable()
            if reason:
                say(axes, reason)
            else:
                self._lines(axes)
            axes.set_xlabel(self.axis.label)
            axes.xaxis.set_gid("x")
            axes.yaxis.set_gid("y")
            if legend is not None:
                legends.add(figure, self.names(alone=legend))
        return figure

    def names(self, *, alone: bool) -> list[legends.Entry]:
        """Return a name for each line; on a page only of the lines of one run."""
        entries = looks.entries(self.series, alone=alone)
        return entries if len(entries) > 1 else []

    def _lines(self, axes: Axes) -> None:
        if self.limits is not None:
            view(axes, self.limits)
        for index, line in enumerate(self.series, start=1):
            draw_line(axes, line, index, self._look(line))
        self._mark_best(axes)
        if self.limits is not None:
            mark_outside(axes, self.series)

    def _undrawable(self) -> str:
        """Return why there are no lines; "" where there are."""
        reason = undrawable(np.array(self._ends("raw")))
        return "" if self.log_y and self.limits else reason

    def _ends(self, name: str) -> tuple[float, float]:
        """Return the lowest and the highest value that is drawn; inf and -inf without any."""
        arrays = [getattr(line, name) for line in self.series if len(line.steps)]
        return (
            min((float(values.min()) for values in arrays), default=np.inf),
            max((float(values.max()) for values in arrays), default=-np.inf),
        )

    def _look(self, line: Series) -> Look:
        draw_raw = len(self.series) <= _MAX_RAW
        thin = len(self.series) > _MAX_THICK and line is not self.best()
        return Look(smoothed=self.smoothing.method != "off", raw=draw_raw, thin=thin)

    def _mark_best(self, axes: Axes) -> None:
        best = self.best()
        if best and (best.best > 0 or not self.log_y):
            axes.plot(best.best_x, best.best, "o", color=best.style.color, ms=4.5, gid="best")

    def best(self) -> Series | None:
        """Return the line with the best value, among held-out data where there is any."""
        candidates = [line for line in self.series if not np.isnan(line.best)]
        held_out = [line for line in candidates if line.split in ("validation", "test")]
        if not candidates:
            return None
        choose = max if self.direction == "up" else min
        return choose(held_out or candidates, key=lambda line: line.best)
