"""Distributions: one histogram tag over steps, as ridges one behind the other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.figure import Figure
from numpy.typing import NDArray

from reportgen import wording
from reportgen.figures.style import RunStyle, new_figure, styled

_MOST_RIDGES = 12
_BINS = 40  # across the axis; a log's own bins are often too fine or too unequal to compare
_MASS = 0.001  # left out of the x axis at each end, so that one outlier does not flatten all
_OVERLAP = 1.6  # height of the highest ridge, in distances between ridges

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bins:
    """One histogram as logged: bins that hold something, (k,) each, in order."""

    step: int
    left: Floats
    right: Floats
    count: Floats

    def moments(self) -> tuple[float, float]:
        """Mean and standard deviation, each bin taken at its middle; NaN without any count."""
        if not len(self.count):
            return float("nan"), float("nan")
        middle = (self.left + self.right) / 2
        mean = float(np.average(middle, weights=self.count))
        return mean, float(np.sqrt(np.average((middle - mean) ** 2, weights=self.count)))


@dataclass(frozen=True, slots=True)
class RidgelineChart:
    """A tag's histograms in one run; the first and the last step are always among the ridges.

    Attributes:
        bins: the histograms that are drawn, as logged.
        heights: (ridges, 40) share of the counts in equal bins across `limits`.
        logged: how many histograms the log holds.
    """

    title: str
    style: RunStyle
    bins: tuple[Bins, ...]
    heights: Floats
    logged: int
    limits: tuple[float, float]
    kind: str = "ridgeline"

    def caption(self) -> str:
        """How many of the logged histograms are drawn, and what is not in view."""
        hidden = 1 - self.heights.sum(axis=1).min(initial=1.0)
        drawn = len(self.bins)
        logged = wording.count(self.logged, "histogram")
        sentences = [
            f"All {logged}, first step at the back."
            if drawn == self.logged > 1
            else f"{drawn:,} of {logged} drawn, evenly spaced, first step at the back."
            if drawn < self.logged
            else f"{logged} logged.",
            f"Counts shared out to {_BINS} equal bins.",
            f"Up to {hidden:.2g} of a step's counts lie outside the axis." if hidden > 1e-9 else "",
            "Nothing was counted." if not self.heights.any() else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """The middle and the width of the first and the last histogram."""
        ends = [self.bins[0], self.bins[-1]] if len(self.bins) > 1 else list(self.bins)
        told = []
        for one in ends:
            mean, deviation = one.moments()
            told.append(
                f"at step {one.step:,} about {wording.number(mean, 3)} "
                f"with a standard deviation of {wording.number(deviation, 3)}"
            )
        return f"Distribution of {self.title} over steps: {'; '.join(told)}."

    def data(self) -> pd.DataFrame:
        """Count, mean and standard deviation by step, estimated from the bins as logged."""
        moments = [one.moments() for one in self.bins]
        return pd.DataFrame(
            {
                "step": [one.step for one in self.bins],
                "count": [float(one.count.sum()) for one in self.bins],
                "mean": [mean for mean, _ in moments],
                "standard deviation": [deviation for _, deviation in moments],
            }
        )

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002
        """The figure: ridges of one scale, so that their heights compare."""
        highest = self.heights.max(initial=0.0) or 1.0
        edges = np.linspace(*self.limits, _BINS + 1)
        middles = (edges[1:] + edges[:-1]) / 2
        x = np.concatenate([edges[:1], middles, edges[-1:]])
        with styled():
            figure, axes = new_figure()
            for index, height in enumerate(self.heights):
                base = len(self.bins) - 1 - index
                y = base + np.concatenate([[0], height, [0]]) / highest * _OVERLAP
                color = self.style.color
                axes.fill(x, y, facecolor=(color, 0.3), edgecolor=color, linewidth=0.9, zorder=3)
            axes.set_xlim(*self.limits)
            axes.set_yticks(range(len(self.bins)), [f"{one.step}" for one in reversed(self.bins)])
            axes.set_ylabel("step")
            axes.set_xlabel("value")
        return figure


def prepare(title: str, histograms: pd.DataFrame, style: RunStyle) -> RidgelineChart:
    """A chart of one tag in one run.

    Args:
        title: its heading.
        histograms: rows of the histograms frame of one run and tag.
        style: of the run.
    """
    size = len(histograms)
    places = np.unique(np.linspace(0, size - 1, min(_MOST_RIDGES, size)).round().astype(int))
    bins = tuple(_bins(histograms.iloc[place]) for place in places)
    limits = _limits(bins)
    heights = np.array([_shares(one, np.linspace(*limits, _BINS + 1)) for one in bins])
    return RidgelineChart(title, style, bins, heights, size, limits)


def _bins(row: pd.Series) -> Bins:
    left, right, count = (np.asarray(row[name], float) for name in ("left", "right", "count"))
    sound = (count > 0) & np.isfinite(count) & np.isfinite(left) & np.isfinite(right)
    sound &= right >= left
    return Bins(int(row["step"]), left[sound], right[sound], count[sound])


def _shares(bins: Bins, edges: Floats) -> Floats:
    """The share of the counts in each bin between `edges`, a logged bin's count spread evenly."""
    wide = bins.right > bins.left
    total = bins.count.sum()
    shares = np.zeros(len(edges) - 1)
    if not total:
        return shares
    if wide.any():
        left, right, count = bins.left[wide], bins.right[wide], bins.count[wide]
        places = np.column_stack([left, right]).ravel()
        below = np.column_stack([np.cumsum(count) - count, np.cumsum(count)]).ravel()
        shares += np.diff(np.interp(edges, places, below, left=0, right=below[-1]))
    spikes, _ = np.histogram(bins.left[~wide], edges, weights=bins.count[~wide])
    result: Floats = (shares + spikes) / total
    return result


def _limits(bins: tuple[Bins, ...]) -> tuple[float, float]:
    """The x range that holds the middle of each histogram's counts; never without width."""
    low, high = [], []
    for one in bins:
        if len(one.count):
            share = np.cumsum(one.count) / one.count.sum()
            last = min(int(np.searchsorted(share, 1 - _MASS)), len(share) - 1)
            low.append(one.left[np.searchsorted(share, _MASS)])
            high.append(one.right[last])
    if not low:
        return 0.0, 1.0
    least, most = float(min(low)), float(max(high))
    margin = 0.0 if most > least else abs(most) * 0.1 or 0.5
    return least - margin, most + margin
