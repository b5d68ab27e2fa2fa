"""Trials: what each run was given, and what it reached with it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen.analysis.summary import Summary

FEWEST = 3  # runs, for any figure of parameters

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Trials:
    """Runs that have parameters and a value of the metric.

    Attributes:
        groups: names of the run groups, (n,).
        parameters: (n, p) as logged; only those that differ between runs, None where not given.
        metric: the tag that is compared.
        direction: "down", "up" or "".
        reached: (n,) best value where a way is better, else the last.
    """

    groups: tuple[str, ...]
    parameters: pd.DataFrame
    metric: str
    direction: str
    reached: Floats


def trials(hparams: pd.DataFrame, runs: pd.DataFrame, ranking: Summary) -> Trials | None:
    """The runs side by side; None where fewer than three have both, or nothing differs.

    Args:
        hparams: the hparams frame.
        runs: the runs frame.
        ranking: its first metric is the one that is compared.
    """
    if hparams.empty or not ranking.metrics:
        return None
    key = ranking.metrics[0]
    firsts = [(row.group, row.reached[0]) for row in ranking.runs]
    reached = {
        group: one.best if key.direction else one.last for group, one in firsts if one is not None
    }
    group_of = dict(zip(runs["run"], runs["group"], strict=True))
    rows = hparams.assign(group=[str(group_of[run]) for run in hparams["run"]])
    rows = rows.drop_duplicates(["group", "name"], keep="last")
    wide = rows.pivot(index="group", columns="name", values="value")  # noqa: PD010
    order = [group for group in dict.fromkeys(runs["group"].astype(str)) if group in wide.index]
    known = [group for group in order if np.isfinite(reached.get(group, np.nan))]
    wide = wide.loc[known]
    wide = wide[[name for name in wide.columns if len(set(wide[name].astype(str))) > 1]]
    if len(wide) < FEWEST or not len(wide.columns):
        return None
    values = np.array([reached[group] for group in known])
    return Trials(tuple(known), wide, key.tag, key.direction, values)


def numeric(values: pd.Series) -> Floats | None:
    """A parameter as numbers: those logged, or 0 and 1 for two words; None where it has no order.

    Returns:
        (n,) with NaN where it is not given or not finite.
    """
    given = values[values.notna()]
    if all(isinstance(value, (bool, int, float)) for value in given):
        known = pd.to_numeric(values, errors="coerce").to_numpy(float)
        return np.where(np.isfinite(known), known, np.nan)
    words = sorted(set(given.astype(str)))
    if len(words) != 2:
        return None
    return values.map(lambda value: float(words.index(str(value))), na_action="ignore").to_numpy(
        float
    )


def rank_correlation(x: Floats, y: Floats) -> float:
    """Spearman's: Pearson's correlation of the ranks, equal values sharing their mean rank.

    Args:
        x: (n,); pairs with a value that is not finite are left out.
        y: (n,).

    Returns:
        Between -1 and 1; NaN where one of the two does not vary.
    """
    known = np.isfinite(x) & np.isfinite(y)
    first, second = _ranks(x[known]), _ranks(y[known])
    first, second = first - first.mean(), second - second.mean()
    length = np.sqrt((first**2).sum() * (second**2).sum())
    return float((first * second).sum() / length) if length > 0 else float("nan")


def _ranks(values: Floats) -> Floats:
    """Places in ascending order, (n,); equal values share the mean of theirs."""
    if not len(values):
        return np.zeros(1)
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    mean: Floats = (ends - (counts - 1) / 2)[inverse]
    return mean
