"""The metrics that the logs hold, as candidates for the headline."""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

from reportgen.analysis.custom_scalars import chosen
from reportgen.analysis.headline import Candidate, Headline, choose_headline, with_direction
from reportgen.analysis.metric_catalogue import describe
from reportgen.analysis.tag_families import tag_families


def headline(
    scalars: pd.DataFrame,
    metrics: pd.DataFrame,
    layouts: pd.DataFrame,
    wanted: Sequence[str] = (),
) -> Headline:
    """Return the metrics that say how well the runs did, most telling first.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        metrics: the metrics frame, of the hparams plugin.
        layouts: the layouts frame.
        wanted: tags or metrics that the user names.

    Raises:
        UsageError: a wanted tag was not logged.
    """
    candidates = logged_metrics(scalars)
    judged = {str(tag) for tag in metrics["tag"].unique()}
    charted = _first_chart(layouts, [candidate.tag for candidate in candidates])
    families = tag_families(str(tag) for tag in scalars["tag"].unique())
    return choose_headline(candidates, wanted, judged, charted, families)


def logged_metrics(scalars: pd.DataFrame) -> tuple[Candidate, ...]:
    """Return every metric and split of the logs, in order of their first rows.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
    """
    if scalars.empty:
        return ()
    finite = scalars.assign(
        value=scalars["value"].where(scalars["value"].abs() < math.inf)  # NaN is not below either
    )
    frame = finite.groupby(["metric", "split"], sort=False, observed=True).agg(
        tag=("tag", "first"),
        direction=("direction", "first"),
        coverage=("group", "nunique"),
        low=("value", "min"),
        high=("value", "max"),
    )
    return tuple(
        _candidate(str(name), str(split), row)
        for (name, split), row in zip(frame.index, frame.to_dict("records"), strict=True)
    )


def _candidate(name: str, split: str, row: Mapping[Hashable, Any]) -> Candidate:
    low, high = float(row["low"]), float(row["high"])
    described = describe(str(row["tag"]), split)
    metric = with_direction(described, name, split, str(row["direction"]))
    return Candidate(
        tag=str(row["tag"]),
        metric=metric,
        coverage=int(row["coverage"]),
        finite=math.isfinite(low),
        varies=low < high,
        value=low if low == high else math.nan,
    )


def _first_chart(layouts: pd.DataFrame, tags: Sequence[str]) -> set[str]:
    """Return the tags in the first chart of the user's layout; none without one."""
    rows = layouts[layouts["origin"] == "custom_scalars"]
    if rows.empty:
        return set()
    for style, patterns in zip(rows["style"], rows["tags"], strict=True):
        charted = list(patterns)[:1] if style == "margin" else list(patterns)
        matching, _ = chosen(tags, charted)
        if matching:
            return set(matching)
    return set()
