"""Runs from a summary.json of an earlier report, as checks see them."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import cast

import numpy as np

from reportgen import wording
from reportgen.analysis.metric_catalogue import describe
from reportgen.analysis.verdicts.checks import Statistic
from reportgen.analysis.verdicts.run_values import RUN_FACTS, Measurement, RunValues, Series
from reportgen.errors import InputError

TAIL = 20  # last values of each series that a summary holds
_STATISTICS: tuple[Statistic, ...] = ("best", "last", "min", "max")

Object = Mapping[str, object]


def parse_summary(content: bytes, source: str) -> tuple[RunValues, ...]:
    """Return the runs that a summary holds.

    Args:
        content: of a summary.json, see docs/summary-1.schema.json.
        source: what messages call it.

    Raises:
        InputError: it is no summary of a report, or one without what a baseline needs.
    """
    shown = wording.clipped(source)
    try:
        summary = json.loads(content)
        runs = [run for run in summary["runs"] if isinstance(run, dict)]
        scalars = [series for series in summary["scalars"] if isinstance(series, dict)]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(
            f"{shown}: is no summary.json of a report; write one with -o json:PATH"
        ) from error
    if scalars and not any("tail" in series for series in scalars):
        raise InputError(
            f"{shown}: holds no values to compare with; write it again with this version"
        )
    return tuple(_run(run, scalars, source) for run in runs)


def _run(run: Object, scalars: Sequence[Object], source: str) -> RunValues:
    name = str(run.get("run", ""))
    splits = {name: ""}
    directories = run.get("directories")
    if isinstance(directories, list):
        splits = {
            str(directory.get("run")): str(directory.get("split") or "")
            for directory in directories
            if isinstance(directory, dict)
        }
    series = [
        _series(row, splits[str(row.get("run"))]) for row in scalars if row.get("run") in splits
    ]
    return RunValues(
        name=name,
        seed_group=str(run.get("group") or ""),
        series=tuple(curve for curve in series if curve.points),
        facts={fact: _number(run.get(fact)) for fact in RUN_FACTS},
        source=source,
    )


def _series(row: Object, run_split: str) -> Series:
    tag = str(row.get("tag", ""))
    named = describe(tag, run_split)
    tail = row.get("tail")
    pairs = tail if isinstance(tail, dict) else {}
    steps, values = (list(pairs.get(key) or ()) for key in ("steps", "values"))
    count = min(len(steps), len(values))
    points = int(max(_number(row.get("points"), 0.0), count))
    stored: dict[str, Measurement] = {
        statistic: Measurement(
            statistic, _number(row.get(statistic)), int(_number(row.get(f"{statistic}_step"), -1.0))
        )
        for statistic in _STATISTICS
        if row.get(statistic) is not None
    }
    return Series(
        directory=str(row.get("run", "")),
        tag=tag,
        metric=named.name,
        split=named.split,
        direction=cast("str", row.get("direction") or ""),
        steps=np.array([int(_number(step, -1.0)) for step in steps[:count]], np.int64),
        logged=np.array([_number(value) for value in values[:count]], np.float64),
        points=points,
        stored=stored if points > count else {},
    )


def _number(value: object, missing: float = math.nan) -> float:
    """Return a number of the summary, where "NaN" and "Infinity" are words."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return missing
    try:
        return float(value)
    except ValueError:
        return missing
