"""The parameters of runs as positions along axes, beside what the runs reached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from reportgen import wording
from reportgen.analysis.best import best_place
from reportgen.analysis.importance import Importance, importance
from reportgen.analysis.summary import Summary
from reportgen.arrays import FloatArray

_LOG_DECADES = 2 - 1e-9  # numbers that span as many are on a logarithmic scale
_MAX_CATEGORIES = 12  # a parameter with more different words is a name rather than a setting


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter that differs between runs.

    Attributes:
        name: as logged.
        texts: (n,) its value in each run; "" if not logged.
        places: (n,) positions along its axis: the numbers, their decimal logarithms if `log`, or
            the indices of words in `labels`; NaN if not logged.
        labels: the words in alphabetical order; empty for numbers.
        log: whether the numbers are positive and span two decades.
        importance: how much of the differences between the runs it explains.
    """

    name: str
    texts: tuple[str, ...]
    places: FloatArray
    labels: tuple[str, ...]
    log: bool
    importance: Importance

    @property
    def axis(self) -> str:
        """The label of its axis, which says whether the scale is logarithmic."""
        return f"{self.name} (log)" if self.log else self.name

    def text(self, place: float) -> str:
        """Return the text of a tick: the word at a position, or the number with three digits."""
        if self.labels:
            return self.labels[int(place)]
        return wording.number(10.0**place if self.log else place, 3)

    def best_range(self, direction: str) -> str:
        """Return where the runs did best, in words: "0.001 to 0.003"; "" if nothing tells."""
        best = self.importance.best(direction)
        if best is None:
            return ""
        low, high = self.text(best.low), self.text(best.high)
        return low if low == high else f"{low} to {high}"


@dataclass(frozen=True, slots=True)
class Study:
    """Runs, their parameters and one metric.

    Attributes:
        groups: (n,) run groups with both parameters and the metric.
        metric, direction: of the summary's first metric.
        reached: (n,) the value that runs are ranked by.
        parameters: those that differ between runs, those that explain most first.
        fixed: names of those that do not differ.
        left_out: names of parameters with too many different words.
    """

    groups: tuple[str, ...]
    metric: str
    direction: str
    reached: FloatArray
    parameters: tuple[Parameter, ...]
    fixed: tuple[str, ...]
    left_out: tuple[str, ...]

    @property
    def best(self) -> int | None:
        """The index of the best run; None if there is none."""
        index = best_place(self.reached, self.direction)
        return index if index >= 0 else None


def scales(parameters: Sequence[Parameter]) -> str:
    """Return a sentence that names the parameters on a logarithmic scale; "" if there are none."""
    names = [parameter.name for parameter in parameters if parameter.log]
    return f"On a logarithmic scale: {wording.listing(names)}." if names else ""


def study(hparams: pd.DataFrame, runs: pd.DataFrame, ranking: Summary) -> Study | None:
    """Join parameters with the first metric of the summary; return None if either is missing.

    Args:
        hparams: the hparams frame.
        runs: the runs frame.
        ranking: what the runs reached.
    """
    if hparams.empty or not ranking.metrics:
        return None
    group_of = dict(zip(runs["run"], runs["group"], strict=True))
    with_groups = hparams.assign(group=[str(group_of[run]) for run in hparams["run"]])
    table = with_groups.drop_duplicates(["group", "name"], keep="last").pivot(  # noqa: PD010
        index="group", columns="name", values="value"
    )
    reached = {row.group: row.reached[0] for row in ranking.runs if row.reached[0] is not None}
    groups = tuple(group for group in runs["group"].unique() if group in table.index)
    groups = tuple(group for group in groups if group in reached)
    if not groups:
        return None
    key = ranking.metrics[0]
    values = np.array([reached[group].value for group in groups], float)
    return _study(table.loc[list(groups)], key.tag, key.direction, values)


def _study(table: pd.DataFrame, metric: str, direction: str, reached: FloatArray) -> Study:
    """Return the study of a table with a row a run group and a column a parameter."""
    parameters, fixed, left_out = [], [], []
    for name in table.columns:
        column = table[name].tolist()
        logged = {value for value in column if not _missing(value)}
        if len({(type(value) is str, value) for value in logged}) < 2:
            fixed.append(str(name))
        elif any(isinstance(value, str) for value in logged) and len(logged) > _MAX_CATEGORIES:
            left_out.append(str(name))
        else:
            parameters.append(_parameter(str(name), column, reached))
    parameters.sort(key=lambda parameter: -np.nan_to_num(parameter.importance.explained, nan=-1))
    return Study(
        groups=tuple(map(str, table.index)),
        metric=metric,
        direction=direction,
        reached=reached,
        parameters=tuple(parameters),
        fixed=tuple(fixed),
        left_out=tuple(left_out),
    )


def _parameter(name: str, column: list[object], reached: FloatArray) -> Parameter:
    texts = tuple(_text(value) for value in column)
    words = any(isinstance(value, str | bool) for value in column if not _missing(value))
    labels: tuple[str, ...] = ()
    if words:
        labels = tuple(sorted({text for text in texts if text}))
        places = np.array([labels.index(text) if text else np.nan for text in texts])
    else:
        places = np.array([np.nan if _missing(value) else value for value in column], float)
    finite = places[np.isfinite(places)]
    log = bool(not words and len(finite) and finite.min() > 0 and _decades(finite) >= _LOG_DECADES)
    positions = np.log10(places) if log else places
    return Parameter(
        name=name,
        texts=texts,
        places=positions,
        labels=labels,
        log=log,
        importance=importance(positions, reached, words=words),
    )


def _decades(positive: FloatArray) -> float:
    return float(np.log10(positive.max()) - np.log10(positive.min()))


def _missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and np.isnan(value))


def _text(value: object) -> str:
    if _missing(value):
        return ""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return wording.number(float(value), 6)
    return str(value)
