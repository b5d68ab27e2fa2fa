"""Listing: what an experiment holds, one row a run, kind and tag."""

from __future__ import annotations

import pandas as pd

from reportgen.frames.experiment import COLUMNS, Experiment

_KINDS = [kind for kind, columns in COLUMNS.items() if {"tag", "step"} <= set(columns)]


def listing(experiment: Experiment) -> pd.DataFrame:
    """Which runs hold which tags, of what kind, how many values and over which steps.

    Args:
        experiment: what was read.

    Returns:
        Columns run, kind, tag (str), count, first_step, last_step (int64), first_wall_time and
        last_wall_time (float64; NaN where not logged). Runs stand as in `experiment.runs`, kinds
        as in `COLUMNS`, tags by name.
    """
    parts = [_of_kind(kind, getattr(experiment, kind)) for kind in _KINDS]
    whole = pd.concat(parts, ignore_index=True)
    order = {str(run): place for place, run in enumerate(experiment.runs["run"])}
    places = whole["run"].map(order)
    return whole.iloc[places.argsort(kind="stable")].reset_index(drop=True)


def _of_kind(kind: str, frame: pd.DataFrame) -> pd.DataFrame:
    times = frame["wall_time"] if "wall_time" in frame else pd.Series(dtype="float64")
    known = frame.assign(wall_time=times.where(times > 0))
    found = (
        known.groupby(["run", "tag"], observed=True, sort=True)
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
    found.insert(1, "kind", kind)
    return found.astype({"kind": object, "first_step": "int64", "last_step": "int64"})
