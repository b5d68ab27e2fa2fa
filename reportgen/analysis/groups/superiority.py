"""Is a difference real: how often a run of one group beats a run of another, and how surely."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist, fmean, variance
from typing import Literal

import numpy as np

from reportgen import wording
from reportgen.analysis.groups import student_t

Better = Literal["up", "down"]

_CONFIDENCE = 0.95
_POWER = 0.8
_MAX_SEEDS = 1_000  # beyond, a difference is not worth the seeds
_BISECTIONS = 50


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups of final values.

    Attributes:
        probability: that a run of the first beats a run of the second, ties counted half.
        low, high: its 95 % confidence interval.
        difference: of the means, first less second.
        difference_low, difference_high: its 95 % confidence interval; NaN where a group has one
            run.
        seeds: runs of the smaller group.
        variance: of a difference of two runs, one of each group; NaN where a group has one run.
    """

    probability: float
    low: float
    high: float
    difference: float
    difference_low: float
    difference_high: float
    seeds: int
    variance: float

    @property
    def is_real(self) -> bool:
        """Whether both intervals leave out that there is no difference.

        Welch's interval needs near-normal values, that of the probability none but more runs;
        together they are silent where either is.
        """
        apart = self.difference_low > 0 or self.difference_high < 0
        return apart and (self.low > 0.5 or self.high < 0.5)

    def sentence(self, first: str, second: str) -> str:
        """Return what the comparison says, for a reader.

        Args:
            first: name of the group with the better centre.
            second: of the other.
        """
        first, second = wording.clipped(first), wording.clipped(second)
        if self.is_real:
            interval = f"{_percent(self.low)} to {_percent(self.high)}"
            return (
                f"A run of {first} beats a run of {second} with probability "
                f"{_percent(self.probability)} (95 % interval {interval})."
            )
        seeds = wording.count(self.seeds, "seed")
        uncertain = f"Cannot tell {first} from {second} with {seeds}"
        needed = seeds_needed(self.difference, self.variance)
        if needed > self.seeds:
            return f"{uncertain}; {needed:,} each would tell a difference this large."
        return f"{uncertain} each." if self.seeds > 1 else f"{uncertain} each; it takes several."


def compare(first: Sequence[float], second: Sequence[float], better: Better) -> Comparison:
    """Return how two groups of runs compare.

    Args:
        first: finite final values of its runs, at least one.
        second: the same of the other.
        better: which direction is better.
    """
    a, b = np.asarray(first, float), np.asarray(second, float)
    probability = superiority(a.tolist(), b.tolist(), better)
    low, high = superiority_interval(probability, len(a), len(b))
    difference, margin = float(a.mean() - b.mean()), welch_margin(a.tolist(), b.tolist())
    return Comparison(
        probability=probability,
        low=low,
        high=high,
        difference=difference,
        difference_low=difference - margin,
        difference_high=difference + margin,
        seeds=min(len(a), len(b)),
        variance=_variance(a.tolist()) + _variance(b.tolist()),
    )


def is_real(first: Sequence[float], second: Sequence[float], better: Better) -> bool:
    """Return whether the comparison of two groups is real, computing only what that takes.

    Args:
        first: finite final values of its runs, at least one.
        second: the same of the other.
        better: which direction is better.
    """
    fewest = min(len(first), len(second))
    if fewest < 2:
        return False
    error = math.sqrt(sum(variance(group) / len(group) for group in (first, second)))
    distance = abs(fmean(first) - fmean(second))
    normal = NormalDist().inv_cdf((1 + _CONFIDENCE) / 2)
    if distance <= normal * error:  # Student's quantiles are larger
        return False
    low, high = superiority_interval(superiority(first, second, better), len(first), len(second))
    if low <= 0.5 <= high:
        return False
    # Welch's degrees of freedom are at least those of the smaller group.
    if distance > _student(fewest - 1) * error:
        return True
    return compare(first, second, better).is_real


@lru_cache(maxsize=256)
def _student(freedom: int) -> float:
    return student_t.quantile((1 + _CONFIDENCE) / 2, freedom)


def superiority(first: Sequence[float], second: Sequence[float], better: Better) -> float:
    """Return the share of pairs in which the first is better; a tie is half a pair.

    This is Mann and Whitney's U over the number of pairs.
    """
    a, b = np.asarray(first, float)[:, None], np.asarray(second, float)[None, :]
    wins = (a > b) if better == "up" else (a < b)
    return float(wins.mean() + (a == b).mean() / 2)


@lru_cache(maxsize=4096)  # groups of a few runs have few probabilities
def superiority_interval(probability: float, first: int, second: int) -> tuple[float, float]:
    """Return the 95 % confidence interval of a probability of superiority.

    Newcombe (2006), "Confidence intervals for an effect size measure based on the Mann-Whitney
    statistic", method 5: the probabilities whose own standard error reaches the observed one.

    Args:
        probability: observed.
        first: number of runs.
        second: of the other group.
    """
    z = NormalDist().inv_cdf((1 + _CONFIDENCE) / 2)
    half = (first + second) / 2 - 1

    def is_within(theta: float) -> bool:
        spread = 1 + half * ((1 - theta) / (2 - theta) + theta / (1 + theta))
        variance = theta * (1 - theta) * spread / (first * second)
        return abs(probability - theta) <= z * math.sqrt(variance)

    edges = []
    for edge in (0.0, 1.0):
        outside, inside = edge, probability
        if is_within(edge):
            inside = edge
        for _ in range(_BISECTIONS):
            middle = (outside + inside) / 2
            outside, inside = (outside, middle) if is_within(middle) else (middle, inside)
        edges.append(inside)
    return edges[0], edges[1]


def welch_margin(first: Sequence[float], second: Sequence[float]) -> float:
    """Return half the width of Welch's 95 % interval of the difference of means.

    NaN where a group has one run; 0 where no value of either group differs from another.
    """
    if min(len(first), len(second)) < 2:
        return math.nan
    parts = [_variance(values) / len(values) for values in (first, second)]
    total = sum(parts)
    if not total:
        return 0.0
    sizes = (len(first), len(second))
    freedom = total**2 / sum(
        variance**2 / (size - 1) for variance, size in zip(parts, sizes, strict=True)
    )
    return student_t.quantile((1 + _CONFIDENCE) / 2, freedom) * math.sqrt(total)


def seeds_needed(difference: float, variance: float) -> int:
    """Return how many runs in each group would tell a difference this large, 4 times out of 5.

    By the power of a two-sided t test at 5 % (normal approximation of the noncentral t), and no
    fewer than with which the interval of the probability can leave out one half at all.

    Args:
        difference: of the means.
        variance: of a difference of two runs, one of each group.

    Returns:
        0 where nothing tells, or where more than a thousand would be needed.
    """
    if math.isnan(variance) or not difference:
        return 0

    def tells(count: int) -> bool:
        error = math.sqrt(variance / count)
        reach = student_t.quantile((1 + _CONFIDENCE) / 2, 2 * (count - 1))
        power = 1.0 if not error else NormalDist().cdf(abs(difference) / error - reach)
        return power >= _POWER and superiority_interval(1.0, count, count)[0] > 0.5

    counts = range(2, _MAX_SEEDS + 1)
    place = bisect_left(counts, x=True, key=tells)
    return counts[place] if place < len(counts) else 0


def _variance(values: Sequence[float]) -> float:
    return float(np.var(values, ddof=1)) if len(values) > 1 else math.nan


def _percent(share: float) -> str:
    return f"{100 * share:.0f} %"
