"""`rank-mismatch`: ranks that logged equal values part."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RankSet, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.arrays import FloatArray, IntArray

NAME = "rank-mismatch"
_DISTANCE = Threshold(
    "distance",
    1e-3,
    "the largest relative distance of a rank from the median of all",
    "sums in another order differ by 1e-6 in 32 bits, and by less than 1e-3 in 16",
    maximum=1,
)
_EQUAL = 1e-5  # relative distance up to which ranks are equal
_MIN_EQUAL = 3  # steps of agreement, without which nothing says that ranks should agree
_MIN_APART = 3  # steps
_ROLES = {"loss", "gradient norm", "learning rate", "score", "auxiliary loss"}


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a distributed run: of the tag that parts first."""
    for ranks in observations.rank_sets:
        mismatches = [
            finding
            for series in ranks.series.values()
            if len(series) > 1 and series[0].role in _ROLES
            for finding in [_in_tag(ranks, series, limits[_DISTANCE.name])]
            if finding is not None
        ]
        if mismatches:
            yield min(mismatches, key=lambda finding: finding.step)


def _in_tag(ranks: RankSet, series: tuple[Series, ...], least: float) -> Finding | None:
    steps, values = _shared(series)
    if len(steps) < _MIN_EQUAL + _MIN_APART:
        return None
    middle = np.median(values, axis=0)
    scale = np.maximum(np.abs(values).max(axis=0), 1e-300)
    distance = np.abs(values - middle) / scale
    if len(series) == 2:  # the median lies between them
        distance *= 2
    furthest = distance.max(axis=0)
    apart = np.flatnonzero(furthest > least)
    if not len(apart):
        return None
    start = int(apart[0])
    if start < _MIN_EQUAL or (furthest[:start] > _EQUAL).mean() > 0.05:
        return None
    if len(apart) < _MIN_APART or float((furthest[start:] > least).mean()) < 0.5:
        return None
    rank = int(distance[:, start:].mean(axis=1).argmax())
    return _finding(ranks, series, rank, (int(steps[start]), int(steps[-1])), values[:, -1])


def _shared(series: tuple[Series, ...]) -> tuple[IntArray, FloatArray]:
    """Return the steps that all ranks have, and their values, (ranks, n); of several the first."""
    steps = reduce(np.intersect1d, [curve.finite_steps for curve in series])
    rows = []
    for curve in series:
        steps_of_rank, first = np.unique(curve.finite_steps, return_index=True)
        rows.append(curve.finite[first[np.searchsorted(steps_of_rank, steps)]])
    return steps, np.array(rows)


def _finding(
    ranks: RankSet,
    series: tuple[Series, ...],
    rank: int,
    steps: tuple[int, int],
    last: FloatArray,
) -> Finding:
    odd = series[rank]
    value, others = float(last[rank]), float(np.median(np.delete(last, rank)))
    sentence = (
        f"{wording.clipped(odd.tag)} is the same on all {len(series)} ranks up to step "
        f"{wording.amount(steps[0])}, then they part: at the end it is {wording.number(value)} on "
        f"{wording.clipped(odd.run)} and {wording.number(others)} on the others."
    )
    return Finding(
        *(NAME, "warning", odd.run, odd.group, odd.tag, *steps, sentence),
        "Check that all ranks reduce gradients and load the same checkpoint.",
        figure="ranks",
        numbers={"value": value, "others": others, "ranks": float(len(ranks.ranks))},
    )


RULE = Rule(NAME, "Ranks that logged equal values part.", search, (_DISTANCE,))
