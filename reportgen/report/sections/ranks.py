"""Ranks: every metric of a distributed run with its spread, and the speed of each process."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen.analysis.ranks import members
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.curves import line_ranks
from reportgen.report.blocks import Block, FigureBlock


def blocks(
    scalars: pd.DataFrame, runs: pd.DataFrame, by_run: Mapping[str, RunStyle]
) -> list[Block]:
    """Return the steps per second of each distributed run, then its metrics.

    Args:
        scalars: the scalars frame.
        runs: the runs frame.
        by_run: the style of each run.
    """
    figures: list[Block] = []
    for name, ranks in members(runs).items():
        rows = scalars[scalars["run"].isin(ranks)]
        suffix = f", {name}" if name else ""
        runs_with_tag = rows.groupby("tag", observed=True)["run"].nunique()
        tags = [str(tag) for tag in runs_with_tag.index[runs_with_tag > 1]]
        for place, tag in enumerate(tags):
            of_tag = rows[rows["tag"] == tag]
            if not place:
                title = f"steps per second{suffix}"
                speed = line_ranks.prepare_speed(title, of_tag, ranks, by_run)
                figures.append(FigureBlock("", speed, runs=tuple(ranks)))
            chart = line_ranks.prepare(f"{tag}, by rank{suffix}", of_tag, ranks, by_run)
            figures.append(FigureBlock("", chart, runs=tuple(ranks), tag=tag))
    return figures
