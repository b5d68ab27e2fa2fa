"""The importance of a parameter: how much of the differences between runs it explains."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from reportgen.arrays import FloatArray, IntArray

FEWEST = 5  # runs; with fewer, almost any order comes about by chance
MIN_EXPLAINED = 0.02  # of the variance; below, a parameter has no effect that shows
_MAX_BINS = 5
_RUNS_PER_BIN = 4
_PERMUTATIONS = 999
_LIMIT = 0.95  # of permutations explain less than the limit


@dataclass(frozen=True, slots=True)
class Bin:
    """Runs whose parameter lies in a range, or has one word.

    Attributes:
        low, high: the smallest and largest position in it, both included.
        median: of what these runs reached.
        runs: how many these are.
    """

    low: float
    high: float
    median: float
    runs: int


@dataclass(frozen=True, slots=True)
class Importance:
    """How much of the differences between runs a parameter explains.

    Attributes:
        explained: share of the variance of the runs' ranks between bins, adjusted for their
            number, at least 0; NaN if there are too few runs or only one bin.
        limit: what 95 % of random assignments of the values to the runs stay below.
        bins: quantile bins of numbers, or one a word, in their order.
        pairs: the number of runs with both a value and a finite result.
    """

    explained: float
    limit: float
    bins: tuple[Bin, ...]
    pairs: int

    @property
    def matters(self) -> bool:
        """Whether it explains more than chance would, and more than `MIN_EXPLAINED`."""
        return self.explained > max(self.limit, MIN_EXPLAINED)

    def best(self, direction: str) -> Bin | None:
        """Return the bin with the best median; None if no direction is better."""
        if not direction or not self.bins:
            return None
        choose = max if direction == "up" else min
        return choose(self.bins, key=lambda candidate: candidate.median)


def importance(positions: FloatArray, reached: FloatArray, *, words: bool) -> Importance:
    """Return how much of the differences between runs a parameter explains.

    Runs are sorted into bins, and the results replaced by their ranks, so that a diverged run has
    no more weight than another and no scale has to be chosen. What is returned is epsilon squared
    of a one-way analysis of variance, 1 - (1 - SSB / SST) (n - 1) / (n - k) (Kelley, PNAS 21,
    1935), which unlike a correlation sees a best value in the middle.

    Args:
        positions: (n,) numbers, or indices of words.
        reached: (n,); runs with a NaN or an infinity in either are ignored.
        words: whether positions stand for words, of which each has a bin of its own.
    """
    finite = np.isfinite(positions) & np.isfinite(reached)
    x, y = positions[finite], reached[finite]
    pairs = len(x)
    if pairs < FEWEST or (x == x[0]).all() or (y == y[0]).all():
        return Importance(math.nan, math.nan, (), pairs)
    codes = _codes(x, words=words)
    ranks = np.asarray(pd.Series(y).rank(), np.float64)
    explained = _explained(codes, ranks[None])[0]
    permuted = _explained(codes, ranks[_permutations(pairs)])
    return Importance(
        explained=max(0.0, float(explained)),
        limit=max(0.0, float(np.quantile(permuted, _LIMIT))),
        bins=tuple(_bin(x[codes == code], y[codes == code]) for code in range(codes.max() + 1)),
        pairs=pairs,
    )


def _codes(x: FloatArray, *, words: bool) -> IntArray:
    """Return the bin of each run; numbers with few different values are binned by value."""
    bins = min(_MAX_BINS, max(2, len(x) // _RUNS_PER_BIN))
    if not words and len(np.unique(x)) > bins:
        edges = np.unique(np.quantile(x, np.arange(1, bins) / bins))
        x = np.searchsorted(edges, x, side="left").astype(float)
    return np.unique(x, return_inverse=True)[1].astype(np.int64)


def _explained(codes: IntArray, ranks: FloatArray) -> FloatArray:
    """Return epsilon squared of each row of ranks (m, n) over the bins (n,): (m,)."""
    bins, runs = int(codes.max()) + 1, len(codes)
    if runs == bins:  # nothing is left to compare the differences between bins with
        return np.zeros(len(ranks))
    members = np.zeros((runs, bins))
    members[np.arange(runs), codes] = 1
    centred = ranks - ranks.mean(axis=1, keepdims=True)
    between = ((centred @ members) ** 2 / members.sum(axis=0)).sum(axis=1)
    unexplained = 1 - between / (centred**2).sum(axis=1)
    share: FloatArray = 1 - unexplained * (runs - 1) / (runs - bins)
    return share


@lru_cache(maxsize=8)  # the parameters of a report mostly share their number of runs
def _permutations(runs: int) -> IntArray:
    """Return random orders of the runs, always the same, (_PERMUTATIONS, runs)."""
    orders = np.tile(np.arange(runs), (_PERMUTATIONS, 1))
    return np.random.default_rng(0).permuted(orders, axis=1)


def _bin(x: FloatArray, y: FloatArray) -> Bin:
    return Bin(float(x.min()), float(x.max()), float(np.median(y)), len(x))
