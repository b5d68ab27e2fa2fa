"""Parameters of runs beside what the runs reached, each parameter as places along an axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from reportgen import wording
from reportgen.analysis.best import best_place
from reportgen.analysis.importance import spearman
from reportgen.analysis.summary import Summary

_FEWEST = 2 - 1e-9  # decades, from which on a scale is logarithmic
_MOST_CATEGORIES = 12  # beyond, a parameter of words is a name and no setting

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter that differs between runs.

    Attributes:
        name: as logged.
        texts: (n,) its value in each run; "" where it is not logged.
        places: (n,) where the values stand: the number, its logarithm where `log`, or the place of
            a word in alphabetical order; NaN where it is not logged.
        labels: text by place, for words; empty for numbers.
        log: whether the numbers are positive and span two decades.
        correlation: Spearman's with the metric, see `reportgen.analysis.importance`; NaN for more
            than two words, which have no order.
        pairs: how many runs have both.
    """

    name: str
    texts: tuple[str, ...]
    places: Floats
    labels: tuple[str, ...]
    log: bool
    correlation: float
    pairs: int

    @property
    def axis(self) -> str:
        """The name, and of the scale that it is logarithmic."""
        return f"{self.name} (log)" if self.log else self.name

    def text(self, place: float) -> str:
        """A place as an axis names it: the word there, or the number with three digits."""
        if self.labels:
            return self.labels[int(place)]
        return wording.number(10.0**place if self.log else place, 3)


@dataclass(frozen=True, slots=True)
class Study:
    """Runs, their parameters and one metric.

    Attributes:
        groups: (n,) run groups that have logged parameters and the metric.
        metric, direction: the summary's first.
        reached: (n,) the best value in that direction, else the last.
        parameters: that differ, the most correlated first.
        fixed: names of those that do not.
        left_out: names of parameters of words with too many values.
    """

    groups: tuple[str, ...]
    metric: str
    direction: str
    reached: Floats
    parameters: tuple[Parameter, ...]
    fixed: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def best(self) -> int | None:
        """The place of the run that reached most in the metric's direction; None without one."""
        place = best_place(self.reached, self.direction)
        return place if place >= 0 else None


def scales(parameters: Sequence[Parameter]) -> str:
    """The sentence that names those on a logarithmic scale; "" where none is."""
    names = [one.name for one in parameters if one.log]
    return f"On a logarithmic scale: {wording.listing(names)}." if names else ""


def study(hparams: pd.DataFrame, runs: pd.DataFrame, ranking: Summary) -> Study | None:
    """Joins parameters and metric; None where either is not logged.

    Args:
        hparams: the hparams frame.
        runs: the runs frame.
        ranking: what the runs reached.
    """
    if hparams.empty or not ranking.metrics:
        return None
    group_of = dict(zip(runs["run"], runs["group"], strict=True))
    owned = hparams.assign(group=[str(group_of[run]) for run in hparams["run"]])
    wide = owned.drop_duplicates(["group", "name"], keep="last").pivot(  # noqa: PD010
        index="group", columns="name", values="value"
    )
    reached = {row.group: row.reached[0] for row in ranking.runs if row.reached[0] is not None}
    groups = tuple(group for group in runs["group"].unique() if group in wide.index)
    groups = tuple(group for group in groups if group in reached)
    if not groups:
        return None
    key = ranking.metrics[0]
    best = [reached[group].best if key.direction else reached[group].last for group in groups]
    return _study(wide.loc[list(groups)], key.tag, key.direction, np.array(best, float))


def _study(wide: pd.DataFrame, metric: str, direction: str, values: Floats) -> Study:
    found, fixed, left_out = [], [], []
    for name in wide.columns:
        column = wide[name].tolist()
        known = {value for value in column if not _missing(value)}
        if len({(type(value) is str, value) for value in known}) < 2:
            fixed.append(str(name))
        elif any(isinstance(value, str) for value in known) and len(known) > _MOST_CATEGORIES:
            left_out.append(str(name))
        else:
            found.append(_parameter(str(name), column, values))
    found.sort(key=lambda one: -np.nan_to_num(abs(one.correlation)))
    return Study(
        tuple(map(str, wide.index)),
        metric,
        direction,
        values,
        tuple(found),
        tuple(fixed),
        tuple(left_out),
    )


def _parameter(name: str, column: list[object], values: Floats) -> Parameter:
    texts = tuple(_text(value) for value in column)
    words = any(isinstance(value, str | bool) for value in column if not _missing(value))
    labels: tuple[str, ...] = ()
    if words:
        labels = tuple(sorted({text for text in texts if text}))
        places = np.array([labels.index(text) if text else np.nan for text in texts])
    else:
        places = np.array([np.nan if _missing(value) else value for value in column], float)
    finite = places[np.isfinite(places)]
    log = bool(not words and len(finite) and finite.min() > 0 and _decades(finite) >= _FEWEST)
    correlation, pairs = spearman(places, values)
    return Parameter(
        name=name,
        texts=texts,
        places=np.log10(places) if log else places,
        labels=labels,
        log=log,
        correlation=correlation if len(labels) < 3 else float("nan"),
        pairs=pairs,
    )


def _decades(positive: Floats) -> float:
    return float(np.log10(positive.max()) - np.log10(positive.min()))


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value))


def _text(value: object) -> str:
    if _missing(value):
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return wording.number(float(value), 6)
    return str(value)
