"""Which scalars are worth a curve: not single values, constants, counters and repeated tags."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from reportgen.analysis.repeated_tags import repeated_tags
from reportgen.analysis.series_facts import series_facts


@dataclass(frozen=True, slots=True)
class Uncharted:
    """What no curve is drawn of.

    Attributes:
        single: the rows of metrics of which every series is one value.
        constant: the last row of each series of metrics that never change, and of counters.
        repeated: tags that repeat another tag, and which.
    """

    single: pd.DataFrame
    constant: pd.DataFrame
    repeated: Mapping[str, str]


def without_curves(
    scalars: pd.DataFrame, key_metrics: Collection[str] = ()
) -> tuple[pd.DataFrame, Uncharted]:
    """Return the rows that curves are drawn of, and what is shown in another way.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        key_metrics: metrics that have a curve in any case.
    """
    if scalars.empty:
        return scalars, Uncharted(scalars, scalars, {})
    facts = series_facts(scalars)
    repeated = _of_whole_metrics(repeated_tags(facts), facts.frame, key_metrics)
    series = facts.frame[~facts.frame["tag"].isin(list(repeated))]
    metrics = series.groupby("metric", sort=False).agg(
        points=("points", "max"),
        low=("low", "min"),
        high=("high", "max"),
        is_finite=("is_finite", "all"),
        role=("role", "first"),
    )
    metrics = metrics[~metrics.index.isin(list(key_metrics))]
    is_single = metrics["points"] == 1
    is_constant = (metrics["low"] == metrics["high"]) & metrics["is_finite"]
    flat = ~is_single & (is_constant | metrics["role"].eq("counter"))
    drawn = ~scalars["tag"].isin(list(repeated))
    in_single = drawn & scalars["metric"].isin(list(metrics.index[is_single]))
    in_flat = drawn & scalars["metric"].isin(list(metrics.index[flat]))
    last_rows = scalars[in_flat].drop_duplicates(["run", "tag"], keep="last")
    curves = scalars[drawn & ~in_single & ~in_flat]
    return curves, Uncharted(scalars[in_single], last_rows, repeated)


def _of_whole_metrics(
    repeated: Mapping[str, str], series: pd.DataFrame, key_metrics: Collection[str]
) -> dict[str, str]:
    """Return the repeated tags whose metric consists of such tags alone.

    A line stays where the chart of its metric has others beside it.
    """
    if not repeated:
        return {}
    is_repeated = series["tag"].isin(list(repeated))
    whole = is_repeated.groupby(series["metric"]).transform("all")
    tags = set(series["tag"][whole & ~series["metric"].isin(list(key_metrics))])
    return {tag: first for tag, first in repeated.items() if tag in tags}
