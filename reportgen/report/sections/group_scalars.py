"""Curves by group of seeds: metrics with a known direction first, others as small multiples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from reportgen.analysis.groups.aggregation import Centre, aggregate_series
from reportgen.analysis.groups.seed_groups import SeedGroup, SeedGroups
from reportgen.analysis.sessions import counted_rows
from reportgen.analysis.summary import Summary
from reportgen.analysis.tag_splits import SPLIT_ORDER
from reportgen.figures.canvas.figure_size import FigureSize
from reportgen.figures.canvas.style import RunStyle
from reportgen.figures.curves import curves
from reportgen.figures.groups import group_curves
from reportgen.report.blocks import Block, FigureBlock, Notice
from reportgen.report.ranked_groups import ordered_units
from reportgen.report.role import Role
from reportgen.series.history import is_sketched
from reportgen.series.smoothing import Smoothing
from reportgen.settings import Settings

_CENTRE_NAMES: Mapping[Centre, str] = {
    "median": "Median",
    "mean": "Mean",
    "iqm": "Interquartile mean",
}
_SERIES = ["split", "tag", "line"]  # what distinguishes the series of a run in a metric
_COLUMNS = ["tag", "metric", "split", "line", "role", "direction"]


def can_group(scalars: pd.DataFrame, groups: SeedGroups, settings: Settings) -> bool:
    """Return whether scalars are drawn by group: over steps, as logged, all points at hand."""
    plain = settings.x == "step" and not settings.log_x and not settings.log_y
    as_logged = settings.smoothing.method in ("auto", "off")
    return bool(groups) and plain and as_logged and not is_sketched(scalars)


def sections(
    scalars: pd.DataFrame,
    ranking: Summary,
    groups: SeedGroups,
    styles: Mapping[str, RunStyle],
    centre: Centre,
    *,
    without_headline: bool,
) -> list[tuple[str, list[Block]]]:
    """Return titles and blocks, as `scalars.sections` does for runs.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        ranking: its metrics come first.
        groups: of seeds, at least one.
        styles: by run group.
        centre: what the strong line of a group is.
        without_headline: whether the curves of the first metric are shown elsewhere.
    """
    rows = counted_rows(scalars)
    rows = rows if "line" in rows else rows.assign(line="")
    names = [name for part in (ranking, *ranking.others) for name in part.groups]
    ordered = ordered_units(names, ranking, groups)
    keys = [key.metric for key in ranking.all_metrics]
    first = ranking.metrics[0] if ranking.metrics and without_headline else None
    by_metric = sorted(
        rows.groupby(["metric", "direction"], sort=True, observed=True),
        key=lambda chart: keys.index(chart[0][0]) if chart[0][0] in keys else len(keys),
    )
    metrics: list[tuple[str, str, pd.DataFrame]] = []
    others: list[Block] = []
    for (metric, direction), of_metric in by_metric:
        if not direction:
            others.append(_small(str(metric), of_metric, ordered, styles, centre))
            continue
        metrics += [
            (str(metric), title, part)
            for title, part in _parts(str(metric), of_metric)
            if not first or (first.metric, first.split) != (metric, part["split"].iloc[0])
        ]
    drawn: list[Block] = []
    for metric, title, part in metrics:
        wide = not drawn and len(metrics) % 2 == 1  # the others stand in pairs
        chart = group_curves.prepare(title, part, ordered, styles, centre, wide=wide)
        drawn.append(FigureBlock("", chart, wide=wide, role=Role.METRIC, tag=metric))
    if others:
        others.insert(0, Notice(f"{_CENTRE_NAMES[centre]} of the seeds of each group."))
    return [("Metrics", drawn), ("Other scalars", others)]


def _parts(metric: str, rows: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield title and rows of each series that a run has in a metric, held-out data first."""
    parts = [
        ((str(split), str(tag), str(line)), part)
        for (split, tag, line), part in rows.groupby(_SERIES, sort=True, observed=True)
    ]
    splits = [key[0] for key, _ in parts]
    for (split, tag, line), part in sorted(parts, key=lambda item: SPLIT_ORDER.index(item[0][0])):
        if len(parts) == 1:
            title = metric
        elif line:
            title = f"{metric}, {line}"
        else:
            title = f"{metric}, {split}" if split and splits.count(split) == 1 else tag
        yield title, part


def _small(
    metric: str,
    rows: pd.DataFrame,
    ordered: Sequence[SeedGroup],
    styles: Mapping[str, RunStyle],
    centre: Centre,
) -> FigureBlock:
    """Return a small multiple with a line a group."""
    parts = [part for _, part in rows.groupby(_SERIES, sort=False, observed=True)]
    lines = [
        line
        for unit in ordered
        for part in parts
        if (line := _line(part, unit, centre)) is not None
    ]
    by_group = {unit.name: styles[unit.runs[0]] for unit in ordered}
    chart = curves.prepare(
        *(metric, pd.concat(lines) if lines else rows[:0], by_group, "", Smoothing()),
        linear_y=True,
    )
    return FigureBlock("", chart.sized(FigureSize.SMALL), role=Role.METRIC, tag=metric)


def _line(part: pd.DataFrame, unit: SeedGroup, centre: Centre) -> pd.DataFrame | None:
    """Return the rows of a group's line; None where no run of it has a finite value."""
    runs = part[part["group"].isin(unit.runs)]
    series = [
        (run["step"].to_numpy(), run["value"].to_numpy(float))
        for _, run in runs.groupby("run", sort=False, observed=True)
    ]
    whole = aggregate_series(series, centre)
    if not len(whole.steps):
        return None
    shared = {name: part[name].iloc[0] for name in _COLUMNS if name in part}
    return pd.DataFrame(
        {"run": unit.name, "group": unit.name, "step": whole.steps, "value": whole.centre}
    ).assign(wall_time=0.0, **shared)
