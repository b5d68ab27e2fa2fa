"""What each row of scalars measures: its run group, metric, split, direction, role and level."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen.analysis.metric_catalogue import Metric, describe
from reportgen.arrays import IntArray

# What runs spell in different ways and still compare; other tags are compared as they are spelled.
_COMPARED = {"objective", "component", "schedule"}


@dataclass(frozen=True, slots=True)
class _Series:
    """One tag of one run."""

    run: str
    group: str
    tag: str
    metric: Metric


def annotated(
    scalars: pd.DataFrame, runs: pd.DataFrame, best: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Return the scalars frame with six more columns; rows of one chart share their `metric`.

    Args:
        scalars: the scalars frame.
        runs: the runs frame.
        best: the better direction by tag or metric, overriding what their names say; see
            `reportgen.analysis.tag_names.parse_best`.

    Returns:
        `scalars` and `group` (the run that train/validation siblings belong to), `metric` (the tag
        without its split, spelled alike in all runs), `split`, `direction`, `role` and `level`
        (see `reportgen.analysis.metric_catalogue.Metric`), all categorical.
    """
    run_column, tag_column = (scalars[name].astype("category").cat for name in ("run", "tag"))
    run_names, tag_names = run_column.categories, tag_column.categories
    pairs = run_column.codes.to_numpy(np.int64) * len(tag_names) + tag_column.codes.to_numpy()
    series_of_row, codes = pd.factorize(pairs)
    run_rows = {str(row.run): row for row in runs.itertuples()}
    logged: list[_Series] = []
    for code in codes.tolist():
        run_code, tag_code = divmod(code, len(tag_names))
        run, tag = str(run_names[run_code]), str(tag_names[tag_code])
        row = run_rows[run]
        logged.append(_Series(run, str(row.group), tag, describe(tag, str(row.split))))
    names = _names(logged)
    columns = {
        "group": [series.group for series in logged],
        "metric": names,
        "split": [series.metric.split for series in logged],
        "direction": [
            _direction(series, name, best or {}) for series, name in zip(logged, names, strict=True)
        ],
        "role": [series.metric.role for series in logged],
        "level": [series.metric.level for series in logged],
    }
    return scalars.assign(
        **{name: _column(cells, series_of_row) for name, cells in columns.items()}
    )


def _direction(series: _Series, name: str, best: Mapping[str, str]) -> str:
    """Return what the user says of a tag or its metric, else what its words say."""
    for key in (series.tag, name, series.metric.name):
        if key in best:
            return best[key]
    return series.metric.direction


def _names(logged: Sequence[_Series]) -> list[str]:
    """Return the metric of each series, spelled alike where runs or splits spell it differently.

    `val_acc` of one run and `val_accuracy` of another are one metric; two tags of one run and
    split are not, so then all spellings stay.
    """
    by_words: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, series in enumerate(logged):
        if series.metric.role in _COMPARED:
            by_words[series.metric.words].append(index)
    names = [series.metric.name for series in logged]
    for indices in by_words.values():
        spellings = Counter(names[index] for index in indices)
        places = Counter((logged[index].run, logged[index].metric.split) for index in indices)
        if len(spellings) > 1 and max(places.values()) == 1:
            common = min(spellings, key=lambda name: (-spellings[name], len(name), name))
            for index in indices:
                names[index] = common
    return names


def _column(cells: list[str], series_of_row: IntArray) -> pd.Categorical[str]:
    """Return a column whose row i is `cells[series_of_row[i]]`."""
    names, codes = np.unique(np.array(cells, object), return_inverse=True)
    return pd.Categorical.from_codes(codes[series_of_row], categories=pd.Index(names, dtype=object))
