"""What groups of seeds reached in a metric, ranked, and which differences are real."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, stdev

from reportgen import wording
from reportgen.analysis.groups import student_t
from reportgen.analysis.groups.seed_groups import SeedGroup
from reportgen.analysis.groups.superiority import Better, compare
from reportgen.analysis.groups.tied_ranks import tied_ranks

_CONFIDENCE = 0.95
_MAX_VALUE = 1e150  # the squares of larger ones overflow


@dataclass(frozen=True, slots=True)
class GroupResult:
    """One group, or a run that repeats no other, in one metric.

    Attributes:
        name: of the group or run.
        values: of its runs, in their order, without those that are not finite or above 1e150.
        runs: how many runs it has, with such a value or not.
        rank: 1 for the best; groups that cannot be told apart from a better one share its rank.
        members: the runs that have a finite value, (n,) as `values`.
    """

    name: str
    values: tuple[float, ...]
    runs: int
    rank: int
    members: tuple[str, ...] = ()

    @property
    def mean(self) -> float:
        """The mean of the values."""
        return fmean(self.values)

    @property
    def deviation(self) -> float:
        """The standard deviation of the values; NaN for one value."""
        return stdev(self.values) if len(self.values) > 1 else math.nan

    @property
    def interval(self) -> tuple[float, float]:
        """Student's 95 % confidence interval of the mean; NaN for one value."""
        count = len(self.values)
        if count < 2:
            return math.nan, math.nan
        reach = student_t.quantile((1 + _CONFIDENCE) / 2, count - 1)
        margin = reach * self.deviation / math.sqrt(count)
        return self.mean - margin, self.mean + margin


def group_results(
    units: Sequence[SeedGroup], values: Mapping[str, float], better: Better
) -> tuple[GroupResult, ...]:
    """Return each group that has a finite value, the best mean first.

    Args:
        units: groups and lone runs.
        values: of the runs that have one, by run.
        better: which direction is better.
    """
    finite = {run: value for run, value in values.items() if abs(value) < _MAX_VALUE}
    members = [(unit, tuple(run for run in unit.runs if run in finite)) for unit in units]
    valued = [(unit, runs, tuple(finite[run] for run in runs)) for unit, runs in members if runs]
    ranks = tied_ranks([numbers for *_, numbers in valued], better)
    results = [
        GroupResult(unit.name, numbers, len(unit.runs), rank, runs)
        for (unit, runs, numbers), rank in zip(valued, ranks, strict=True)
    ]
    sign = -1 if better == "up" else 1
    return tuple(sorted(results, key=lambda result: (sign * result.mean, result.name)))


def difference_sentences(
    results: Sequence[GroupResult], better: Better, most: int
) -> tuple[str, ...]:
    """Return whether the best group differs from each of the others beyond chance.

    Args:
        results: the best first.
        better: which direction is better.
        most: how many sentences; the last says how many are left out.
    """
    if len(results) < 2:
        return ()
    best, *others = results
    sentences = [
        compare(best.values, other.values, better).sentence(best.name, other.name)
        for other in others[:most]
    ]
    hidden = len(others) - most
    if hidden > 0:
        are = "is" if hidden == 1 else "are"
        sentences.append(f"{wording.count(hidden, 'more group')} {are} not compared here.")
    return tuple(sentences)
