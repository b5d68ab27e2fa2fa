"""`odd-layer`: one of a family of tags that differ by an index behaves unlike the others."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from reportgen import wording
from reportgen.analysis.findings.families import families
from reportgen.analysis.findings.finding import Finding
from reportgen.analysis.findings.observations import Observations, RunLog, Series
from reportgen.analysis.findings.rule import Rule
from reportgen.analysis.findings.thresholds import Limits, Threshold
from reportgen.analysis.odd_member import (
    MIN_DISTANCE,
    MIN_MEMBERS,
    MIN_RATIO,
    OddMember,
    odd_member,
)
from reportgen.arrays import FloatArray

NAME = "odd-layer"
_Z = Threshold(
    "z",
    MIN_DISTANCE,
    "robust standard deviations from the middle of its neighbours",
    "tuned on the benchmark",
)
_RATIO = Threshold(
    "ratio",
    MIN_RATIO,
    "its level over that of its neighbours, or theirs over its",
    "tuned on the benchmark",
    1,
)
_MIN_POINTS = 3
_UNLIKE = {"counter", "setting", "learning rate", "system"}


@dataclass(frozen=True, slots=True)
class _OddLayer:
    """A layer that is odd: its number, its series, and the family that it is of."""

    index: int
    series: Series
    odd: OddMember
    family: str
    size: int

    @property
    def times(self) -> float:
        """Its level over that of its neighbours, or theirs over its: at least 1."""
        ratio = self.odd.level / self.odd.usual
        return max(ratio, 1 / ratio)


def search(observations: Observations, limits: Limits) -> Iterator[Finding]:
    """Yield at most one finding a family and run, and at most three a run."""
    for run in observations.runs:
        by_tag = {
            series.tag: series
            for series in run.series
            if series.role not in _UNLIKE and len(series.finite) >= _MIN_POINTS
        }
        layers = []
        for family, members in families(by_tag, MIN_MEMBERS).items():
            odd = _odd(np.array([_level(by_tag[tag]) for tag in members.values()]), limits)
            if odd is not None:
                index = list(members)[odd.place]
                layers.append(_OddLayer(index, by_tag[members[index]], odd, family, len(members)))
        layers.sort(key=lambda layer: -layer.times)
        seen: set[tuple[str, int]] = set()
        for layer in layers[:3]:
            if (layer.series.tag, layer.index) not in seen:
                seen.add((layer.series.tag, layer.index))
                yield _finding(run, layer)


def _level(series: Series) -> float:
    return float(np.median(series.finite[-max(1, len(series.finite) // 4) :]))


def _odd(levels: FloatArray, limits: Limits) -> OddMember | None:
    """Return the odd layer, of levels above 0: others have no ratio to name."""
    if not (levels > 0).all():
        return None
    return odd_member(levels, limits[_Z.name], limits[_RATIO.name])


def _finding(run: RunLog, layer: _OddLayer) -> Finding:
    odd, series = layer.odd, layer.series
    times = odd.level / odd.usual
    how = (
        f"{wording.number(times, 2)} times as large as"
        if times > 1
        else f"1/{wording.amount(round(1 / times))} of"
    )
    sentence = (
        f"{wording.clipped(series.tag)} is {wording.number(odd.level, 3)} at the end, {how} its "
        f"neighbours ({wording.number(odd.usual, 3)}), unlike the other {layer.size - 1} of "
        f"{wording.clipped(layer.family)}."
    )
    steps = series.finite_steps
    start = int(steps[-max(1, len(steps) // 4)])
    numbers = {"level": odd.level, "usual": odd.usual, "z": odd.distance}
    return Finding(
        *(NAME, "warning", series.run, run.group, series.tag, start, int(steps[-1]), sentence),
        f"Look at layer {layer.index}: its initial weights, its input, whether it is trained.",
        figure="family",
        numbers={**numbers, "index": float(layer.index)},
    )


RULE = Rule(
    NAME,
    "One of a family of tags that differ by an index is unlike the others.",
    search,
    (_Z, _RATIO),
)
