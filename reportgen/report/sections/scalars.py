"""Curves: metrics with a known direction first, others by the first part of their tag."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor
from functools import partial

import pandas as pd

from reportgen.analysis.sessions import with_session_lines
from reportgen.analysis.summary import Summary
from reportgen.analysis.x_axis import positioned
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.curves import crowd_chart, curves
from reportgen.figures.curves.curve_chart import CurveChart
from reportgen.report.model import Block, FigureBlock, Role
from reportgen.series.smoothing import Smoothing
from reportgen.settings import Settings

_DRAWN_AS_LOGGED = {"schedule", "counter"}


def sections(
    scalars: pd.DataFrame,
    ranking: Summary,
    styles: Mapping[str, RunStyle],
    settings: Settings,
    executor: Executor | None = None,
) -> list[tuple[str, list[Block]]]:
    """Return titles and blocks: metrics with a known direction, then the others by tag group.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        ranking: its metrics come first.
        styles: by run group.
        settings: of the user.
        executor: what prepares the charts; None for this process.
    """
    lines = with_session_lines(scalars)
    placed, axis = positioned(lines, settings.x, log=settings.log_x)
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
    run_all = executor.map if executor else map
    titles, directions = ([str(key[place]) for key, _ in charts] for place in (0, 1))
    plain = [str(rows["role"].iloc[0]) in _DRAWN_AS_LOGGED for _, rows in charts]
    rows_of_charts = [rows for _, rows in charts]
    prepared = run_all(partial(_chart, prepare), titles, rows_of_charts, directions, plain)
    for name, direction, chart in zip(titles, directions, prepared, strict=True):
        group = "Metrics" if direction else _tag_group(name)
        drawn: list[CurveChart] = [chart]
        if direction and name in key_metrics and len(ranking.runs) >= crowd_chart.MIN_RUNS:
            drawn = [*crowd_chart.prepare(chart, ranking.groups, ranking.baseline)]
        titled.setdefault(group, []).extend(
            FigureBlock("", figure, role=Role.METRIC, tag=name) for figure in drawn
        )
    return list(titled.items())


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


def _tag_group(tag: str) -> str:
    group, slash, _ = tag.partition("/")
    return group if slash and group else "Other scalars"
