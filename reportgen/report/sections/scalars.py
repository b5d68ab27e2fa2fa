"""Curves: metrics with a known direction first, others as small multiples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial

import pandas as pd

from reportgen.analysis.sessions import with_session_lines
from reportgen.analysis.summary import Summary
from reportgen.analysis.x_axis import positioned
from reportgen.executor import InProcess, run_all
from reportgen.figures.canvas.figure_size import FigureSize
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.curves import crowd_chart, curves
from reportgen.figures.curves.crowd_chart import CrowdChart
from reportgen.figures.curves.curve_chart import CurveChart
from reportgen.figures.curves.ranked_lines import with_ranked
from reportgen.report.blocks import Block, FigureBlock
from reportgen.report.role import Role
from reportgen.series.smoothing import Smoothing
from reportgen.settings import Settings

_OTHERS = "Other scalars"
_DRAWN_AS_LOGGED = {"schedule", "counter"}


def sections(
    scalars: pd.DataFrame,
    ranking: Summary,
    styles: Mapping[str, RunStyle],
    settings: Settings,
    executor: Executor | None = None,
    *,
    all_scalars: pd.DataFrame | None = None,
) -> list[tuple[str, list[Block]]]:
    """Return titles and blocks: metrics with a known direction, then others as small multiples.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        ranking: its metrics come first.
        styles: by run group.
        settings: of the user.
        executor: what prepares the charts; None for this process.
        all_scalars: with the epochs, where `scalars` lacks them, see `positioned`.
    """
    lines = with_session_lines(scalars)
    placed, axis = positioned(lines, settings.x, log=settings.log_x, all_scalars=all_scalars)
    key_metrics = [key.metric for key in ranking.all_metrics]
    titled: dict[str, list[Block]] = {"Metrics": []}
    charts = sorted(
        placed.groupby(["metric", "direction"], sort=True, observed=True),
        key=lambda chart: (
            key_metrics.index(chart[0][0]) if chart[0][0] in key_metrics else len(key_metrics)
        ),
    )
    prepare = partial(
        curves.prepare,
        styles=styles,
        smoothing=settings.smoothing,
        axis=axis,
        log_y=settings.log_y,
    )
    titles, directions = ([str(key[place]) for key, _ in charts] for place in (0, 1))
    plain = [str(rows["role"].iloc[0]) in _DRAWN_AS_LOGGED for _, rows in charts]
    rows_of_charts = [rows for _, rows in charts]
    prepared = [
        _ranked(chart, name, ranking)
        for name, chart in zip(
            titles,
            run_all(
                executor or InProcess(),
                partial(_chart, prepare),
                titles,
                rows_of_charts,
                directions,
                plain,
            ),
            strict=True,
        )
    ]
    for name, direction, chart in zip(titles, directions, prepared, strict=True):
        if direction and name in key_metrics and len(ranking.runs) >= crowd_chart.MIN_RUNS:
            crowds = crowd_chart.prepare(chart, ranking.groups, ranking.baseline)
            titled["Metrics"] += [
                FigureBlock("", crowd, role=Role.METRIC, tag=name) for crowd in crowds
            ]
            continue
        group, sized = ("Metrics", chart) if direction else (_OTHERS, chart.sized(FigureSize.SMALL))
        titled.setdefault(group, []).append(FigureBlock("", sized, role=Role.METRIC, tag=name))
    titled["Metrics"] = _filled(titled["Metrics"])
    return list(titled.items())


def _ranked(chart: CurveChart, metric: str, ranking: Summary) -> CurveChart:
    """Return the chart with the best values of the table, if it shows one of its metrics."""
    keys = [key.metric for key in ranking.metrics]
    if metric not in keys or not chart.direction:
        return chart
    index = keys.index(metric)
    values = {
        row.group: (reached.ranked.step, reached.value)
        for row in ranking.runs
        if (reached := row.reached[index]) and not row.ranks
    }
    kind = ranking.kind(index)
    single = kind in {"best evaluation", "last evaluation"}
    return with_ranked(chart, ranking.metrics[index].split, values, "" if single else kind)


def _filled(blocks: list[Block]) -> list[Block]:
    """Return figures of half the width with the first at full width, and the last of an odd row.

    Two figures of which one enlarges the other stay beside each other, before all others.
    """
    pair = bool(blocks) and _is_enlarged_beside(blocks[0])
    last = {len(blocks) - 1}
    wide = (
        (last if len(blocks) % 2 else set()) if pair else {0} | (set() if len(blocks) % 2 else last)
    )
    return [
        replace(block, chart=block.chart.sized(FigureSize.KEY), wide=True)
        if place in wide and isinstance(block, FigureBlock) and isinstance(block.chart, CurveChart)
        else block
        for place, block in enumerate(blocks)
    ]


def _is_enlarged_beside(block: Block) -> bool:
    chart = block.chart if isinstance(block, FigureBlock) else None
    return isinstance(chart, CrowdChart) and chart.window is not None


def _chart(
    prepare: Callable[..., CurveChart],
    title: str,
    rows: pd.DataFrame,
    direction: str,
    as_logged: bool,  # mapped over charts
) -> CurveChart:
    """Return the chart of a metric; if as logged, without smoothing or a logarithmic axis."""
    if as_logged:
        return prepare(title, rows, direction=direction, smoothing=Smoothing(), linear_y=True)
    return prepare(title, rows, direction=direction)
