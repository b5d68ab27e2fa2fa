"""Gates relative to noise: a group of candidates beside what the baseline would do by chance."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reportgen.analysis.verdicts.baseline import Baseline
from reportgen.analysis.verdicts.prediction_limit import prediction_margin, shrunk_spread
from reportgen.analysis.verdicts.run_values import RunValues


@dataclass(frozen=True, slots=True)
class Gate:
    """A group's value and its limit.

    Attributes:
        value: the mean of its runs; not finite where one of them is not.
        base: the mean of the baseline's finite values; NaN where there is none.
        margin: how far from it chance reaches; NaN where nothing tells.
        baseline_runs: how many values `base` is made from.
    """

    value: float
    base: float
    margin: float
    baseline_runs: int


def members_by_unit(runs: Sequence[RunValues]) -> dict[str, list[RunValues]]:
    """Return the runs of each seed group, and each run that is in none, by name."""
    units: dict[str, list[RunValues]] = {}
    for run in runs:
        units.setdefault(run.seed_group or run.name, []).append(run)
    return units


def gate(
    candidate: Sequence[float],
    members: Sequence[RunValues],
    values: Mapping[RunValues, float],
    baseline: Baseline,
    false_alarms: float,
) -> Gate:
    """Return the value of a group and its prediction limit.

    Args:
        candidate: values of its runs.
        members: these runs.
        values: of every run that has one, the baseline's and other groups' among them.
        baseline: where the limit starts.
        false_alarms: how often the limit is exceeded by chance.
    """
    bases = [values[run] for run in baseline.runs if run in values]
    finite = [value for value in bases if math.isfinite(value)]
    with_all = math.fsum(candidate) if all(map(math.isfinite, candidate)) else sum(candidate)
    value = with_all / len(candidate)
    if not finite:
        return Gate(value, math.nan, math.nan, 0)
    base = math.fsum(finite) / len(finite)
    others = _other_groups(values, baseline)
    spread = shrunk_spread(finite, others)
    margin = math.nan
    if spread is not None:
        margin = prediction_margin(spread, len(finite), len(members), false_alarms)
    return Gate(value, base, margin, len(finite))


def _other_groups(values: Mapping[RunValues, float], baseline: Baseline) -> list[list[float]]:
    """Return the finite values of each seed group outside the baseline, by name and source."""
    chosen = set(baseline.runs)
    groups: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for run, value in values.items():
        if run.seed_group and run not in chosen and math.isfinite(value):
            groups.setdefault((run.source, run.seed_group), []).append((run.name, value))
    return [[value for _, value in sorted(members)] for _, members in sorted(groups.items())]
