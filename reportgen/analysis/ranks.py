"""Ranks: the processes of one distributed run beside each other, and the one that lags."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen.analysis.x_axis import active_seconds

_SLOW = 0.95  # of the median speed
_APART = 5.0  # times the median distance of the ranks from their median

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """One metric of all ranks at the steps that all of them have logged.

    Attributes:
        names: of the ranks' runs, (r,).
        steps: (n,).
        rows: (r, n); NaN as logged.
        partial: how many steps are left out, as not every rank has logged them.
    """

    names: tuple[str, ...]
    steps: NDArray[np.int64]
    rows: Floats
    partial: int = 0

    def middles(self) -> Floats:
        """The median of each rank's finite values, (r,); NaN of none."""
        finite = np.where(np.isfinite(self.rows), self.rows / 2, np.nan)  # no sum overflows
        middle: Floats = 2 * np.nanmedian(finite, axis=1)
        return middle

    def outlier(self) -> int | None:
        """The rank whose middle value lies far from all others'; None where none does."""
        if len(self.names) < 3 or not np.isfinite(self.rows).any(axis=1).all():
            return None
        middle = self.middles() / 16  # of which no sum or product here overflows
        distance = np.abs(middle - np.median(middle))
        last = int(distance.argmax())
        others = np.delete(distance, last)
        return last if distance[last] > _APART * max(others.max(), _tiny(middle)) else None


def members(runs: pd.DataFrame) -> dict[str, list[str]]:
    """Names of the ranks' runs in order of rank, by the name of their common run ("" at the top).

    Args:
        runs: the runs frame.
    """
    ranked = runs[runs["rank"] >= 0].sort_values("rank", kind="stable")
    found: dict[str, list[str]] = {}
    for run in ranked["run"].astype(str):
        found.setdefault(run.rpartition("/")[0], []).append(run)
    return {name: ranks for name, ranks in found.items() if len(ranks) > 1}


def spread(scalars: pd.DataFrame, ranks: list[str], column: str = "value") -> Spread:
    """The rows of one tag, side by side; of several values at a step the last.

    Args:
        scalars: rows of the scalars frame of one tag.
        ranks: names of runs.
        column: "value" or "wall_time".
    """
    rows = scalars[scalars["run"].isin(ranks)].assign(run=lambda frame: frame["run"].astype(str))
    wide = rows.drop_duplicates(["run", "step"], keep="last").pivot(  # noqa: PD010
        index="step", columns="run", values=column
    )
    held = [name for name in ranks if name in wide.columns]
    shared = wide[held].loc[wide.index.isin(_common(rows, held))]
    steps, values = shared.index.to_numpy(np.int64), shared.to_numpy(float).T
    return Spread(tuple(held), steps, values, len(wide) - len(shared))


def speeds(times: Spread) -> Floats:
    """Steps per second of each rank between the shared steps, (r, n - 1); NaN where no time passed.

    Args:
        times: wall times, see `spread`.
    """
    seconds = np.diff(times.rows, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(seconds > 0, np.diff(times.steps) / seconds, np.nan)


def overall(times: Spread) -> Floats:
    """Steps per second of each rank from its first to its last record, (r,); without pauses."""
    if len(times.steps) < 2:
        return np.full(len(times.names), np.nan)
    seconds = np.array([active_seconds(wall, times.steps)[0].max() for wall in times.rows])
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(seconds > 0, (times.steps[-1] - times.steps[0]) / seconds, np.nan)


def straggler(times: Spread) -> int | None:
    """The slowest rank, where it is slower than 95 % of the median; None where none is."""
    rates = overall(times)
    if len(rates) < 2 or not np.isfinite(rates).all():
        return None
    slowest = int(rates.argmin())
    return slowest if rates[slowest] < _SLOW * np.median(rates) else None


def _common(rows: pd.DataFrame, held: list[str]) -> pd.Index:
    """The steps that every rank has."""
    counts = rows.groupby("step")["run"].nunique()
    return counts.index[counts == len(held)]


def _tiny(values: Floats) -> float:
    """A distance that rounding alone may make."""
    return float(1e-6 * np.abs(values).max()) or 1e-300
