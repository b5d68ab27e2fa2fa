"""Scalars by what they measure: the run group, metric and split of each row."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen.analysis.tag_names import metric


def annotated(
    scalars: pd.DataFrame, runs: pd.DataFrame, best: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """The scalars frame with four more columns, so that what belongs in one chart shares `metric`.

    Args:
        scalars: the scalars frame.
        runs: the runs frame.
        best: which way is better by tag or metric, where the names' own words are not to say it;
            see `reportgen.analysis.tag_names.parse_best`.

    Returns:
        `scalars` and `group` (the run that train/validation siblings belong to), `metric` (the tag
        without its split), `split` and `direction`, all categorical.
    """
    ways = best or {}
    runs_, tags = (scalars[name].astype("category").cat for name in ("run", "tag"))
    pairs = runs_.codes.to_numpy(np.int64) * len(tags.categories) + tags.codes.to_numpy()
    places, kinds = pd.factorize(pairs)
    by_run = {str(row.run): row for row in runs.itertuples()}
    facts: dict[str, list[str]] = {name: [] for name in ("group", "metric", "split", "direction")}
    for kind in kinds.tolist():
        run, tag = divmod(kind, len(tags.categories))
        of, name = by_run[str(runs_.categories[run])], str(tags.categories[tag])
        found = metric(str(of.split), name)
        way = ways.get(name, ways.get(found.name, found.direction))
        cells = (str(of.group), found.name, found.split, way)
        for column, cell in zip(facts.values(), cells, strict=True):
            column.append(cell)
    return scalars.assign(**{name: _spread(cells, places) for name, cells in facts.items()})


def _spread(cells: list[str], places: NDArray[np.int64]) -> pd.Categorical[str]:
    """A column: cell `places[i]` in row i."""
    names, codes = np.unique(np.array(cells, object), return_inverse=True)
    return pd.Categorical.from_codes(codes[places], categories=pd.Index(names, dtype=object))
