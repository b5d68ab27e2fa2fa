"""The summary: what each run reached, in the metrics that matter most, best run first."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.analysis.best import best_place
from reportgen.series.history import history

# A report's reader judges by the data that was not trained on.
SPLIT_ORDER = ("validation", "test", "", "train")
_COMMON = re.compile(r"(?:^|[/_])(?:acc|accuracy|loss)$", re.IGNORECASE)
_MOST = 2  # metrics; each takes three columns


@dataclass(frozen=True, slots=True)
class KeyMetric:
    """One metric of the summary: the tag as logged, and which way is better ("up", "down", "")."""

    metric: str
    split: str
    tag: str
    direction: str


@dataclass(frozen=True, slots=True)
class Reached:
    """What a run reached in a metric.

    Attributes:
        best: in the metric's direction, over finite values; NaN where no way is better.
        best_step: where; -1 where `best` is NaN.
        last: the last value, finite or not.
        values: finite values in order; of many, about a thousand at even distances, series by
            series.
    """

    best: float
    best_step: int
    last: float
    values: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run group: what it reached by metric (None: not logged), its last step, its seconds."""

    group: str
    reached: tuple[Reached | None, ...]
    last_step: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Summary:
    """The runs, ranked by the best value of the first metric.

    Attributes:
        baseline: the run group that the others are compared with; "" for none.
    """

    metrics: tuple[KeyMetric, ...]
    runs: tuple[RunSummary, ...]
    baseline: str = ""

    def best(self, index: int) -> float:
        """The best value of a metric over all runs; NaN where no run has one."""
        held = (run.reached[index] for run in self.runs)
        finite = [one.best for one in held if one and not math.isnan(one.best)]
        choose = max if self.metrics[index].direction == "up" else min
        return choose(finite, default=math.nan)

    def base(self, index: int) -> float:
        """The baseline's best value of a metric; NaN where there is none."""
        held = (run.reached[index] for run in self.runs if run.group == self.baseline)
        return next((one.best for one in held if one), math.nan)


def summarise(scalars: pd.DataFrame, runs: pd.DataFrame, baseline: str = "") -> Summary:
    """Ranks the run groups.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        runs: the runs frame.
        baseline: one of them, or "".
    """
    metrics = key_metrics(scalars)
    own = scalars[scalars["metric"].isin([one.metric for one in metrics])]
    rows = [_run(group, members, own, metrics) for group, members in _groups(runs)]
    if metrics and metrics[0].direction:
        sign = -1 if metrics[0].direction == "up" else 1
        rows.sort(key=lambda row: _rank(row.reached[0], sign))
    return Summary(metrics, tuple(rows), baseline)


def key_metrics(scalars: pd.DataFrame) -> tuple[KeyMetric, ...]:
    """The metrics of the summary: one that should rise and one that should fall where there are.

    Within each: held-out data before training data, accuracy and loss before others, then the
    metric that most runs hold, then the name.
    """
    if scalars.empty:
        return ()
    series = scalars.drop_duplicates(["run", "tag"])
    seen = (
        series.groupby(["metric", "split", "direction"], sort=True, observed=True)
        .agg(tag=("tag", "first"), groups=("group", "nunique"))
        .reset_index()
    )
    ordered = sorted(
        seen.itertuples(),
        key=lambda row: (
            SPLIT_ORDER.index(str(row.split)),
            not _COMMON.search(str(row.metric)),
            -int(row.groups),  # type: ignore[arg-type]
            str(row.metric),
        ),
    )
    chosen = [
        next((row for row in ordered if row.direction == way), None) for way in ("up", "down")
    ]
    found = [row for row in chosen if row is not None] or ordered[:1]
    return tuple(
        KeyMetric(str(row.metric), str(row.split), str(row.tag), str(row.direction))
        for row in found[:_MOST]
    )


def _groups(runs: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), members) for name, members in runs.groupby("group", sort=False)]


def _run(
    group: str, members: pd.DataFrame, scalars: pd.DataFrame, metrics: tuple[KeyMetric, ...]
) -> RunSummary:
    own = scalars[scalars["group"] == group]
    first, last = members["first_wall_time"].min(), members["last_wall_time"].max()
    return RunSummary(
        group=group,
        reached=tuple(_reached(own, key) for key in metrics),
        last_step=int(members["last_step"].max()),
        seconds=float(last - first),
    )


def _reached(own: pd.DataFrame, key: KeyMetric) -> Reached | None:
    rows = own[(own["metric"] == key.metric) & (own["split"] == key.split)]
    if rows.empty:
        return None
    values = rows["value"].to_numpy()
    place = best_place(values, key.direction)
    best, step = float("nan"), -1
    if place >= 0:
        best, step = float(values[place]), int(rows["step"].to_numpy()[place])
    return Reached(best, step, float(values[-1]), _sample(rows))


def _sample(rows: pd.DataFrame) -> tuple[float, ...]:
    """Values of each series, one series after the other."""
    each = [history(own) for _, own in rows.groupby(["run", "tag"], sort=False, observed=True)]
    return tuple(value for one in each for value in one.raw[one.sample()].tolist())


def _rank(reached: Reached | None, sign: int) -> tuple[bool, float]:
    """Sort key: best first, runs without the metric last."""
    if reached is None or np.isnan(reached.best):
        return (True, 0.0)
    return (False, sign * reached.best)
