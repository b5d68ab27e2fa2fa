"""Distributions: the figure that suits a histogram tag's number of steps."""

from __future__ import annotations

import pandas as pd

from reportgen.figures import heat_map, ridgeline
from reportgen.figures.heat_map import HeatMapChart
from reportgen.figures.ridgeline import MOST_RIDGES, RidgelineChart
from reportgen.figures.style import RunStyle


def prepare(title: str, histograms: pd.DataFrame, style: RunStyle) -> RidgelineChart | HeatMapChart:
    """A chart of one tag in one run: ridges for few steps, a heat map for many.

    Args:
        title: its heading.
        histograms: rows of the histograms frame of one run and tag.
        style: of the run.
    """
    if len(histograms) <= MOST_RIDGES:
        return ridgeline.prepare(title, histograms, style)
    return heat_map.prepare(title, histograms, style)
