"""The summary: what each run reached in the most important metrics, best run first."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from reportgen.analysis.best import best_place
from reportgen.analysis.headline import Candidate, Headline, choose_headline
from reportgen.analysis.levels import NO_VALUE, RankedValue, kind_of, ranked_value
from reportgen.analysis.logged_metrics import logged_metrics
from reportgen.analysis.noise import tied
from reportgen.series.history import history, is_sketched

# Runs are judged by data that they were not trained on.
SPLIT_ORDER = ("validation", "test", "", "train")
# The rows of a run group, metric and split.
RowsByKey = Mapping[tuple[str, str, str], pd.DataFrame]
_SERIES = "series number"
_MAX_METRICS = 2  # of the summary table, where each takes three columns


@dataclass(frozen=True, slots=True)
class KeyMetric:
    """One metric of the summary.

    Attributes:
        metric, split: see `reportgen.analysis.tag_names.Metric`.
        tag: as logged.
        direction: the better one, "up" or "down", or "" (unknown).
        level: which value counts, see `reportgen.analysis.levels`.
    """

    metric: str
    split: str
    tag: str
    direction: str
    level: str = "best"


@dataclass(frozen=True, slots=True)
class Reached:
    """What a run reached in a metric.

    Attributes:
        best: the best finite value; NaN if there is none or the direction is unknown.
        best_step: its step; -1 if `best` is NaN.
        last: the last value, finite or not.
        values: the finite values in order, series by series; about a thousand of them at even
            distances if there are more.
        ranked: the value that the run is ranked by, its noise and which value it is.
    """

    best: float
    best_step: int
    last: float
    values: tuple[float, ...]
    ranked: RankedValue = NO_VALUE

    @property
    def value(self) -> float:
        """The value that the run is ranked by; NaN if there is none."""
        return self.ranked.level.value


@dataclass(frozen=True, slots=True)
class RunSummary:
    """One run group.

    Attributes:
        group: its name.
        reached: what it reached in each metric of the summary; None if it did not log the metric.
        last_step: the last step of its runs; -1 if they hold no step.
        seconds: from its first wall time to its last, without pauses.
        pauses: their lengths in seconds.
        sessions: the number of trainings in its directory, of which the last whole one counts.
    """

    group: str
    reached: tuple[Reached | None, ...]
    last_step: int
    seconds: float
    pauses: tuple[float, ...] = ()
    sessions: int = 1


@dataclass(frozen=True, slots=True)
class Summary:
    """The run groups, ranked by the first metric.

    Attributes:
        metrics: the most important ones; none if no tag says how well the runs did.
        runs: one a run group, best first; only those that share a metric with each other.
        baseline: the run group that the others are compared with; "" for none.
        reason: why the first metric was chosen, or that there is none; a sentence.
        others: of runs that share no metric with these, one an experiment.
    """

    metrics: tuple[KeyMetric, ...]
    runs: tuple[RunSummary, ...]
    baseline: str = ""
    reason: str = ""
    others: tuple[Summary, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """The names of these run groups and of the others, best first in each experiment."""
        return tuple(run.group for part in (self, *self.others) for run in part.runs)

    @property
    def all_metrics(self) -> tuple[KeyMetric, ...]:
        """The metrics of these runs and of the others, each once."""
        metrics = [*self.metrics, *(key for other in self.others for key in other.metrics)]
        return tuple(dict.fromkeys(metrics))

    @property
    def tied(self) -> tuple[str, ...]:
        """The other run groups that the noise between evaluations does not tell from the first."""
        if not self.metrics or not self.metrics[0].direction or not self.runs:
            return ()
        leader = self.runs[0].reached[0]
        if leader is None or math.isnan(leader.value):
            return ()
        return tuple(
            run.group
            for run in self.runs[1:]
            if run.reached[0] and tied(leader.ranked.level, run.reached[0].ranked.level)
        )

    def best(self, index: int) -> float:
        """Return the best ranked value of a metric over all runs; NaN if no run has one."""
        column = (run.reached[index] for run in self.runs)
        values = [cell.value for cell in column if cell and not math.isnan(cell.value)]
        choose = max if self.metrics[index].direction == "up" else min
        return choose(values, default=math.nan)

    def base(self, index: int) -> float:
        """Return the baseline's ranked value of a metric; NaN if there is none."""
        cells = (run.reached[index] for run in self.runs if run.group == self.baseline)
        return next((cell.value for cell in cells if cell), math.nan)

    def kind(self, index: int) -> str:
        """Return which values of a metric rank runs, in words: "last 5 evaluations"."""
        return kind_of(cell.ranked for run in self.runs if (cell := run.reached[index]))


