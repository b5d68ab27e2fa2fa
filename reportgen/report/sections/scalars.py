"""Curves: metrics that have a better way first, others by the first part of their tag."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen.analysis.summary import Summary
from reportgen.analysis.x_axis import positioned
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.curves import curves
from reportgen.options import Options
from reportgen.report.model import Block, FigureBlock, Role


def sections(
    scalars: pd.DataFrame, ranking: Summary, styles: Mapping[str, RunStyle], options: Options
) -> list[tuple[str, list[Block]]]:
    """Titles and blocks: metrics that have a better way, then the others by tag group.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        ranking: its metrics come first.
        styles: by run group.
        options: the user's settings.
    """
    placed, axis = positioned(scalars, options.x, log=options.log_x)
    key = [one.metric for one in ranking.metrics]
    found: dict[str, list[Block]] = {"Metrics": []}
    charts = sorted(
        placed.groupby(["metric", "direction"], sort=True, observed=True),
        key=lambda chart: key.index(chart[0][0]) if chart[0][0] in key else len(key),
    )
    for (name, way), rows in charts:
        chart = curves.prepare(
            str(name), rows, styles, str(way), options.smooth, axis, log_y=options.log_y
        )
        group = "Metrics" if way else _tag_group(str(name))
        found.setdefault(group, []).append(FigureBlock("", chart, role=Role.METRIC, tag=str(name)))
    return list(found.items())


def _tag_group(tag: str) -> str:
    group, slash, _ = tag.partition("/")
    return group if slash and group else "Other scalars"
