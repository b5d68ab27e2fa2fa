"""The headline metrics of a report, with the values by which it stands in a history."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reportgen.wording import clipped, printable

STATISTICS = ("best", "last", "min", "max")
_MAX_METRICS = 8  # of a report

Object = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Metric:
    """A headline metric: of the best run, or the mean of the best group of seeds.

    Attributes:
        tag: as logged.
        direction: "up", "down" or "".
        value: by which the report ranks its runs; finite.
        run: the run or group.
        statistics: of the same run, by name; what the summary does not hold is absent.
    """

    tag: str
    direction: str
    value: float
    run: str
    statistics: Mapping[str, float]


def headline_metrics(summary: Object, runs: Sequence[Object]) -> tuple[Metric, ...]:
    """Return the metrics that rank the runs of a summary, the first decides.

    Args:
        summary: see docs/summary-1.schema.json; what does not follow it is left out.
        runs: of the summary, the best first.
    """
    listed = summary.get("metrics")
    tags = [row for row in listed if isinstance(row, dict)] if isinstance(listed, list) else []
    metrics = (_metric(row, summary, runs) for row in tags[:_MAX_METRICS])
    return tuple(metric for metric in metrics if metric)


def _metric(row: Object, summary: Object, runs: Sequence[Object]) -> Metric | None:
    tag = row.get("tag")
    if not isinstance(tag, str):
        return None
    logged = [run for run in runs if math.isfinite(_of_run(run, tag, "value"))]
    if not logged:
        return None
    group = logged[0].get("group")
    members = [run for run in logged if run.get("group") == group] if group else logged[:1]
    by_name = {
        name: _mean([_statistic(summary, run, tag, name) for run in members]) for name in STATISTICS
    }
    return Metric(
        tag=_text(tag),
        direction=_text(row.get("direction")),
        value=_mean([_of_run(run, tag, "value") for run in members]),
        run=_text(group or logged[0].get("run")),
        statistics={name: value for name, value in by_name.items() if math.isfinite(value)},
    )


def _statistic(summary: Object, run: Object, tag: str, name: str) -> float:
    """Return a statistic of a run: of its row, or of those of its directories."""
    if name in {"best", "last"}:
        return _of_run(run, tag, name)
    directories = run.get("directories")
    listed = directories if isinstance(directories, list) else []
    names = {row.get("run") for row in listed if isinstance(row, dict)}
    scalars = summary.get("scalars")
    rows = scalars if isinstance(scalars, list) else []
    values = [
        _number(row.get(name))
        for row in rows
        if isinstance(row, dict) and row.get("tag") == tag and row.get("run") in names
    ]
    if not values:
        return math.nan
    return min(values) if name == "min" else max(values)


def _of_run(run: Object, tag: str, key: str) -> float:
    metrics = run.get("metrics")
    row = metrics.get(tag) if isinstance(metrics, dict) else None
    return _number(row.get(key)) if isinstance(row, dict) else math.nan


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values) if all(map(math.isfinite, values)) else math.nan


def _number(value: object) -> float:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and isinstance(value, int | float) else math.nan


def _text(value: object) -> str:
    return printable(clipped(value, 200)) if isinstance(value, str) else ""