def summarise(
    scalars: pd.DataFrame,
    runs: pd.DataFrame,
    baseline: str = "",
    headline: Headline | None = None,
) -> Summary:
    """Return the run groups, ranked by the first metric of the headline.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        runs: the runs frame.
        baseline: name of a run group, or "".
        headline: the metrics to show, see `reportgen.analysis.logged_metrics.headline`; if None,
            they are chosen by what the tags measure alone.
    """
    headline = headline or choose_headline(logged_metrics(scalars))
    metrics = key_metrics(headline)
    metric_rows = scalars[scalars["metric"].isin([key.metric for key in metrics])]
    rows_of_key = _rows_by_key(metric_rows)
    rows = [_run_summary(group, members, rows_of_key, metrics) for group, members in _groups(runs)]
    if metrics and metrics[0].direction:
        sign = -1 if metrics[0].direction == "up" else 1
        rows.sort(key=lambda row: _rank(row.reached[0], sign))
    return Summary(metrics, tuple(rows), baseline, headline.reason)


def key_metrics(headline: Headline) -> tuple[KeyMetric, ...]:
    """Return the metrics of the summary: those that the user names, else the headline and a second.

    The second is the next that measures something else in the other direction, such as the loss
    beside the accuracy.
    """
    candidates = headline.candidates
    if not headline.wanted:
        candidates = candidates[:1] + _second(candidates)
    return tuple(
        KeyMetric(
            candidate.metric.name,
            candidate.metric.split,
            candidate.tag,
            candidate.metric.direction,
            candidate.metric.level,
        )
        for candidate in candidates
    )


def _second(candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Return the metric to show beside the headline, at most one."""
    if not candidates:
        return ()
    first = candidates[0].metric
    others = [
        candidate
        for candidate in candidates[1:]
        if candidate.metric.direction not in {"", first.direction}
        and candidate.metric.words != first.words
    ]
    return tuple(others[: _MAX_METRICS - 1])


def _groups(runs: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(name), members) for name, members in runs.groupby("group", sort=False)]


def _rows_by_key(scalars: pd.DataFrame) -> RowsByKey:
    """Return the rows of each run group, metric and split, with the number of their series."""
    keys = ["group", "metric", "split"]
    series = scalars.groupby(["run", "tag"], observed=True).ngroup()
    columns = {"run", "tag", "direction", "role", "level"} & set(scalars.columns)
    numbered = scalars.drop(columns=list(columns)).assign(**{_SERIES: series})
    by_key = numbered.groupby(keys, sort=False, observed=True)
    return {(str(group), str(metric), str(split)): rows for (group, metric, split), rows in by_key}


def _run_summary(
    group: str, members: pd.DataFrame, rows_of_key: RowsByKey, metrics: tuple[KeyMetric, ...]
) -> RunSummary:
    first, last = members["first_wall_time"].min(), members["last_wall_time"].max()
    return RunSummary(
        group=group,
        reached=tuple(
            _reached(rows_of_key.get((group, key.metric, key.split)), key) for key in metrics
        ),
        last_step=int(members["last_step"].max()),
        seconds=float(last - first),
    )


def _reached(rows: pd.DataFrame | None, key: KeyMetric) -> Reached | None:
    if rows is None:
        return None
    values, steps = rows["value"].to_numpy(), rows["step"].to_numpy()
    index = best_place(values, key.direction)
    best, best_step = (float(values[index]), int(steps[index])) if index >= 0 else (math.nan, -1)
    return Reached(
        best=best,
        best_step=best_step,
        last=float(values[-1]),
        values=_sample(rows),
        ranked=_ranked(rows, key),
    )


def _ranked(rows: pd.DataFrame, key: KeyMetric) -> RankedValue:
    """Return the value that decides the rank; of a sketch, from the means of equal stretches."""
    if not is_sketched(rows):
        values, steps = rows["value"].to_numpy(), rows["step"].to_numpy()
        return ranked_value(values, steps, key.direction, key.split, key.level)
    pasts = [history(series_rows) for series_rows in _by_series(rows)]
    pasts = [past for past in pasts if past.finite.any()]
    if not pasts:
        return NO_VALUE
    selected = [past.sample() for past in pasts]
    means = [past.between(places)[1] for past, places in zip(pasts, selected, strict=True)]
    chosen = [past.steps[places] for past, places in zip(pasts, selected, strict=True)]
    if any(len(mean) != len(places) for mean, places in zip(means, selected, strict=True)):
        means = [past.raw[places] for past, places in zip(pasts, selected, strict=True)]
    values, steps = np.concatenate(means), np.concatenate(chosen)
    ranked = ranked_value(values, steps, key.direction, key.split, key.level)
    stretch = sum(past.points - past.bad for past in pasts) / len(values)
    points = round(ranked.level.points * stretch)
    return replace(ranked, level=replace(ranked.level, points=points))


def _sample(rows: pd.DataFrame) -> tuple[float, ...]:
    """Return values of each series at even distances, series by series."""
    histories = [history(series_rows) for series_rows in _by_series(rows)]
    return tuple(value for past in histories for value in past.raw[past.sample()].tolist())


def _by_series(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Yield the rows of each run and tag; most often they are of a single one."""
    series = rows[_SERIES].to_numpy()
    if (series == series[0]).all():
        yield rows
    else:
        yield from (series_rows for _, series_rows in rows.groupby(_SERIES, sort=False))


def _rank(reached: Reached | None, sign: int) -> tuple[bool, float]:
    """Return a sort key that puts the best first and runs without a value last."""
    if reached is None or np.isnan(reached.value):
        return (True, 0.0)
    return (False, sign * reached.value)
