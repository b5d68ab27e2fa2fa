"""Reports of a history as runs, as checks see them: each stands for its best run.

They are one group, as reports of one job are: their spread is the noise from night to night.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

from reportgen.analysis.metric_catalogue import describe
from reportgen.analysis.verdicts.checks import Statistic
from reportgen.analysis.verdicts.run_values import RUN_FACTS, Measurement, RunValues, Series

_STATISTICS: tuple[Statistic, ...] = ("best", "last", "min", "max")


def is_history(content: object) -> bool:
    """Return whether parsed JSON is what `reportgen history -o history.json` writes."""
    return isinstance(content, dict) and isinstance(content.get("reports"), list)


def history_runs(
    content: Mapping[str, Any], source: str, last: int | None
) -> tuple[RunValues, ...]:
    """Return a run for each report of a history that has headline metrics.

    Args:
        content: parsed JSON for which `is_history` holds; by date.
        source: what messages call it.
        last: how many of the newest reports; None for all.
    """
    reports = [row for row in content["reports"] if isinstance(row, dict)]
    runs = [run for row in reports if (run := _run(row, source)).series]
    return tuple(runs if last is None else runs[-last:])


def _run(report: Mapping[str, Any], source: str) -> RunValues:
    metrics = report.get("metrics")
    rows = metrics if isinstance(metrics, dict) else {}
    series = (_series(str(tag), row) for tag, row in rows.items() if isinstance(row, dict))
    return RunValues(
        name=str(report.get("source", "")),
        seed_group=source,
        series=tuple(filter(None, series)),
        facts=dict.fromkeys(RUN_FACTS, math.nan),
        source=source,
    )


def _series(tag: str, row: Mapping[str, Any]) -> Series | None:
    """Return a series of which only statistics are known; None where one is missing."""
    stored: dict[str, Measurement] = {
        name: Measurement(name, float(row[name]))
        for name in _STATISTICS
        if isinstance(row.get(name), int | float)
    }
    if len(stored) < len(_STATISTICS):
        return None
    named = describe(tag, "")
    return Series(
        directory="",
        tag=tag,
        metric=named.name,
        split=named.split,
        direction=named.direction,
        steps=np.empty(0, np.int64),
        logged=np.empty(0, np.float64),
        points=1,
        stored=stored,
    )
