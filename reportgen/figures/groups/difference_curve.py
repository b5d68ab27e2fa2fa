"""Difference curve: one run or group less another along their steps, and how sure that is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.analysis.comparison.curve_difference import MeanDifference, mean_difference
from reportgen.analysis.evenly import sparkline
from reportgen.arrays import FloatArray, IntArray
from reportgen.figures.canvas.limits import say, undrawable
from reportgen.figures.canvas.style import GREY, INK, PIXELS_PER_INCH, new_figure, styled
from reportgen.figures.chart import Chart, Sparkline

_POINT = 72 / PIXELS_PER_INCH  # points in a pixel
_STRONG = 2.2  # pixels
_RIGHT = 84.0  # pixels right of the axes
_TEXT = 11.0  # pixels


@dataclass(frozen=True, slots=True)
class DifferenceCurveChart(Chart):
    """A metric of one side less that of the other.

    Attributes:
        tag: as logged.
        direction: the better one, "up", "down" or "".
        sides: names of both.
        line: the difference of their means.
    """

    kind: ClassVar[str] = "difference_curve"
    tag: str
    direction: str
    sides: tuple[str, str]
    line: MeanDifference

    @property
    def has_interval(self) -> bool:
        """Whether both sides have the runs that an interval takes."""
        return bool(np.isfinite(self.line.low).any())

    def subtitle(self) -> str:
        """Return the tag, what is subtracted, what is shaded and what is better."""
        less = " less ".join(wording.clipped(name) for name in self.sides)
        sign = {"up": "above 0", "down": "below 0"}.get(self.direction, "")
        parts = [
            self.tag,
            f"{'mean of ' if self.has_interval else ''}{less}",
            "95 % interval at each step shaded" if self.has_interval else "",
            f"{sign}: the first is better" if sign else "",
        ]
        return " · ".join(filter(None, parts))

    def caption(self) -> str:
        """Return why there is no line."""
        return "" if len(self.line.steps) else "No step was reached by all runs of both sides."

    def alt(self) -> str:
        """Return the difference at the first and at the last step."""
        first, second = (wording.clipped(name) for name in self.sides)
        if not len(self.line.steps):
            return f"{self.tag}, {first} less {second}: no common steps."
        ends = [
            f"{_signed(float(self.line.centre[place]))} at step {int(self.line.steps[place]):,}"
            for place in (0, -1)
        ]
        low, high = float(self.line.low[-1]), float(self.line.high[-1])
        interval = (
            f", 95 % interval {_signed(low)} to {_signed(high)}" if math.isfinite(low) else ""
        )
        return f"{self.tag}, {first} less {second}: from {' to '.join(ends)}{interval}."

    def data(self) -> pd.DataFrame:
        """Return step, difference and interval."""
        return pd.DataFrame(
            {
                "step": self.line.steps,
                "difference": self.line.centre,
                "low": self.line.low,
                "high": self.line.high,
            }
        )

    def sparkline(self) -> Sparkline | None:
        """Return the difference."""
        return Sparkline(sparkline(self.line.centre), INK) if len(self.line.steps) else None

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # one line
        """Return the figure; the line has the id difference, its interval interval."""
        width, height = self.figure_size().pixels
        with styled():
            figure, axes = new_figure(width, height)
            axes.margins(x=0)
            axes.set_xlabel("step")
            reason = undrawable(self.line.centre)
            if reason:
                say(axes, reason)
                return figure
            box = axes.get_position()
            axes.set_position((box.x0, box.y0, (width - 56 - _RIGHT) / width, box.height))
            axes.axhline(0, color=INK, linewidth=_POINT, gid="zero")
            if self.has_interval:
                ends = (self.line.low, self.line.high)
                shade = axes.fill_between(self.line.steps, *ends, color=GREY, alpha=0.18)
                shade.set(linewidth=0, gid="interval")
            axes.plot(
                self.line.steps,
                self.line.centre,
                color=INK,
                linewidth=_STRONG * _POINT,
                marker="o" if len(self.line.steps) == 1 else "",
                gid="difference",
            )
            axes.annotate(
                _signed(float(self.line.centre[-1])),
                (float(self.line.steps[-1]), float(self.line.centre[-1])),
                (6, 0),
                textcoords="offset pixels",
                va="center",
                color=INK,
                weight="bold",
                fontsize=_TEXT * _POINT,
                annotation_clip=False,
            )
        return figure


def _signed(value: float) -> str:
    return f"{'+' if value > 0 else ''}{wording.number(value, 3)}"


def prepare(
    title: str,
    tag: str,
    direction: str,
    names: tuple[str, str],
    sides: tuple[
        Sequence[tuple[IntArray, FloatArray]],
        Sequence[tuple[IntArray, FloatArray]],
    ],
) -> DifferenceCurveChart:
    """Return the chart of one metric.

    Args:
        title: its heading.
        tag: as logged.
        direction: the better one, "up", "down" or "".
        names: of both sides.
        sides: steps and values of each run on either side.
    """
    return DifferenceCurveChart(title, tag, direction, names, mean_difference(*sides))
