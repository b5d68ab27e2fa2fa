"""Ranks: every metric of a distributed run with its spread, and how quick each process is."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen.analysis.ranks import members
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.curves import line_ranks
from reportgen.report.model import Block, FigureBlock


def blocks(
    scalars: pd.DataFrame, runs: pd.DataFrame, by_run: Mapping[str, RunStyle]
) -> list[Block]:
    """Steps per second of each distributed run, then its metrics.

    Args:
        scalars: the scalars frame.
        runs: the runs frame.
        by_run: the style of each run.
    """
    found: list[Block] = []
    for name, names in members(runs).items():
        rows = scalars[scalars["run"].isin(names)]
        suffix = f", {name}" if name else ""
        shared = rows.groupby("tag", observed=True)["run"].nunique()
        tags = [str(tag) for tag in shared.index[shared > 1]]
        for place, tag in enumerate(tags):
            own = rows[rows["tag"] == tag]
            if not place:
                speed = line_ranks.prepare_speed(f"steps per second{suffix}", own, names, by_run)
                found.append(FigureBlock("", speed, runs=tuple(names)))
            chart = line_ranks.prepare(f"{tag}, by rank{suffix}", own, names, by_run)
            found.append(FigureBlock("", chart, runs=tuple(names), tag=tag))
    return found
