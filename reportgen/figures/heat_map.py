"""Heat map: one histogram tag over many steps, a column a step, its own bins in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.scale import SymmetricalLogTransform
from matplotlib.ticker import NullFormatter, SymmetricalLogLocator

from reportgen import wording
from reportgen.figures import bins as binned
from reportgen.figures.bins import Bins, Floats
from reportgen.figures.style import INK, RunStyle, new_figure, styled
from reportgen.figures.ticks import PlainFormatter

_MOST_COLUMNS = 120
_ROWS = 214  # pixels that the axes are high: bins keep their own edges to a pixel
_LEVELS = 10
_DECADES = 100.0  # 99th percentile of the distance from 0 over its median: beyond, symlog


@dataclass(frozen=True, slots=True)
class HeatMapChart:
    """A tag's histograms in one run.

    Attributes:
        bins: the histograms that are drawn, as logged, by step.
        linear: below which distance from 0 the axis is linear; 0 where all of it is.
        levels: (columns, 214) int, 0 for nothing to 10 for the highest density; a density is the
            share of a step's counts by length of the axis.
        logged: how many histograms the log holds.
    """

    title: str
    style: RunStyle
    bins: tuple[Bins, ...]
    limits: tuple[float, float]
    linear: float
    levels: np.ndarray[tuple[int, int], np.dtype[np.int64]]
    logged: int
    kind: str = "heat_map"

    def caption(self) -> str:
        """What colour and line are, and what is left out."""
        sentences = [
            "Stronger where more of a step's values are; the line is the median.",
            binned.drawn(self.bins, self.logged),
            f"Symmetric logarithmic scale, linear within ±{wording.number(self.linear, 2)}."
            if self.linear
            else "",
            "Nothing was counted." if not self.levels.any() else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """The middle and the width of the first and the last histogram."""
        return binned.alt(self.title, self.bins)

    def data(self) -> pd.DataFrame:
        """Count, mean and standard deviation by step."""
        return binned.table(self.bins)

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002  # there is one line
        """The figure: one path a level, so that it stays small."""
        with styled():
            figure, axes = new_figure()
            axes.grid(visible=False)
            self._scale(axes)
            steps = np.array([one.step for one in self.bins], float)
            edges = _between(steps)
            rows = _transform(self.linear).inverted().transform(self._row_edges())
            for level in range(1, _LEVELS + 1):
                boxes = _boxes(self.levels == level, edges, rows)
                if len(boxes):
                    shade = (self.style.color, (level / _LEVELS) ** 1.3)
                    axes.add_patch(
                        PathPatch(_path(boxes), facecolor=shade, linewidth=0, gid=f"level-{level}")
                    )
            median = np.array([one.quantiles(np.array([0.5]))[0] for one in self.bins])
            axes.plot(steps, median, color=INK, linewidth=1, gid="median")
            axes.set_xlim(edges[0], edges[-1])
            axes.set_ylim(*self.limits)
            axes.set_xlabel("step")
            if not self.linear:  # there the ticks need its place
                axes.set_ylabel("value")
        return figure

    def _scale(self, axes: Axes) -> None:
        if self.linear:
            axes.set_yscale("symlog", linthresh=self.linear)
            locator = SymmetricalLogLocator(base=10, linthresh=self.linear)
            locator.set_params(numticks=6)
            axes.yaxis.set_major_locator(locator)
            axes.yaxis.set_major_formatter(PlainFormatter())
            axes.yaxis.set_minor_formatter(NullFormatter())

    def _row_edges(self) -> Floats:
        return _row_edges(self.limits, self.linear)


def prepare(title: str, histograms: pd.DataFrame, style: RunStyle) -> HeatMapChart:
    """A chart of one tag in one run.

    Args:
        title: its heading.
        histograms: rows of the histograms frame of one run and tag.
        style: of the run.
    """
    rows = histograms.sort_values("step", kind="stable").drop_duplicates("step", keep="last")
    bins = binned.chosen(rows, _MOST_COLUMNS)
    limits, linear = binned.limits(bins), _linear(bins)
    edges = _row_edges(limits, linear)
    shares = np.array([_shares(one, edges, linear) for one in bins]).reshape(-1, _ROWS)
    highest = np.quantile(shares[shares > 0], 0.99) if shares.any() else 1.0
    levels = np.ceil(_LEVELS * np.sqrt(np.minimum(shares / highest, 1))).astype(np.int64)
    return HeatMapChart(title, style, bins, limits, linear, levels, len(histograms))


def _linear(bins: tuple[Bins, ...]) -> float:
    """Where symlog becomes linear; 0 where the values do not spread over decades."""
    held = [one for one in bins if len(one.count)]
    if not held:
        return 0.0
    size = np.concatenate([np.abs(one.left / 2 + one.right / 2) for one in held])
    weight = np.concatenate([one.count / one.count.sum() for one in held])
    order = np.argsort(size)
    below = np.cumsum(weight[order]) / weight.sum()
    low, middle, high = size[order][np.searchsorted(below, (0.1, 0.5, 0.989))]
    return float(low or middle) if middle > 0 and high / middle > _DECADES else 0.0


def _shares(bins: Bins, edges: Floats, linear: float) -> Floats:
    """Shares of the counts in the rows; within a bin even along the axis as it is drawn."""
    scale = _transform(linear)
    left, right = (scale.transform(side) for side in (bins.left, bins.right))
    return binned.spread(left, right, bins.count, edges)


def _row_edges(limits: tuple[float, float], linear: float) -> Floats:
    low, high = _transform(linear).transform(np.array(limits))
    return np.linspace(low, high, _ROWS + 1)


def _transform(linear: float) -> SymmetricalLogTransform:
    """From values to lengths along the axis; nothing is beyond an infinite linear part."""
    return SymmetricalLogTransform(10, linear or np.inf, 1)


def _between(steps: Floats) -> Floats:
    """Where one column ends and the next begins: half-way between steps, (n + 1,)."""
    if len(steps) < 2:
        return np.array([steps[0] - 0.5, steps[0] + 0.5]) if len(steps) else np.array([0.0, 1.0])
    middle = (steps[1:] + steps[:-1]) / 2
    ends = [steps[0] - (middle[0] - steps[0]), steps[-1] + (steps[-1] - middle[-1])]
    return np.concatenate([ends[:1], middle, ends[1:]])


def _boxes(here: np.ndarray[tuple[int, int], np.dtype[np.bool_]], x: Floats, y: Floats) -> Floats:
    """Left, right, bottom and top of each run of true cells in a column, (n, 4)."""
    change = np.diff(np.pad(here, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    columns, bottoms = np.nonzero(change == 1)
    _, tops = np.nonzero(change == -1)
    return np.column_stack([x[columns], x[columns + 1], y[bottoms], y[tops]])


def _path(boxes: Floats) -> Path:
    left, right, bottom, top = boxes.T
    corners = [(left, bottom), (right, bottom), (right, top), (left, top), (left, bottom)]
    vertices = np.array(corners).transpose(2, 0, 1).reshape(-1, 2)
    codes = np.tile([Path.MOVETO, *[Path.LINETO] * 3, Path.CLOSEPOLY], len(boxes))
    return Path(vertices, codes)
