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
_MASS = 0.001  # left out of the x axis at each end, so that one outlier does not flatten all
_OVERLAP = 1.6  # height of the highest ridge, in distances between ridges


@dataclass(frozen=True, slots=True)
class Ridge:
    """One histogram: bin edges (k, 2) and counts (k,), empty bins and bins without width gone."""

    step: int
    edges: NDArray[np.float64]
    count: NDArray[np.float64]
    spikes: int


@dataclass(frozen=True, slots=True)
class RidgelineChart:
    """A tag's histograms in one run; the first and the last step are always among the ridges."""

    title: str
    style: RunStyle
    ridges: tuple[Ridge, ...]
    logged: int
    limits: tuple[float, float]
    kind: str = "ridgeline"

    def caption(self) -> str:
        """How many of the logged histograms are drawn, and what is not in view."""
        spikes = sum(ridge.spikes for ridge in self.ridges)
        sentences = [
            f"{len(self.ridges)} of {wording.count(self.logged, 'histogram')}, first step at the back.",
            f"The axis holds the middle {1 - 2 * _MASS:.1%} of the values.",
            f"{wording.count(spikes, 'bin')} without width not drawn." if spikes else "",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """The middle and the width of the first and the last histogram."""
        ends = [self.ridges[0], self.ridges[-1]] if len(self.ridges) > 1 else list(self.ridges)
        told = []
        for ridge in ends:
            mean, deviation = _moments(ridge)
            told.append(
                f"at step {ridge.step:,} about {wording.number(mean, 3)} "
                f"with a standard deviation of {wording.number(deviation, 3)}"
            )
        return f"Distribution of {self.title} over steps: {'; '.join(told)}."

    def data(self) -> pd.DataFrame:
        """Count, mean and standard deviation by step, estimated from the bins."""
        moments = [_moments(ridge) for ridge in self.ridges]
        return pd.DataFrame(
            {
                "step": [ridge.step for ridge in self.ridges],
                "count": [float(ridge.count.sum()) for ridge in self.ridges],
                "mean": [mean for mean, _ in moments],
                "standard deviation": [deviation for _, deviation in moments],
            }
        )

    def draw(self) -> Figure:
        """The figure: densities, so that bins of unequal width compare."""
        heights = [_density(ridge) for ridge in self.ridges]
        highest = max((height.max(initial=0) for height in heights), default=0) or 1.0
        with styled():
            figure, axes = new_figure()
            for index, (ridge, height) in enumerate(zip(self.ridges, heights, strict=True)):
                base = len(self.ridges) - 1 - index
                x = ridge.edges.ravel()
                y = base + np.repeat(height, 2) / highest * _OVERLAP
                axes.fill_between(
                    x, base, y, color=self.style.color, alpha=0.35, linewidth=0, zorder=index + 2
                )
                axes.plot(x, y, color=self.style.color, linewidth=0.9, zorder=index + 2)
            axes.set_xlim(*self.limits)
            axes.set_yticks(range(len(self.ridges)))
            axes.set_yticklabels([f"{ridge.step}" for ridge in reversed(self.ridges)])
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
    places = np.unique(
        np.linspace(0, len(histograms) - 1, min(_MOST_RIDGES, len(histograms))).round().astype(int)
    )
    ridges = tuple(_ridge(histograms.iloc[place]) for place in places)
    return RidgelineChart(title, style, ridges, len(histograms), _limits(ridges))


def _ridge(row: pd.Series) -> Ridge:
    left, right, count = (np.asarray(row[name], float) for name in ("left", "right", "count"))
    sound = (count > 0) & np.isfinite(left) & np.isfinite(right)
    wide = sound & (right > left)
    edges = np.column_stack([left[wide], right[wide]])
    return Ridge(int(row["step"]), edges, count[wide], int((sound & ~wide).sum()))


def _density(ridge: Ridge) -> NDArray[np.float64]:
    width: NDArray[np.float64] = ridge.edges[:, 1] - ridge.edges[:, 0]
    return ridge.count / width / (ridge.count.sum() or 1.0)


def _moments(ridge: Ridge) -> tuple[float, float]:
    if not len(ridge.count):
        return float("nan"), float("nan")
    middle = ridge.edges.mean(axis=1)
    mean = float(np.average(middle, weights=ridge.count))
    return mean, float(np.sqrt(np.average((middle - mean) ** 2, weights=ridge.count)))


def _limits(ridges: tuple[Ridge, ...]) -> tuple[float, float]:
    """The x range that holds the middle of each ridge's mass."""
    low, high = [], []
    for ridge in ridges:
        if len(ridge.count):
            share = np.cumsum(ridge.count) / ridge.count.sum()
            low.append(ridge.edges[np.searchsorted(share, _MASS), 0])
            last = min(np.searchsorted(share, 1 - _MASS), len(share) - 1)
            high.append(ridge.edges[last, 1])
    return (float(min(low)), float(max(high))) if low else (0.0, 1.0)
