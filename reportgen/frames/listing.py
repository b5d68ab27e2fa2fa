"""Lists what an experiment holds, one row a run, kind and tag."""

from __future__ import annotations

import pandas as pd

from reportgen.frames.experiment import COLUMNS, Experiment

_KINDS = [kind for kind, columns in COLUMNS.items() if {"tag", "step"} <= set(columns)]


def listing(experiment: Experiment) -> pd.DataFrame:
    """Return which runs hold which tags, of what kind, how many values and over which steps.

    Args:
        experiment: what was read.

    Returns:
        Columns run, kind, tag (str), count, first_step, last_step (int64), first_wall_time and
        last_wall_time (float64; NaN where not logged). Runs are in the order of
        `experiment.runs`, kinds in that of `COLUMNS`, tags by name.
    """
    tables = [_tags_of_kind(kind, getattr(experiment, kind)) for kind in _KINDS]
    table = pd.concat(tables, ignore_index=True)
    order = {str(run): index for index, run in enumerate(experiment.runs["run"])}
    by_run = table["run"].map(order).argsort(kind="stable")
    return table.iloc[by_run].reset_index(drop=True)


def _tags_of_kind(kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of one kind."""
    times = frame["wall_time"] if "wall_time" in frame else pd.Series(dtype="float64")
    with_times = frame.assign(wall_time=times.where(times > 0))
    rows = (
        with_times.groupby(["run", "tag"], observed=True, sort=True)
        .agg(
            count=("step", "size"),
            first_step=("step", "min"),
            last_step=("step", "max"),
            first_wall_time=("wall_time", "min"),
            last_wall_time=("wall_time", "max"),
        )
        .reset_index()
        .astype({"run": object, "tag": object, "count": "int64"})
    )
    rows.insert(1, "kind", kind)
    return rows.astype({"kind": object, "first_step": "int64", "last_step": "int64"})
