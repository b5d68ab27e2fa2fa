"""The ranks of a distributed run compared, and the one that is slow or differs from the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.analysis.x_axis import active_seconds
from reportgen.arrays import FloatArray, IntArray

_SLOW = 0.95  # of the median speed
_OUTLIER_FACTOR = 5.0  # times the next largest distance of a rank from their median


@dataclass(frozen=True, slots=True)
class Spread:
    """One metric of all ranks at the steps that all of them have logged.

    Attributes:
        names: the ranks' runs, (r,).
        steps: (n,).
        rows: (r, n); NaN as logged.
        partial: the number of steps that are skipped because some ranks did not log them.
    """

    names: tuple[str, ...]
    steps: IntArray
    rows: FloatArray
    partial: int = 0

    def middles(self) -> FloatArray:
        """Return the median of each rank's finite values, (r,); NaN if it has none."""
        halves = np.where(np.isfinite(self.rows), self.rows / 2, np.nan)  # sums could overflow
        medians: FloatArray = 2 * np.nanmedian(halves, axis=1)
        return medians

    def outlier(self) -> int | None:
        """Return the index of the rank whose median is far from the others'; None if none is."""
        if len(self.names) < 3 or not np.isfinite(self.rows).any(axis=1).all():
            return None
        medians = self.middles() / 16  # so that no sum or product below overflows
        distances = np.abs(medians - np.median(medians))
        farthest = int(distances.argmax())
        limit = _OUTLIER_FACTOR * max(np.delete(distances, farthest).max(), _rounding(medians))
        return farthest if distances[farthest] > limit else None


def members(runs: pd.DataFrame) -> dict[str, list[str]]:
    """Return the ranks' runs in order of rank, by the name of their common run ("" at the top).

    Args:
        runs: the runs frame.
    """
    ranked = runs[runs["rank"] >= 0].sort_values("rank", kind="stable")
    ranks_of_run: dict[str, list[str]] = {}
    for run in ranked["run"].astype(str):
        ranks_of_run.setdefault(run.rpartition("/")[0], []).append(run)
    return {name: ranks for name, ranks in ranks_of_run.items() if len(ranks) > 1}


def rank_groups(runs: pd.DataFrame) -> dict[str, list[str]]:
    """Return the run groups of the ranks in order of rank, by the name of their common run.

    Args:
        runs: the runs frame.
    """
    group_of_run = dict(zip(runs["run"].astype(str), runs["group"].astype(str), strict=True))
    groups = {
        name: list(dict.fromkeys(group_of_run[run] for run in ranks))
        for name, ranks in members(runs).items()
    }
    return {name: names for name, names in groups.items() if len(names) > 1}


def spread(scalars: pd.DataFrame, ranks: list[str], column: str = "value") -> Spread:
    """Return the values of one tag, a row a rank; the last one of several values at a step.

    Args:
        scalars: rows of the scalars frame of one tag.
        ranks: names of runs.
        column: "value" or "wall_time".
    """
    rows = scalars[scalars["run"].isin(ranks)].assign(run=lambda frame: frame["run"].astype(str))
    wide = rows.drop_duplicates(["run", "step"], keep="last").pivot(  # noqa: PD010
        index="step", columns="run", values=column
    )
    names = [name for name in ranks if name in wide.columns]
    shared = wide[names].loc[wide.index.isin(_common_steps(rows, names))]
    steps, values = shared.index.to_numpy(np.int64), shared.to_numpy(float).T
    return Spread(tuple(names), steps, values, len(wide) - len(shared))


def speeds(times: Spread) -> FloatArray:
    """Return steps per second of each rank between shared steps, (r, n - 1); NaN if in no time.

    Args:
        times: wall times, see `spread`.
    """
    seconds = np.diff(times.rows, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(seconds > 0, np.diff(times.steps) / seconds, np.nan)


def overall(times: Spread) -> FloatArray:
    """Return steps per second of each rank over all its records, pauses excluded, (r,)."""
    if len(times.steps) < 2:
        return np.full(len(times.names), np.nan)
    seconds = np.array([active_seconds(wall, times.steps)[0].max() for wall in times.rows])
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(seconds > 0, (times.steps[-1] - times.steps[0]) / seconds, np.nan)


def straggler(times: Spread) -> int | None:
    """Return the index of the slowest rank if it is below 95 % of the median speed, else None."""
    rates = overall(times)
    if len(rates) < 2 or not np.isfinite(rates).all():
        return None
    slowest = int(rates.argmin())
    return slowest if rates[slowest] < _SLOW * np.median(rates) else None


def _common_steps(rows: pd.DataFrame, ranks: list[str]) -> pd.Index:
    """Return the steps that every rank has logged."""
    counts = rows.groupby("step")["run"].nunique()
    return counts.index[counts == len(ranks)]


def _rounding(values: FloatArray) -> float:
    """Return a distance that may be due to rounding."""
    return float(1e-6 * np.abs(values).max()) or 1e-300
