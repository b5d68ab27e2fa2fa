"""Distributions: histograms over steps."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen.figures import distributions
from reportgen.figures.style import RunStyle
from reportgen.report.model import Block, FigureBlock


def blocks(histograms: pd.DataFrame, by_run: Mapping[str, RunStyle]) -> list[Block]:
    """A figure for each tag and run.

    Args:
        histograms: the histograms frame.
        by_run: the style of each run.
    """
    groups = histograms.groupby(["tag", "run"], sort=True, observed=True)
    return [
        FigureBlock(
            "",
            distributions.prepare(f"{tag}, {run}", rows, by_run[str(run)]),
            runs=(str(run),),
        )
        for (tag, run), rows in groups
    ]
