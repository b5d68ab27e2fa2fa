"""Percentiles: one histogram tag over steps as bands around its median."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reportgen.arrays import FloatArray
from reportgen.figures.canvas.limits import say
from reportgen.figures.canvas.rings import at_steps, draw_rings
from reportgen.figures.canvas.style import INK, RunStyle, label_above, new_figure, styled
from reportgen.figures.distributions import bins as binned
from reportgen.figures.distributions import symlog
from reportgen.figures.distributions.bins import BASIS_POINTS
from reportgen.figures.distributions.distribution_chart import DistributionChart
from reportgen.figures.distributions.value_axis import ValueAxis

_MAX_STEPS = 240


@dataclass(frozen=True, slots=True)
class PercentileChart(DistributionChart):
    """A tag's histograms in one run.

    Attributes:
        quantiles: (steps, 9) at the basis points; NaN where nothing was counted.
        linear: the distance from 0 within which the axis is linear; 0 if all of it is.
        logged: how many histograms the log holds.
    """

    kind: ClassVar[str] = "percentiles"
    quantiles: FloatArray
    linear: float
    logged: int

    def caption(self) -> str:
        """Return what bands and lines are."""
        sentences = [
            "Bands of 38%, 68%, 87% and all values; coloured the median, dotted the mean.",
            binned.drawn(self.bins, self.logged),
            symlog.note(self.linear),
            binned.moments(self.bins),
            "" if np.isfinite(self.quantiles).any() else "Nothing was counted.",
        ]
        return " ".join(filter(None, sentences))

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 30

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # there is one run
        """Return the figure."""
        steps = np.array([histogram.step for histogram in self.bins], float)
        quantiles, mean = self.quantiles, np.array([histogram.mean for histogram in self.bins])
        if len(steps) == 1:  # as wide as a heat map's only column
            steps = steps + np.array([-0.5, 0.5])
            quantiles, mean = quantiles.repeat(2, axis=0), mean.repeat(2)
        color, middle = self.style.color, len(BASIS_POINTS) // 2
        with styled():
            figure, axes = new_figure()
            symlog.scale(axes, "y", self.ends(), self.linear)
            for place in range(middle):
                low, high = quantiles[:, place], quantiles[:, -1 - place]
                axes.fill_between(steps, low, high, color=color, alpha=0.18, linewidth=0)
            axes.plot(steps, quantiles[:, middle], color=color, gid="median")
            axes.plot(steps, mean, color=INK, linewidth=1, linestyle=":", gid="mean")
            if not np.isfinite(self.quantiles).any():
                say(axes, "nothing was counted")
            axes.set_xlabel("step")
            label_above(axes, "value")
            axes.margins(x=0.03)
            draw_rings(figure, axes, at_steps(self.marks))
        return figure

    def ends(self) -> tuple[float, float]:
        """Return the lowest and the highest value."""
        finite = self.quantiles[np.isfinite(self.quantiles)]
        return (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 1.0)


def prepare(
    title: str, histograms: pd.DataFrame, style: RunStyle, axis: ValueAxis | None = None
) -> PercentileChart:
    """Return a chart of one tag in one run.

    Args:
        title: its heading.
        histograms: rows of the histograms frame of one run and tag.
        style: of the run.
        axis: that other runs share, of which only the scale is used; None for a scale of its own.
    """
    rows = histograms.sort_values("step", kind="stable")
    bins = binned.chosen(rows, _MAX_STEPS)
    quantiles = binned.percentiles(bins)
    chart = PercentileChart(title, style, bins, quantiles, 0.0, len(histograms))
    return replace(chart, linear=axis.linear if axis else symlog.linear(bins, chart.ends()))
