"""Heat map: one histogram tag over many steps, a column a step, with the bins as logged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch

from reportgen.arrays import BoolArray, FloatArray, IntArray
from reportgen.figures.canvas import cells
from reportgen.figures.canvas.limits import say
from reportgen.figures.canvas.rings import at_steps, draw_rings
from reportgen.figures.canvas.style import INK, RunStyle, label_above, new_figure, styled
from reportgen.figures.distributions import bins as binned
from reportgen.figures.distributions import symlog
from reportgen.figures.distributions.distribution_chart import DistributionChart
from reportgen.figures.distributions.value_axis import ValueAxis, value_axis

_MAX_COLUMNS = 120
_ROWS = 214  # pixels that the axes are high: bins keep their own edges to a pixel
_LEVELS = 10


@dataclass(frozen=True, slots=True)
class HeatMapChart(DistributionChart):
    """A tag's histograms in one run.

    Attributes:
        linear: the distance from 0 within which the axis is linear; 0 if all of it is.
        levels: (columns, 214) int, 0 for nothing to 10 for the highest density; a density is the
            share of a step's counts by length of the axis.
        logged: how many histograms the log holds.
        hidden: the sentence on counts outside the axis.
    """

    kind: ClassVar[str] = "heat_map"
    limits: tuple[float, float]
    linear: float
    levels: IntArray
    logged: int
    hidden: str = ""

    def caption(self) -> str:
        """Return what colour and line mean, and what is left out."""
        sentences = [
            "Stronger where more of a step's values are; the line is the median.",
            binned.drawn(self.bins, self.logged),
            self.hidden,
            symlog.note(self.linear),
            binned.moments(self.bins),
            "Nothing was counted." if not self.levels.any() else "",
        ]
        return " ".join(filter(None, sentences))

    def priority(self) -> int:
        """Return how long the figure stays in a page that is too large."""
        return 20

    def draw(self, *, legend: bool | None = False) -> Figure:  # noqa: ARG002  # there is one line
        """Return the figure: one path a level, so that it stays small."""
        with styled():
            figure, axes = new_figure()
            axes.grid(visible=False)
            symlog.scale(axes, "y", self.limits, self.linear)
            steps = np.array([histogram.step for histogram in self.bins], float)
            edges = _between(steps)
            axes.set_xlim(edges[0], edges[-1])  # before what is drawn: margins may overflow
            axes.set_ylim(*self.limits)
            lengths = symlog.edges(self.limits, self.linear, _ROWS)
            rows = symlog.transform(self.linear).inverted().transform(lengths)
            # Not `add_patch`, which would look for limits in every box.
            for level in range(1, _LEVELS + 1):
                boxes = _boxes(self.levels == level, edges, rows)
                if len(boxes):
                    shade = (self.style.color, (level / _LEVELS) ** 1.3)
                    look = {"facecolor": shade, "linewidth": 0, "gid": f"level-{level}"}
                    axes.add_artist(PathPatch(cells.path(boxes), **look))
            median = np.array([histogram.quantiles(np.array([0.5]))[0] for histogram in self.bins])
            axes.plot(steps, median, color=INK, linewidth=1, gid="median")
            if not self.levels.any():
                say(axes, "nothing was counted")
            axes.set_xlabel("step")
            label_above(axes, "value")
            draw_rings(figure, axes, at_steps(self.marks))
        return figure


def prepare(
    title: str, histograms: pd.DataFrame, style: RunStyle, axis: ValueAxis | None = None
) -> HeatMapChart:
    """Return a chart of one tag in one run.

    Args:
        title: its heading.
        histograms: rows of the histograms frame of one run and tag.
        style: of the run.
        axis: that other runs share; None for that of these histograms.
    """
    rows = histograms.sort_values("step", kind="stable").drop_duplicates("step", keep="last")
    bins = binned.chosen(rows, _MAX_COLUMNS)
    axis = axis or value_axis(bins)
    limits, linear = axis.limits, axis.linear
    edges = symlog.edges(limits, linear, _ROWS)
    scale = symlog.transform(linear).transform
    shares = np.array([histogram.shares(edges, scale) for histogram in bins]).reshape(-1, _ROWS)
    highest = np.quantile(shares[shares > 0], 0.99) if shares.any() else 1.0
    levels = np.ceil(_LEVELS * np.sqrt(np.minimum(shares / highest, 1))).astype(np.int64)
    hidden = binned.hidden(shares)
    return HeatMapChart(title, style, bins, limits, linear, levels, len(histograms), hidden)


def _between(steps: FloatArray) -> FloatArray:
    """Return the edges (n + 1,) of columns around n steps: halfway between neighbours."""
    if len(steps) < 2:
        return np.array([steps[0] - 0.5, steps[0] + 0.5]) if len(steps) else np.array([0.0, 1.0])
    middle = (steps[1:] + steps[:-1]) / 2
    ends = [steps[0] - (middle[0] - steps[0]), steps[-1] + (steps[-1] - middle[-1])]
    return np.concatenate([ends[:1], middle, ends[1:]])


def _boxes(here: BoolArray, x: FloatArray, y: FloatArray) -> FloatArray:
    """Return left, right, bottom and top of each vertical run of true cells, (n, 4)."""
    change = np.diff(np.pad(here, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    columns, bottoms = np.nonzero(change == 1)
    _, tops = np.nonzero(change == -1)
    return np.column_stack([x[columns], x[columns + 1], y[bottoms], y[tops]])
