"""Distributions: histograms over steps."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen.choices import HistogramForm
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.distributions import forms
from reportgen.report.model import Block, FigureBlock


def blocks(
    histograms: pd.DataFrame, by_run: Mapping[str, RunStyle], form: HistogramForm
) -> list[Block]:
    """Return the figures of each tag and run.

    Args:
        histograms: the histograms frame.
        by_run: the style of each run.
        form: see `reportgen.figures.distributions.forms.prepare`.
    """
    groups = histograms.groupby(["tag", "run"], sort=True, observed=True)
    return [
        FigureBlock("", chart, runs=(str(run),), tag=str(tag))
        for (tag, run), rows in groups
        for chart in forms.prepare(f"{tag}, {run}", rows, by_run[str(run)], form)
    ]
