"""`within-noise`: the two leading runs or groups differ by no more than their noise."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RunLog, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.analysis.noise import Level, difference_error, end_level, evaluation_noise
from reportgen.analysis.tag_splits import SPLIT_ORDER

NAME = "within-noise"
_ERRORS = Threshold(
    "errors",
    1.96,
    "standard errors of the difference within which it may be noise",
    "95 % of a normal distribution; Student's t takes its place between groups of seeds",
)
_SEED = re.compile(r"(?:^|[^a-z])seed(?:$|[^a-z])", re.IGNORECASE)
_MIN_END = 10  # points at the end whose scatter is measured
_ROUNDING = 1e-6  # of a value, as logs hold values of 32 bits
_POWER = 2.8  # standard errors that a difference must have to be seen in 4 of 5 trials
# 97.5 % quantiles of Student's t for 1 to 30 degrees of freedom.
_STUDENT = (
    *(12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13),
    *(2.12, 2.11, 2.10, 2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04),
)


@dataclass(frozen=True, slots=True)
class _Entry:
    """A run, or runs that differ by their seed: their levels of the leading metric."""

    name: str
    series: Series
    levels: tuple[Level, ...]

    @property
    def mean(self) -> float:
        return float(np.mean([level.value for level in self.levels]))


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding: of the two that lead."""
    ranks = {run for ranks in observations.rank_sets for run in ranks.ranks}
    entries = _entries(tuple(run for run in observations.runs if run.group not in ranks))
    if len(entries) < 2:
        return
    sign = -1 if entries[0].series.direction == "up" else 1
    first, second, *_ = sorted(entries, key=lambda entry: sign * entry.mean)
    error, times = _error(first, second, limits[_ERRORS.name])
    distance = abs(first.mean - second.mean)
    if not math.isfinite(error) or error == 0 or distance > times * error:
        return
    yield _finding(first, second, distance, error)


def _entries(runs: tuple[RunLog, ...]) -> list[_Entry]:
    """Return what is compared: groups of seeds where there are any, else runs."""
    key = _key(runs)
    if key is None:
        return []
    sets: defaultdict[tuple[object, ...], list[RunLog]] = defaultdict(list)
    for run in runs:
        sets[_setting(run)].append(run)
    entries = []
    for members in sets.values():
        series = [
            curve for run in members for curve in run.series if (curve.metric, curve.split) == key
        ]
        levels = [(curve, _level(curve)) for curve in series]
        measured = [(curve, level) for curve, level in levels if not math.isnan(level.value)]
        if measured:
            name = members[0].group
            if len(members) > 1:
                name = f"{name} and {wording.count(len(members) - 1, 'more seed')}"
            entries.append(_Entry(name, measured[0][0], tuple(level for _, level in measured)))
    return entries


def _level(series: Series) -> Level:
    """Return the level at the end with its error by the scatter of the last fifth alone.

    What the run still gained before is no noise, so nothing is said where this hides a difference.
    """
    level = end_level(series.values)
    noise = evaluation_noise(series.finite[-max(_MIN_END, len(series.finite) // 5) :])
    return replace(level, error=noise / math.sqrt(max(1, level.points)))


def _setting(run: RunLog) -> tuple[object, ...]:
    """Return what runs that differ by their seed alone have in common."""
    seeds = [name for name in run.parameters if _SEED.search(name)]
    if not seeds:
        return (run.group,)
    rest = {name: str(value) for name, value in run.parameters.items() if name not in seeds}
    return tuple(sorted(rest.items()))


def _key(runs: tuple[RunLog, ...]) -> tuple[str, str] | None:
    """Return metric and split that runs are ranked by: held-out, then a score, then a loss."""
    counts: defaultdict[tuple[int, bool, str, str], set[str]] = defaultdict(set)
    for run in runs:
        for series in run.series:
            if series.role in {"loss", "score", "reward"} and series.direction:
                place = SPLIT_ORDER.index(series.split)
                order = (place, series.direction != "up", series.metric, series.split)
                counts[order].add(run.group)
    shared = [order for order, groups in counts.items() if len(groups) > 1]
    if not shared:
        return None
    chosen = min(shared, key=lambda order: (*order[:2], -len(counts[order]), *order[2:]))
    return chosen[2], chosen[3]


def _error(first: _Entry, second: _Entry, times: float) -> tuple[float, float]:
    """Return the standard error of the difference, and how many of them may be noise."""
    if min(len(first.levels), len(second.levels)) < 2:
        if max(len(first.levels), len(second.levels)) > 1:
            return math.nan, times
        return difference_error(first.levels[0], second.levels[0]), times
    shares = [
        float(np.var([level.value for level in entry.levels], ddof=1)) / len(entry.levels)
        for entry in (first, second)
    ]
    total = sum(shares)
    if total == 0:
        return math.nan, times
    # Welch's degrees of freedom (Biometrika 34, 1947).
    below = sum(
        share**2 / (len(entry.levels) - 1)
        for share, entry in zip(shares, (first, second), strict=True)
    )
    freedom = min(30, max(1, math.floor(total**2 / below)))
    return math.sqrt(total), _STUDENT[freedom - 1] * times / 1.96


def _difference(first: _Entry, second: _Entry, distance: float) -> str:
    if distance <= _ROUNDING * abs(first.mean):
        return f"both reach {wording.number(first.mean)}"
    values = f"{wording.number(first.mean)} and {wording.number(second.mean)}"
    return f"{values} differ by {wording.number(distance, 2)}"


def _finding(first: _Entry, second: _Entry, distance: float, error: float) -> Finding:
    series = first.series
    seeds = len(first.levels)
    sentence = (
        f"{wording.clipped(first.name)} and {wording.clipped(second.name)} cannot be told apart by "
        f"{wording.clipped(series.tag)}: {_difference(first, second, distance)}, and noise alone "
        f"explains up to {wording.number(1.96 * error, 2)}."
    )
    advice = "Repeat both with other seeds before you choose."
    if seeds > 1 and distance > _ROUNDING * abs(first.mean):
        needed = math.ceil(max(seeds, len(second.levels)) * (_POWER * error / distance) ** 2)
        if needed <= 100:
            advice = f"About {needed} seeds each would tell whether this difference is real."
    steps = series.finite_steps
    return Finding(
        *(NAME, "note", series.run, series.group, series.tag, int(steps[-1]), int(steps[-1])),
        *(sentence, advice),
        figure="table",
        numbers={"first": first.mean, "second": second.mean, "error": error},
    )


RULE = Rule(
    NAME, "The two leading runs or groups differ by no more than their noise.", search, (_ERRORS,)
)
