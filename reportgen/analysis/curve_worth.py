"""Which scalars are worth a curve: not single values, constants, counters and repeated tags."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import pandas as pd

from reportgen.analysis.repeated_tags import repeated_tags


@dataclass(frozen=True, slots=True)
class Uncharted:
    """What no curve is drawn of.

    Attributes:
        single: the rows of metrics of which every series is one value.
        constant: the first row of each series of metrics that never change, and of counters the
            last.
        repeated: tags that repeat another tag, and which.
    """

    single: pd.DataFrame
    constant: pd.DataFrame
    repeated: dict[str, str]


def without_curves(
    scalars: pd.DataFrame, key_metrics: Collection[str] = ()
) -> tuple[pd.DataFrame, Uncharted]:
    """Return the rows that curves are drawn of, and what is shown in another way.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        key_metrics: metrics that have a curve in any case.
    """
    repeated = _of_whole_metrics(repeated_tags(scalars), scalars, key_metrics)
    first = scalars[~scalars["tag"].isin(list(repeated))] if repeated else scalars
    by_metric = first.groupby("metric", sort=False, observed=True)
    low, high = by_metric["value"].min(), by_metric["value"].max()
    counters = by_metric["role"].first().eq("counter")
    longest = (
        first.groupby(["metric", "run", "tag"], sort=False, observed=True)
        .size()
        .groupby(level="metric", sort=False, observed=True)
        .max()
    )
    bad = first["value"].isna().groupby(first["metric"], sort=False, observed=True).any()
    single = set(longest.index[longest == 1]) - set(key_metrics)
    flat = set(low.index[((low == high) & ~bad) | counters]) - single - set(key_metrics)
    in_single, in_flat = first["metric"].isin(list(single)), first["metric"].isin(list(flat))
    last_values = first[in_flat].drop_duplicates(["run", "tag"], keep="last")
    return first[~in_single & ~in_flat], Uncharted(first[in_single], last_values, repeated)


def _of_whole_metrics(
    repeated: Mapping[str, str], scalars: pd.DataFrame, key_metrics: Collection[str]
) -> dict[str, str]:
    """Return the repeated tags whose metric consists of such tags alone.

    A line stays where the chart of its metric has others beside it.
    """
    if not repeated:
        return {}
    pairs = scalars[["metric", "tag"]].drop_duplicates().astype(str)
    is_repeated = pairs["tag"].isin(list(repeated))
    whole = is_repeated.groupby(pairs["metric"]).transform("all")
    tags = set(pairs["tag"][whole & ~pairs["metric"].isin(list(key_metrics))])
    return {tag: first for tag, first in repeated.items() if tag in tags}
