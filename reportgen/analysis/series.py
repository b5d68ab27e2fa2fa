"""Scalars by what they measure: the run group, metric and split of each row."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from reportgen.analysis.metrics import metric


def annotated(
    scalars: pd.DataFrame, runs: pd.DataFrame, best: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The scalars frame with four more columns, so that what belongs in one chart shares `metric`.

    Args:
        scalars: the scalars frame.
        runs: the runs frame.
        best: which way is better by tag or metric, where the names' own words are not to say it;
            see `reportgen.analysis.metrics.parse_best`.

    Returns:
        `scalars` and `group` (the run that train/validation siblings belong to), `metric` (the tag
        without its split), `split` and `direction`, all str.
    """
    ways = best or {}
    by_run = runs.set_index("run")
    pairs = scalars[["run", "tag"]].drop_duplicates()
    measured = [
        metric(str(by_run.loc[run, "split"]), tag)
        for run, tag in zip(pairs["run"], pairs["tag"], strict=True)
    ]
    facts = pairs.assign(
        group=[str(by_run.loc[run, "group"]) for run in pairs["run"]],
        metric=[one.name for one in measured],
        split=[one.split for one in measured],
        direction=[
            ways.get(tag, ways.get(one.name, one.direction))
            for tag, one in zip(pairs["tag"], measured, strict=True)
        ],
    )
    return scalars.merge(facts, on=["run", "tag"], how="left", sort=False)
