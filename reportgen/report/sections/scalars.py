"""Curves: metrics that have a better way first, others as small multiples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial

import pandas as pd

from reportgen.analysis.summary import Summary
from reportgen.analysis.x_axis import positioned
from reportgen.figures.canvas.figure_size import FigureSize
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.curves import curves
from reportgen.figures.curves.curve_chart import CurveChart
from reportgen.report.model import Block, FigureBlock
from reportgen.settings import Settings

_OTHERS = "Other scalars"


def sections(
    scalars: pd.DataFrame,
    ranking: Summary,
    styles: Mapping[str, RunStyle],
    settings: Settings,
    executor: Executor | None = None,
) -> list[tuple[str, list[Block]]]:
    """Titles and blocks: metrics that have a better way, then all others as small multiples.

    The first is the key figure at full width.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        ranking: its metrics come first.
        styles: by run group.
        settings: of the user.
        executor: what prepares the charts; None for this process.
    """
    placed, axis = positioned(scalars, settings.x, log=settings.log_x)
    key = [one.metric for one in ranking.metrics]
    found: dict[str, list[Block]] = {"Metrics": []}
    charts = sorted(
        placed.groupby(["metric", "direction"], sort=True, observed=True),
        key=lambda chart: key.index(chart[0][0]) if chart[0][0] in key else len(key),
    )
    prepare = partial(
        curves.prepare,
        styles=styles,
        smoothing=settings.smoothing,
        axis=axis,
        log_y=settings.log_y,
    )
    run_all = executor.map if executor else map
    titles, directions = ([str(key[place]) for key, _ in charts] for place in (0, 1))
    prepared = run_all(partial(_chart, prepare), titles, [rows for _, rows in charts], directions)
    for way, chart in zip(directions, prepared, strict=True):
        if way:
            found["Metrics"].append(FigureBlock("", chart))
        else:
            small = chart.sized(FigureSize.SMALL)
            found.setdefault(_OTHERS, []).append(FigureBlock("", small))
    found["Metrics"] = _filled(found["Metrics"])
    return list(found.items())


def _filled(blocks: list[Block]) -> list[Block]:
    """Return figures of half the width with the first at full width, and the last of an odd row."""
    wide = {0} if len(blocks) % 2 else {0, len(blocks) - 1}
    return [
        replace(block, chart=block.chart.sized(FigureSize.KEY), wide=True)
        if place in wide and isinstance(block, FigureBlock) and isinstance(block.chart, CurveChart)
        else block
        for place, block in enumerate(blocks)
    ]


def _chart(
    prepare: Callable[..., CurveChart], title: str, rows: pd.DataFrame, direction: str
) -> CurveChart:
    return prepare(title, rows, direction=direction)
