"""Prediction limits: how far a further run may lie from the baseline by chance alone."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from reportgen.analysis.groups import student_t

# What is taken for granted of how alike the spreads of groups are, before any are seen: as alike
# as sample variances with so many degrees of freedom, with the weight of so many groups. On
# curves of one language model, recipe by recipe, the degrees are about 10.
_PRIOR_FREEDOM = 10.0
_PRIOR_GROUPS = 3
_MAX_FREEDOM = 20.0  # however alike the others look, the baseline's own spread counts


@dataclass(frozen=True, slots=True)
class Spread:
    """A standard deviation between runs that differ only in their seed, and how well it is known.

    Attributes:
        deviation: of one run.
        freedom: degrees of freedom of Student's t; infinity where it is known exactly.
    """

    deviation: float
    freedom: float


def shrunk_spread(baseline: Sequence[float], others: Sequence[Sequence[float]]) -> Spread | None:
    """Return the spread of the baseline, moderated by that of other groups of the same logs.

    The variance of the baseline is averaged with a variance that the others have in common, each
    weighted by its degrees of freedom; how alike the groups are says how many the common one has
    (an empirical Bayes estimate: Smyth, 2004, "Linear models and empirical Bayes methods").

    Args:
        baseline: finite values of its runs.
        others: finite values of the runs of each other group; those with one run say nothing.

    Returns:
        None where neither the baseline nor another group has two runs that differ.
    """
    seen = [(variance, len(values) - 1) for values in others if (variance := _variance(values))]
    variance, freedom = _variance(baseline), max(0, len(baseline) - 1)
    if not seen:
        return Spread(math.sqrt(variance), freedom) if variance else None
    common, prior = _common_variance(seen)
    total = freedom + sum(degrees for _, degrees in seen)
    mixed = (prior * common + freedom * variance) / (prior + freedom)
    median = mixed / (1 - 2 / (9 * (prior + freedom))) ** 3  # Wilson and Hilferty, 1931
    return Spread(math.sqrt(median), total)


def prediction_margin(
    spread: Spread, baseline_runs: int, candidate_runs: int, false_alarms: float
) -> float:
    """Return how far the mean of further runs exceeds the baseline's mean that rarely by chance.

    The one-sided prediction limit of a normal sample (Hahn and Meeker, "Statistical Intervals",
    section 4.8), less the mean.

    Args:
        spread: of one run.
        baseline_runs: whose mean the limit starts from.
        candidate_runs: whose mean is compared with it.
        false_alarms: the probability of exceeding the limit where nothing has changed.
    """
    t = student_t.quantile(1 - false_alarms, spread.freedom)
    return t * spread.deviation * math.sqrt(1 / baseline_runs + 1 / candidate_runs)


def _variance(values: Sequence[float]) -> float:
    if len(values) < 2:
        return 0.0
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)


def _common_variance(groups: Sequence[tuple[float, int]]) -> tuple[float, float]:
    """Return the common variance and its degrees of freedom, by the moments of the logarithms.

    Args:
        groups: variance and degrees of freedom of each.
    """
    logs = [
        math.log(variance) - digamma(freedom / 2) + math.log(freedom / 2)
        for variance, freedom in groups
    ]
    noise = [trigamma(freedom / 2) for _, freedom in groups]
    alike = trigamma(_PRIOR_FREEDOM / 2)
    weights = [1 / (value + alike) for value in noise]
    mean = sum(map(math.prod, zip(weights, logs, strict=True))) / sum(weights)
    squares = [
        ((value - mean) ** 2 - noise_variance)
        for value, noise_variance in zip(logs, noise, strict=True)
    ]
    prior = _PRIOR_GROUPS / (trigamma(1) + alike) ** 2
    excess = sum(weight**2 * square for weight, square in zip(weights, squares, strict=True))
    excess = (excess + prior * alike) / (sum(weight**2 for weight in weights) + prior)
    freedom = 2 * _inverse_trigamma(max(excess, trigamma(_MAX_FREEDOM / 2)))
    return math.exp(mean + digamma(freedom / 2) - math.log(freedom / 2)), freedom


def digamma(x: float) -> float:
    """Return the derivative of the logarithm of the gamma function, for x > 0 (DLMF 5.11.2)."""
    shift = 0.0
    while x < 10:
        shift -= 1 / x
        x += 1
    square = 1 / (x * x)
    series = square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square / 240)))
    return shift + math.log(x) - 1 / (2 * x) - series


def trigamma(x: float) -> float:
    """Return the derivative of `digamma`, for x > 0 (the derivative of DLMF 5.11.2)."""
    shift = 0.0
    while x < 10:
        shift += 1 / (x * x)
        x += 1
    square = 1 / (x * x)
    series = square * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square / 30)))
    return shift + 1 / x + square / 2 + series / x


def _inverse_trigamma(value: float) -> float:
    """Return where `trigamma`, which falls, has a value above 0."""
    low, high = 1e-6, 1e6
    for _ in range(200):
        middle = math.sqrt(low * high)
        if trigamma(middle) > value:
            low = middle
        else:
            high = middle
    return math.sqrt(low * high)
