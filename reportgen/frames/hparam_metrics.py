"""The metrics that the hparams plugin names, with what each run with parameters reached in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

TagAndGroup = tuple[str, str]
RunAndTag = tuple[str, str]


def reached(
    declared: pd.DataFrame, runs_with_parameters: Iterable[str], scalars: pd.DataFrame
) -> list[dict[str, Any]]:
    """Return rows of the frame of metrics.

    Args:
        declared: run, tag and group of each metric that a log names.
        runs_with_parameters: a run that names no metrics gets those of all the others.
        scalars: the scalars frame.
    """
    metrics_of_run: dict[str, dict[TagAndGroup, None]] = {}
    for run, tag, group in declared.itertuples(index=False):
        metrics_of_run.setdefault(str(run), {})[str(tag), str(group)] = None
    all_metrics = {metric: None for metrics in metrics_of_run.values() for metric in metrics}
    last_values = _last_values(scalars, {tag for tag, _ in all_metrics})
    return [
        {"run": run, "tag": tag, "group": group} | _last_value(last_values, run, tag, group)
        for run in runs_with_parameters
        for tag, group in metrics_of_run.get(run, all_metrics)
    ]


def _last_value(
    last_values: dict[RunAndTag, tuple[int, float]], run: str, tag: str, group: str
) -> dict[str, Any]:
    """Return step and value of a metric's last row; -1 and NaN if there is none."""
    name = f"{run}/{group}" if group else run
    missing = (-1, float("nan"))
    step, value = last_values.get((name, f"{tag}/final")) or last_values.get((name, tag), missing)
    return {"step": step, "value": value}


def _last_values(scalars: pd.DataFrame, tags: set[str]) -> dict[RunAndTag, tuple[int, float]]:
    """Return the last row's step and value of each series."""
    wanted = tags | {f"{tag}/final" for tag in tags}
    rows = scalars[scalars["tag"].isin(wanted)] if tags else scalars[:0]
    rows = rows.drop_duplicates(["run", "tag"], keep="last")
    columns = (rows[name] for name in ("run", "tag", "step", "value"))
    return {
        (str(run), str(tag)): (int(step), float(value))
        for run, tag, step, value in zip(*columns, strict=True)
    }
