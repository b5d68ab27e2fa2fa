"""The summary: what each run reached in the most important metrics, best run first."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.analysis.best import best_place
from reportgen.series.history import history

# Runs are judged by data that they were not trained on.
SPLIT_ORDER = ("validation", "test", "", "train")
_COMMON = re.compile(r"(?:^|[/_])(?:acc|accuracy|loss)$", re.IGNORECASE)
_MAX_METRICS = 2  # of the summary table, where each takes three columns


@dataclass(frozen=True, slots=True)
class KeyMetric:
    """One metric of the summary.

    Attributes:
        metric, split: see `reportgen.analysis.tag_names.Metric`.
        tag: as logged.
        direction: the better one, "up" or "down", or "" (unknown).
    """

    metric: str
    split: str
    tag: str
    direction: str


@dataclass(frozen=True, slots=True)
class Reached:
    """What a run reached in a metric.

    Attributes:
        best: the best finite value; NaN if there is none or the direction is unknown.
        best_step: its step; -1 if `best` is NaN.
        last: the last value, finite or not.
        values: the finite values in order, series by series; about a thousand of them at even
            distances if there are more.
    """

    best: float
    best_step: int
    last: float
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run group.

    Attributes:
        group: its name.
        reached: what it reached in each metric of the summary; None if it did not log the metric.
        last_step: the last step of its runs.
        seconds: from its first wall time to its last.
    """

    group: str
    reached: tuple[Reached | None, ...]
    last_step: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The run groups, ranked by the best value of the first metric.

    Attributes:
        metrics: the most important ones, at most two.
        runs: one a run group, best first.
        baseline: the run group that the others are compared with; "" for none.
    """

    metrics: tuple[KeyMetric, ...]
    runs: tuple[RunSummary, ...]
    baseline: str = ""

    def best(self, index: int) -> float:
        """Return the best value of a metric over all runs; NaN if no run has one."""
        column = (run.reached[index] for run in self.runs)
        values = [cell.best for cell in column if cell and not math.isnan(cell.best)]
        choose = max if self.metrics[index].direction == "up" else min
        return choose(values, default=math.nan)

    def base(self, index: int) -> float:
        """Return the baseline's best value of a metric; NaN if there is none."""
        cells = (run.reached[index] for run in self.runs if run.group == self.baseline)
        return next((cell.best for cell in cells if cell), math.nan)


def summarise(scalars: pd.DataFrame, runs: pd.DataFrame, baseline: str = "") -> Summary:
    """Return the run groups, ranked by the best value of the first key metric.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        runs: the runs frame.
        baseline: name of a run group, or "".
    """
    metrics = key_metrics(scalars)
    metric_rows = scalars[scalars["metric"].isin([key.metric for key in metrics])]
    rows = [_run_summary(group, members, metric_rows, metrics) for group, members in _groups(runs)]
    if metrics and metrics[0].direction:
        sign = -1 if metrics[0].direction == "up" else 1
        rows.sort(key=lambda row: _rank(row.reached[0], sign))
    return Summary(metrics, tuple(rows), baseline)


def key_metrics(scalars: pd.DataFrame) -> tuple[KeyMetric, ...]:
    """Return the metrics of the summary: one to maximise and one to minimise, if both are logged.

    Of each direction, metrics of held-out data are preferred to those of training data, accuracy
    and loss to others, then metrics that more runs have logged, then the first by name.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.

    Returns:
        At most two; none if nothing was logged.
    """
    if scalars.empty:
        return ()
    series = scalars.drop_duplicates(["run", "tag"])
    candidates = (
        series.groupby(["metric", "split", "direction"], sort=True, observed=True)
        .agg(tag=("tag", "first"), groups=("group", "nunique"))
        .reset_index()
    )
    ordered = sorted(
        candidates.itertuples(),
        key=lambda row: (
            SPLIT_ORDER.index(str(row.split)),
            not _COMMON.search(str(row.metric)),
            -int(row.groups),  # type: ignore[arg-type]
            str(row.metric),
        ),
    )
    first_of_directions = [
        next((row for row in ordered if row.direction == direction), None)
        for direction in ("up", "down")
    ]
    chosen = [row for row in first_of_directions if row is not None] or ordered[:1]
    return tuple(
        KeyMetric(str(row.metric), str(row.split), str(row.tag), str(row.direction))
        for row in chosen[:_MAX_METRICS]
    )


def _groups(runs: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), members) for name, members in runs.groupby("group", sort=False)]


def _run_summary(
    group: str, members: pd.DataFrame, scalars: pd.DataFrame, metrics: tuple[KeyMetric, ...]
) -> RunSummary:
    group_rows = scalars[scalars["group"] == group]
    first, last = members["first_wall_time"].min(), members["last_wall_time"].max()
    return RunSummary(
        group=group,
        reached=tuple(_reached(group_rows, key) for key in metrics),
        last_step=int(members["last_step"].max()),
        seconds=float(last - first),
    )


def _reached(scalars: pd.DataFrame, key: KeyMetric) -> Reached | None:
    rows = scalars[(scalars["metric"] == key.metric) & (scalars["split"] == key.split)]
    if rows.empty:
        return None
    values = rows["value"].to_numpy()
    index = best_place(values, key.direction)
    best, best_step = math.nan, -1
    if index >= 0:
        best, best_step = float(values[index]), int(rows["step"].to_numpy()[index])
    return Reached(best, best_step, float(values[-1]), _sample(rows))


def _sample(rows: pd.DataFrame) -> tuple[float, ...]:
    """Return values of each series at even distances, series by series."""
    series = rows.groupby(["run", "tag"], sort=False, observed=True)
    histories = [history(series_rows) for _, series_rows in series]
    return tuple(value for past in histories for value in past.raw[past.sample()].tolist())


def _rank(reached: Reached | None, sign: int) -> tuple[bool, float]:
    """Return a sort key that puts the best first and runs without a best value last."""
    if reached is None or np.isnan(reached.best):
        return (True, 0.0)
    return (False, sign * reached.best)
