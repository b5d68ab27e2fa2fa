"""Scalars that `add_scalars` logged as the lines of one chart."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from reportgen.analysis.metric_catalogue import describe


def lined(
    scalars: pd.DataFrame,
    layouts: pd.DataFrame,
    runs: pd.DataFrame,
    best: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Return the annotated scalars, the lines of each main tag as one metric.

    Lines that are splits of one metric (`loss/train`, `loss/val`) share a chart already and stay.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        layouts: the layouts frame.
        runs: the runs frame.
        best: the better direction by tag or metric.

    Returns:
        `scalars`, with a column `line` (its name, or "") if there are such lines.
    """
    main_tag_of_line = _main_tags(layouts)
    if not main_tag_of_line:
        return scalars
    main_tags = scalars["tag"].map(main_tag_of_line).astype(object)
    are_splits = scalars["metric"].eq(main_tags).groupby(main_tags).all()
    is_line = main_tags.notna() & ~main_tags.isin(are_splits.index[are_splits])
    if not is_line.any():
        return scalars
    rows, titles = scalars[is_line], main_tags[is_line]
    splits = rows["run"].astype(object).map(runs.set_index("run")["split"]).fillna("")
    names = [tag[len(title) + 1 :] for tag, title in zip(rows["tag"], titles, strict=True)]
    directions = {title: _direction(title, best or {}) for title in titles.unique()}
    lines = rows.assign(
        metric=titles,
        split="",
        direction=titles.map(directions),
        line=[
            f"{name}, {split}" if split else name for name, split in zip(names, splits, strict=True)
        ],
    )
    return pd.concat([scalars[~is_line].assign(line=""), lines])


def _main_tags(layouts: pd.DataFrame) -> dict[str, str]:
    """Return the main tag of each line by the line's tag."""
    rows = layouts[layouts["origin"] == "add_scalars"]
    return {
        re.sub(r"\\(.)", r"\1", pattern[1:-1]): str(title)
        for title, patterns in zip(rows["title"], rows["tags"], strict=True)
        for pattern in patterns
    }


def _direction(title: str, best: Mapping[str, str]) -> str:
    return best.get(title, describe(title).direction)
