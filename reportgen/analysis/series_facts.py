"""Facts on each series, all computed at once, so that thousands of tags cost little."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.arrays import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """Every series of a frame of scalars.

    Attributes:
        frame: one row a series in the order of the logs: run, tag, metric, split, direction, role
            (text); points (rows); low, high, mean (of finite values, NaN without any); is_finite
            (all values are); first_step, last_step.
        values, steps: of all rows, series by series, (n,).
        starts: where each series begins in them, and their end, (s + 1,).
    """

    frame: pd.DataFrame
    values: FloatArray
    steps: IntArray
    starts: IntArray

    def rows_of(self, series: int) -> tuple[FloatArray, IntArray]:
        """Return the values and steps of a series, by its place in the frame."""
        rows = slice(int(self.starts[series]), int(self.starts[series + 1]))
        return self.values[rows], self.steps[rows]


def series_facts(scalars: pd.DataFrame) -> SeriesFacts:
    """Return the facts on every series.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
    """
    groups = scalars.groupby(["run", "tag"], sort=False, observed=True).ngroup().to_numpy()
    order = np.argsort(groups, kind="stable")
    count = int(groups.max(initial=-1)) + 1
    starts = np.searchsorted(groups[order], np.arange(count + 1)).astype(np.int64)
    values = scalars["value"].to_numpy(np.float64)[order]
    steps = scalars["step"].to_numpy(np.int64)[order]
    first_rows = scalars.iloc[order[starts[:-1]]]
    columns = ("run", "tag", "metric", "split", "direction", "role")
    frame = pd.DataFrame({name: first_rows[name].astype(str).to_numpy() for name in columns})
    finite = pd.Series(np.where(np.isfinite(values), values, np.nan)).groupby(groups[order])
    return SeriesFacts(
        frame.assign(
            points=np.diff(starts),
            low=finite.min().to_numpy(),
            high=finite.max().to_numpy(),
            mean=finite.mean().to_numpy(),
            is_finite=finite.count().to_numpy() == np.diff(starts),
            first_step=steps[starts[:-1]],
            last_step=steps[starts[1:] - 1],
        ),
        values,
        steps,
        starts,
    )
