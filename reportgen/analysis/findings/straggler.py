"""`straggler`: one rank of a distributed run is slower than the others."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RankSet, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.arrays import FloatArray

NAME = "straggler"
_RATIO = Threshold(
    "ratio",
    1.25,
    "the median time of a step over the median of the other ranks",
    "the field's rule of 1.25 times the median; in FALCON slow ranks take 1.34 times as long",
    minimum=1,
)
_APART = 3  # times as far from the median of the others as any of them is
_MIN_POINTS = 5


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a distributed run: of its slowest rank."""
    for ranks in observations.rank_sets:
        measured = [
            (series, _seconds(series)) for series in ranks.series.values() if _is_speed(series)
        ] or [(series, _paces(series)) for series in _densest(ranks)]
        for series, seconds in measured:
            finding = _in_set(ranks, series, seconds, limits[_RATIO.name])
            if finding is not None:
                yield finding
                break


def _is_speed(series: tuple[Series, ...]) -> bool:
    return len(series) > 1 and series[0].role in {"step time", "throughput"}


def _densest(ranks: RankSet) -> list[tuple[Series, ...]]:
    logged = [series for series in ranks.series.values() if len(series) == len(ranks.ranks)]
    return sorted(logged, key=lambda series: -min(curve.points for curve in series))[:1]


def _seconds(series: tuple[Series, ...]) -> FloatArray:
    """Return the median time of a step of each rank in any unit; NaN of few points."""
    middles = np.array(
        [
            float(np.median(durations.finite)) if len(durations.finite) >= _MIN_POINTS else np.nan
            for durations in series
        ]
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        return 1 / middles if series[0].role == "throughput" else middles


def _paces(series: tuple[Series, ...]) -> FloatArray:
    """Return the median seconds between steps by the clock of each rank; NaN where unknown."""
    return np.array([_pace(curve) for curve in series])


def _pace(series: Series) -> float:
    gaps, forward = np.diff(series.wall_times), np.diff(series.steps)
    usable = (forward > 0) & (gaps >= 0)
    if usable.sum() < _MIN_POINTS or not (series.wall_times > 0).all():
        return float("nan")
    return float(np.median(gaps[usable] / forward[usable]))


def _in_set(
    ranks: RankSet, series: tuple[Series, ...], seconds: FloatArray, ratio: float
) -> Finding | None:
    if not (np.isfinite(seconds) & (seconds > 0)).all():
        return None
    slowest = int(seconds.argmax())
    others = np.delete(seconds, slowest)
    middle = float(np.median(others))
    distance = float(seconds[slowest]) - middle
    if seconds[slowest] <= ratio * middle:
        return None
    if len(others) > 1 and distance <= _APART * float(np.abs(others - middle).max()):
        return None
    return _finding(ranks, series[slowest], float(seconds[slowest]) / middle, len(others))


def _finding(ranks: RankSet, series: Series, times: float, others: int) -> Finding:
    source = f"by {wording.clipped(series.tag)}"
    if series.role not in {"step time", "throughput"}:
        source = "by the clock"
    rest = "one of the other rank" if others == 1 else f"those of the other {others} ranks"
    sentence = (
        f"A step of this rank takes {wording.number(times, 3)} times as long as {rest} ({source})."
    )
    return Finding(
        *(NAME, "warning", series.run, series.group, series.tag),
        *(int(series.steps.min()), int(series.steps.max()), sentence),
        "Check its host: input, other processes, clocks of the device.",
        figure="ranks",
        numbers={"ratio": times, "ranks": float(len(ranks.ranks))},
    )


RULE = Rule(NAME, "One rank of a distributed run is slower than the others.", search, (_RATIO,))
