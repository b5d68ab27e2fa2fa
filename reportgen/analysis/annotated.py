"""What each row of scalars measures: its run group, metric, split and direction."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen.analysis.tag_names import metric


def annotated(
    scalars: pd.DataFrame, runs: pd.DataFrame, best: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return the scalars frame with four more columns; rows of one chart share their `metric`.

    Args:
        scalars: the scalars frame.
        runs: the runs frame.
        best: the better direction by tag or metric, overriding what their names say; see
            `reportgen.analysis.tag_names.parse_best`.

    Returns:
        `scalars` and `group` (the run that train/validation siblings belong to), `metric` (the tag
        without its split), `split` and `direction`, all categorical.
    """
    overrides = best or {}
    run_column, tag_column = (scalars[name].astype("category").cat for name in ("run", "tag"))
    run_names, tag_names = run_column.categories, tag_column.categories
    pairs = run_column.codes.to_numpy(np.int64) * len(tag_names) + tag_column.codes.to_numpy()
    series_of_row, series = pd.factorize(pairs)
    run_rows = {str(row.run): row for row in runs.itertuples()}
    columns: dict[str, list[str]] = {name: [] for name in ("group", "metric", "split", "direction")}
    for pair in series.tolist():
        run_code, tag_code = divmod(pair, len(tag_names))
        run, tag = run_rows[str(run_names[run_code])], str(tag_names[tag_code])
        measured = metric(str(run.split), tag)
        direction = overrides.get(tag, overrides.get(measured.name, measured.direction))
        cells = (str(run.group), measured.name, measured.split, direction)
        for column, cell in zip(columns.values(), cells, strict=True):
            column.append(cell)
    return scalars.assign(
        **{name: _column(cells, series_of_row) for name, cells in columns.items()}
    )


def _column(cells: list[str], series_of_row: NDArray[np.int64]) -> pd.Categorical[str]:
    """Return a column whose row i is `cells[series_of_row[i]]`."""
    names, codes = np.unique(np.array(cells, object), return_inverse=True)
    return pd.Categorical.from_codes(codes[series_of_row], categories=pd.Index(names, dtype=object))
