"""What a run reached in a metric: its best, last and ranked value, from the rows of its series."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from reportgen.analysis.best import best_place
from reportgen.analysis.levels import NO_VALUE, RankedValue, ranked_value
from reportgen.series.history import history, is_sketched

# The rows of a run group, metric and split.
RowsByKey = Mapping[tuple[str, str, str], pd.DataFrame]
_SERIES = "series number"


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


def rows_by_key(scalars: pd.DataFrame) -> RowsByKey:
    """Return the rows of each run group, metric and split, with the number of their series.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
    """
    keys = ["group", "metric", "split"]
    series = scalars.groupby(["run", "tag"], observed=True).ngroup()
    columns = {"run", "tag", "direction", "role", "level"} & set(scalars.columns)
    numbered = scalars.drop(columns=list(columns)).assign(**{_SERIES: series})
    by_key = numbered.groupby(keys, sort=False, observed=True)
    return {(str(group), str(metric), str(split)): rows for (group, metric, split), rows in by_key}


def mean_over_ranks(ranks: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return a row a step with the mean of the values that the ranks logged there.

    Args:
        ranks: rows of `rows_by_key`, of one metric and split.
    """
    values = pd.concat(ranks).groupby("step")["value"]
    means = values.agg(lambda logged: logged.mean(skipna=False))
    return means.reset_index().assign(**{_SERIES: 0})


def reached(rows: pd.DataFrame, key: KeyMetric) -> Reached:
    """Return what a run reached in a metric.

    Args:
        rows: of `rows_by_key` or `mean_over_ranks`.
        key: the metric.
    """
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
