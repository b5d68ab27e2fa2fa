"""Lines: scalars that were logged as lines of one chart by `add_scalars`."""

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
    """The annotated scalars, the lines of each main tag as one metric, with a column `line`.

    Lines that are splits of one metric (`loss/train`, `loss/val`) share a chart already and stay.

    Args:
        scalars: annotated, see `reportgen.analysis.annotated`.
        layouts: the layouts frame.
        runs: the runs frame.
        best: which way is better by tag or metric.
    """
    main = _main_tags(layouts)
    if not main:
        return scalars
    known = scalars["tag"].map(main).astype(object)
    split_up = scalars["metric"].eq(known).groupby(known).all()
    own = known.notna() & ~known.isin(split_up.index[split_up])
    if not own.any():
        return scalars
    rows, titles = scalars[own], known[own]
    splits = rows["run"].astype(object).map(runs.set_index("run")["split"]).fillna("")
    names = [tag[len(title) + 1 :] for tag, title in zip(rows["tag"], titles, strict=True)]
    ways = {title: _direction(title, best or {}) for title in titles.unique()}
    changed = rows.assign(
        metric=titles,
        split="",
        direction=titles.map(ways),
        line=[
            f"{name}, {split}" if split else name for name, split in zip(names, splits, strict=True)
        ],
    )
    return pd.concat([scalars[~own].assign(line=""), changed])


def _main_tags(layouts: pd.DataFrame) -> dict[str, str]:
    """The main tag of each line's tag."""
    rows = layouts[layouts["origin"] == "add_scalars"]
    return {
        re.sub(r"\\(.)", r"\1", pattern[1:-1]): str(title)
        for title, patterns in zip(rows["title"], rows["tags"], strict=True)
        for pattern in patterns
    }


def _direction(title: str, best: Mapping[str, str]) -> str:
    return best.get(title, describe(title).direction)
