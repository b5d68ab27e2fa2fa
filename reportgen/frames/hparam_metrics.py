"""Metrics: what each run with parameters reached in what it is judged by."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

Named = tuple[str, str]  # tag and group of a metric


def reached(
    announced: pd.DataFrame, sessions: Iterable[str], scalars: pd.DataFrame
) -> list[dict[str, Any]]:
    """Rows of the frame of metrics.

    Args:
        announced: run, tag and group of each metric that a log names.
        sessions: runs that have parameters. One that names no metrics has those of all the others.
        scalars: the frame of scalars.
    """
    own: dict[str, dict[Named, None]] = {}
    for run, tag, group in announced.itertuples(index=False):
        own.setdefault(str(run), {})[str(tag), str(group)] = None
    every = {named: None for names in own.values() for named in names}
    last = _last(scalars, {tag for tag, _ in every})
    return [
        {"run": run, "tag": tag, "group": group} | _value(last, run, tag, group)
        for run in sessions
        for tag, group in own.get(run, every)
    ]


def _value(last: dict[Named, tuple[int, float]], run: str, tag: str, group: str) -> dict[str, Any]:
    place = f"{run}/{group}" if group else run
    step, value = last.get((place, f"{tag}/final")) or last.get((place, tag), (-1, float("nan")))
    return {"step": step, "value": value}


def _last(scalars: pd.DataFrame, tags: set[str]) -> dict[Named, tuple[int, float]]:
    """By run and tag, the last row's step and value."""
    wanted = tags | {f"{tag}/final" for tag in tags}
    rows = scalars[scalars["tag"].isin(wanted)] if tags else scalars[:0]
    rows = rows.drop_duplicates(["run", "tag"], keep="last")
    columns = (rows[name] for name in ("run", "tag", "step", "value"))
    return {
        (str(run), str(tag)): (int(step), float(value))
        for run, tag, step, value in zip(*columns, strict=True)
    }
