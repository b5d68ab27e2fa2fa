"""Aggregates of an experiment as a frame, for notebooks and for figures."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from reportgen.analysis.annotated import annotated
from reportgen.analysis.groups.aggregation import (
    BANDS,
    CENTRES,
    Aggregate,
    Band,
    Centre,
    aggregate_series,
)
from reportgen.analysis.groups.seed_groups import find_seed_groups
from reportgen.errors import UsageError
from reportgen.frames.experiment import Experiment
from reportgen.selection import selection

_COLUMNS = {
    "group": "category",
    "tag": "category",
    "split": "category",
    "step": "int64",
    "value": "float64",
    "low": "float64",
    "high": "float64",
    "n": "int64",
}


def aggregate(
    experiment: Experiment,
    *,
    tags: str | tuple[str, ...] | None = None,
    centre: Centre = "median",
    band: Band = "range",
    group: str = "",
    seed: int = 0,
) -> pd.DataFrame:
    """Return the scalars of every seed group as one line a tag.

    Args:
        experiment: what was read, with all its points (not sketched).
        tags: which tags: globs, or regular expressions between slashes; all where None.
        centre: "mean", "median" or "iqm" (interquartile mean).
        band: "range", "sd", "se", "quantiles" (10 % to 90 %) or "bootstrap" (95 %).
        group: what names the groups, as for `--group`; "" where names and parameters do.
        seed: of the bootstrap.

    Returns:
        Columns group, tag, split, step, value, low, high and n, the number of runs that reach the
        step. Steps are those of all runs; a run is interpolated within its own range, and says
        nothing beyond it.

    Raises:
        UsageError: centre or band is none of these, or `group` fits no run.
    """
    if centre not in CENTRES or band not in BANDS:
        raise UsageError(
            f"aggregate: centre is one of {', '.join(CENTRES)}; band is one of {', '.join(BANDS)}"
        )
    groups = find_seed_groups(experiment.runs, experiment.hparams, group)
    by_run = groups.by_run
    chosen = selection(tags)
    scalars = experiment.scalars
    scalars = scalars[[chosen(str(tag)) for tag in scalars["tag"]]]
    scalars = annotated(scalars, experiment.runs)
    scalars = scalars[scalars["group"].isin(by_run)]
    named = scalars.assign(seed_group=[by_run[str(run)] for run in scalars["group"]])
    parts = [
        pd.DataFrame(
            {
                "group": name,
                "tag": tag,
                "split": split,
                "step": line.steps,
                "value": line.centre,
                "low": line.low,
                "high": line.high,
                "n": line.count,
            }
        )
        for name, tag, split, line in _lines(named, centre, band, seed)
    ]
    if not parts:
        parts = [pd.DataFrame(columns=list(_COLUMNS))]
    return pd.concat(parts, ignore_index=True).astype(_COLUMNS)


def _lines(
    scalars: pd.DataFrame, centre: Centre, band: Band, seed: int
) -> Iterator[tuple[str, str, str, Aggregate]]:
    keys = ["seed_group", "tag", "split"]
    for (name, tag, split), rows in scalars.groupby(keys, sort=False, observed=True):
        series = [
            (run["step"].to_numpy(), run["value"].to_numpy())
            for _, run in rows.groupby("run", sort=False, observed=True)
        ]
        yield str(name), str(tag), str(split), aggregate_series(series, centre, band, seed)
