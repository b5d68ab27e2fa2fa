"""Ridgeline: one histogram tag at a few steps, one ridge behind the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator

from reportgen.arrays import FloatArray
from reportgen.figures.canvas.rings import RingPlace, draw_rings
from reportgen.figures.canvas.style import RunStyle, label_above, new_figure, styled
from reportgen.figures.canvas.ticks import NameFormatter
from reportgen.figures.distributions import bins as binned
from reportgen.figures.distributions import symlog
from reportgen.figures.distributions.distribution_chart import DistributionChart
from reportgen.figures.distributions.value_axis import ValueAxis, value_axis

MOST_RIDGES = 12
_BINS = 40  # across the axis; a log's own bins are often too fine or too unequal to compare
_OVERLAP = 1.6  # height of the highest ridge, in distances between ridges


@dataclass(frozen=True, slots=True)
class RidgelineChart(DistributionChart):
    """A tag's histograms in one run, the first and the last step among them.

    Attributes:
        heights: (ridges, 40) share of the counts in equal parts of the axis across `limits`.
        logged: how many histograms the log holds.
        linear: the distance from 0 within which the axis is linear; 0 if all of it is.
    """

    kind: ClassVar[str] = "ridgeline"
    heights: FloatArray
    logged: int
    limits: tuple[float, float]
    linear: float

    def caption(self) -> str:
        """Return how many of the logged histograms are drawn, and what is not in view."""
        sentences = [
            binned.drawn(self.bins, self.logged),
            "First step at the back." if len(self.bins) > 1 else "",
            f"Counts are spread over {_BINS} bins of equal width along the axis.",
            binned.hidden(self.heights),
            symlog.note(self.linear),
            binned.moments(self.bins),
            "Nothing was counted." if not self.heights.any() else "",
        ]
        return " ".join(filter(None, sentences))

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 10

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # there is one line
        """Return the figure; all ridges have one scale, so that their heights compare."""
        highest = self.heights.max(initial=0.0) or 1.0
        edges = symlog.edges(self.limits, self.linear, _BINS)
        middles = edges[1:] / 2 + edges[:-1] / 2
        lengths = np.concatenate([edges[:1], middles, edges[-1:]])
        x = symlog.transform(self.linear).inverted().transform(lengths)
        with styled():
            figure, axes = new_figure()
            symlog.scale(axes, "x", self.limits, self.linear)
            axes.set_xlim(*self.limits)  # before what is drawn: margins may overflow
            for index, height in enumerate(self.heights):
                base = len(self.bins) - 1 - index
                y = base + np.concatenate([[0], height, [0]]) / highest * _OVERLAP
                color = self.style.color
                (ridge,) = axes.fill(
                    x, y, facecolor=(color, 0.3), edgecolor=color, linewidth=0.9, zorder=3
                )
                ridge.set_gid(f"ridge-{index + 1}")
            axes.yaxis.set_major_locator(FixedLocator(range(len(self.bins))))
            steps = [f"{histogram.step:,}" for histogram in reversed(self.bins)]
            axes.yaxis.set_major_formatter(NameFormatter(steps))
            label_above(axes, "step")
            axes.set_xlabel("value")
            draw_rings(figure, axes, self._ring_places())
        return figure

    def _ring_places(self) -> list[RingPlace]:
        """Return places at the right end of the ridge of the step where a mark begins."""
        steps = np.array([histogram.step for histogram in self.bins])
        last = len(steps) - 1
        return [
            RingPlace(mark, np.nan, last - int(np.abs(steps - mark.first_step).argmin()))
            for mark in self.marks
            if len(steps)
        ]


def prepare(
    title: str, histograms: pd.DataFrame, style: RunStyle, axis: ValueAxis | None = None
) -> RidgelineChart:
    """Return a chart of one tag in one run.

    Args:
        title: its heading.
        histograms: rows of the histograms frame of one run and tag.
        style: of the run.
        axis: that other runs share; None for that of these histograms.
    """
    bins = binned.chosen(histograms, MOST_RIDGES)
    axis = axis or value_axis(bins)
    limits, linear = axis.limits, axis.linear
    edges, scale = symlog.edges(limits, linear, _BINS), symlog.transform(linear).transform
    heights = np.array([histogram.shares(edges, scale) for histogram in bins]).reshape(-1, _BINS)
    return RidgelineChart(title, style, bins, heights, len(histograms), limits, linear)
