"""What a check can ask of a run: statistics of its series, its steps, its duration."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis.best import best_place
from reportgen.analysis.metric_catalogue import describe
from reportgen.analysis.tag_splits import SPLIT_ORDER
from reportgen.analysis.verdicts.checks import Statistic
from reportgen.arrays import FloatArray, IntArray
from reportgen.errors import UsageError
from reportgen.series.history import is_sketched

RunFact = Literal["steps", "duration", "throughput"]
RUN_FACTS: tuple[RunFact, ...] = ("steps", "duration", "throughput")


@dataclass(frozen=True, slots=True)
class Measurement:
    """A number of a run.

    Attributes:
        kind: the statistic, or "" for a number that a run has once.
        value: finite or not.
        step: where it is; -1 where it is of no one step.
    """

    kind: Statistic | Literal[""]
    value: float
    step: int = -1


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """One series of a run, whole or, from a stored summary, its end.

    Attributes:
        directory: that logged it.
        tag, metric, split: as in `reportgen.analysis.annotated`.
        direction: "up", "down" (is better) or "" (not known).
        steps, logged: (n,) steps and values of its points, or of the last of them.
        points: how many there were.
        stored: of a stored summary or a sketch, "best", "last", "min" and "max" of all points with
            their steps; empty where `logged` are all.
    """

    directory: str
    tag: str
    metric: str
    split: str
    direction: str
    steps: IntArray
    logged: FloatArray
    points: int
    stored: Mapping[str, Measurement] = field(default_factory=dict)

    def statistic(self, kind: Literal["min", "max", "last"]) -> Measurement:
        """Return a statistic of all points, which every series holds."""
        if self.stored:
            return self.stored[kind]
        return statistic_of(kind, self.logged, self.steps, self.direction)


@dataclass(frozen=True, slots=True, eq=False)
class RunValues:
    """A run as checks see it.

    Attributes:
        name: of its run group.
        seed_group: "" where it repeats no other.
        series: all that it logged.
        facts: steps (the last), duration (seconds) and throughput (steps a second); NaN where
            the log does not say.
        source: the stored summary or directory that it is from; "" for the logs of this report.
    """

    name: str
    seed_group: str
    series: tuple[Series, ...]
    facts: Mapping[RunFact, float]
    source: str = ""

    def find(self, tag: str) -> Series | None:
        """Return the series that a check of a tag is about; None where it was not logged.

        `val/accuracy` is also what was logged as `val_accuracy`, or as `accuracy` in a directory
        `val`, where the run has not that very tag. A tag of several splits is that of the held-out
        data.
        """
        wanted = describe(tag)
        alike = [
            series
            for series in self.series
            if series.metric == wanted.name and series.split == wanted.split
        ]
        candidates = [series for series in self.series if series.tag == tag] or alike
        return min(candidates, key=lambda series: SPLIT_ORDER.index(series.split), default=None)

    @property
    def tags(self) -> list[str]:
        """Every tag once."""
        return list(dict.fromkeys(series.tag for series in self.series))


def logged_runs(
    scalars: pd.DataFrame, runs: pd.DataFrame, seed_groups: Mapping[str, str], source: str = ""
) -> tuple[RunValues, ...]:
    """Return every run of an experiment, in the order of the runs frame.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`; of a sketch, statistics of all
            points are known and the points are not.
        runs: the runs frame.
        seed_groups: of the runs that are in one, by run.
        source: see `RunValues`.
    """
    series: dict[str, list[Series]] = {}
    for curve in _all_series(scalars):
        series.setdefault(curve.directory, []).append(curve)
    return tuple(
        RunValues(
            str(run),
            seed_groups.get(str(run), ""),
            tuple(curve for name in members["run"] for curve in series.get(str(name), ())),
            run_facts(members),
            source,
        )
        for run, members in runs.groupby("group", sort=False)
    )


def _all_series(scalars: pd.DataFrame) -> Iterator[Series]:
    """Yield each series, in the order of its first row."""
    if scalars.empty:
        return
    number = scalars.groupby(["run", "tag"], sort=False, observed=True).ngroup().to_numpy()
    order = np.argsort(number, kind="stable")
    starts = np.flatnonzero(np.diff(number[order], prepend=-1))
    sketched = is_sketched(scalars)
    columns = ["run", "tag", "metric", "split", "direction", *["points"] * sketched]
    firsts = scalars[columns].iloc[order[starts]]
    values = np.split(scalars["value"].to_numpy(np.float64)[order], starts[1:])
    steps = np.split(scalars["step"].to_numpy(np.int64)[order], starts[1:])
    for row, y, x in zip(firsts.itertuples(index=False), values, steps, strict=True):
        directory, tag, name, split, direction = map(str, row[:5])
        whole = Series(directory, tag, name, split, direction, x, y, len(y))
        yield _without_points(whole, int(row[5])) if sketched else whole


def _without_points(sketch: Series, points: int) -> Series:
    """Return a series of which a sketch holds the last value, the extremes and some others."""
    if points == len(sketch.logged):
        return sketch
    kinds: tuple[Statistic, ...] = ("last", "min", "max", "best")
    stored: dict[str, Measurement] = {
        kind: statistic_of(kind, sketch.logged, sketch.steps, sketch.direction) for kind in kinds
    }
    return replace(
        sketch, steps=sketch.steps[-1:], logged=sketch.logged[-1:], points=points, stored=stored
    )


def run_facts(directories: pd.DataFrame) -> dict[RunFact, float]:
    """Return steps, duration and throughput of one run.

    Args:
        directories: the rows of the runs frame that belong to it.
    """
    last, first = int(directories["last_step"].max()), directories["first_step"]
    duration = float(directories["last_wall_time"].max() - directories["first_wall_time"].min())
    steps = float(last) if last >= 0 else math.nan
    taken = steps - float(first[first >= 0].min()) if (first >= 0).any() else math.nan
    throughput = taken / duration if duration > 0 else math.nan
    return {"steps": steps, "duration": duration, "throughput": throughput}


def measure(
    series: Series, statistic: Statistic | None, points: int | None, source: str = ""
) -> Measurement:
    """Return a statistic of a series.

    The best is that of the finite values; of every other statistic a value that is not finite
    makes one that is not, so that no infinity passes unseen.

    Args:
        series: with at least one point.
        statistic: None for the best where a direction is better, else the last.
        points: of how many last points; None for all.
        source: of the series, for the message.

    Raises:
        UsageError: the best of a series without a better direction is asked for, or a statistic
            that a stored summary does not hold.
    """
    kind: Statistic = statistic or ("best" if series.direction else "last")
    if kind == "best" and not series.direction:
        tag = wording.clipped(series.tag)
        raise UsageError(
            f"--check: whether a higher {tag} is better is not known; ask for its last, min or "
            f"max, or add --best {tag}=up or =down"
        )
    count = series.points if points is None else min(points, series.points)
    if count > len(series.logged):
        if kind in series.stored and count == series.points:
            return series.stored[kind]
        shown = wording.clipped(source or "what was read")
        raise UsageError(
            f"--check: {shown} holds the last {len(series.logged)} values of "
            f"{wording.clipped(series.tag)}, which do not tell the {kind} of {count:,} points; "
            "ask for that of fewer points, or name the directory of the logs"
        )
    ending = slice(len(series.logged) - count, None)
    return statistic_of(kind, series.logged[ending], series.steps[ending], series.direction)


def statistic_of(
    kind: Statistic, values: FloatArray, steps: IntArray, direction: str
) -> Measurement:
    """Return a statistic of all of some points, see `measure`."""
    if kind == "last":
        return Measurement(kind, float(values[-1]), int(steps[-1]))
    if kind == "best":
        place = best_place(values, direction)
        if place < 0:
            return Measurement(kind, math.nan)
        return Measurement(kind, float(values[place]), int(steps[place]))
    if kind in {"min", "max"}:
        place = int(values.argmin() if kind == "min" else values.argmax())  # NaN goes before all
        return Measurement(kind, float(values[place]), int(steps[place]))
    with np.errstate(invalid="ignore"):
        middle = values.mean() if kind == "mean" else np.median(values)
    return Measurement(kind, float(middle))


def all_tags(runs: Iterable[RunValues]) -> Sequence[str]:
    """Return every tag of some runs once."""
    return list(dict.fromkeys(tag for run in runs for tag in run.tags))
