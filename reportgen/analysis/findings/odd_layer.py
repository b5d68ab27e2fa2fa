"""`odd-layer`: one of a family of tags that differ by an index behaves unlike the others."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.families import families
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import FloatArray, Observations, RunLog, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold

NAME = "odd-layer"
_Z = Threshold(
    "z",
    5,
    "robust standard deviations from the middle of its neighbours",
    "tuned on the benchmark",
)
_RATIO = Threshold(
    "ratio",
    3,
    "its level over that of its neighbours, or theirs over its",
    "tuned on the benchmark",
    1,
)
_MEMBERS = 6  # fewer do not show what is usual
_MIN_POINTS = 3
_MAD_TO_SD = 1.4826
_ENDS = 3  # times the ratio: the first and the last layer differ by their nature
_UNLIKE = {"counter", "setting", "learning rate", "system"}


@dataclass(frozen=True, slots=True)
class _Odd:
    """The member that is odd, and how far."""

    index: int
    level: float
    usual: float
    z: float


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a family and run, and at most three a run."""
    for run in observations.runs:
        layers = []
        by_tag = {
            series.tag: series
            for series in run.series
            if series.role not in _UNLIKE and len(series.finite) >= _MIN_POINTS
        }
        for name, members in families(by_tag, _MEMBERS).items():
            levels = {index: _level(by_tag[tag]) for index, tag in members.items()}
            odd = _odd(levels, limits)
            if odd is not None:
                layers.append((odd, name, by_tag[members[odd.index]], len(members)))
        layers.sort(key=lambda entry: -entry[0].z)
        seen: set[tuple[str, int]] = set()
        for odd, name, series, size in layers[:3]:
            if (series.tag, odd.index) not in seen:
                seen.add((series.tag, odd.index))
                yield _finding(run, odd, name, series, size)


def _level(series: Series) -> float:
    return float(np.median(series.finite[-max(1, len(series.finite) // 4) :]))


def _odd(levels: Mapping[int, float], limits: Limits) -> _Odd | None:
    indices, values = list(levels), np.array(list(levels.values()))
    if not (values > 0).all():
        return None
    logs = np.log(values)
    usual = _neighbours(logs)
    distance = np.abs(logs - usual)
    # The first and the last layer differ by their nature, and are no measure of the others.
    place = _furthest(distance)
    inner = [other for other in range(1, len(logs) - 1) if other != place]
    spread = _MAD_TO_SD * float(np.median(distance[inner]))
    # The next furthest is a measure too: several odd layers are how this family is.
    next_furthest = float(distance[inner].max())
    z = float(distance[place]) / max(spread, 0.01)
    is_end = place in {0, len(logs) - 1}
    least = math.log(limits[_RATIO.name] * (_ENDS if is_end else 1))
    if z <= limits[_Z.name] or distance[place] <= max(least, 2 * next_furthest):
        return None
    return _Odd(indices[place], float(values[place]), float(np.exp(usual[place])), z)


def _furthest(distance: FloatArray) -> int:
    """Return the place of the largest distance, where that of the ends counts by half."""
    weighted = distance.copy()
    weighted[[0, -1]] /= 2
    return int(weighted.argmax())


def _neighbours(logs: FloatArray) -> FloatArray:
    """Return the median of up to two members on each side, without the member itself, (n,)."""
    count = len(logs)
    middles = []
    for place in range(count):
        low = max(0, min(place - 2, count - 5))
        near = [other for other in range(low, min(count, low + 5)) if other != place]
        middles.append(float(np.median(logs[near])))
    return np.array(middles)


def _finding(run: RunLog, odd: _Odd, name: str, series: Series, size: int) -> Finding:
    times = odd.level / odd.usual
    how = (
        f"{wording.number(times, 2)} times as large as"
        if times > 1
        else f"1/{wording.number(1 / times, 2)} of"
    )
    sentence = (
        f"{wording.clipped(series.tag)} is {wording.number(odd.level, 3)} at the end, {how} its "
        f"neighbours ({wording.number(odd.usual, 3)}), unlike the other {size - 1} of "
        f"{wording.clipped(name)}."
    )
    steps = series.finite_steps
    start = int(steps[-max(1, len(steps) // 4)])
    return Finding(
        *(NAME, "warning", series.run, run.group, series.tag, start, int(steps[-1]), sentence),
        f"Look at layer {odd.index}: its initial weights, its input, whether it is trained.",
        figure="family",
        numbers={"level": odd.level, "usual": odd.usual, "z": odd.z, "index": float(odd.index)},
    )


RULE = Rule(
    NAME,
    "One of a family of tags that differ by an index is unlike the others.",
    search,
    (_Z, _RATIO),
)
