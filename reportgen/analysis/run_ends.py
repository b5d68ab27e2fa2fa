"""How each run ended: at which step, and whether its metrics were still finite."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class RunEnd:
    """The end of one run group.

    Attributes:
        last_step: the last step of its runs; -1 if unknown.
        has_finished: whether another run ends at the same step and none later, which an
            interrupted run hardly would.
        bad_step: from which on a metric has no finite value any more; -1 for none.
        bad_value: the first of these values, NaN or infinite; NaN for none.
    """

    last_step: int
    has_finished: bool = False
    bad_step: int = -1
    bad_value: float = math.nan


def run_ends(scalars: pd.DataFrame, runs: pd.DataFrame) -> dict[str, RunEnd]:
    """Return the end of each run group, by its name.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        runs: the runs frame.
    """
    bad = _bad_ends(scalars)
    lasts = {
        str(name): int(step) for name, step in runs.groupby("group")["last_step"].max().items()
    }
    counts, latest = Counter(lasts.values()), max(lasts.values(), default=-1)
    ends = {}
    for group, last in lasts.items():
        step, value = bad.get(group, (-1, math.nan))
        finished = last == latest and counts[latest] > 1
        ends[group] = RunEnd(last, finished, step, value)
    return ends


def _bad_ends(scalars: pd.DataFrame) -> dict[str, tuple[int, float]]:
    """Return step and value from which on a metric is not finite, the first one of each group."""
    rows = scalars[scalars["direction"] != ""]
    if np.isfinite(rows["value"].to_numpy()).all():
        return {}
    ends: dict[str, tuple[int, float]] = {}
    for _, series in rows.groupby(["run", "tag"], sort=False, observed=True):
        finite = np.isfinite(series["value"].to_numpy())
        if finite[-1]:
            continue
        place = int(np.flatnonzero(finite)[-1]) + 1 if finite.any() else 0
        step = int(series["step"].iloc[place])
        group = str(series["group"].iloc[0])
        if group not in ends or step < ends[group][0]:
            ends[group] = (step, float(series["value"].iloc[place]))
    return ends
