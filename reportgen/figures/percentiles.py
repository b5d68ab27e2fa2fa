"""Percentiles: one histogram tag over steps as bands around its median."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from matplotlib.figure import Figure

from reportgen import wording
from reportgen.figures import bins as binned
from reportgen.figures.bins import Bins, Floats
from reportgen.figures.style import INK, RunStyle, new_figure, styled

# TensorBoard's: a normal distribution's ends of 0, 0.5, 1 and 1.5 standard deviations, minimum and
# maximum (tensorboard/plugins/distribution/compressor.py names them).
BASIS_POINTS = (0, 668, 1587, 3085, 5000, 6915, 8413, 9332, 10000)
_MOST_STEPS = 240


@dataclass(frozen=True, slots=True)
class PercentileChart:
    """A tag's histograms in one run.

    Attributes:
        bins: the histograms that are drawn, as logged.
        values: (steps, 9) at the basis points; NaN where nothing was counted.
        logged: how many histograms the log holds.
    """

    title: str
    style: RunStyle
    bins: tuple[Bins, ...]
    quantiles: Floats
    logged: int
    kind: str = "percentiles"

    def caption(self) -> str:
        """What the bands are, and what the lines."""
        exact = bool(self.bins) and all(one.exact for one in self.bins)
        sentences = [
            "Bands of 38 %, 68 %, 87 % and all values; the coloured line is the median,",
            f"the dotted one the mean, {'exact' if exact else 'estimated from the bins'}.",
            binned.drawn(self.bins, self.logged),
            "" if np.isfinite(self.quantiles).any() else "Nothing was counted.",
        ]
        return " ".join(filter(None, sentences))

    def alt(self) -> str:
        """The middle and the width of the first and the last histogram."""
        return binned.alt(self.title, self.bins)

    def data(self) -> pd.DataFrame:
        """A row a step: count, mean, standard deviation, and the value at each percentile."""
        names = [f"{wording.number(point / 100)} %" for point in BASIS_POINTS]
        return binned.table(self.bins).assign(**dict(zip(names, self.quantiles.T, strict=True)))

    def draw(self, *, legend: bool = False) -> Figure:  # noqa: ARG002  # there is one run
        """The figure."""
        steps = np.array([one.step for one in self.bins], float)
        color, middle = self.style.color, len(BASIS_POINTS) // 2
        with styled():
            figure, axes = new_figure()
            for place in range(middle):
                low, high = self.quantiles[:, place], self.quantiles[:, -1 - place]
                axes.fill_between(steps, low, high, color=color, alpha=0.18, linewidth=0)
            axes.plot(steps, self.quantiles[:, middle], color=color, gid="median")
            mean = [one.mean for one in self.bins]
            axes.plot(steps, mean, color=INK, linewidth=1, linestyle=":", gid="mean")
            axes.set_xlabel("step")
            axes.set_ylabel("value")
            axes.margins(x=0.03)
        return figure


def prepare(title: str, histograms: pd.DataFrame, style: RunStyle) -> PercentileChart:
    """A chart of one tag in one run.

    Args:
        title: its heading.
        histograms: rows of the histograms frame of one run and tag.
        style: of the run.
    """
    rows = histograms.sort_values("step", kind="stable")
    bins = binned.chosen(rows, _MOST_STEPS)
    shares = np.array(BASIS_POINTS) / 10_000
    quantiles = np.array([one.quantiles(shares) for one in bins]).reshape(-1, len(shares))
    return PercentileChart(title, style, bins, quantiles, len(histograms))
